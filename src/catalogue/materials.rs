//! Kinds of application (申请类别), and what has to be handed in for each. The authority must not ask for anything that is not in this
//! list (行政许可法 art. 31).

use super::{Book, Category};
use crate::base::{Text, t};
use crate::form::{FileKind, Need, Slot};
use crate::workflow::Review;
use serde::{Deserialize, Serialize};

/// Kind of application (spec 3.5).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    First,
    AddItem,
    Upgrade,
    ChangeName,
    ChangeAddressName,
    ChangeMove,
    ChangeDropAddress,
    RenewReview,
    RenewDeclare,
    Extend,
    Reissue,
    Deregister,
}

/// Every kind with its key, label, the clause it rests on, and whether it is reviewed.
const KINDS: [(Kind, &str, Text, &str, Review); 12] = [
    (Kind::First, "first", t("首次", "First application"), "TSG 07-2019 3.2", Review::Needed),
    (Kind::AddItem, "add-item", t("增项", "Additional item"), "TSG 07-2019 3.6.1", Review::Needed),
    (Kind::Upgrade, "upgrade", t("升级", "Change of level"), "TSG 07-2019 3.6.2.5", Review::Needed),
    (Kind::ChangeName, "change-name", t("变更（单位名称）", "Change of the unit's name"), "TSG 07-2019 3.6.2.2", Review::NotNeeded),
    (Kind::ChangeAddressName, "change-address-name", t("变更（地址更名）", "Address renamed"), "TSG 07-2019 3.6.2.2", Review::NotNeeded),
    (Kind::ChangeMove, "change-move", t("变更（地址搬迁）", "Move to a new address"), "TSG 07-2019 3.6.2.3", Review::Needed),
    (Kind::ChangeDropAddress, "change-drop-address", t("变更（地址注销）", "Address given up"), "TSG 07-2019 3.6.2.4", Review::AuthorityDecides),
    (Kind::RenewReview, "renew-review", t("换证", "Renewal with review"), "TSG 07-2019 3.6.3", Review::Needed),
    (Kind::RenewDeclare, "renew-declare", t("换证（自我声明承诺）", "Renewal by self-declaration"), "TSG 07-2019 3.6.3.2", Review::NotNeeded),
    (Kind::Extend, "extend", t("延期换证", "Postponed renewal"), "TSG 07-2019 3.6.3.4", Review::NotNeeded),
    (Kind::Reissue, "reissue", t("补证", "Re-issue"), "TSG 07-2019 3.7", Review::NotNeeded),
    (Kind::Deregister, "deregister", t("注销", "Deregistration"), "行政许可法 第七十条", Review::NotNeeded),
];

impl Kind {
    /// All kinds, in the order they are offered.
    pub fn all() -> impl Iterator<Item = Kind> {
        KINDS.iter().map(|row| row.0)
    }

    /// The kind with this key.
    pub fn of_key(key: &str) -> Option<Kind> {
        KINDS.iter().find(|row| row.1 == key).map(|row| row.0)
    }

    fn row(self) -> &'static (Kind, &'static str, Text, &'static str, Review) {
        // The table is in the order of the variants; a test holds it.
        &KINDS[self as usize]
    }

    /// The word in addresses and the store.
    pub fn key(self) -> &'static str {
        self.row().1
    }

    /// 申请类别, in the manual's words.
    pub fn label(self) -> Text {
        self.row().2
    }

    /// The clause it rests on.
    pub fn basis(self) -> &'static str {
        self.row().3
    }

    /// Whether it is reviewed on site; the facts hold the exceptions of 3.6.
    pub fn review(self, facts: Facts) -> Review {
        match self {
            Kind::AddItem if facts.limit_only => Review::AuthorityDecides,
            Kind::Upgrade if facts.lowers_level => Review::AuthorityDecides,
            Kind::ChangeMove if facts.office_only => Review::NotNeeded,
            _ => self.row().4,
        }
    }

    /// Whether it starts from a certificate the unit holds.
    pub fn needs_certificate(self) -> bool {
        self != Kind::First
    }

    /// One of the four changes of 3.6.2.
    pub fn is_change(self) -> bool {
        matches!(self, Kind::ChangeName | Kind::ChangeAddressName | Kind::ChangeMove | Kind::ChangeDropAddress)
    }

    /// Renewal in any form.
    pub fn is_renewal(self) -> bool {
        matches!(self, Kind::RenewReview | Kind::RenewDeclare | Kind::Extend)
    }

    /// Whether a category's units may file it: 延期换证 is for makers and filling units (3.6.3.4).
    pub fn is_open_to(self, category: &Category) -> bool {
        self != Kind::Extend || category.place != super::category::Place::Registered
    }
}

