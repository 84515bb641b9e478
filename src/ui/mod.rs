//! How anything looks; nothing here knows the field. Class names are explained at the top of each partial in `style/`.

// To whoever designs here: pages already use these signatures (application/pages, account/pages); improve markup and
// classes inside, keep the signatures, add what is missing (dialog, toast, icons) as new files.
pub mod empty;
pub mod field;
pub mod form;
pub mod frame;
pub mod lang;
pub mod load;
pub mod notice;
pub mod pager;
pub mod repeat;
pub mod stepper;
pub mod summary;
pub mod tag;
