//! Drawings that stand beside words, never for them. Our own, on a grid of 16, one line thick; screen readers pass them by.
//! State (done, wrong, waiting) is drawn by the style sheet where its class is.

use leptos::prelude::*;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Bell,
    Copy,
    Cross,
    Document,
    Download,
    Eye,
    Pen,
    Plus,
    Print,
    Search,
    Trash,
    Undo,
    User,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Icon::Bell => "M3 11.5h10l-1.2-1.7V7a3.8 3.8 0 0 0-7.6 0v2.8zM6.6 13.6h2.8",
            Icon::Copy => "M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3",
            Icon::Cross => "M3.5 3.5l9 9m0-9l-9 9",
            Icon::Document => "M4 1.8h5.500L12.5 5v9.200H4zM9.2 2v3.200h3.2",
            Icon::Download => "M8 2v8m-3.4-3.200L8 10.200l3.4-3.400M2.5 13.500h11",
            Icon::Eye => "M1.5 8S4 3.6 8 3.6 14.5 8 14.5 8 12 12.4 8 12.4 1.5 8 1.5 8zM10 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
            Icon::Pen => "M2.5 13.500l.7-3 7.6-7.6 2.3 2.3-7.6 7.600z",
            Icon::Plus => "M8 3v10M3 8h10",
            Icon::Print => "M4.5 5.500V2.200h7v3.300M4.5 11.500H2.200v-6h11.600v6h-2.300M4.5 9.500h7v4.300h-7z",
            Icon::Search => "M11.6 7a4.6 4.6 0 1 1-9.2 0 4.6 4.6 0 0 1 9.2 0zM10.5 10.500L14 14",
            Icon::Trash => "M2.8 4.200h10.400M6 4V2.400h4V4M4.2 4.400l.6 9.200h6.400l.6-9.2",
            Icon::Undo => "M3 6.500h6.500a3.5 3.5 0 0 1 0 7H6M5.8 3.500L2.8 6.500l3 3",
            Icon::User => "M10.9 5.400a2.9 2.9 0 1 1-5.8 0 2.9 2.9 0 0 1 5.8 0zM2.6 14c.4-3 2.6-4.4 5.4-4.400s5 1.4 5.4 4.4",
        }
    }
}

/// Draws an icon, as large as the text beside it.
#[component]
pub fn Glyph(icon: Icon) -> impl IntoView {
    view! {
        <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d=icon.path()></path>
        </svg>
    }
}

/// The mark of this project: a sheet with a tick, in the shape of 可. No emblem of anybody.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
            <rect width="28" height="28" rx="4" fill="currentColor"></rect>
            <path class="brand-line" d="M7 7.500h14M17.5 7.500v13H14M7 14l2.8 3L14 12" fill="none" stroke-width="2.4" stroke-linecap="square"></path>
        </svg>
    }
}
