//! Screens of accounts.
