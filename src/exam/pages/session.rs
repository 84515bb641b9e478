//! One session: its candidates, marks by hand or from a sheet, publication, misconduct, complaints.

use super::arrange::Arrange;
use super::{GiveUp, Line, Seen, Told};
use crate::base::{t, workdays};
use crate::exam::api::{self, AnswerComplaint, EnterMarks, PublishMarks, ReportMisconduct};
use crate::exam::model::{Candidate, Note, SUBJECTS, SessionFile, key_of, mark_path, subject_of};
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::empty::Empty;
use crate::ui::field::{field_id, field_name};
use crate::ui::form::FormState;
use crate::ui::heading::PageTitle;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Saved, Tone};
use crate::ui::table::ListTable;
use crate::ui::value::{lang_of, marked};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// `/exam/sessions/{id}`
#[component]
pub fn SessionPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let file = load(move || id.get(), api::session);
    view! { <Load resource=file view=|file: SessionFile| view! { <Whole file=file/> }.into_any()/> }
}

#[component]
fn Whole(file: SessionFile) -> impl IntoView {
    let lang = use_lang();
    let title = format!("{} {}", workdays::show_date(file.session.day, lang), file.session.codes.join(tx(t("、", ", "))));
    let lead = format!("{}　{}　{} / {}", file.session.times, file.session.place, file.session.taken, file.session.seats);
    let off = file.session.called_off.clone().map(|why| {
        view! { <Notice tone=Tone::Warn><p>{tx(t("这个场次已经取消：", "This session was called off: "))}{marked(&why)}</p></Notice> }
    });
    let arrange = file.clone();
    let is_waiting = file.may_edit && file.has_come && file.candidates.iter().any(|candidate| candidate.sits && !candidate.is_published);
    let marks = is_waiting.then(|| view! { <Marks file=file.clone()/> });
    view! {
        <Breadcrumb trail=vec![("/exam/sessions".to_owned(), tx(t("考试场次", "Sessions")).to_owned())] here=title.clone()/>
        <PageTitle text=title.clone()/>
        <h1>{title}</h1>
        <p class="lead" lang="zh-CN">{lead}</p>
        <Saved/>
        <Told state=file.state.clone()/>
        {off}
        <section class="part"><h2>{tx(t("考生", "Candidates"))}</h2><Candidates file=file/></section>
        {marks}
        <Arrange file=arrange/>
    }
}

#[component]
fn Candidates(file: SessionFile) -> impl IntoView {
    let SessionFile { session, candidates, has_come, may_edit, click, state, .. } = file;
    if candidates.is_empty() {
        return view! { <Empty title=t("还没有人报名", "Nobody has signed up yet") text=t("申请受理后，申请人自己报名。", "Applicants sign up themselves once they are accepted.")/> }.into_any();
    }
    let heads = [
        t("座位号", "Seat"),
        t("姓名", "Name"),
        t("申请号", "Application"),
        t("项目", "Codes"),
        t("科目和成绩", "Subjects and marks"),
        t("状态", "State"),
        t("操作", "Action"),
    ];
    let lang = use_lang();
    let row = |candidate: Candidate| {
        let click = format!("{click}-{}", candidate.no);
        let marks = candidate.subjects.iter().map(|subject| {
            let mark = candidate.marks.get(key_of(subject)).cloned().unwrap_or_default();
            view! { <li>{subject_of(subject).get(lang).to_owned()}" "<span class="num" lang=lang_of(&mark)>{mark.clone()}</span></li> }
        });
        let marks = marks.collect_view();
        let told = candidate.misconduct.iter().map(|one| {
            let word = if one.subject.is_some() { t("违纪：", "Misconduct: ") } else { t("作弊：", "Cheating: ") };
            view! { <li><strong>{tx(word)}</strong>{one.subject.as_deref().map(|subject| subject_of(subject).get(lang).to_owned())}" "{marked(&one.text)}</li> }
        });
        let told = told.collect_view();
        let (id, no, seen) = (session.id.clone(), candidate.no.clone(), candidate.revision);
        let action = match (may_edit, candidate.sits, has_come, candidate.complains) {
            (true, true, true, _) if !candidate.is_published => {
                view! { <Misconduct candidate=candidate.clone() session=id click=click state=state.clone()/> }.into_any()
            }
            (true, true, false, _) => view! { <GiveUp no=no.clone() session=id seen=seen click=click state=state.clone()/> }.into_any(),
            (true, _, _, true) => view! { <Complaint candidate=candidate.clone() session=id click=click state=state.clone()/> }.into_any(),
            _ => ().into_any(),
        };
        view! {
            <tr>
                <td class="num" data-label=tx(heads[0])>{candidate.nth}</td>
                <td class="title" lang=lang_of(&candidate.name)>{candidate.name.clone()}</td>
                <td class="code" data-label=tx(heads[2])><a href=format!("/cases/{no}")>{no.clone()}</a></td>
                <td class="code" data-label=tx(heads[3])>{candidate.codes.join(tx(t("、", ", ")))}</td>
                <td data-label=tx(heads[4])><ul>{marks}{told}</ul></td>
                <td data-label=tx(heads[5])>{candidate.state.get(lang).to_owned()}</td>
                <td class="row-actions">{action}</td>
            </tr>
        }
    };
    let rows = candidates.into_iter().map(row).collect_view();
    view! { <ListTable caption=t("考生", "Candidates") heads=heads.to_vec() stack=true>{rows}</ListTable> }.into_any()
}

