//! Check your answers (核对): the only door to submission; and the receipt (申请材料接收凭证) after it.

use super::correct::Correction;
use super::{CaseTrail, list_name};
use crate::application::api::{self, Submit};
use crate::application::model::Review;
use crate::application::read::{Book, CaseHead, Timeline, changes_table};
use crate::base::{Lang, Say, say, t, workdays};
use crate::catalogue::months;
use crate::document::model::Kind;
use crate::document::view::DocumentLine;
use crate::error::AppError;
use crate::form::{Issue, Severity};
use crate::ui::field::field_id;
use crate::ui::form::{FormReply, FormState, focus_summary, go};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::marked;
use crate::workflow::{ActionKind, Limits, Matter, Start, State};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

fn no() -> String {
    use_params_map().with(|params| params.get("no").unwrap_or_default())
}

/// `/applications/{no}/check`
#[component]
pub fn CheckPage() -> impl IntoView {
    let no = no();
    // What was said to a click that handed nothing in; the page is read again for it, since something is not as it was shown.
    let refused = RwSignal::new(Refused::default());
    let review = load(
        move || (no.clone(), refused.with(|refused| refused.times)),
        |(no, _)| async move {
            let state = crate::account::api::form_state(format!("submit/{no}")).await?;
            Ok((api::review(no).await?, state))
        },
    );
    let view = move |(review, state): (Review, FormState)| {
        let last = refused.get_untracked();
        let state = if last.times == 0 { state } else { last.state };
        view! { <Check review=review state=state refused=refused/> }.into_any()
    };
    view! { <Load resource=review view=view/> }
}

/// The last refusal, and how many there were.
#[derive(Clone, Default)]
struct Refused {
    times: u32,
    state: FormState,
}

/// What is told of a refusal as a whole. What is to mend stands in the list of the page, which is judged anew.
fn told(state: &FormState) -> Option<Say> {
    let listed = state.issues.iter().any(|issue| issue.path != AGREE);
    let to_mend = || say("没有提交：请先修改下面列出的内容。", "Not submitted: please mend what is listed below first.");
    state.told.clone().or_else(|| listed.then(to_mend))
}

/// Where the declaration is ticked.
const AGREE: &str = "agree";

/// What is wrong with the tick of the declaration.
pub(super) fn not_agreed(state: &FormState) -> Option<Say> {
    state.issues.iter().find(|issue| issue.path == AGREE).map(|issue| issue.message.clone())
}

