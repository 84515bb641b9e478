//! What the demonstration's review agencies can do, and whom they send.

use crate::account::store::find_unit_by_code;
use crate::casework::agencies::model::{KINDS, PROVINCES, Reviewer};
use crate::casework::agencies::store;
use crate::error::{AppError, Result};
use crate::server::app::App;
use crate::server::db::Tx;
use crate::server::ids;

/// An agency by its code, its kinds of equipment, its provinces, and its reviewers with their numbers.
struct Can(&'static str, &'static [&'static str], &'static [&'static str], &'static [(&'static str, &'static str)]);

const PRESSURE: &[&str] = &["锅炉", "压力容器", "气瓶", "移动式压力容器", "压力管道", "压力管道元件", "安全附件"];
const MACHINES: &[&str] = &["电梯", "起重机械", "客运索道", "大型游乐设施", "场（厂）内专用机动车辆", "气瓶", "移动式压力容器"];

/// No kinds or provinces named: all of them.
const AGENCIES: [Can; 3] = [
    Can("1211000040000RA15Y", &[], &[], &[("韩清源", "PS-2019-00117"), ("宋以宁", "PS-2020-00235"), ("范长河", "PS-2021-00342")]),
    Can(
        "91440300MA00RA0286",
        MACHINES,
        &["330000", "350000", "360000", "430000", "440000", "450000", "460000"],
        &[("梁若愚", "PS-2018-00098"), ("冯嘉树", "PS-2022-00451")],
    ),
    Can(
        "1261000040000RA316",
        PRESSURE,
        &["610000", "620000", "630000", "640000", "650000"],
        &[("白若冰", "PS-2017-00061"), ("史远航", "PS-2020-00218"), ("雷鸣谦", "PS-2023-00507")],
    ),
];

/// Stores all of it.
pub async fn insert(app: &App, tx: &mut Tx) -> Result<()> {
    for Can(code, kinds, provinces, reviewers) in AGENCIES {
        let agency = find_unit_by_code(tx, code).await?.ok_or(AppError::NotFound)?.id;
        let known = |key: &str, chosen: &[&str]| chosen.is_empty() || chosen.contains(&key);
        let provinces: Vec<String> = PROVINCES.iter().map(|p| p.key).filter(|key| known(key, provinces)).map(str::to_owned).collect();
        let kinds: Vec<String> = KINDS.iter().map(|kind| kind.key).filter(|key| known(key, kinds)).map(str::to_owned).collect();
        for kind in &kinds {
            store::set_competence(tx, &agency, kind, &provinces).await?;
        }
        for (name, number) in reviewers {
            let id = ids::new(app.clock.now());
            let reviewer = Reviewer { id, name: (*name).to_owned(), number: (*number).to_owned(), kinds: kinds.clone(), is_active: true };
            store::insert_reviewer(tx, &agency, &reviewer, app.clock.now()).await?;
        }
    }
    Ok(())
}