/// 记录违纪、作弊
#[component]
fn Misconduct(candidate: Candidate, session: String, click: String, state: FormState) -> impl IntoView {
    let lang = use_lang();
    let (no, id) = (candidate.no.clone(), format!("subject-{}", candidate.no));
    let (chosen, kept) = (Note::Subject.of(&no, &state), Note::Misconduct.of(&no, &state));
    let option = |subject: &String| {
        let is_chosen = chosen.as_ref() == Some(subject);
        view! { <option value=subject.clone() selected=is_chosen>{tx(t("违纪：", "Misconduct: "))}{subject_of(subject).get(lang).to_owned()}</option> }
    };
    let (is_cheating, is_open) = (chosen.as_deref() == Some(""), kept.is_some());
    view! {
        <details class="asking" open=is_open>
            <summary>{tx(t("记录违纪、作弊", "Record misconduct"))}<span class="visually-hidden">" "{candidate.name.clone()}</span></summary>
            <form method="post" action=ReportMisconduct::url() class="form">
                <Seen no=no.clone() session=session seen=candidate.revision click=click/>
                <div class="field"><label for=id.clone()>{tx(t("性质", "Kind"))}</label>
                    <div class="frame"><select id=id name="subject">
                        {candidate.subjects.iter().map(option).collect_view()}
                        <option value="" selected=is_cheating>{tx(t("作弊：全部科目成绩无效", "Cheating: all subjects are void"))}</option>
                    </select></div>
                </div>
                <Line id=format!("what-{no}") name="text" label=t("情况", "What happened") kept=kept/>
                <p class="actions"><button class="button" type="submit">{tx(t("记录", "Record"))}</button></p>
            </form>
        </details>
    }
}

/// 答复成绩申诉
#[component]
fn Complaint(candidate: Candidate, session: String, click: String, state: FormState) -> impl IntoView {
    let (lang, no) = (use_lang(), candidate.no.clone());
    let input = |subject: &String| {
        let path = mark_path(&no, key_of(subject));
        let id = format!("right-{}", field_id(&path));
        let kept = state.values.get(&path).cloned().unwrap_or_default();
        view! { <div class="field"><label for=id.clone()>{subject_of(subject).get(lang).to_owned()}</label><div class="frame"><input id=id name=field_name(&path) value=kept type="text" maxlength="10" autocomplete="off"/></div></div> }
    };
    let inputs = candidate.subjects.iter().map(input).collect_view();
    let lift = (!candidate.misconduct.is_empty()).then(|| {
        let (path, ticked) = (Note::Lift.path(&no), Note::Lift.of(&no, &state).is_some());
        let label = tx(t("撤销违纪、作弊记录，成绩恢复有效", "Take the record of misconduct back; the marks count again"));
        view! { <label class="choice"><input type="checkbox" name=field_name(&path) value="yes" checked=ticked/><span>{label}</span></label> }
    });
    view! {
        <details class="asking" open=true>
            <summary>{tx(t("答复成绩申诉", "Answer the complaint"))}<span class="visually-hidden">" "{candidate.name.clone()}</span></summary>
            <form method="post" action=AnswerComplaint::url() class="form">
                <Seen no=no.clone() session=session seen=candidate.revision click=click/>
                <Line id=format!("answer-{no}") name="text" label=t("答复", "Answer") kept=Note::Answer.of(&no, &state)/>
                <fieldset class="group"><legend>{tx(t("更正后的成绩（维持原成绩的不填）", "Marks put right (leave empty if they stand)"))}</legend>{inputs}</fieldset>
                {lift}
                <p class="actions"><button class="button" type="submit">{tx(t("答复", "Answer"))}</button></p>
            </form>
        </details>
    }
}