#[component]
fn Check(review: Review, state: FormState, refused: RwSignal<Refused>) -> impl IntoView {
    let lang = use_lang();
    if !matches!(review.head.state, State::Draft | State::Correction) {
        let href = format!("/applications/{}/receipt", review.head.no);
        return view! {
            <CaseTrail no=review.head.no.clone() is_person=review.head.is_person()/>
            <Heading text=t("核对并提交", "Check and submit")/>
            <Notice tone=Tone::Done>
                <p>{tx(t("这份申请已经提交。", "This application has been submitted."))}" "<a href=href>{tx(t("查看回执", "See the receipt"))}</a></p>
            </Notice>
        }
        .into_any();
    }
    let base = format!("/applications/{}", review.head.no);
    let errors: usize = review.issues.iter().flat_map(|(_, issues)| issues).filter(|i| i.severity == Severity::Error).count();
    let warnings: Vec<_> = review
        .issues
        .iter()
        .flat_map(|(page, issues)| issues.iter().filter(|i| i.severity == Severity::Warning).map(move |i| (page.clone(), i.clone())))
        .collect();
    let by_page = review.issues.iter().filter(|(_, issues)| issues.iter().any(|i| i.severity == Severity::Error)).map(|(page, issues)| {
        let title = review.pages.iter().find(|m| m.key == *page).map(|m| m.title.get(lang).to_owned()).unwrap_or_default();
        let list = issues.iter().filter(|i| i.severity == Severity::Error).map(|i| issue_link(&base, page, i, lang)).collect_view();
        view! { <li><strong>{title}</strong><ul>{list}</ul></li> }
    });
    let by_page = by_page.collect_view();
    let choose = review.head.may(ActionKind::Rechoose).then(|| view! { <p class="actions"><a class="button small" href=format!("{base}/choose")>{tx(t("修改申请项目和地址", "Change items or addresses"))}</a></p> });
    let to_mend = (errors != 0).then(|| {
        view! {
            <Notice tone=Tone::Wrong>
                <h2>{format!("{}{errors}{}", tx(t("提交前还有 ", "Before submitting: ")), tx(t(" 处需要修改", " to mend")))}</h2>
                <ul class="issues-by-page">{by_page}</ul>
                {choose}
            </Notice>
        }
    });
    let some_warnings = !warnings.is_empty();
    let links = warnings.into_iter().map(|(page, i)| issue_link(&base, &page, &i, lang)).collect_view();
    let warned = some_warnings.then(|| {
        view! {
            <Notice tone=Tone::Warn>
                <h2>{tx(t("请再看一眼（不影响提交）", "Please look once more (this does not stop you)"))}</h2>
                <ul>{links}</ul>
            </Notice>
        }
    });
    let told = told(&state).map(|told| view! { <div id="told" tabindex="-1"><Notice tone=Tone::Wrong><p>{marked(told.get(lang))}</p></Notice></div> });
    if refused.with_untracked(|refused| refused.times != 0) {
        Effect::new(|_| focus_summary());
    }
    let may = review.head.may(ActionKind::Submit);
    let changed = review.notice.is_some().then(|| {
        let table = changes_table(review.changes.iter().map(|change| (change.clone(), None)).collect());
        view! {
            <section class="desk-changes" id="changes" aria-labelledby="changes-title">
                <h2 id="changes-title">{tx(t("与上次提交的内容比较", "Compared with what was handed in last"))}</h2>
                {table}
            </section>
        }
    });
    view! {
        <CaseTrail no=review.head.no.clone() is_person=review.head.is_person()/>
        <Heading text=t("核对并提交", "Check and submit")/>
        <CaseHead head=review.head.clone()/>
        {told}
        {to_mend}
        {warned}
        <Correction review=review.clone() state=state.clone() ready=errors == 0/>
        {changed}
        <div class="read"><Book frozen=review.frozen.clone() edit=base/></div>
        {if errors != 0 {
            view! { <p class="muted">{tx(t("改完上面列出的问题后即可提交。", "You can submit once the points above are mended."))}</p> }.into_any()
        } else if review.notice.is_some() {
            ().into_any()
        } else if may {
            view! { <SubmitForm review=review state=state refused=refused/> }.into_any()
        } else {
            view! { <Notice tone=Tone::Info><p>{tx(t("提交需要主账号，或主账号授权的填报人。", "Submitting needs the owner of the account, or a filler the owner allowed to."))}</p></Notice> }.into_any()
        }}
    }
    .into_any()
}

/// External to the router, which would scroll to the field but not give it the focus, as the browser does.
fn issue_link(base: &str, page: &str, issue: &Issue, lang: Lang) -> impl IntoView + use<> {
    let href = format!("{base}/{page}#{}", field_id(&issue.path));
    view! { <li><a rel="external" href=href>{marked(issue.message.get(lang))}</a></li> }
}

