//! What the demonstration's persons and one of its units hold: certificates on paper that were checked; those of persons each in the
//! window of another kind of application.

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

/// A unit that holds a licence on paper, of another category than it applies for: code, number without its year, category, items,
/// authority, and how many months it lasts from the beginning of the story.
const UNIT_HELD: (&str, &str, &str, [&str; 2], &str, i32) = ("91440300MA00DEM733", "TS4244061", "filling-mobile", ["SE117", "SE119"], "440000", 20);

/// Enters what a person holds, if anything.
pub async fn enter(app: &App, tx: &mut Tx, username: &str, unit_id: &str) -> Result<()> {
    let Some((_, digits, months)) = HELD.iter().find(|held| held.0 == username) else { return Ok(()) };
    let held = on_paper(app, unit_id, *months, 5);
    let certificate = Certificate {
        number: format!("TS8610{digits}-{}", &held.valid_to[..4]),
        category: PERSONNEL.to_owned(),
        items: ["UT-II", "RT-II"].map(str::to_owned).into(),
        authority_code: "610000".to_owned(),
        first_on: held.issued_on.clone(),
        ..held
    };
    insert(tx, &certificate).await.map(drop)
}

/// Enters what a unit holds, if anything.
pub async fn enter_unit(app: &App, tx: &mut Tx, code: &str, unit_id: &str) -> Result<()> {
    let (holder, number, category, items, authority, months) = UNIT_HELD;
    if holder != code {
        return Ok(());
    }
    let held = on_paper(app, unit_id, months, 4);
    let certificate = Certificate {
        number: format!("{number}-{}", &held.valid_to[..4]),
        category: category.to_owned(),
        items: items.map(str::to_owned).into(),
        authority_code: authority.to_owned(),
        ..held
    };
    insert(tx, &certificate).await.map(drop)
}

/// A certificate on paper that was checked, so many months before its last day, and what it says of no kind of holder.
fn on_paper(app: &App, unit_id: &str, months: i32, years: i32) -> Certificate {
    let today = app.clock.today();
    let until = today.checked_add(months.months()).unwrap_or(today).last_of_month();
    Certificate {
        id: ids::new(app.clock.now()),
        unit_id: unit_id.to_owned(),
        number: String::new(),
        category: String::new(),
        items: Vec::new(),
        authority_code: String::new(),
        first_on: String::new(),
        issued_on: until.checked_sub(years.years()).unwrap_or(today).to_string(),
        valid_to: until.to_string(),
        state: State::Valid,
        file_id: None,
        document_id: None,
        state_reason: String::new(),
        created_at: app.clock.now(),
        person: None,
    }
}
