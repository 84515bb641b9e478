//! The checks of a person's book against what the register and the rules know (spec 4.3), and what is filled in for the person.

use super::checks::missing_file;
use super::person::{HELD, LEAVING_PROOF, PRACTICE_PROOF, tenths};
use super::rules::{date, has_file};
use super::{Ban, CaseFacts, OtherPractice, PersonFacts, fixed_values, pages};
use crate::account::forms::wrong_number;
use crate::base::resident_id::ResidentId;
use crate::base::{check, say, t, text};
use crate::catalogue::conditions::{About, Applicant, judge};
use crate::catalogue::personnel::Group;
use crate::catalogue::{Ask, Route, Rules};
use crate::form::doc::orders_after;
use crate::form::{Doc, Issue, Values};
use crate::workflow::person::PersonKind;
use jiff::civil::Date;

const ID_NO: &str = "person/id_no";
const CODE: &str = "qualification/code";
const REGION: &str = "qualification/practice_region";
const ORG: &str = "qualification/practice_org";
const ORG_CODE: &str = "qualification/practice_code";
const VISION: &str = "proofs/vision";
const PROOF: &str = "proofs/practice_proof";
const FORMER: &str = "qualification/former_org";
const LEAVING: &str = "proofs/leaving_proof";
const NEW_NAME: &str = "qualification/new_name";
const NEW_ID_KIND: &str = "qualification/new_id_kind";
/// Where the book of a 变更 has the number of the new document.
pub const NEW_ID_NO: &str = "qualification/new_id_no";

/// Findings of the whole book.
pub(super) fn checks(facts: &CaseFacts, doc: &Doc, today: Date) -> Vec<Issue> {
    let Some(person) = &facts.person else { return Vec::new() };
    let mut issues = conditions(person, doc, facts.filed.unwrap_or(today));
    place(facts, &mut issues);
    practice(person, doc, &mut issues);
    identity(facts, person, doc, facts.filed.unwrap_or(today), &mut issues);
    if person.code.group == Group::Ndt && person.kind != PersonKind::Move && !has_file(doc, VISION) {
        issues.push(missing_file(VISION, t("视力证明", "Proof of eyesight")));
    }
    if let Some(number) = &facts.has_open_same_certificate {
        let message = say(format!("您的同一项目已有一份申请在办理：{number}"), format!("Another application of yours for this item is open: {number}"));
        issues.push(Issue::error(CODE, message));
    }
    let holds = |ban: &&Ban| check::date(&ban.until).is_ok_and(|until| until >= today);
    issues.extend(facts.bans.iter().filter(holds).map(|ban| Issue::error(CODE, ban.said())));
    issues
}

/// 出生日期: in the number of a resident's card, or asked.
fn born(doc: &Doc, today: Date) -> Option<Date> {
    match doc.get("person/id_kind") {
        "resident" => ResidentId::parse(doc.get(ID_NO), today).ok().map(|id| id.birth_date()),
        _ => date(doc, "person/born_on"),
    }
}

/// The conditions on the day the application is filed: what time does after that stops no correction.
fn conditions(person: &PersonFacts, doc: &Doc, day: Date) -> Vec<Issue> {
    let answered = |path: &str, yes: &str| Some(doc.get(path)).filter(|answer| !answer.is_empty()).map(|answer| answer == yes);
    let eyes = ["qualification/vision_left", "qualification/vision_right"].map(|path| (tenths(doc.get(path)), path));
    let weaker = eyes.iter().filter_map(|(value, path)| Some(((*value)?, *path))).min();
    let who = Applicant {
        born: born(doc, day),
        education: Some(doc.get("person/education")).filter(|education| !education.is_empty()),
        held: &person.held,
        vision: weaker.map(|(value, _)| value),
        colour_blind: answered("qualification/colour", "blind"),
        unbroken: answered("proofs/unbroken", "yes"),
        clean: answered("proofs/clean", "yes"),
        last_by_exam: answered("qualification/last_way", "exam"),
    };
    let born_at = if doc.get("person/id_kind") == "resident" { ID_NO } else { "person/born_on" };
    let place = |about: About| match about {
        About::Code => CODE,
        About::Age => born_at,
        About::Education => "person/education",
        About::Held => "qualification/held",
        About::Vision => weaker.map_or("qualification/vision_left", |(_, path)| path),
        About::Colour => "qualification/colour",
        About::Practice => "proofs/unbroken",
        About::Conduct => "proofs/clean",
        About::LastRenewal => "qualification/last_way",
    };
    judge(&person.code, person.kind, &who, day).into_iter().map(|finding| Issue::error(place(finding.about), finding.say())).collect()
}

