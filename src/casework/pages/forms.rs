//! What the reader can do with a case now: a form for each action that the table of actions has for them, drawn from the
//! table of forms. Each carries the revision seen and the name of its click.

use super::points::{Composed, Points};
use crate::application::frozen::Frozen;
use crate::base::{Text, t};
use crate::casework::api::Act;
use crate::casework::forms::{Ask, FORMS, Form, Known, NONE, Pick, Source, pair_of};
use crate::casework::model::{Desk, PlannedCertificate, PlannedRow};
use crate::casework::points::PREVIEW;
use crate::form::{Issue, Values};
use crate::ui::field::{Answers, FieldEvents, FieldInput, field_id, field_name};
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::ui::summary::ErrorSummary;
use crate::ui::value::{lang_of, marked};
use crate::workflow::ActionKind;
use leptos::context::Provider;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;

/// Pairs that are shown at once; the others unfold.
const PAIRS: usize = 3;

/// The forms of these actions that are open to the reader, the likely one first and open.
#[component]
pub fn Forms(desk: Desk, frozen: Option<Frozen>, kinds: fn(ActionKind) -> bool) -> impl IntoView {
    let lang = use_lang();
    let forms: Vec<&'static Form> = FORMS.iter().filter(|form| kinds(form.kind) && desk.case.may(form.kind)).collect();
    // A seat is taken at the examinations' own page; no form here is the likely one then.
    let is_mine = desk.case.ledger.turn.is_some_and(|role| role.party() == desk.case.side) && !desk.case.may(ActionKind::SignUp);
    let posted = desk.form.values.get("act").and_then(|act| ActionKind::of_word(act)).filter(|kind| kinds(*kind));
    let open = posted.or_else(|| forms.iter().find(|form| is_mine && !form.asks.is_empty()).map(|form| form.kind));
    let told = desk.form.told.clone().filter(|_| posted.is_some());
    let told = told.map(|told| view! { <div id="told" tabindex="-1"><Notice tone=Tone::Wrong><p role="alert">{marked(told.get(lang))}</p></Notice></div> });
    let noted = desk.form.noted.clone().filter(|_| posted.is_some());
    let noted = noted.map(|noted| view! { <Notice tone=Tone::Info><p role="status">{marked(noted.get(lang))}</p></Notice> });
    let issues = if posted.is_some() { desk.form.issues.clone() } else { Vec::new() };
    let issues = Signal::stored(issues);
    let none = forms.is_empty().then(|| view! { <p class="muted">{tx(t("您现在没有可以办理的操作。", "There is nothing for you to do here now."))}</p> });
    let forms = forms
        .into_iter()
        .map(|form| view! { <ActForm form=form desk=desk.clone() frozen=frozen.clone() issues=issues open=open == Some(form.kind)/> }.into_any());
    view! {
        {told}{noted}
        <ErrorSummary issues=issues title=t("需要修改", "To mend")/>
        {none}
        {forms.collect::<Vec<_>>()}
    }
}

/// The id of an action's form: a button that stands elsewhere on the page can belong to it.
pub fn form_id(form: &'static Form) -> String {
    format!("form-{}", form.kind.word())
}

/// Where a button posts that comes back to a part of the page: browsers keep the fragment through the redirect.
pub fn acting_at(part: &str) -> String {
    format!("{}#{part}", Act::url())
}

