//! A form of a case that brings files: they are kept first, so that none has to be chosen twice, then the action is done.

use super::form::Form;
use super::routes::{Answer, leave};
use super::service::place;
use crate::casework::{attached, desk};
use crate::error::AppError;
use crate::form::{Issue, Values};
use crate::server::app::Visit;
use crate::server::plain;
use crate::ui::form::FormState;
use crate::workflow::ActionKind;
use axum::Extension;
use axum::extract::Multipart;

/// `values[…]` as `/api/casework/act` takes them, and `upload[path]`.
pub(super) async fn act(Extension(visit): Extension<Visit>, body: Multipart) -> Answer {
    let Form { texts, files, cut } = Form::read(&visit, body).await;
    if let Some(error) = cut {
        return Err(error.into());
    }
    let inside = |name: &str, of: &str| Some(name.strip_prefix(of)?.strip_suffix(']')?.to_owned());
    let mut values: Values = texts.into_iter().filter_map(|(name, value)| Some((inside(&name, "values[")?, value))).collect();
    let no = values.get("no").cloned().unwrap_or_default();
    let kind = values.get("act").and_then(|act| ActionKind::of_word(act)).ok_or_else(|| AppError::BadRequest("act".into()))?;
    let mut issues = Vec::new();
    for (name, held) in files {
        let Some(path) = inside(&name, "upload[") else { continue };
        let placed = match held {
            Ok(held) => place(&visit, &no, &attached::slot(kind), held).await,
            Err(error) => Err(error),
        };
        match placed {
            Ok(file) => {
                let ids = values.entry(path).or_default();
                let comma = if ids.is_empty() { "" } else { "," };
                ids.push_str(&format!("{comma}{}", file.id));
            }
            Err(error) => issues.push(Issue::error(path, error.say())),
        }
    }
    let values = desk::posted(values);
    let done = if issues.is_empty() { desk::act(&visit, &values).await } else { Ok(plain::Answer::Wrong(issues)) };
    let wrong = match done {
        Ok(plain::Answer::Go(to)) => return leave(&visit, &to, None).await,
        Ok(plain::Answer::Wrong(issues)) => FormState { values, issues, ..FormState::default() },
        Ok(plain::Answer::Told(say) | plain::Answer::Noted(say)) => FormState { values, told: Some(say), ..FormState::default() },
        Err(error) => FormState { values, told: Some(error.say()), ..FormState::default() },
    };
    let form = format!("case/{no}");
    leave(&visit, &format!("/cases/{}?again=1", crate::base::text::url_escape(&no)), Some((&form, wrong))).await
}
