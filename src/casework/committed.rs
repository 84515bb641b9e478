//! 承诺时限: the limits an authority commits itself to, shorter than the law's or none, which applicants see in the ledger of a case; and
//! what else is its own to set: the time for corrections, which no law gives, and whom to call.

use crate::base::{Text, say, t};
use crate::catalogue::{Kind as Filed, limits};
use crate::form::{Doc, Field, Group, Issue, Kind, Page, Part};
use jiff::civil::Date;

#[cfg(feature = "ssr")]
use {
    super::model::Entry,
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

/// What may be committed to, by the keys of [`crate::workflow::Limits`].
const KEYS: [&str; 4] = ["accept", "decide", "deliver", "publish"];
/// 补正期限 in working days, and how many it may be.
const CORRECT: &str = "correct";
const CORRECT_DAYS: std::ops::RangeInclusive<u32> = 5..=250;
/// 联系电话 in letters.
const TELEPHONE: &str = "telephone";
const DAYS: Kind = Kind::Int(t("个工作日", "working days"));

/// 承诺时限
pub static LIMITS: Page = Page {
    key: "limits",
    title: t("承诺时限", "Committed limits"),
    lead: t(
        "本机关承诺的办理期限，只能比法定期限短；不承诺的留空。已经在办的案件也按新的承诺显示。",
        "What your authority commits itself to, never longer than the law; leave empty what it does not. Open cases show it too.",
    ),
    parts: &[
        Part::Group(Group {
            title: Text::NONE,
            hint: Text::NONE,
            fields: &[
                Field::new("accept", t("受理", "Acceptance"), DAYS)
                    .hint("法定 5 个工作日。", "By law 5 working days.")
                    .basis("行政许可法 第三十二条")
                    .optional(),
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
        }),
        Part::Group(Group {
            title: t("补正告知书", "Correction notices"),
            hint: t("从以后发出的告知书起算；已经发出的不变。", "For notices sent from now on; those sent before stay as they are."),
            fields: &[
                Field::new(CORRECT, t("申请人补正的期限", "Time for corrections"), DAYS)
                    .hint("法律没有规定；不填的为 30 个工作日。", "The law gives none; 30 working days if left empty.")
                    .optional(),
                Field::new(TELEPHONE, t("联系电话", "Telephone"), Kind::Phone)
                    .hint("写在告知书的联系人后面。", "Stands beside whom to ask.")
                    .example("029-86138000")
                    .optional(),
            ],
        }),
    ],
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
    let path = page.path(CORRECT);
    if doc.get(&path).parse::<u32>().is_ok_and(|days| !CORRECT_DAYS.contains(&days)) {
        let (least, most) = CORRECT_DAYS.into_inner();
        let message = say(format!("请填 {least} 至 {most}；不填的为 30"), format!("Between {least} and {most}; 30 if left empty"));
        issues.push(Issue::error(path, message));
    }
}

/// What an authority has set, by the keys of the form.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, Default)]
pub struct Committed(serde_json::Map<String, serde_json::Value>);

#[cfg(feature = "ssr")]
impl Committed {
    /// Reads what is stored; what does not read sets nothing.
    pub fn read(json: &str) -> Committed {
        Committed(serde_json::from_str(json).unwrap_or_default())
    }

    fn days(&self, key: &str) -> Option<u32> {
        self.0.get(key)?.as_u64().and_then(|days| u32::try_from(days).ok())
    }

    /// Whether it commits itself to nothing.
    fn is_none(&self) -> bool {
        KEYS.into_iter().all(|key| self.days(key).is_none())
    }

    /// The law's limits with the time for corrections that it gives.
    pub fn corrected(&self, limits: Limits) -> Limits {
        Limits { correct: self.days(CORRECT).unwrap_or(limits.correct), ..limits }
    }

    /// The law's limits with those it has set shorter; nothing if it has set none. A setting that names none of them changes nothing.
    pub fn shorter(&self, limits: Limits) -> Option<Limits> {
        let mut whole = serde_json::to_value(limits).ok().filter(|_| !self.is_none())?;
        for (key, days) in self.0.iter().filter(|(key, _)| *key != CORRECT) {
            if days.as_u64().zip(whole[key].as_u64()).is_some_and(|(set, legal)| set < legal) {
                whole[key] = days.clone();
            }
        }
        serde_json::from_value(whole).ok()
    }

    /// 联系电话; empty if none is set.
    pub fn telephone(&self) -> &str {
        self.0.get(TELEPHONE).and_then(|value| value.as_str()).unwrap_or_default()
    }

    /// What the form shows of a key.
    fn shown(&self, key: &str) -> Option<String> {
        match self.0.get(key)? {
            serde_json::Value::String(text) => Some(text.clone()),
            value => Some(value.to_string()),
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
    let set = store::committed(&mut visit.app.db.read().await?, authority).await?;
    let shown = |key: &str| set.shown(key).map(|shown| (LIMITS.path(key), shown));
    Ok(FormState { values: KEYS.into_iter().chain([CORRECT, TELEPHONE]).filter_map(shown).collect::<Values>(), ..FormState::default() })
}

/// Sets them; what is left empty is no commitment.
#[cfg(feature = "ssr")]
pub async fn set(visit: Visit, filled: Filled) -> Result<Answer> {
    let authority = setter(&visit)?.to_owned();
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let days = |key: &'static str| Some((key, serde_json::Value::from(filled.get(key).parse::<u32>().ok()?)));
    let mut set: BTreeMap<&str, serde_json::Value> = KEYS.into_iter().chain([CORRECT]).filter_map(days).collect();
    let telephone = filled.get(TELEPHONE);
    if !telephone.is_empty() {
        set.insert(TELEPHONE, telephone.into());
    }
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
        set.insert(code.as_str(), store::committed(tx, code).await?);
    }
    if set.values().all(Committed::is_none) {
        return Ok(BTreeMap::new());
    }
    let is_theirs = |row: &&Entry| row.due.is_some() && row.turn.is_some_and(|role| role.party() == Party::Authority);
    let ids: Vec<&str> = rows.iter().filter(is_theirs).map(|row| row.id.as_str()).collect();
    let mut days = BTreeMap::new();
    for record in store::find_all(tx, &ids).await? {
        let Some(set) = set.get(record.authority_code.as_str()) else { continue };
        let catalogue = catalogue::store::version(&visit.app, tx, &record.catalogue_version).await?;
        let kind = Filed::of_key(&record.kind).unwrap_or(Filed::First);
        let limits = set.corrected(catalogue.limits.of_items(kind, &catalogue.pick(&record.items)));
        let Some(committed) = set.shorter(limits) else { continue };
        let day = ledger(&record.case, &facts(&record, limits, committed), calendar, today).main_line().and_then(|line| line.committed);
        days.extend(day.map(|day| (record.id.clone(), day)));
    }
    Ok(days)
}

/// As much of a case's facts as the limits of its authority rest on.
#[cfg(feature = "ssr")]
fn facts(record: &Record, limits: Limits, committed: Limits) -> Facts {
    Facts { committed: Some(committed), ..Facts::of(&record.unit_id, &record.items, Review::NotNeeded, limits) }
}