/// The form of one action.
#[component]
fn ActForm(form: &'static Form, desk: Desk, frozen: Option<Frozen>, issues: Signal<Vec<Issue>>, open: bool) -> impl IntoView {
    let brings = form.asks.iter().any(|ask| matches!(ask, Ask::Files { .. }));
    let (action, enctype) = if brings { ("/files/act", Some("multipart/form-data")) } else { (Act::url(), None) };
    let carried = view! { <Carried desk=desk.clone() kind=form.kind/> };
    let (name, _) = form.kind.words_of(desk.entry.matter());
    let says = form.says(desk.entry.matter());
    let hint = (!form.hint.is_none()).then(|| view! { <p class="hint">{tx(form.hint)}</p> });
    let warning = form.warning(desk.case.state).map(|text| view! { <Notice tone=Tone::Warn><p>{tx(text)}</p></Notice> });
    let id = format!("act-{}", form.kind.word());
    if form.asks.iter().all(|ask| is_left_out(ask, &desk)) {
        return view! { <form method="post" action=action class="act bare" id=id aria-label=tx(says)>{carried}{hint}<button class="button" type="submit">{tx(says)}</button>{look(form)}</form> }.into_any();
    }
    // Whoever comes by a link to this form finds it unfolded.
    let (shown, hash) = (RwSignal::new(open), use_location().hash);
    let place = format!("#{id}");
    Effect::new(move |_| {
        if hash.get() == place {
            shown.set(true);
        }
    });
    let values = desk.filled(form.kind).clone();
    let typed = RwSignal::new(values.clone());
    let events = FieldEvents { input: Callback::new(move |(path, value)| typed.update(|all| drop(all.insert(path, value)))), leave: Callback::new(|_| ()) };
    let answers = Answers(Callback::new(move |path: String| typed.with(|all| all.get(&path).cloned().unwrap_or_default())));
    let composed = use_context::<Composed>();
    let heard = move |event: SubmitEvent| {
        if let Some(composed) = composed {
            composed.heard(&event);
        }
    };
    // A notice is looked at before it is sent; then the button that sends it stands below it.
    let button = if form.kind == ActionKind::RequireCorrection {
        let class = if desk.preview.as_ref().is_some_and(|preview| preview.of == form.kind) { "button" } else { "button primary" };
        view! { <button class=class type="submit" formaction=acting_at("desk-notice") name="values[step]" value=PREVIEW>{tx(t("预览补正告知书", "Preview the notice"))}</button> }.into_any()
    } else {
        let class = if form.ends { "button danger" } else { "button primary" };
        view! { <button class=class type="submit">{tx(says)}</button>{look(form)} }.into_any()
    };
    let asks = move || form.asks.iter().map(|ask| question(ask, form, &desk, frozen.as_ref(), &values, issues)).collect::<Vec<_>>();
    view! {
        <details class="act" open=move || shown.get() id=id aria-label=tx(name)>
            <summary>{tx(name)}</summary>
            <form method="post" action=action enctype=enctype id=form_id(form) on:submit=heard>
                {carried}{hint}{warning}
                <Provider value=events><Provider value=answers>{asks()}</Provider></Provider>
                <p class="actions">{button}</p>
            </form>
        </details>
    }
    .into_any()
}

/// Shows the letter the form sends, as it would be; what is typed stays.
fn look(form: &Form) -> Option<AnyView> {
    let button = || {
        view! { " "<button class="button" type="submit" formaction=acting_at("desk-notice") name="values[step]" value=PREVIEW>{tx(t("预览文书", "Preview the document"))}</button> }
    };
    form.previews.then(|| button().into_any())
}

/// What every form carries: the case, the revision seen, the click's name.
#[component]
fn Carried(desk: Desk, kind: ActionKind) -> impl IntoView {
    view! {
        <input type="hidden" name="values[act]" value=kind.word()/>
        <input type="hidden" name="values[no]" value=desk.entry.no/>
        <input type="hidden" name="values[seen]" value=desk.case.revision.to_string()/>
        <input type="hidden" name="values[click]" value=desk.click/>
    }
}

/// Whether a question has nothing to choose from, and need not be answered.
fn is_left_out(ask: &Ask, desk: &Desk) -> bool {
    match ask {
        Ask::One(pick) => matches!(pick.from, Source::Reasons(_)) && desk.offers(pick.from).is_empty(),
        Ask::Some(pick) => !pick.need && desk.offers(pick.from).is_empty(),
        Ask::All(pick) => desk.offers(pick.from).is_empty(),
        _ => false,
    }
}

