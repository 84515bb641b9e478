//! The book of a person's qualification (检验、检测人员资格认定申请; spec 2.21): who, what for and where, proofs and declaration. The
//! fields are the manual's; its one long form stands on three pages.

use super::choices::{PERSON_KINDS, TITLES, YES_NO};
use super::{OTHER_FILES, by_server, field, rules, slot};
use crate::account::forms::ID_KINDS;
use crate::base::{Text, t};
use crate::catalogue::conditions::EDUCATION;
use crate::form::{Choice, Doc, Field, FileKind, Group, Issue, Kind, Need, Page, Part, Slot, Table, choice};
use crate::workflow::person::PersonKind;
use jiff::civil::Date;

/// 人员类型
const PERSON_TYPES: &[Choice] =
    &[choice("inspection", "检验人员", "Inspection personnel"), choice("ndt", "检测人员（无损检测人员）", "Testing personnel (non-destructive testing)")];

const NDT: &[&str] = &["ndt"];

/// Documents that do not say when their holder was born.
const NOT_RESIDENT: &[&str] = &["passport", "hk-macao", "taiwan", "foreigner"];

/// 基本情况
static PERSON: Page = Page {
    key: "person",
    title: t("基本情况", "About you"),
    lead: t(
        "姓名和证件号码来自您的账号；要改请先改个人资料，已经持证的通过“变更”更改。",
        "Name and document are your account’s; to change them, change your profile first, or apply for a “Change” if you hold a certificate.",
    ),
    parts: &[
        Part::Group(Group {
            title: t("申请人", "Applicant"),
            hint: Text::NONE,
            fields: &[
                field("name", "姓名", "Name", Kind::Text).from_profile("name").fixed(),
                field("id_kind", "证件类型", "Type of document", Kind::Select(ID_KINDS)).from_profile("id_kind").fixed(),
                Field { secret: true, ..field("id_no", "证件号码", "Number of the document", Kind::Text) }.from_profile("id_no").max(30).fixed(),
                field("born_on", "出生日期", "Date of birth", Kind::Date)
                    .hint("证件不是居民身份证的填写。", "If your document is not a resident identity card.")
                    .when("id_kind", NOT_RESIDENT),
                field("education", "学历", "Education", Kind::Select(EDUCATION)).basis("TSG Z8001-2019 表2"),
                field("major", "专业", "Subject", Kind::Text).max(50).optional(),
                field("title", "技术职称", "Professional title", Kind::Select(TITLES)).optional(),
                field("work_years", "工作年限", "Years of work", Kind::Int(t("年", "years"))).optional(),
            ],
        }),
        Part::Group(Group {
            title: t("联系方式", "How to reach you"),
            hint: Text::NONE,
            fields: &[
                field("mobile", "移动电话", "Mobile", Kind::Mobile).from_profile("mobile").example("13800138000").auto("tel"),
                field("email", "电子邮箱", "E-mail", Kind::Email).from_profile("email").example("xuke@example.cn").max(100).auto("email"),
                field("postcode", "邮政编码", "Postcode", Kind::Postcode).example("710016").auto("postal-code").optional(),
                field("fax", "传真", "Fax", Kind::Phone).optional(),
                field("address", "通信地址", "Postal address", Kind::Text).from_profile("address").max(100).auto("street-address").optional(),
            ],
        }),
    ],
    rules: by_server(person_rules),
};

fn person_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::not_future(page, doc, today, &["born_on"], issues);
}

const MATTER: Part = Part::Group(Group {
    title: t("申请事项", "The matter"),
    hint: t("选项目时已确定；要换项目请另建一份申请。", "Settled when you chose; for another item begin another application."),
    fields: &[
        field("person_type", "人员类型", "Type of personnel", Kind::Select(PERSON_TYPES)).fixed(),
        field("kind", "申请类别", "Kind of application", Kind::Select(PERSON_KINDS)).fixed(),
        field("code", "项目代号", "Code", Kind::Text).fixed(),
        field("item_name", "项目名称", "Item", Kind::Text).fixed(),
        field("authority", "审批机关", "Approving authority", Kind::Text).basis("市场监管总局公告 2021年第41号 附件3").fixed(),
    ],
});

const CONDITIONS: Part = Part::Group(Group {
    title: t("资格条件", "Conditions"),
    hint: t("受理时由审批机关核对；学历、资历由基本情况和证明材料反映。", "Checked by the authority before it accepts, by what you fill in and attach."),
    fields: &[field("conditions", "本项目的条件", "Of this item", Kind::LongText).max(5000).fixed()],
});

