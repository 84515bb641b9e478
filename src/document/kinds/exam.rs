//! The examination body's paper: the admission slip (准考证).

use super::{Head, Paper, facts};
use crate::document::model::{Kind, day};
use crate::document::template::{Filling, Placeholder, parts};

/// 准考证, issued when a seat is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdmissionSlip {
    /// 申请号
    pub application: String,
    /// 证件号码, masked.
    pub identity: String,
    /// 项目代号
    pub codes: Vec<String>,
    /// 考试科目: all of them, or in a resit those failed.
    pub subjects: Vec<String>,
    /// ISO.
    pub day: String,
    /// 考试时间
    pub times: String,
    pub place: String,
    /// 座位号
    pub seat: i64,
    /// 考试机构
    pub body: String,
    /// 补考
    pub is_resit: bool,
    /// The examination was moved: this slip takes the place of the one before.
    pub is_moved: bool,
}

pub(super) const ADMISSION_SLIP: ([Placeholder; 1], &str) = (
    [parts("要素")],
    "@ {申请单位}：
{称谓}报名的特种设备检验、检测人员资格考试已经确认，情况如下：
{要素}
请携带本准考证和有效身份证件，按时到考试地点参加考试。证件不齐的，不得入场。
不能参加考试的，请在考试日期之前登录本系统取消报名。违反考场纪律的，该科目成绩无效；作弊的，全部科目成绩无效，并通报执业单位。",
);

impl Paper for AdmissionSlip {
    fn kind(&self) -> Kind {
        Kind::AdmissionSlip
    }

    fn subject(&self) -> String {
        let note = |is: bool, note: &'static str| if is { note } else { "" };
        format!("{}{}{}", self.codes.join("、"), note(self.is_resit, "（补考）"), note(self.is_moved, "（考试安排变更后换发）"))
    }

    fn filling(&self, head: &Head) -> Filling {
        let (subject, subjects, seat) = (self.subject(), self.subjects.join("、"), self.seat.to_string());
        let on = day(&self.day);
        Filling::default().parts(
            "要素",
            [facts([
                ("准考证号", &head.number),
                ("姓名", &head.holder),
                ("证件号码", &self.identity),
                ("申请号", &self.application),
                ("考试项目", &subject),
                ("考试科目", &subjects),
                ("考试日期", &on),
                ("考试时间", &self.times),
                ("考试地点", &self.place),
                ("座位号", &seat),
                ("考试机构", &self.body),
            ])],
        )
    }
}