/// The confirmation: who decides, what is applied for, which limits the law sets, the duty to be truthful.
#[component]
fn SubmitForm(review: Review, state: FormState, refused: RwSignal<Refused>) -> impl IntoView {
    let lang = use_lang();
    let head = review.head.clone();
    let no = head.no.clone();
    // The click's name: the same draft revision gives the same one, so a reload or a second tab does not submit twice.
    let revision = review.revision;
    let client_id = format!("{no}-{revision}");
    let wrong = RwSignal::new(not_agreed(&state));
    let busy = RwSignal::new(false);
    let on_submit = {
        let (no, client_id) = (no.clone(), client_id.clone());
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let agreed = is_ticked("agreed");
            let (no, client_id) = (no.clone(), client_id.clone());
            leptos::task::spawn_local(async move {
                let state = match api::submit(no, client_id, revision, if agreed { "yes".into() } else { String::new() }).await {
                    Ok(FormReply::Go(to)) => return go(&to),
                    Ok(FormReply::Wrong(state)) => state,
                    Err(error @ (AppError::Moved(_) | AppError::Refused(_))) => FormState { told: Some(error.say()), ..FormState::default() },
                    // The same click can be tried again.
                    Err(error) => {
                        wrong.set(Some(error.say()));
                        return busy.set(false);
                    }
                };
                busy.set(false);
                wrong.set(not_agreed(&state));
                if told(&state).is_some() {
                    refused.update(|refused| *refused = Refused { times: refused.times + 1, state });
                }
            });
        }
    };
    let problem = move || wrong.get().map(|say| view! { <p class="message" role="alert" id="agreed-message">{marked(say.get(lang))}</p> });
    let limit = limits(&review).get(lang).to_owned();
    let reason = review.reason.map(|reason| view! { <br/><small>{marked(reason.get(lang))}</small> });
    view! {
        <section class="submit" aria-labelledby="submit-title">
            <h2 id="submit-title">{tx(t("确认提交", "Confirm"))}</h2>
            <dl class="facts">
                <dt>{tx(t("审批机关", "Authority"))}</dt><dd><span lang="zh-CN">{head.authority.clone()}</span>{reason}</dd>
                <dt>{tx(t("申请类别", "Kind"))}</dt><dd>{head.kind_label.get(lang).to_owned()}</dd>
                <dt>{tx(t("申请项目", "Items"))}</dt><dd lang="zh-CN">{head.items.clone()}</dd>
                <dt>{tx(t("办理时限", "Limits"))}</dt><dd>{limit}</dd>
                <dt>{tx(t("收费", "Fee"))}</dt><dd>{tx(t("不收费（行政许可法第五十八条）", "None (Administrative Licensing Law, art. 58)"))}</dd>
            </dl>
            <p>{tx(t("请如实提交有关材料和反映真实情况（行政许可法第三十一条）。隐瞒情况或者提供虚假材料的，不予受理或者不予许可并给予警告，一年内不得再次申请（第七十八条）。", "You must submit true material (Administrative Licensing Law, art. 31). Hidden or false material leads to refusal, a warning and a bar of one year (art. 78)."))}</p>
            <form method="post" action=Submit::url() on:submit=on_submit>
                <input type="hidden" name="no" value=no.clone()/>
                <input type="hidden" name="client_id" value=client_id.clone()/>
                <input type="hidden" name="revision" value=revision.to_string()/>
                <div class="field">
                    {problem}
                    <label class="choice"><input type="checkbox" id="agreed" name="agreed" value="yes" aria-describedby="agreed-message"/><span>{tx(t("我确认所填内容和上传材料真实、完整、有效", "I confirm that what I state and upload is true, complete and valid"))}</span></label>
                </div>
                <button class="button primary" type="submit" disabled=move || busy.get()>{tx(t("提交申请", "Submit the application"))}</button>
            </form>
        </section>
    }
}

/// 办理时限, as the version has them that it goes by.
fn limits(review: &Review) -> Say {
    let Limits { accept, decide, decide_from, deliver, exam_months, .. } = review.limits;
    if review.head.is_person() {
        let pass = months(exam_months);
        return say(
            format!(
                "{accept} 个工作日内决定是否受理；要考试的，受理后 {}内考试合格，收到成绩后 {decide} 个工作日内作出决定；免考的，受理后 {decide} 个工作日内作出决定；\
                 决定后 {deliver} 个工作日内发证",
                pass.zh
            ),
            format!(
                "Acceptance within {accept} working days; with an examination: {} from acceptance to pass it, then a decision within {decide} working days of \
                 the marks; without one: a decision within {decide} working days of acceptance; certificate within {deliver} working days",
                pass.en
            ),
        );
    }
    let (from, of) = match decide_from {
        Start::Acceptance => ("受理后", "acceptance"),
        Start::Receipt => ("收到申请后", "receipt"),
    };
    say(
        format!("{accept} 个工作日内决定是否受理；{from} {decide} 个工作日内作出决定（鉴定评审所需时间不计算在内）；决定后 {deliver} 个工作日内发证"),
        format!(
            "Acceptance within {accept} working days; decision within {decide} working days of {of} (the on-site review is not counted); certificate within \
             {deliver} working days"
        ),
    )
}

/// Whether a box of the page is ticked.
fn is_ticked(id: &str) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok()).is_some_and(|input| input.checked())
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = id;
        false
    }
}

/// `/applications/{no}/receipt`
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let no = no();
    let review = load(move || no.clone(), |no| async move { Ok((api::review(no.clone()).await?, crate::document::api::of_case(no).await?)) });
    let view = |(review, documents): (Review, Vec<DocumentLine>)| view! { <Receipt review=review documents=documents/> }.into_any();
    view! { <Load resource=review view=view/> }
}

