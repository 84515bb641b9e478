//! Certificates set as PDF, one after the other, none like the one before.

use crate::load::{Load, Span, now};
use crate::report::{Aim, Line};
use crate::server::Site;
use crate::{PAGES, Result};
use xuke::document::model::{Content, Kind};
use xuke::document::pdf::Press;
use xuke::server::config::Config;
use xuke::server::db::Db;
use xuke::vals;

/// The time from content to PDF; the fonts are there already.
pub async fn figures(site: &Site) -> Result<Vec<Line>> {
    let db = Db::open(&site.database()).await?;
    let certificates = Kind::ALL.into_iter().filter(|kind| kind.is_certificate()).map(|kind| format!("'{}'", kind.word()));
    let sql = format!("SELECT content, statement FROM document WHERE kind IN ({}) ORDER BY id LIMIT 1", certificates.collect::<Vec<_>>().join(", "));
    let row = db.read().await?.row(sql, vals![]).await?.ok_or("the demonstration issued no certificate")?;
    let (content, statement) = (serde_json::from_str::<Content>(&row.text("content")?)?, row.text("statement")?);
    db.close().await;
    let file = std::fs::read_to_string("Leptos.toml")?;
    let fonts = std::env::vars().filter(|(name, _)| name.starts_with("XUKE_FONT"));
    let demo = ("XUKE_DEMO".to_owned(), "1".to_owned());
    let config = Config::load(Some(&file), fonts.chain([demo]))?;
    let press = Press::new(&config.font, &config.font_bold);
    let set = move |n: usize| -> Result<Span> {
        let content = Content { number: format!("{}-{n}", content.number), ..content.clone() };
        let asked = now();
        press.pdf(&content, &statement)?;
        Ok((asked, now()))
    };
    let spans = tokio::task::spawn_blocking(move || {
        set(0)?;
        (1..=PAGES).map(set).collect::<Result<Vec<Span>>>()
    });
    let load = Load::of(&spans.await??);
    Ok(vec![Line::new("Certificate as PDF, p50", load.p50, "ms"), Line::new("Certificate as PDF, p99", load.p99, "ms").aim(Aim::Most(150.0))])
}