fn question(ask: &'static Ask, form: &'static Form, desk: &Desk, frozen: Option<&Frozen>, values: &Values, issues: Signal<Vec<Issue>>) -> AnyView {
    let value = |path: &str| values.get(path).cloned().unwrap_or_default();
    match ask {
        _ if is_left_out(ask, desk) => ().into_any(),
        Ask::Field(field) => {
            let path = form.path(field.key);
            view! { <FieldInput field=field value=value(&path) path=path issues=issues/> }.into_any()
        }
        // Nothing to choose: a review that is not needed has no agency.
        Ask::One(pick) if matches!(desk.offers(pick.from), [(only, _)] if only == NONE) => {
            view! { <input type="hidden" name=field_name(&form.path(pick.key)) value=NONE/> }.into_any()
        }
        Ask::One(pick) => view! { <One pick=pick path=form.path(pick.key) desk=desk.clone() values=values.clone() issues=issues/> }.into_any(),
        Ask::Some(pick) | Ask::All(pick) => {
            view! { <Several pick=pick path=form.path(pick.key) desk=desk.clone() values=values.clone() issues=issues/> }.into_any()
        }
        Ask::Pairs { first, more, most } => {
            let pair = |n: usize| {
                let fields = if n == 1 { *first } else { *more };
                let parts = fields.iter().map(|field| {
                    let path = form.path(&pair_of(field, n));
                    view! { <FieldInput field=field value=value(&path) path=path issues=issues/> }.into_any()
                });
                view! { <fieldset class="group period"><legend>{tx(first[0].label)}" "{n}</legend>{parts.collect::<Vec<_>>()}</fieldset> }.into_any()
            };
            let begun = |n: usize| more.iter().any(|field| !value(&form.path(&pair_of(field, n))).is_empty());
            let open = (PAIRS + 1..=*most).any(begun);
            let (shown, rest) = ((1..=PAIRS).map(pair).collect::<Vec<_>>(), (PAIRS + 1..=*most).map(pair).collect::<Vec<_>>());
            view! { {shown}<details open=open><summary>{tx(t("还有更多", "More"))}</summary>{rest}</details> }.into_any()
        }
        Ask::Files { key, label, need } => {
            let path = form.path(key);
            view! { <FilesOf label=*label need=*need value=value(&path) path=path desk=desk.clone() issues=issues/> }.into_any()
        }
        Ask::Known { key, label, of } => {
            let known = match of {
                Known::Unit => desk.entry.unit.clone(),
                Known::Agency => desk.agency.clone(),
            };
            let id = field_id(&form.path(key));
            let name = format!("{id}-label");
            view! {
                <div class="field fixed">
                    <div class="field-head"><span class="label" id=name.clone()>{tx(*label)}</span></div>
                    <output class="fixed-value" id=id aria-labelledby=name lang="zh-CN">{known}</output>
                </div>
            }
            .into_any()
        }
        Ask::Certificates => view! { <Certificates form=form desk=desk.clone() values=values.clone()/> }.into_any(),
        Ask::Marks => view! { <Points form=form desk=desk.clone() frozen=frozen.cloned() values=values.clone()/> }.into_any(),
    }
}

/// What is wrong at a path, beside its control.
fn message(issues: Signal<Vec<Issue>>, path: &str) -> Option<AnyView> {
    let lang = use_lang();
    let issue = issues.with_untracked(|all| all.iter().find(|issue| issue.path == path).cloned())?;
    Some(view! { <p class="message error" id=format!("{}-message", field_id(path))>{marked(issue.message.get(lang))}</p> }.into_any())
}

const OPTIONAL: Text = t("选填", "optional");

/// One of what the case offers. A single offer is chosen already.
#[component]
fn One(pick: &'static Pick, path: String, desk: Desk, values: Values, issues: Signal<Vec<Issue>>) -> impl IntoView {
    let lang = use_lang();
    let (id, offers) = (field_id(&path), desk.offers(pick.from).to_vec());
    let chosen = values.get(&path).cloned().or_else(|| if let ([only], true) = (offers.as_slice(), pick.need) { Some(only.0.clone()) } else { None });
    let option = |(value, said): (String, crate::base::Say)| {
        let said = said.get(lang).to_owned();
        view! { <option value=value.clone() selected=chosen.as_deref() == Some(value.as_str()) lang=lang_of(&said)>{said.clone()}</option> }
    };
    let optional = (!pick.need).then(|| view! { " "<span class="optional">{tx(OPTIONAL)}</span> });
    view! {
        <div class="field">
            <div class="field-head"><label for=id.clone()>{tx(pick.label)}{optional}</label></div>
            {message(issues, &path)}
            <div class="frame"><select id=id name=field_name(&path)>
                <option value="">{tx(t("请选择", "Choose"))}</option>
                {offers.into_iter().map(option).collect_view()}
            </select></div>
        </div>
    }
}

