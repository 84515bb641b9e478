//! What the questions of the forms offer to choose from.

use crate::base::Text;
use crate::form::{Choice, choice};
use crate::workflow::action::{self, Conclusion, Ground, Satisfaction};

pub(in crate::casework) const GROUNDS: [Choice; 5] = {
    let mut choices = [Choice { key: "", label: Text::NONE }; 5];
    let mut n = 0;
    while n < choices.len() {
        choices[n] = Choice { key: Ground::ALL[n].1, label: Ground::ALL[n].2 };
        n += 1;
    }
    choices
};
pub(in crate::casework) const CONCLUSIONS: [(Conclusion, Choice); 3] = [
    (Conclusion::Meets, choice("meets", "符合条件", "Meets the conditions")),
    (Conclusion::MeetsAfterRectification, choice("meets-after-rectification", "整改后符合条件", "Meets the conditions after rectification")),
    (Conclusion::DoesNotMeet, choice("does-not-meet", "不符合条件", "Does not meet the conditions")),
];
pub(in crate::casework) const CONCLUSION_CHOICES: &[Choice] = &[CONCLUSIONS[0].1, CONCLUSIONS[1].1, CONCLUSIONS[2].1];
pub(super) const OPINIONS: &[Choice] = &[choice("grant", "建议准予许可", "Propose to grant"), choice("deny", "建议不予许可", "Propose to deny")];
const fn served(n: usize) -> Choice {
    Choice { key: action::SERVED[n].0, label: action::SERVED[n].1 }
}
pub(in crate::casework) const SERVED: &[Choice] = &[served(0), served(1), served(2)];
pub(in crate::casework) const SATISFIED: [(Satisfaction, Choice); 3] = [
    (Satisfaction::Satisfied, choice("satisfied", "满意", "Satisfied")),
    (Satisfaction::Mostly, choice("mostly", "基本满意", "Mostly satisfied")),
    (Satisfaction::Dissatisfied, choice("dissatisfied", "不满意", "Dissatisfied")),
];
pub(in crate::casework) const SATISFIED_CHOICES: &[Choice] = &[SATISFIED[0].1, SATISFIED[1].1, SATISFIED[2].1];
/// The category that is written out, the tick that a check on site took place.
pub(in crate::casework) const OTHER: &str = "其他";
pub(in crate::casework) const ON_SITE: &str = "on_site";
/// The pick that stands for a reason that is not written.
pub(in crate::casework) const LIBRARY: &str = "library";
/// 许可条件 that a report speaks of one by one (TSG 07-2019 2.1).
pub const CONDITIONS: [Choice; 7] = [
    choice("staff", "人员", "Staff"),
    choice("premises", "工作场所", "Premises"),
    choice("equipment", "设备设施", "Equipment"),
    choice("documentation", "技术资料", "Technical documents"),
    choice("standards", "法规标准", "Rules and standards"),
    choice("quality", "质量保证体系", "Quality system"),
    choice("ability", "技术能力", "Technical ability"),
];
