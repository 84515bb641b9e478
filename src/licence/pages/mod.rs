//! The screens of certificates.

mod held;
mod keep;
mod register;

pub use held::CertificatesPage;
pub use keep::RegisterPage;