/// Some of what the case offers.
#[component]
fn Several(pick: &'static Pick, path: String, desk: Desk, values: Values, issues: Signal<Vec<Issue>>) -> impl IntoView {
    let lang = use_lang();
    let ticks = format!("{path}@");
    let is_ticked = |value: &str| values.iter().any(|(path, ticked)| path.starts_with(&ticks) && ticked == value);
    let option = |(n, (value, said)): (usize, (String, crate::base::Say))| {
        let said = said.get(lang).to_owned();
        view! { <label class="choice"><input type="checkbox" name=field_name(&format!("{ticks}{n}")) value=value.clone() checked=is_ticked(&value)/><span lang=lang_of(&said)>{said.clone()}</span></label> }
    };
    let optional = (!pick.need).then(|| view! { " "<span class="optional">{tx(OPTIONAL)}</span> });
    view! {
        <fieldset class="field" id=field_id(&path) tabindex="-1">
            <legend>{tx(pick.label)}{optional}</legend>
            {message(issues, &path)}
            {desk.offers(pick.from).iter().cloned().enumerate().map(option).collect_view()}
        </fieldset>
    }
}

/// Files that come with an action. Those of a form that was not done are kept.
#[component]
fn FilesOf(label: Text, need: bool, path: String, value: String, desk: Desk, issues: Signal<Vec<Issue>>) -> impl IntoView {
    let id = field_id(&path);
    let hint = format!("{id}-hint");
    let kept: Vec<(String, String)> = value.split(',').filter_map(|id| Some((id.to_owned(), desk.kept.get(id)?.clone()))).collect();
    let ids = kept.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(",");
    let list = (!kept.is_empty()).then(|| {
        let row = |(id, name): (String, String)| view! { <li class="file"><a href=format!("/files/{id}") target="_blank" rel="noopener" lang=lang_of(&name)>{name.clone()}</a></li> };
        view! { <p class="hint">{tx(t("已经上传，不用再选：", "Already uploaded, no need to choose again:"))}</p><ul class="files">{kept.into_iter().map(row).collect_view()}</ul> }
    });
    let optional = (!need).then(|| view! { " "<span class="optional">{tx(OPTIONAL)}</span> });
    view! {
        <div class="field">
            <div class="field-head"><label for=id.clone()>{tx(label)}{optional}</label></div>
            <p class="hint" id=hint.clone()>{tx(t("PDF、JPEG 或者 PNG，每个不超过 20 MB，可以选多个。", "PDF, JPEG or PNG, up to 20 MB each; several may be chosen."))}</p>
            {message(issues, &path)}
            {list}
            <input type="hidden" name=field_name(&path) value=ids/>
            <input type="file" id=id name=format!("upload[{path}]") multiple=true accept="application/pdf,image/jpeg,image/png" aria-describedby=hint/>
        </div>
    }
}

/// The certificates a granted case ends in (ruling 2), with a remark to give for each item.
#[component]
fn Certificates(form: &'static Form, desk: Desk, values: Values) -> impl IntoView {
    let row = |row: PlannedRow| {
        let path = form.path(&format!("remark@{}", row.id));
        let (id, remark) = (field_id(&path), values.get(&path).cloned().unwrap_or(row.remark));
        let label = format!("{} {}", tx(t("备注", "Remark")), row.name);
        view! {
            <tr><th scope="row" lang="zh-CN">{row.name.clone()}</th><td lang="zh-CN">{row.parameters}</td>
                <td><input id=id name=field_name(&path) value=remark lang="zh-CN" maxlength="200" aria-label=label/></td></tr>
        }
    };
    let parameters = if desk.person.is_some() { t("有效期", "Valid") } else { t("许可参数（级别）", "Parameters") };
    let heads = [t("项目", "Item"), parameters, t("备注", "Remark")];
    let one = |planned: PlannedCertificate| {
        let heads = heads.map(|head| view! { <th scope="col">{tx(head)}</th> }).collect_view();
        view! {
            <section class="planned">
                <h3><span lang="zh-CN">{planned.title}</span>" "<span class="code">{planned.head}"…"</span></h3>
                <p class="hint">{tx(t("有效期至 ", "Valid to "))}{planned.valid_to}</p>
                <div class="table-scroll" tabindex="0" role="region" aria-label=tx(t("许可项目", "Items"))><table class="read-table"><thead><tr>{heads}</tr></thead><tbody>{planned.rows.into_iter().map(row).collect_view()}</tbody></table></div>
            </section>
        }
    };
    desk.planned.into_iter().map(one).collect_view()
}
