//! How anything looks; nothing here knows the field. Class names are explained at the top of each partial in `style/`.

mod answer;
pub mod breadcrumb;
pub mod button;
#[cfg(test)]
mod contrast;
mod control;
pub mod copy;
pub mod dialog;
pub mod empty;
pub mod field;
pub mod form;
pub mod frame;
pub mod heading;
pub mod icon;
pub mod lang;
pub mod load;
pub mod month;
mod note;
pub mod notice;
pub mod pager;
mod region;
pub mod repeat;
pub mod script;
pub mod stepper;
pub mod summary;
pub mod table;
pub mod tag;
pub mod toast;
pub mod value;
