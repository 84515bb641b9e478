//! The browser's wiring, and nothing of the field: uploads, and what else talks to the browser's own interfaces.
#![cfg(feature = "hydrate")]