const PRACTICE: Part = Part::Group(Group {
    title: t("执业单位", "Practising unit"),
    hint: t(
        "一个人只能在一个检验、检测机构执业。单位已在本系统注册的，提交后由单位确认您在那里执业。",
        "A person practises in one inspection or testing institution only. A unit registered here is asked to confirm the practice.",
    ),
    fields: &[
        field("practice_region", "执业所在地", "Place of practice", Kind::Region)
            .hint("省级项目由执业所在的省审批。", "The province of practice decides on provincial items."),
        field("practice_org", "执业单位", "Practising unit", Kind::Text)
            .hint("输入名称的一部分或者统一社会信用代码查找。", "Type part of the name, or the credit code, to find it.")
            .basis("特种设备安全法 第五十一条"),
        field("practice_code", "执业单位统一社会信用代码", "Credit code of the practising unit", Kind::UnitCode)
            .hint(
                "可以不填：已注册的单位按全称也找得到；没有注册的，在“证明和申明”上传执业证明。",
                "May stay empty: a registered unit is found by its whole name, too; if it is not registered, upload a proof of practice with the proofs.",
            )
            .optional(),
    ],
});

/// 项目类型 of what is held.
const HELD_TYPES: &[Choice] = &[choice("inspection", "检验人员", "Inspection personnel"), choice("ndt", "无损检测人员", "Non-destructive testing personnel")];

/// 核验 of what is held.
const STANDINGS: &[Choice] = &[choice("checked", "已核验", "Checked"), choice("waiting", "待核验", "To be checked")];

/// 已持证项目, filled from the register whenever the book is read.
pub(super) const HELD: Table = Table {
    key: "held",
    label: t("已持证项目", "Qualifications held"),
    hint: t(
        "来自证书登记簿。持有纸质证书的，请先在“登记已有证书”登记，等待核验。",
        "From the register. A certificate on paper is registered first, and then checked.",
    ),
    row: Text::NONE,
    columns: &[
        field("type", "项目类型", "Type", Kind::Select(HELD_TYPES)).optional().fixed(),
        field("code", "项目代号", "Code", Kind::Text).optional().fixed(),
        field("number", "证书编号", "Certificate number", Kind::Text).optional().fixed(),
        field("first_on", "初次取证日期", "First obtained on", Kind::Date).optional().fixed(),
        field("valid_to", "证书有效期", "Valid to", Kind::Date).optional().fixed(),
        field("standing", "核验", "Checked", Kind::Select(STANDINGS)).optional().fixed(),
    ],
    min_rows: 0,
    max_rows: 100,
};

const EYES: Part = Part::Group(Group {
    title: t("视力", "Eyesight"),
    hint: t(
        "无损检测人员填写，与视力证明一致：射线、磁粉、渗透、漏磁检测不低于 5.0，超声、声发射、涡流检测不低于 4.8。",
        "Of testing personnel, as on the proof: 5.0 for radiographic, magnetic, penetrant and flux leakage testing, 4.8 for ultrasonic, acoustic and eddy current testing.",
    ),
    fields: &[
        field("vision_left", "左眼视力（矫正）", "Left eye, with glasses if worn", Kind::Decimal(1, Text::NONE))
            .example("5.0")
            .basis("TSG Z8001-2019 第十一条")
            .when("person_type", NDT),
        field("vision_right", "右眼视力（矫正）", "Right eye, with glasses if worn", Kind::Decimal(1, Text::NONE)).example("5.0").when("person_type", NDT),
        field("colour", "辨色力", "Colour vision", Kind::Radio(&[choice("normal", "正常", "Normal"), choice("blind", "色盲", "Colour blind")]))
            .when("person_type", NDT),
    ],
});

const LAST_WAY: Part = Part::Group(Group {
    title: t("上一次", "The last time"),
    hint: Text::NONE,
    fields: &[field(
        "last_way",
        "现有证书是怎样取得或者换发的",
        "How the present certificate was obtained or renewed",
        Kind::Radio(&[choice("exam", "考试", "By examination"), choice("file", "审核", "By file review")]),
    )
    .basis("TSG Z8001-2019")],
});

