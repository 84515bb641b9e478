//! What a person's case has beside any other: what the practising units say, the seat, the marks.

use crate::account::model::{Me, REGISTER_KEEPERS, opens};
use crate::base::text::url_escape;
use crate::base::{t, workdays};
use crate::casework::model::{Desk, PersonView};
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::{lang_of, marked};
use crate::workflow::action::Score;
use crate::workflow::person::{PASS, Sitting, subject_of};
use crate::workflow::{ActionKind, Party};
use leptos::prelude::*;

/// 执业确认 and 考试, as far as the reader is told; nothing where there is nothing to say.
#[component]
pub fn Person(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let side = desk.case.side;
    // The doors of an examination stand on its own pages.
    let complained = desk.person.as_ref().and_then(|person| person.sittings.last()).filter(|_| desk.case.actions.contains(&ActionKind::AnswerComplaint));
    let door = match (desk.person.as_ref().and_then(|person| person.seat.as_ref()), complained) {
        (_, Some(sitting)) => Some((format!("/exam/sessions/{}", sitting.session), t("答复成绩申诉", "Answer the complaint"))),
        (Some(seat), _) if side == Party::ExamBody => Some((format!("/exam/sessions/{}", seat.session), t("打开考试场次", "Open the session"))),
        _ if desk.case.actions.contains(&ActionKind::SignUp) => Some((format!("/exams#case-{}", desk.case.no), t("报名考试", "Sign up for an examination"))),
        (Some(_), _) if side == Party::Unit => Some((format!("/exams#case-{}", desk.case.no), t("查看考试报名", "See the seat"))),
        _ => None,
    };
    let Some(PersonView { practice, named, seat, sittings }) = desk.person else { return ().into_any() };
    let door = door.map(|(to, word)| view! { <p><a class="button" href=to>{tx(word)}</a></p> });
    let answer = |(unit, said): (String, Option<bool>)| {
        let (tone, word) = match said {
            Some(true) => (TagTone::Done, t("已确认", "Confirmed")),
            Some(false) => (TagTone::Wrong, t("不予确认", "Denied")),
            None => (TagTone::Wait, t("待确认", "Waits for an answer")),
        };
        view! { <li><span lang="zh-CN">{unit}</span>" "<Tag tone=tone text=word/></li> }
    };
    let only_named = |(unit, is_checked): (String, bool)| {
        let (tone, word) =
            if is_checked { (TagTone::Done, t("已核对证明", "Proof checked")) } else { (TagTone::Wait, t("待核对证明", "Proof to be checked")) };
        view! { <li><span lang="zh-CN">{unit}</span>" "<Tag tone=TagTone::Off text=t("未在本系统注册", "Not registered here")/>" "<Tag tone=tone text=word/></li> }
    };
    let practice = (!practice.is_empty() || !named.is_empty()).then(|| {
        let (practice, named) = (practice.into_iter().map(answer).collect_view(), named.into_iter().map(only_named).collect_view());
        view! { <section aria-labelledby="desk-practice"><h2 id="desk-practice">{tx(t("执业单位", "Practising unit"))}</h2><ul>{practice}{named}</ul></section> }
    });
    let seat = seat.map(|seat| view! { <p>{tx(t("已报名的考试：", "Signed up for: "))}{workdays::show_date(seat.day, lang)}</p> });
    let exam = (seat.is_some() || !sittings.is_empty() || door.is_some()).then(|| {
        let rows = sittings.into_iter().map(|sitting| view! { <Marks sitting=sitting/> }).collect_view();
        view! { <section aria-labelledby="desk-exam"><h2 id="desk-exam">{tx(t("考试", "Examination"))}</h2>{seat}{door}{rows}</section> }
    });
    view! { {practice}{exam} }.into_any()
}

/// What an official has to have checked before it can be granted: what it rests on in the register, the proof of the practice.
#[component]
pub fn Unproven(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let unfounded = desk.unfounded.map(|why| {
        let keeps = use_context::<Signal<Me>>().is_some_and(|me| me.with_untracked(|me| opens(&me.duties, REGISTER_KEEPERS)));
        let door =
            keeps.then(|| view! { " "<a href=format!("/certificates?q={}", url_escape(&desk.entry.unit))>{tx(t("打开登记簿", "Open the register"))}</a> });
        view! { <Notice tone=Tone::Warn><p>{marked(why.get(lang))}{door}</p></Notice> }
    });
    let named = desk.person.map(|person| person.named).filter(|_| desk.case.side == Party::Authority).unwrap_or_default();
    let units: Vec<String> = named.into_iter().filter(|(_, is_checked)| !is_checked).map(|(unit, _)| unit).collect();
    let named = (!units.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Warn><p>
                {tx(t("执业单位没有在本系统注册，不能在线确认：", "The practising unit is not registered here and cannot confirm online: "))}<span lang="zh-CN">{units.join("、")}</span>
                {tx(t("。请核对申请书所附的执业证明、离职证明。", ". Check the proof of practice or of leaving attached to the book."))}
            </p></Notice>
        }
    });
    view! { {unfounded}{named} }
}

/// The marks of one examination.
#[component]
fn Marks(sitting: Sitting) -> impl IntoView {
    let lang = use_lang();
    let row = |score: &Score| {
        let (void, subject) = (sitting.is_void(&score.subject), subject_of(&score.subject).get(lang).to_owned());
        let points = score.points.map_or_else(|| tx(t("缺考", "Absent")).to_owned(), |points| points.to_string());
        let (tone, word) = match score.points {
            _ if void => (TagTone::Wrong, t("成绩无效", "Void")),
            Some(PASS..) => (TagTone::Done, t("合格", "Passed")),
            _ => (TagTone::Wrong, t("不合格", "Failed")),
        };
        view! { <tr><th scope="row" lang=lang_of(&subject)>{subject.clone()}</th><td class="num">{points}</td><td><Tag tone=tone text=word/></td></tr> }
    };
    let rows = sitting.scores.iter().map(row).collect_view();
    let told = sitting.misconduct.iter().map(|misconduct| view! { <p class="said">{marked(&misconduct.text)}</p> }).collect_view();
    let complained = sitting.complained.then(|| view! { <p class="muted">{tx(t("对成绩提出过申诉。", "The marks were complained about."))}</p> });
    let caption = format!("{}{}", tx(t("考试日期：", "Examination of ")), workdays::show_date(sitting.day, lang));
    view! {
        <table class="read-table"><caption>{caption}</caption><thead><tr><th scope="col">{tx(t("科目", "Subject"))}</th><th scope="col">{tx(t("成绩", "Mark"))}</th><th scope="col">{tx(t("结果", "Result"))}</th></tr></thead><tbody>{rows}</tbody></table>
        {told}{complained}
    }
}
