//! What the demonstration's examination body offers: the plan of the year, a session that has been, and those to sign up for.

use crate::account::store::find_unit_by_code;
use crate::error::{AppError, OrBroken, Result};
use crate::exam::model::Session;
use crate::exam::store;
use crate::server::app::App;
use crate::server::db::Tx;
use crate::server::ids;
use jiff::ToSpan;

const BODY: &str = "1261000040000RA58X";
/// How many days from the beginning of the story a session is; its place, codes and seats.
const SESSIONS: [(i64, &str, &[&str], i64); 4] = [
    (18, "西安市雁塔区示范南路9号第一考场", &["UT-II", "RT-II", "AE-II", "Y-SZ"], 30),
    (45, "西安市雁塔区示范南路9号第一考场", &["UT-II", "RT-II", "MT-II", "PT-II"], 60),
    (60, "西安市雁塔区示范南路9号实训中心", &["Y-GL", "Y-RQ", "Y-GD", "Y-DT", "Y-QZ"], 40),
    (90, "西安市雁塔区示范南路9号第二考场", &["UT-II", "RT-II"], 2),
];

/// Stores all of it; signing up ends a week before the day.
pub async fn insert(app: &App, tx: &mut Tx) -> Result<()> {
    let body_id = find_unit_by_code(tx, BODY).await?.ok_or(AppError::NotFound)?.id;
    let (today, now) = (app.clock.today(), app.clock.now());
    let plan = "无损检测人员：上半年、下半年各两次，考试前一周截止报名。\n检验人员：每季度一次，实际操作在实训中心进行。";
    for year in [today.year(), today.checked_add(90.days()).broken()?.year()] {
        store::set_plan(tx, &body_id, year, plan, now).await?;
    }
    for (days, place, codes, seats) in SESSIONS {
        let day = today.checked_add(days.days()).broken()?;
        let session = Session {
            id: ids::new(now),
            body_id: body_id.clone(),
            body: String::new(),
            day,
            times: "09:00 理论，14:00 实际操作".to_owned(),
            closes_on: day.checked_sub(7.days()).broken()?,
            place: place.to_owned(),
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            seats,
            taken: 0,
            revision: 0,
            called_off: None,
        };
        store::insert_session(tx, &session, now).await.map(drop)?;
    }
    Ok(())
}