const CHANGED: Text = t("变更个人信息的填写，不变的不填。", "If personal data change; leave empty what stays.");
const CHANGE: Part = Part::Group(Group {
    title: t("变更内容", "What changes"),
    hint: t("变更不考试，也不改变证书有效期。", "A change needs no examination and moves no term."),
    fields: &[
        field(
            "change_what",
            "变更事项",
            "What changes",
            Kind::Radio(&[
                choice("practice", "执业单位", "The practising unit"),
                choice("data", "个人信息", "Personal data"),
                choice("both", "两者都变", "Both"),
            ]),
        )
        .basis("特种设备安全法 第五十一条"),
        field("former_org", "原执业单位", "Former practising unit", Kind::Text)
            .hint(
                "填单位全称；已在本系统注册的，提交后由它确认，没有注册的要上传离职证明。",
                "Its whole name. If it is registered here it is asked to confirm, if not upload a proof of leaving.",
            )
            .basis("特种设备安全法 第五十一条")
            .when("change_what", &["practice", "both"]),
        field("new_name", "变更后的姓名", "New name", Kind::Text).hint(CHANGED.zh, CHANGED.en).max(50).optional(),
        field("new_id_kind", "变更后的证件类型", "New document", Kind::Select(ID_KINDS)).hint(CHANGED.zh, CHANGED.en).optional(),
        Field { secret: true, ..field("new_id_no", "变更后的证件号码", "Number of the new document", Kind::Text) }
            .hint("加密保存，只显示首尾几位。", "Kept encrypted and shown in part.")
            .max(30)
            .when("new_id_kind", &["resident", "passport", "hk-macao", "taiwan", "foreigner"]),
    ],
});

/// 资格项目 of 取证, whose education and record are checked.
static QUALIFICATION_OBTAIN: Page = Page { parts: &[MATTER, CONDITIONS, PRACTICE, EYES, Part::Table(HELD)], ..QUALIFICATION };
/// 资格项目 of 考试换证.
static QUALIFICATION: Page = Page {
    key: "qualification",
    title: t("资格项目", "The qualification"),
    lead: t("核对项目，填写执业单位。", "Check the item; say where you practise."),
    parts: &[MATTER, PRACTICE, EYES, Part::Table(HELD)],
    rules: by_server(eye_rules),
};
/// 资格项目 of 审核换证.
static QUALIFICATION_FILE: Page = Page { parts: &[MATTER, PRACTICE, LAST_WAY, EYES, Part::Table(HELD)], ..QUALIFICATION };
/// 资格项目 of 变更.
static QUALIFICATION_MOVE: Page = Page { parts: &[MATTER, CHANGE, PRACTICE, Part::Table(HELD)], rules: crate::form::field::no_rules, ..QUALIFICATION };

/// The scale of GB 11533 goes from 4.0 to 5.3.
fn eye_rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    for path in ["vision_left", "vision_right"].map(|key| page.path(key)) {
        if tenths(doc.get(&path)).is_some_and(|value| !(40..=53).contains(&value)) {
            issues.push(Issue::error(path, t("视力按五分记录填写，4.0 至 5.3", "On the five-point scale, 4.0 to 5.3")));
        }
    }
}

/// `5.0` as 50.
pub(super) fn tenths(value: &str) -> Option<u32> {
    let (whole, tenth) = value.trim().split_once('.').unwrap_or((value.trim(), "0"));
    Some(whole.parse::<u32>().ok()?.checked_mul(10)? + tenth.parse::<u32>().ok().filter(|tenth| *tenth < 10)?)
}

const PHOTO: Slot = Slot {
    need: Need::Always,
    max_files: 1,
    kind: FileKind::Photo,
    ..slot("photo", t("照片", "Photograph"), "TSG Z8001-2019 附件A").hint_of(t(
        "近期一寸免冠正面彩色照片，白底；JPG 或 PNG，295×413 像素，200 KB 以内。",
        "Recent, one inch, bare-headed, from the front, in colour on white; JPG or PNG, 295×413 pixels, at most 200 KB.",
    ))
};
const SIGNED: Slot = Slot {
    need: Need::Always,
    ..slot("signed", t("资格申请表（签名扫描件）", "Signed application form (scan)"), "TSG Z8001-2019 附件A；TSG Z8002-2022")
        .hint_of(t("打印本申请书，签名后扫描上传。", "Print this application, sign it and upload the scan."))
};
const SCHOOLING: Slot =
    slot("schooling", t("学历证明", "Proof of education"), "TSG Z8001-2019 第十一条").hint_of(t("没有提交过的上传。", "If you have not handed it in before."));
