//! What the applicant is told when an official has decided something (告知): one text message an event, in the change that
//! makes the event.

use super::service::File;
use super::store;
use crate::account;
use crate::catalogue;
use crate::error::Result;
use crate::notice::service::sms;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::Action;
use crate::workflow::action::Ground;

/// Tells whoever handed the application in.
pub async fn tell(visit: &Visit, tx: &mut Tx, file: &File, action: &Action) -> Result<()> {
    let no = &file.record.no;
    let what = match action {
        Action::Accept { agency } => {
            let agency = match agency {
                Some(agency) => account::store::find_unit(tx, agency).await?.map(|unit| format!("，鉴定评审机构为{}", unit.name)),
                None => None,
            };
            format!("您的申请 {no} 已受理{}", agency.unwrap_or_default())
        }
        Action::RequireCorrection { marks, .. } => format!("您的申请 {no} 有 {} 处需要补正，请登录查看补齐补正告知书，补正后重新提交", marks.len()),
        Action::Refuse { ground, .. } => {
            let ground = Ground::ALL[*ground as usize].2.zh;
            format!("您的申请 {no} 不予受理（{ground}），请登录查看理由")
        }
        _ => return Ok(()),
    };
    let Some(account) = store::find_submitter(tx, &file.record.id).await? else { return Ok(()) };
    let Some(account) = account::store::find_account(tx, &account).await? else { return Ok(()) };
    let authority = catalogue::store::find_authority(tx, &file.record.authority_code).await?.map(|authority| authority.name).unwrap_or_default();
    sms(tx, &visit.app, &account.mobile, &format!("{what}。{authority}【许可】")).await
}