#[component]
fn Receipt(review: Review, documents: Vec<DocumentLine>) -> impl IntoView {
    let lang = use_lang();
    let head = review.head.clone();
    let no = head.no.clone();
    if head.state == State::Draft {
        let check = format!("/applications/{no}/check");
        return view! {
            <CaseTrail no=no is_person=head.is_person()/>
            <Heading text=t("申请材料接收凭证", "Receipt")/>
            <Notice tone=Tone::Info><p>{tx(t("这份申请还没有提交。", "This application has not been submitted."))}" "<a href=check>{tx(t("核对并提交", "Check and submit"))}</a></p></Notice>
        }
        .into_any();
    }
    let submitted = head.submitted_at.map(workdays::date_time).unwrap_or_default();
    let correct = (head.state == State::Correction).then(|| {
        let href = format!("/applications/{no}/check");
        view! { <Notice tone=Tone::Warn><p>{tx(t("审批机关要求补正，请按补齐补正告知书修改后重新提交。", "The authority asks for corrections; correct what its notice lists and hand the book in again."))}" "<a href=href>{tx(t("查看告知书并补正", "See the notice and correct"))}</a></p></Notice> }
    });
    let list = list_name(head.is_person());
    let said: Say = match (head.state, head.matter()) {
        (State::Withdrawn, Matter::Person) => say("申请已撤销。内容保留，可以随时查看。", "The application is cancelled. Its content is kept and can be read."),
        (State::Withdrawn, Matter::Unit) => {
            say("申请已撤回。内容保留，可以随时查看，也可以复制为新申请。", "The application is withdrawn. Its content is kept and can be read or copied.")
        }
        _ => say(
            format!("申请已提交。请保存申请号，办理进展会发到您的手机，也可以在“{}”查看。", list.zh),
            "Your application is submitted. Keep the number; progress is sent to your mobile and shown under “My applications”.",
        ),
    };
    let receipt = documents.iter().rfind(|line| line.kind == Kind::Receipt).map(|line| format!("/files/document/{}", line.id));
    let matter = head.matter();
    let withdraw = head.may(ActionKind::Withdraw).then(|| {
        let (name, _) = ActionKind::Withdraw.words_of(matter);
        view! { <p class="no-print"><a href=format!("/cases/{no}#act-withdraw")>{tx(name)}</a></p> }
    });
    view! {
        <CaseTrail no=no.clone() is_person=head.is_person()/>
        <Heading text=t("申请材料接收凭证", "Receipt")/>
        {correct}
        {(!matches!(head.state, State::Correction | State::Refused)).then(|| view! { <Notice tone=Tone::Done><p>{said.get(lang).to_owned()}</p></Notice> })}
        <dl class="facts receipt">
            <dt>{tx(t("申请号", "Application number"))}</dt><dd class="code">{no.clone()}</dd>
            <dt>{tx(if head.is_person() { t("申请人", "Applicant") } else { t("申请单位", "Applicant") })}</dt><dd lang="zh-CN">{head.unit_name.clone()}</dd>
            <dt>{tx(t("许可类别", "Category"))}</dt><dd>{head.category_label.get(lang).to_owned()}" · "{head.kind_label.get(lang).to_owned()}</dd>
            <dt>{tx(t("申请项目", "Items"))}</dt><dd lang="zh-CN">{head.items.clone()}</dd>
            <dt>{tx(t("审批机关", "Authority"))}</dt><dd lang="zh-CN">{head.authority.clone()}</dd>
            <dt>{tx(t("提交时间", "Submitted"))}</dt><dd>{submitted}</dd>
            {(!review.sha256.is_empty()).then(|| view! { <dt>{tx(t("内容校验码", "Fingerprint"))}</dt><dd class="code hash">{review.sha256.clone()}</dd> })}
        </dl>
        <CaseHead head=head/>
        <p class="actions no-print">
            {receipt.map(|href| view! { <a class="button" href=href rel="external">{tx(t("下载凭证（PDF）", "Download the receipt (PDF)"))}</a>" " })}
            <a class="button" href=format!("/applications/{no}/print")>{tx(t("打印申请书", "Print the book"))}</a>" "
            <a class="button" href="/applications">{tx(list)}</a>
        </p>
        <Timeline history=review.history documents=documents matter=matter/>
        {withdraw}
    }
    .into_any()
}