const VISION: Slot = slot("vision", t("视力证明", "Proof of eyesight"), "TSG Z8001-2019 第十一条").hint_of(t("无损检测人员上传。", "Of testing personnel."));
pub(super) const PRACTICE_PROOF: Slot = slot("practice_proof", t("执业证明", "Proof of practice"), "特种设备安全法 第五十一条").hint_of(t(
    "执业单位没有在本系统注册的必须上传：聘用合同或者执业证明，单位盖章、负责人签字。",
    "Required if the practising unit is not registered here: the contract or a statement, sealed and signed by the unit.",
));
pub(super) const LEAVING_PROOF: Slot = slot("leaving_proof", t("离职证明", "Proof of leaving"), "特种设备安全法 第五十一条").hint_of(t(
    "换执业单位、原执业单位没有在本系统注册的必须上传：单位盖章的离职证明或者解除聘用合同的证明。",
    "Required if you change units and the former one is not registered here: its sealed statement that you have left.",
));
const CERTIFICATE: Slot =
    slot("certificate", t("原证书", "Present certificate"), "行政许可法 第五十条").hint_of(t("登记簿里已有的不用再传。", "Not needed if the register has it."));
const CHANGE_PROOF: Slot = slot("change_proof", t("变更的证明", "Proof of the change"), "特种设备安全法 第五十一条")
    .hint_of(t("如劳动合同、更名证明。", "Such as the contract of employment, or of the new name."));

const DECLARATION: Text = t(
    "申请人申明：本人所填写和提交的内容合法、真实、有效，并对此承担法律责任。",
    "I declare that what I have filled in and handed in is lawful, true and valid, and I answer for it.",
);
const DECLARE: Part = Part::Group(Group {
    title: t("申请人申明", "Declaration"),
    hint: Text::NONE,
    fields: &[field("declare", "我已阅读并作出以上申明", "I have read this and declare so", Kind::Tick).basis("行政许可法 第三十一条")],
});
const PROMISES: Part = Part::Group(Group {
    title: t("自我承诺", "Promises"),
    hint: t("如实回答；不符合审核换证条件的，可以申请考试换证。", "Please answer truly; who cannot renew by file review may renew by examination."),
    fields: &[
        field("unbroken", "未中断执业 6 个月以上", "Practice was not broken off for over six months", Kind::Radio(YES_NO)).basis("TSG Z8001-2019 附件A"),
        field("clean", "执业期间未发生违规和责任事故", "No rules broken and no accident caused in practice", Kind::Radio(YES_NO)).basis("TSG Z8001-2019 附件A"),
    ],
});

/// 证明和申明 of 取证.
static PROOFS: Page = Page {
    key: "proofs",
    title: t("证明和申明", "Proofs and declaration"),
    lead: t("上传照片和证明，作出申明。", "Upload photograph and proofs, and declare."),
    parts: &[Part::Note(DECLARATION), DECLARE, Part::Files(&[PHOTO, SIGNED, SCHOOLING, VISION, PRACTICE_PROOF]), OTHER_FILES],
    rules: by_server(proof_rules),
};
/// 证明和申明 of both renewals.
static PROOFS_RENEW: Page =
    Page { parts: &[PROMISES, Part::Note(DECLARATION), DECLARE, Part::Files(&[PHOTO, SIGNED, VISION, CERTIFICATE, PRACTICE_PROOF]), OTHER_FILES], ..PROOFS };
/// 证明和申明 of 变更.
static PROOFS_MOVE: Page =
    Page { parts: &[Part::Note(DECLARATION), DECLARE, Part::Files(&[PHOTO, SIGNED, CHANGE_PROOF, PRACTICE_PROOF, LEAVING_PROOF]), OTHER_FILES], ..PROOFS };

fn proof_rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    rules::all_ticked(page, doc, issues);
}

/// The pages of a kind.
pub(super) fn pages(kind: &str) -> Vec<&'static Page> {
    match PersonKind::of_word(kind) {
        Some(PersonKind::RenewExam) => vec![&PERSON, &QUALIFICATION, &PROOFS_RENEW],
        Some(PersonKind::RenewFile) => vec![&PERSON, &QUALIFICATION_FILE, &PROOFS_RENEW],
        Some(PersonKind::Move) => vec![&PERSON, &QUALIFICATION_MOVE, &PROOFS_MOVE],
        Some(PersonKind::Obtain) | None => vec![&PERSON, &QUALIFICATION_OBTAIN, &PROOFS],
    }
}