/// Marks to come: typed, imported, published.
#[component]
fn Marks(file: SessionFile) -> impl IntoView {
    let SessionFile { session, candidates, click, state, .. } = file;
    let id = session.id;
    let waiting = candidates.into_iter().filter(|candidate| candidate.sits && !candidate.is_published);
    let rows = waiting.map(|candidate| view! { <Typed candidate=candidate state=state.clone()/> }).collect_view();
    let mut heads = vec![t("姓名", "Name")];
    heads.extend(SUBJECTS.iter().map(|(_, label)| *label));
    view! {
        <section class="part">
            <h2>{tx(t("录入成绩", "Enter marks"))}</h2>
            <p>{tx(t("填 0 到 100 的整数，缺考填“缺考”。保存后公布以前，只有本机构看得到。", "Whole numbers from 0 to 100, or “absent”. Until they are published only this body sees them."))}</p>
            <form method="post" action=EnterMarks::url() class="form">
                <input type="hidden" name="session" value=id.clone()/>
                <input type="hidden" name="seen" value=session.revision.to_string()/>
                <ListTable caption=t("录入成绩", "Enter marks") heads=heads stack=true>{rows}</ListTable>
                <p class="actions"><button class="button" type="submit">{tx(t("保存成绩", "Keep the marks"))}</button></p>
            </form>
            <h3>{tx(t("用表格录入", "With a sheet"))}</h3>
            <p><a href=format!("/files/marks/{id}") rel="external" download="">{tx(t("下载成绩表", "Download the sheet"))}</a></p>
            <form method="post" action="/files/marks" enctype="multipart/form-data" class="form">
                <input type="hidden" name="session" value=id.clone()/>
                <input type="hidden" name="seen" value=session.revision.to_string()/>
                <div class="field"><label for="marks-sheet">{tx(t("成绩表（XLSX）", "Sheet (XLSX)"))}</label>
                    <input id="marks-sheet" name="sheet" type="file" accept=".xlsx" required=true/>
                </div>
                <p class="actions"><button class="button" type="submit">{tx(t("导入成绩", "Import the marks"))}</button></p>
            </form>
            <h3>{tx(t("公布成绩", "Publish the marks"))}</h3>
            <p>{tx(t("公布后，成绩进入案件并通知考生，不能再改。", "Once published, the marks are in the record, candidates are told, and they cannot be changed."))}</p>
            <form method="post" action=PublishMarks::url()>
                <input type="hidden" name="session" value=id/>
                <input type="hidden" name="seen" value=session.revision.to_string()/>
                <input type="hidden" name="click" value=click/>
                <p class="actions"><button class="button primary" type="submit">{tx(t("公布成绩", "Publish the marks"))}</button></p>
            </form>
        </section>
    }
}

/// The marks of one candidate, as typed.
#[component]
fn Typed(candidate: Candidate, state: FormState) -> impl IntoView {
    let lang = use_lang();
    let cell = |(key, label): (&'static str, crate::base::Text)| {
        if !candidate.subjects.iter().any(|subject| key_of(subject) == key) {
            return view! { <td data-label=tx(label)>"—"</td> }.into_any();
        }
        let path = mark_path(&candidate.no, key);
        let value = state.values.get(&path).or(candidate.marks.get(key)).cloned().unwrap_or_default();
        let wrong = state.issues.iter().find(|issue| issue.path == path).map(|issue| issue.message.get(lang).to_owned());
        let (message, invalid) = (format!("{}-message", field_id(&path)), wrong.is_some().then_some("true"));
        let described = wrong.is_some().then(|| message.clone());
        let name = format!("{} {}", candidate.name, tx(label));
        view! {
            <td data-label=tx(label)>
                {wrong.map(|text| view! { <p class="message" id=message>{marked(&text)}</p> })}
                <input id=field_id(&path) name=field_name(&path) value=value type="text" maxlength="10" size="6" autocomplete="off" aria-label=name aria-invalid=invalid aria-describedby=described/>
            </td>
        }
        .into_any()
    };
    let cells = SUBJECTS.into_iter().map(cell).collect_view();
    view! { <tr><td class="title" lang=lang_of(&candidate.name)>{candidate.name.clone()}</td>{cells}</tr> }
}
