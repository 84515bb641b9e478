//! What bars a unit from applying (spec 5.5): one answer for the picker, the check before submitting, and the table of actions.

use super::store;
use crate::application::book::Ban;
use crate::base::say;
use crate::base::workdays::{date_en, date_zh, legal_date, start_of};
use crate::catalogue::PERSONNEL;
use crate::error::Result;
use crate::licence::model::State as CertificateState;
use crate::licence::register::{self, Struck};
use crate::server::db::Tx;
use jiff::ToSpan;
use jiff::civil::Date;

/// Years: 特种设备安全法 art. 96, 行政许可法 art. 79, TSG 07-2019 3.3.3
const LICENCE_LOST: i32 = 3;
/// Years: 行政许可法 art. 78
const FALSE_DATA: i32 = 1;

/// The bars that hold today, the longest first. A licence that was lost bars every application; false data bars another one for
/// the same kind of licence.
pub async fn of_unit(tx: &mut Tx, unit_id: &str, category: &str, today: Date) -> Result<Vec<Ban>> {
    let since = |years: i32| today.checked_sub(years.years()).map_or(0, start_of);
    let lost = register::struck(tx, unit_id, since(LICENCE_LOST)).await?;
    let refused = store::refused_for_false_data(tx, unit_id, category, since(FALSE_DATA)).await?;
    let mut bans: Vec<Ban> =
        lost.iter().map(|struck| of_licence(struck, category == PERSONNEL)).chain(refused.iter().map(|(no, at)| of_refusal(no, legal_date(*at)))).collect();
    bans.sort_by(|a, b| b.until.cmp(&a.until));
    Ok(bans)
}

/// Years begin on the day after, so the day of the same number is still barred.
fn until(day: Date, years: i32) -> String {
    day.checked_add(years.years()).unwrap_or(Date::MAX).to_string()
}

fn of_licence(struck: &Struck, is_person: bool) -> Ban {
    let day = legal_date(struck.at);
    let (Struck { number, reason, .. }, zh, en) = (struck, date_zh(day), date_en(day));
    let [what_zh, what_en] = if is_person { ["证书", "certificate"] } else { ["许可证", "licence"] };
    let reason = if struck.state == CertificateState::Revoked {
        say(
            format!("{what_zh} {number} 于{zh}被吊销（{reason}），依照《特种设备安全法》第九十六条，三年内不予受理新的许可申请"),
            format!("{what_en} {number} was revoked on {en} ({reason}), so by 特种设备安全法 art. 96 no application is accepted for three years"),
        )
    } else {
        let [rule_zh, rule_en] = if is_person { ["", ""] } else { ["和 TSG 07-2019 第3.3.3条", " and TSG 07-2019 3.3.3"] };
        say(
            format!("{what_zh} {number} 于{zh}被撤销（{reason}），依照《行政许可法》第七十九条{rule_zh}，三年内不得再次申请"),
            format!("{what_en} {number} was annulled on {en} ({reason}), so by 行政许可法 art. 79{rule_en} there is no new application for three years"),
        )
    };
    Ban { reason, until: until(day, LICENCE_LOST) }
}

fn of_refusal(no: &str, day: Date) -> Ban {
    let (zh, en) = (date_zh(day), date_en(day));
    let reason = say(
        format!("申请 {no} 因隐瞒有关情况或者提供虚假材料，于{zh}被决定不予受理或者不予许可，依照《行政许可法》第七十八条，一年内不得再次申请该许可"),
        format!(
            "application {no} was turned down on {en} for hidden or false data, so by 行政许可法 art. 78 there is no new application for this licence for a year"
        ),
    );
    Ban { reason, until: until(day, FALSE_DATA) }
}
