//! The screens of certificates.

mod held;
mod register;

pub use held::CertificatesPage;
