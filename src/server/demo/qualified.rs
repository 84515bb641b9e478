//! What the demonstration's persons hold: certificates on paper that were checked, each in the window of another kind of application.

use crate::catalogue::PERSONNEL;
use crate::error::Result;
use crate::licence::model::State;
use crate::licence::store::{Certificate, insert};
use crate::server::app::App;
use crate::server::db::Tx;
use crate::server::ids;
use jiff::ToSpan;

/// Who holds a certificate, its running digits, and how many months it lasts from the beginning of the story, a month ago, to the end
/// of that month: for 考试换证 (6 to 12 are left), 审核换证 (3 to 6 are left), 变更.
const HELD: [(&str, &str, i32); 3] = [("person02", "902", 9), ("person03", "903", 5), ("person04", "904", 30)];

/// Enters what a person holds, if anything.
pub async fn enter(app: &App, tx: &mut Tx, username: &str, unit_id: &str) -> Result<()> {
    let Some((_, digits, months)) = HELD.iter().find(|held| held.0 == username) else { return Ok(()) };
    let today = app.clock.today();
    let until = today.checked_add(months.months()).unwrap_or(today).last_of_month();
    let issued_on = until.checked_sub(5.years()).unwrap_or(today).to_string();
    let certificate = Certificate {
        id: ids::new(app.clock.now()),
        unit_id: unit_id.to_owned(),
        number: format!("TS8610{digits}-{}", until.year()),
        category: PERSONNEL.to_owned(),
        items: ["UT-II", "RT-II"].map(str::to_owned).into(),
        authority_code: "610000".to_owned(),
        first_on: issued_on.clone(),
        issued_on,
        valid_to: until.to_string(),
        state: State::Valid,
        file_id: None,
        document_id: None,
        state_reason: String::new(),
        created_at: app.clock.now(),
        person: None,
    };
    insert(tx, &certificate).await.map(drop)
}