/// Where the code and the place of practice lead that stand in the book.
pub fn route(rules: &Rules<'_>, person: &PersonFacts, doc: &Doc) -> Route {
    rules.person(&person.code, &text::code(doc.get(REGION))).map_or_else(Route::Ask, Route::One)
}

/// The place leads to the authority that the draft was begun for (spec 4.2).
fn place(facts: &CaseFacts, issues: &mut Vec<Issue>) {
    match &facts.route {
        Some(Route::One(part)) if part.authority != facts.authority_code => {
            let (own, why) = (&facts.authority, &part.reason);
            let (zh, en) = (
                format!("按这个地区，审批机关是{}。这份申请是向{own}提出的：请改回，要向那里申请的，请另建一份申请", why.zh),
                format!("This makes it {}. The application is to {own}: change it back, or begin another application for that one", why.en),
            );
            issues.push(Issue::error(REGION, say(zh, en)));
        }
        Some(Route::Ask(ask @ Ask::Region(_))) => issues.push(Issue::error(REGION, ask.said_to_person())),
        // What is not filled in is asked for where it stands.
        _ => {}
    }
}

/// The unit is the one its code says; of one that is not registered the practice is proven.
fn practice(person: &PersonFacts, doc: &Doc, issues: &mut Vec<Issue>) {
    let (name, code) = (doc.get(ORG), text::code(doc.get(ORG_CODE)));
    if person.practice.is_none() && code.is_empty() && !name.is_empty() && !has_file(doc, PROOF) {
        issues.push(missing_file(PROOF, PRACTICE_PROOF.label));
    }
    let known = person.practice.as_ref().map_or(code.as_str(), |(_, code)| code.as_str());
    one_institution(person, doc, name, known, issues);
    same_elsewhere(person, name, known, issues);
    former(person, doc, name, issues);
    match &person.practice {
        None if !code.is_empty() => issues.push(Issue::error(
            ORG_CODE,
            t(
                "登记单位里没有这个代码，请核对；单位没有注册的，代码留空",
                "No registered unit has this code; please check it, or leave it empty if the unit is not registered",
            ),
        )),
        Some((known, _)) if !code.is_empty() && !name.is_empty() && !text::same_name(known, name) => {
            issues.push(Issue::error(ORG, say(format!("与代码不符：这个代码的单位是{known}"), format!("Does not go with the code, which is that of {known}"))))
        }
        _ => {}
    }
}

/// A person practises in one institution, and moves by 变更, to which both consent (特种设备安全法 art. 51).
fn one_institution(person: &PersonFacts, doc: &Doc, name: &str, code: &str, issues: &mut Vec<Issue>) {
    let Some((at, at_code)) = person.practises_at.as_ref().filter(|_| !name.is_empty()) else { return };
    let is_same = is_same_unit((name, code), (at, at_code));
    let moves = moves(person, doc);
    if moves && is_same {
        let (zh, en) = (format!("登记簿里您就在{at}执业，执业单位没有变"), format!("The register has you at {at}: the practising unit does not change"));
        issues.push(Issue::error(ORG, say(zh, en)));
    } else if !moves && !is_same {
        let (zh, en) = (
            format!("登记簿里您在{at}执业；一个人只能在一个机构执业，换单位请申请变更"),
            format!("The register has you at {at}; a person practises in one institution, so apply for a change to move"),
        );
        issues.push(Issue::error(ORG, say(zh, en)));
    }
}

/// Whether two units, each by name and code, are the same; one that is only named has no code.
fn is_same_unit((name, code): (&str, &str), (other, other_code): (&str, &str)) -> bool {
    if code.is_empty() || other_code.is_empty() { text::same_name(name, other) } else { code == other_code }
}

/// Whether it is a 变更 to another practising unit.
fn moves(person: &PersonFacts, doc: &Doc) -> bool {
    person.kind == PersonKind::Move && leaves(doc)
}

/// Whether the book of a 变更 says that the person leaves a practising unit.
pub fn leaves(doc: &Doc) -> bool {
    matches!(doc.get("qualification/change_what"), "practice" | "both")
}

