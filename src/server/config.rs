//! The run-time configuration: the table `[xuke]` of `Leptos.toml`, each key overridable by the environment.

use serde::Deserialize;
use std::path::PathBuf;

/// The keys of `Leptos.toml`, where each is explained.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub listen: std::net::SocketAddr,
    pub public_url: String,
    pub address_header: String,
    pub data: PathBuf,
    pub database_url: String,
    pub key_file: String,
    pub files_url: String,
    pub signing_key_file: String,
    pub font: PathBuf,
    pub font_bold: PathBuf,
    pub demo: bool,
    pub clock_days: i64,
    pub sms: SmsDriver,
    pub sms_url: String,
    pub sms_headers: String,
    pub sms_body: String,
    pub mail: MailDriver,
    pub smtp_url: String,
    pub mail_from: String,
    pub session_minutes: i64,
    pub rate_per_minute: u32,
    pub log_format: LogFormat,
    pub log: String,
}

/// How text messages go out.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmsDriver {
    Log,
    Http,
}

/// How mail goes out.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailDriver {
    Log,
    Smtp,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

/// The configuration as it is delivered; a file of the same name in the working directory takes its place.
const DELIVERED: &str = include_str!("../../Leptos.toml");

impl Config {
    /// Reads the file and the environment (`lookup` gives a variable by name).
    ///
    /// # Errors
    /// A sentence that names the wrong key or value.
    pub fn load(file: Option<&str>, variables: impl Iterator<Item = (String, String)>) -> Result<Config, String> {
        let text = file.unwrap_or(DELIVERED);
        let whole: toml::Table = text.parse().map_err(|e| format!("Leptos.toml: {e}"))?;
        let mut table = match whole.get("xuke") {
            Some(toml::Value::Table(table)) => table.clone(),
            _ => return Err("Leptos.toml: the table [xuke] is missing".into()),
        };
        let delivered: toml::Table = DELIVERED.parse().map_err(|e| format!("the delivered Leptos.toml: {e}"))?;
        let defaults = delivered.get("xuke").and_then(toml::Value::as_table).cloned().unwrap_or_default();
        for (key, value) in &defaults {
            table.entry(key.clone()).or_insert_with(|| value.clone());
        }
        for (name, value) in variables {
            let Some(key) = name.strip_prefix("XUKE_").map(str::to_lowercase) else { continue };
            // Variables of our scripts and tests, which are not configuration.
            if matches!(key.as_str(), "cache" | "test_postgres" | "test_s3" | "bin") {
                continue;
            }
            let wrong = |what: &str| format!("environment {name}: {what}");
            let typed = match defaults.get(&key) {
                None => return Err(wrong("there is no such key; Leptos.toml lists them")),
                Some(toml::Value::Integer(_)) => toml::Value::Integer(value.parse().map_err(|_| wrong("is not a whole number"))?),
                Some(toml::Value::Boolean(_)) => toml::Value::Boolean(match value.as_str() {
                    "1" | "true" => true,
                    "0" | "false" => false,
                    _ => return Err(wrong("is neither true nor false")),
                }),
                Some(_) => toml::Value::String(value),
            };
            table.insert(key, typed);
        }
        let config: Config = toml::Value::Table(table)
            .try_into()
            .map_err(|e: toml::de::Error| format!("Leptos.toml [xuke]: {}", e.to_string().split_whitespace().collect::<Vec<_>>().join(" ")))?;
        config.judge()?;
        Ok(config)
    }

    fn judge(&self) -> Result<(), String> {
        let wrong = |key: &str, what: &str| Err(format!("Leptos.toml [xuke]: {key}: {what}"));
        if !(self.public_url.starts_with("http://") || self.public_url.starts_with("https://")) || self.public_url.ends_with('/') {
            return wrong("public_url", "must begin with http:// or https:// and not end with a slash");
        }
        if !self.address_header.is_empty() && axum::http::HeaderName::try_from(&self.address_header).is_err() {
            return wrong("address_header", "is no name of a header");
        }
        if self.clock_days != 0 && !(self.demo && (0..=3660).contains(&self.clock_days)) {
            return wrong("clock_days", "is for demonstrations only, and at most 3660");
        }
        if self.sms == SmsDriver::Log && !self.demo {
            return wrong("sms", "`log` is for demonstrations only; use `http` with sms_url");
        }
        if self.sms == SmsDriver::Http && self.sms_url.is_empty() {
            return wrong("sms_url", "is needed when sms is `http`");
        }
        if self.mail == MailDriver::Smtp && self.smtp_url.is_empty() {
            return wrong("smtp_url", "is needed when mail is `smtp`");
        }
        if !(1..=1440).contains(&self.session_minutes) {
            return wrong("session_minutes", "must lie between 1 and 1440");
        }
        if self.rate_per_minute == 0 {
            return wrong("rate_per_minute", "must be at least 1");
        }
        if let Err(why) = tracing_subscriber::EnvFilter::try_new(&self.log) {
            return wrong("log", &why.to_string());
        }
        Ok(())
    }

