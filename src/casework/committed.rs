//! 承诺时限: the limits an authority commits itself to, shorter than the law's or none. Applicants see them in the ledger of a case.

use crate::base::{Text, say, t};
use crate::catalogue::{Kind as Filed, limits};
use crate::form::{Doc, Field, Group, Issue, Kind, Page, Part};
use jiff::civil::Date;

#[cfg(feature = "ssr")]
use {
    super::model::Entry,
    super::service::shorter,
    super::store::{self, Record},
    crate::account::filled::Filled,
    crate::account::model::{LIMIT_SETTERS, opens},
    crate::base::workdays::Calendar,
    crate::catalogue,
    crate::error::{AppError, OrBroken, Result},
    crate::form::Values,
    crate::server::app::Visit,
    crate::server::db::Tx,
    crate::server::plain::{self, Answer},
    crate::ui::form::FormState,
    crate::workflow::{Facts, Limits, Party, Review, ledger},
    std::collections::BTreeMap,
};

/// What may be committed to; the keys are those of [`crate::workflow::Limits`].
const KEYS: [&str; 4] = ["accept", "decide", "deliver", "publish"];
const DAYS: Kind = Kind::Int(t("个工作日", "working days"));

/// 承诺时限
pub static LIMITS: Page = Page {
    key: "limits",
    title: t("承诺时限", "Committed limits"),
    lead: t(
        "本机关承诺的办理期限，只能比法定期限短；不承诺的留空。已经在办的案件也按新的承诺显示。",
        "What your authority commits itself to, never longer than the law; leave empty what it does not. Open cases show it too.",
    ),
    parts: &[Part::Group(Group {
        title: Text::NONE,
        hint: Text::NONE,
        fields: &[
            Field::new("accept", t("受理", "Acceptance"), DAYS).hint("法定 5 个工作日。", "By law 5 working days.").basis("行政许可法 第三十二条").optional(),
            Field::new("decide", t("作出决定", "Decision"), DAYS)
                .hint("法定 20 个工作日。", "By law 20 working days.")
                .basis("行政许可法 第四十二条")
                .optional(),
            Field::new("deliver", t("颁发、送达许可证", "Handing over the certificate"), DAYS)
                .hint("法定 10 个工作日。", "By law 10 working days.")
                .basis("行政许可法 第四十四条")
                .optional(),
            Field::new("publish", t("公示决定", "Publishing the decision"), DAYS).hint("应在 7 个工作日内。", "Within 7 working days.").optional(),
        ],
    })],
    rules,
};

fn rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    let law = limits(Filed::First);
    for (key, most) in KEYS.into_iter().zip([law.accept, law.decide, law.deliver, law.publish]) {
        let path = page.path(key);
        let typed = doc.get(&path);
        if typed.parse::<u32>().is_ok_and(|days| !(1..=most).contains(&days)) {
            let message = say(format!("请填 1 至 {most}；不承诺的留空"), format!("Between 1 and {most}; leave it empty for no commitment"));
            issues.push(Issue::error(path, message));
        }
    }
}

/// The authority of whoever sets its limits (机关管理员).
#[cfg(feature = "ssr")]
fn setter(visit: &Visit) -> Result<&str> {
    let caller = visit.caller()?;
    caller.authority_code.as_deref().filter(|_| opens(&caller.duties, LIMIT_SETTERS)).ok_or(AppError::Forbidden)
}

/// The form as it stands, or as it was posted and not done.
#[cfg(feature = "ssr")]
pub async fn form(visit: &Visit) -> Result<FormState> {
    let authority = setter(visit)?;
    let state = plain::recall(visit, LIMITS.key).await?;
    if state != FormState::default() {
        return Ok(state);
    }
    let stored = store::committed(&mut visit.app.db.read().await?, authority).await?.unwrap_or_else(|| "{}".to_owned());
    let set: BTreeMap<String, u32> = serde_json::from_str(&stored).broken()?;
    let shown = |key: &&str| set.get(*key).map(|days| (LIMITS.path(key), days.to_string()));
    Ok(FormState { values: KEYS.iter().filter_map(shown).collect::<Values>(), ..FormState::default() })
}

/// Sets them; what is left empty is no commitment.
#[cfg(feature = "ssr")]
pub async fn set(visit: Visit, filled: Filled) -> Result<Answer> {
    let authority = setter(&visit)?.to_owned();
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let set: BTreeMap<&str, u32> = KEYS.into_iter().filter_map(|key| Some((key, filled.get(key).parse().ok()?))).collect();
    let json = serde_json::to_string(&set).broken()?;
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            seat.audit(tx, "set-limits", &authority, &json).await?;
            store::put_committed(tx, &authority, json).await
        })
    });
    change.await?;
    Ok(Answer::Go("/limits?saved=1".into()))
}

/// The last days these authorities committed themselves to, where earlier than the law's, by the ids of the cases in which it is their
/// turn. They are reckoned for the rows of a page; what is stored and sorted by is the law's.
#[cfg(feature = "ssr")]
pub async fn last_days(visit: &Visit, tx: &mut Tx, codes: &[String], rows: &[Entry], calendar: &Calendar, today: Date) -> Result<BTreeMap<String, Date>> {
    let mut set = BTreeMap::new();
    for code in codes {
        if let Some(json) = store::committed(tx, code).await? {
            set.insert(code.as_str(), json);
        }
    }
    if set.is_empty() {
        return Ok(BTreeMap::new());
    }
    let is_theirs = |row: &&Entry| row.due.is_some() && row.turn.is_some_and(|role| role.party() == Party::Authority);
    let ids: Vec<&str> = rows.iter().filter(is_theirs).map(|row| row.id.as_str()).collect();
    let mut days = BTreeMap::new();
    for record in store::find_all(tx, &ids).await? {
        let Some(json) = set.get(record.authority_code.as_str()) else { continue };
        let catalogue = catalogue::store::version(&visit.app, tx, &record.catalogue_version).await?;
        let kind = Filed::of_key(&record.kind).unwrap_or(Filed::First);
        let limits = catalogue::limits_for(kind, &catalogue.pick(&record.items));
        let Some(committed) = shorter(limits, json) else { continue };
        let day = ledger(&record.case, &facts(&record, limits, committed), calendar, today).main_line().and_then(|line| line.committed);
        days.extend(day.map(|day| (record.id.clone(), day)));
    }
    Ok(days)
}

/// As much of a case's facts as the limits of its authority rest on.
#[cfg(feature = "ssr")]
fn facts(record: &Record, limits: Limits, committed: Limits) -> Facts {
    Facts {
        unit: record.unit_id.clone(),
        items: record.items.clone(),
        review: Review::NotNeeded,
        limits,
        committed: Some(committed),
        expires: None,
        employers: Vec::new(),
        subjects: Vec::new(),
        points: Vec::new(),
        unfounded: None,
        changed: Vec::new(),
        reviewers: Vec::new(),
    }
}