/// What decides on materials and reviews besides the kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The business licence is on file or was verified online.
    pub licence_known: bool,
    /// Our register has the certificate.
    pub certificate_known: bool,
    /// 分支机构
    pub is_branch: bool,
    /// Filled in by an agent.
    pub by_agent: bool,
    /// A renewal filed less than six months before expiry.
    pub is_late: bool,
    /// 增项: only the product limit changes.
    pub limit_only: bool,
    /// 升级: the level is lowered.
    pub lowers_level: bool,
    /// 搬迁: only the office moves.
    pub office_only: bool,
}

/// What has to be handed in besides the book (TSG 07-2019 3.2.1, 3.6, 3.7; TSG Z7002-2022 3.2).
pub fn required(category: &Category, kind: Kind, facts: Facts) -> Vec<Slot> {
    let institution = category.book == Book::Institution;
    let rule = |unit, other| if institution { other } else { unit };
    let needed_if = |needed: bool| if needed { Need::Always } else { Need::Optional };
    let applies = matches!(kind, Kind::First | Kind::AddItem | Kind::Upgrade | Kind::RenewReview | Kind::RenewDeclare);
    let name_or_place = matches!(kind, Kind::ChangeName | Kind::ChangeAddressName | Kind::ChangeMove);
    let licence = if institution {
        t("法人证书或者营业执照", "Certificate of legal person or business licence")
    } else {
        t("营业执照", "Business licence")
    };
    let old = if institution { t("原核准证", "Present approval") } else { t("原许可证", "Present licence") };
    let signed = match kind {
        _ if applies && institution => t("签字盖章的承诺页", "Signed and stamped promise"),
        _ if applies => t("签字盖章的申请许可项目表", "Signed and stamped list of items"),
        Kind::Reissue => t("签字盖章的许可证补发申请表", "Signed and stamped form for re-issue"),
        Kind::Deregister => t("签字盖章的注销申请", "Signed and stamped request for deregistration"),
        _ => t("签字盖章的许可证变更申请表", "Signed and stamped form for a change"),
    };
    let on_file = t("已在网上核验或者单位资料中已有的，不用再传。", "Not needed if verified online or in the unit's profile.");
    let on_register = t("本系统可以查到的，不用再传。", "Not needed if this system has it.");
    let scan = t("打印、由法定代表人签字并盖章后扫描上传。", "Print, have the legal representative sign and stamp it, scan and upload.");
    let signed_basis = if applies { rule("TSG 07-2019 3.2.1(2)", "TSG Z7002-2022 附件E") } else { kind.basis() };
    let rows = [
        (
            kind != Kind::Deregister && !name_or_place,
            slot("licence", licence, rule("TSG 07-2019 3.2.1(1)", "TSG Z7002-2022 3.2"), on_file, needed_if(!facts.licence_known)),
        ),
        (true, slot("signed", signed, signed_basis, scan, Need::Always)),
        (
            kind.needs_certificate(),
            slot(
                "old_licence",
                old,
                rule("TSG 07-2019 3.2.1(3)", "TSG Z7002-2022 3.2"),
                on_register,
                needed_if(!facts.certificate_known && kind != Kind::Reissue),
            ),
        ),
        (
            facts.is_branch,
            slot(
                "parent_authorisation",
                t("总公司的授权文件", "Authorisation by the parent company"),
                rule("TSG 07-2019 3.2.1(4)", "TSG Z7002-2022 3.2"),
                Text::NONE,
                Need::Always,
            ),
        ),
        (facts.by_agent, slot("agent_authorisation", t("代理人授权委托书", "Authorisation of the agent"), "行政许可法 第二十九条", Text::NONE, Need::Always)),
        (name_or_place, slot("licence_before", t("变更前的营业执照", "Business licence before the change"), kind.basis(), Text::NONE, Need::Always)),
        (name_or_place, slot("licence_after", t("变更后的营业执照", "Business licence after the change"), kind.basis(), Text::NONE, Need::Always)),
        (kind.is_change(), slot("change_proof", t("变更的证明文件", "Proof of the change"), kind.basis(), Text::NONE, Need::Optional)),
        (
            kind == Kind::RenewDeclare,
            slot("signed_promise", t("签字盖章的自我声明承诺书", "Signed and stamped self-declaration"), kind.basis(), Text::NONE, Need::Always),
        ),
        (
            kind.is_renewal() && facts.is_late,
            slot("late_file", t("逾期申请的书面说明", "Written explanation of a late renewal"), "TSG 07-2019 3.6.3.1", Text::NONE, Need::Always),
        ),
        (
            kind == Kind::Extend,
            slot("official_papers", t("改制或者搬迁的批准文件", "Official papers on the restructuring or move"), kind.basis(), Text::NONE, Need::Always),
        ),
    ];
    rows.into_iter().filter(|(asked, _)| *asked).map(|(_, slot)| slot).collect()
}

const fn slot(key: &'static str, label: Text, basis: &'static str, hint: Text, need: Need) -> Slot {
    Slot { key, label, hint, basis, need, max_files: 20, kind: FileKind::Any }
}
