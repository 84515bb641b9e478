//! The ways a message goes out: the log of a demonstration, an HTTP gateway for text messages, SMTP for mail. What went
//! wrong is told without the recipient and the text, so that it may be logged.

use crate::base::text::url_escape;
use crate::server::config::{Config, MailDriver, SmsDriver};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;

/// How long one try may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// The configured ways.
pub struct Drivers {
    sms: Sms,
    mail: Mail,
}

/// An HTTP gateway for text messages.
struct Gateway {
    client: reqwest::Client,
    url: reqwest::Url,
    headers: HeaderMap,
    body: String,
    escape: fn(&str) -> String,
}

enum Sms {
    Log,
    Http(Box<Gateway>),
}

enum Mail {
    Log,
    Smtp { transport: Box<AsyncSmtpTransport<Tokio1Executor>>, from: Mailbox },
}

impl Drivers {
    /// Reads the configuration.
    ///
    /// # Errors
    /// A sentence that names the wrong key.
    pub fn open(config: &Config) -> Result<Drivers, String> {
        let wrong = |key: &str, cause: String| format!("Leptos.toml [xuke]: {key}: {cause}");
        let sms = match config.sms {
            SmsDriver::Log => Sms::Log,
            SmsDriver::Http => {
                let url = config.sms_url.parse().map_err(|e| wrong("sms_url", format!("{e}")))?;
                let headers = headers(&config.sms_headers).map_err(|line| wrong("sms_headers", format!("`{line}` is not `Name: value`")))?;
                let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
                let client = client.map_err(|e| wrong("sms_url", e.to_string()))?;
                Sms::Http(Box::new(Gateway { client, url, escape: escape_for(&headers), headers, body: config.sms_body.clone() }))
            }
        };
        let mail = match config.mail {
            MailDriver::Log => Mail::Log,
            MailDriver::Smtp => {
                let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.smtp_url).map_err(|e| wrong("smtp_url", e.to_string()))?;
                let from = config.mail_from.parse().map_err(|e| wrong("mail_from", format!("{e}")))?;
                Mail::Smtp { transport: Box::new(transport.timeout(Some(PATIENCE)).build()), from }
            }
        };
        Ok(Drivers { sms, mail })
    }

    /// Sends a text message.
    ///
    /// # Errors
    /// What went wrong, fit for the log.
    pub async fn sms(&self, mobile: &str, text: &str) -> Result<(), String> {
        match &self.sms {
            Sms::Log => tracing::info!("a text message can be read at /demo/messages"),
            Sms::Http(gateway) => {
                let Gateway { client, url, headers, body, escape } = &**gateway;
                let body = fill(body, &[("{mobile}", mobile), ("{text}", text)], *escape);
                let answer = client.post(url.clone()).headers(headers.clone()).body(body).send().await.map_err(|e| told(&e))?;
                if !answer.status().is_success() {
                    return Err(format!("the gateway answered {}", answer.status().as_u16()));
                }
            }
        }
        Ok(())
    }

    /// Sends a mail; `id` lets receivers know it again.
    ///
    /// # Errors
    /// What went wrong, fit for the log.
    pub async fn mail(&self, id: &str, to: &str, subject: &str, text: &str) -> Result<(), String> {
        match &self.mail {
            Mail::Log => tracing::info!("a mail was not sent: no mail server is configured"),
            Mail::Smtp { transport, from } => {
                let to = to.parse().map_err(|_| "the address is no mail address".to_owned())?;
                let message = lettre::Message::builder()
                    .message_id(Some(format!("<{id}@{}>", from.email.domain())))
                    .from(from.clone())
                    .to(Mailbox::new(None, to))
                    .subject(subject)
                    .header(ContentType::TEXT_PLAIN)
                    .body(text.to_owned())
                    .map_err(|_| "the mail could not be written".to_owned())?;
                transport.send(message).await.map_err(|e| match e.status() {
                    Some(code) => format!("the mail server answered {code}"),
                    None if e.is_timeout() => "the mail server did not answer in time".into(),
                    None => "the mail server was not reached".into(),
                })?;
            }
        }
        Ok(())
    }
}

/// An error of the network without the address it was sent to.
fn told(error: &reqwest::Error) -> String {
    if error.is_timeout() { "the gateway did not answer in time".into() } else { "the gateway was not reached".into() }
}

fn headers(lines: &str) -> Result<HeaderMap, String> {
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().parse::<HeaderName>().ok()?, value.trim().parse::<HeaderValue>().ok()?))
    };
    lines.lines().filter(|line| !line.trim().is_empty()).map(|line| header(line).ok_or_else(|| line.split(':').next().unwrap_or("").to_owned())).collect()
}

/// What a value must become to stand in a body of this type.
fn escape_for(headers: &HeaderMap) -> fn(&str) -> String {
    let media = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("").to_lowercase();
    if media.contains("json") {
        |value| {
            let quoted = serde_json::Value::from(value).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        }
    } else if media.contains("urlencoded") {
        url_escape
    } else {
        str::to_owned
    }
}

/// Fills the places of a template, in one pass: what a value holds is never a place.
fn fill(template: &str, values: &[(&str, &str)], escape: fn(&str) -> String) -> String {
    let mut rest = template;
    let mut out = String::new();
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let hit = values.iter().find(|(place, _)| from.starts_with(place));
        let used = match hit {
            Some((place, value)) => {
                out.push_str(&escape(value));
                place.len()
            }
            None => {
                out.push('{');
                1
            }
        };
        rest = &from[used..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_in_one_pass_and_escaped_for_its_type() {
        let json = escape_for(&headers("Content-Type: application/json\nX-Key: a:b").unwrap());
        let body = fill(r#"{"mobile":"{mobile}","text":"{text}"}"#, &[("{mobile}", "138"), ("{text}", "say \"{mobile}\"\n\\")], json);
        assert_eq!(body, r#"{"mobile":"138","text":"say \"{mobile}\"\n\\"}"#);
        serde_json::from_str::<serde_json::Value>(&body).unwrap();
        let form = escape_for(&headers("content-type: application/x-www-form-urlencoded").unwrap());
        assert_eq!(fill("to={mobile}&t={text}", &[("{mobile}", "138"), ("{text}", "a&b=验")], form), "to=138&t=a%26b%3D%E9%AA%8C");
        assert_eq!(headers("no header").unwrap_err(), "no header");
    }

    #[test]
    fn quotes_at_the_ends_survive() {
        let json = escape_for(&headers("Content-Type: application/json").unwrap());
        assert_eq!(json("\"x\""), "\\\"x\\\"");
    }
}
