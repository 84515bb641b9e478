//! What the browser may ask of certificates.

use super::model::{CertificateForm, Certificates, Register};
use crate::error::AppError;
use crate::form::Values;
use crate::ui::form::FormReply;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use {
    super::model::{Beside, CERTIFICATE, form_of},
    super::{register, service},
    crate::account::filled::Filled,
    crate::account::model::Role,
    crate::server::app::Visit,
    crate::server::plain,
};

/// The certificates of the caller's unit (本单位的许可证).
#[server(name = ReadCertificates, endpoint = "licence/certificates", prefix = "/api", input = PostUrl)]
pub async fn certificates() -> Result<Certificates, AppError> {
    service::list(&Visit::current()?).await
}

/// The form for a new certificate of a category, or for changing one.
#[server(name = ReadCertificateForm, endpoint = "licence/certificate-form", prefix = "/api", input = PostUrl)]
pub async fn certificate_form(#[server(default)] category: String, #[server(default)] id: String) -> Result<CertificateForm, AppError> {
    service::form(&Visit::current()?, &category, &id).await
}

/// Registers a certificate, or changes one that waits to be checked.
#[server(endpoint = "licence/save-certificate", prefix = "/api", input = PostUrl)]
pub async fn save_certificate(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let form = form_of(visit.caller()?.role == Role::Person);
    let (filled, beside) = (Filled::of(form, &values), Beside::of(&values));
    let mut kept = filled.kept();
    kept.extend(beside.values());
    let done = service::save(&visit, filled, beside).await;
    plain::reply(&visit, CERTIFICATE.key, kept, done).await
}

/// Removes a certificate that waits to be checked.
#[server(endpoint = "licence/remove-certificate", prefix = "/api", input = PostUrl)]
pub async fn remove_certificate(id: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::remove(&visit, &id).await;
    plain::reply(&visit, service::LIST, Values::new(), done).await
}

/// The register of the caller's authority: certificates whose number or holder is asked for.
#[server(name = AskRegister, endpoint = "licence/register", prefix = "/api", input = PostUrl)]
pub async fn register_of(#[server(default)] typed: String) -> Result<Register, AppError> {
    register::list(&Visit::current()?, &typed).await
}

/// Sets what has become of a certificate: `id`, `state`, `reason`.
#[server(endpoint = "licence/set-state", prefix = "/api", input = PostUrl)]
pub async fn set_state(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = register::set_state(&visit, &values).await;
    plain::reply(&visit, "register", values, done).await
}