    /// The database's address.
    pub fn database(&self) -> String {
        if self.database_url.is_empty() { format!("sqlite:{}", self.data.join("xuke.db").display()) } else { self.database_url.clone() }
    }

    /// The key file.
    pub fn keys(&self) -> PathBuf {
        if self.key_file.is_empty() { self.data.join("keys.txt") } else { PathBuf::from(&self.key_file) }
    }

    /// The key file of statements on documents.
    pub fn signing_keys(&self) -> PathBuf {
        if self.signing_key_file.is_empty() { self.data.join("signing.txt") } else { PathBuf::from(&self.signing_key_file) }
    }

    /// Whether people reach us over TLS.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<Config, String> {
        let demo = [("XUKE_DEMO", "1")];
        Config::load(None, demo.iter().chain(pairs).map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn wrong_keys_and_values_are_refused_by_name() {
        for (name, value, part) in [
            ("XUKE_LISTENN", "x", "XUKE_LISTENN"),
            ("XUKE_LISTEN", "nowhere", "listen"),
            ("XUKE_SESSION_MINUTES", "soon", "XUKE_SESSION_MINUTES"),
            ("XUKE_SESSION_MINUTES", "0", "session_minutes"),
            ("XUKE_CLOCK_DAYS", "-1", "clock_days"),
            ("XUKE_DEMO", "maybe", "XUKE_DEMO"),
            ("XUKE_DEMO", "0", "sms"),
            ("XUKE_SMS", "pigeon", "sms"),
            ("XUKE_MAIL", "smtp", "smtp_url"),
            ("XUKE_PUBLIC_URL", "example.org", "public_url"),
            ("XUKE_LOG", "xuke=loud", "log"),
        ] {
            let error = with(&[(name, value)]).unwrap_err();
            assert!(error.contains(part), "{name}={value}: {error}");
        }
        assert!(Config::load(Some("[xuke]\nlisten = \"127.0.0.1:1\"\ncolour = 1\n"), std::iter::empty()).unwrap_err().contains("colour"));
    }

    /// `make run` sources its scripts before it starts the server.
    #[test]
    fn what_the_scripts_export_is_no_wrong_key() {
        let scripts = std::fs::read_dir("scripts").unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
        let exported =
            |text: String| text.lines().filter_map(|line| Some(line.trim().strip_prefix("export ")?.split('=').next()?.to_owned())).collect::<Vec<_>>();
        let names: Vec<String> = scripts.flat_map(exported).filter(|name| name.starts_with("XUKE_")).collect();
        assert!(names.iter().any(|name| name == "XUKE_DEMO"), "{names:?}");
        for name in names {
            assert!(!with(&[(&name, "1")]).is_err_and(|what| what.contains("no such key")), "{name}");
        }
    }

    #[test]
    fn the_environment_wins_and_the_rest_has_defaults() {
        let config = with(&[("XUKE_LISTEN", "127.0.0.1:4000"), ("XUKE_TEST_POSTGRES", "x")]).unwrap();
        assert_eq!(config.listen.port(), 4000);
        assert_eq!(config.session_minutes, 30);
        assert!(config.database().starts_with("sqlite:"));
    }

    #[test]
    fn cargo_toml_and_leptos_toml_agree() {
        let cargo: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
        let leptos: toml::Table = DELIVERED.parse().unwrap();
        let of = |t: &toml::Table| t["package"]["metadata"]["leptos"].as_table().unwrap().clone();
        let (cargo, leptos) = (of(&cargo), of(&leptos));
        for (key, value) in &leptos {
            if key != "hash-file" {
                assert_eq!(cargo.get(key), Some(value), "{key}");
            }
        }
    }
}