/// Who the person is from now on: the new name, the new document or both, judged as the account's are (变更, spec 4.4).
fn identity(facts: &CaseFacts, person: &PersonFacts, doc: &Doc, day: Date, issues: &mut Vec<Issue>) {
    if person.kind != PersonKind::Move {
        return;
    }
    let [name, kind, number] = [NEW_NAME, NEW_ID_KIND, NEW_ID_NO].map(|path| doc.get(path));
    let given = [NEW_NAME, NEW_ID_KIND, NEW_ID_NO].into_iter().find(|path| !doc.get(path).is_empty());
    // A book handed in before these were asked said it in words, which a correction of something else need not repeat.
    let was_told = facts.filed.is_some() && !doc.get("qualification/data_change").is_empty();
    match (matches!(doc.get("qualification/change_what"), "data" | "both"), given) {
        (true, None) if was_told => {}
        (true, None) => issues.push(Issue::error(NEW_NAME, t("请填写变更后的姓名或者证件", "Enter the new name or the new document"))),
        (false, Some(path)) => issues.push(Issue::error(
            path,
            t("变更事项没有选个人信息，请清空，或者改选变更事项", "Personal data are not among what changes; leave this empty, or choose otherwise above"),
        )),
        _ => {}
    }
    let same = t("与现在的相同，没有变更", "This is what it is now: nothing changes");
    if !name.is_empty() && text::tidy(name) == text::tidy(doc.get("person/name")) {
        issues.push(Issue::error(NEW_NAME, same));
    }
    if number.is_empty() {
        return;
    }
    if kind.is_empty() {
        issues.push(Issue::error(NEW_ID_KIND, t("请选择变更后的证件类型", "Please choose the new document")));
    } else if let Some(why) = wrong_number(kind, &text::code(number), day) {
        issues.push(Issue::error(NEW_ID_NO, why));
    } else if person.is_anothers {
        issues.push(Issue::error(NEW_ID_NO, t("这个证件号码是另一个已注册的人的，请核对", "This is the number of another registered person; please check it")));
    } else if text::code(number) == text::code(doc.get(ID_NO)) {
        issues.push(Issue::error(NEW_ID_NO, same));
    }
}

/// One institution also where several applications are under way at once, of which the register knows nothing yet.
fn same_elsewhere(person: &PersonFacts, name: &str, code: &str, issues: &mut Vec<Issue>) {
    let differs = |other: &&OtherPractice| !is_same_unit((name, code), (&other.name, &other.code));
    if let Some(OtherPractice { no, name: at, .. }) = person.elsewhere.iter().find(differs).filter(|_| !name.is_empty()) {
        let (zh, en) = (
            format!("您的另一份申请 {no} 填的执业单位是{at}；一个人只能在一个机构执业，请填同一单位，或者等那份申请办结，或者先撤销它"),
            format!(
                "Your other application {no} names {at}; a person practises in one institution. Name the same one, wait until that application is done, or cancel it first"
            ),
        );
        issues.push(Issue::error(ORG, say(zh, en)));
    }
}

/// Both sides consent to a 变更 of the practising unit: the unit left is the one the register has, if it has one. Registered here it is
/// asked; of any other an examiner checks the proof of leaving.
fn former(person: &PersonFacts, doc: &Doc, name: &str, issues: &mut Vec<Issue>) {
    let left = doc.get(FORMER);
    if left.is_empty() || !moves(person, doc) {
        return;
    }
    match &person.practises_at {
        Some((at, _)) if !text::same_name(at, left) => {
            issues.push(Issue::error(FORMER, say(format!("登记簿里您在{at}执业，请填这个单位"), format!("The register has you at {at}; enter that unit"))));
        }
        None if text::same_name(left, name) => {
            issues.push(Issue::error(ORG, t("与原执业单位相同，执业单位没有变", "This is the former unit: the practising unit does not change")));
        }
        Some((_, code)) if !code.is_empty() => {}
        _ if person.former.is_none() && !has_file(doc, LEAVING) => issues.push(missing_file(LEAVING, LEAVING_PROOF.label)),
        _ => {}
    }
}

/// What is not typed, as account and register have it now: who, what for, and the rows of 已持证项目.
pub fn given(facts: &CaseFacts) -> Values {
    let Some(person) = &facts.person else { return Values::new() };
    let tables =
        pages(&facts.category, &facts.kind).into_iter().filter(|page| page.tables().any(|table| table.key == HELD.key)).map(|page| page.path(HELD.key));
    let mut values = fixed_values(facts);
    for table in tables {
        for ((n, held), order) in person.held.iter().enumerate().zip(orders_after(None, person.held.len())) {
            let row = format!("{table}/h{}", n + 1);
            let group = Group::of_code(&held.code).word();
            let standing = if held.unchecked { "waiting" } else { "checked" };
            let columns = [
                ("type", group.to_owned()),
                ("code", held.code.clone()),
                ("number", held.number.clone()),
                ("first_on", held.first_on.to_string()),
                ("valid_to", held.valid_to.to_string()),
                ("standing", standing.to_owned()),
            ];
            values.extend(columns.map(|(key, value)| (format!("{row}/{key}"), value)));
            values.insert(row, order);
        }
    }
    values
}
