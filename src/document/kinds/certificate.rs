//! The certificates of spec 6.1 to 6.4, laid out by the annexes of TSG 07, TSG Z7002 and TSG Z8001. No authority edits their text.

use super::{Head, LicenceItem, Paper, Qualification, facts};
use crate::document::model::{Block, Kind, Table, day};
use crate::document::template::{Filling, Placeholder, parts};

pub(super) const CERTIFICATE: ([Placeholder; 2], &str) = ([parts("证书要素"), parts("许可范围")], "{证书要素}\n{许可范围}");

/// What the place of a production licence is called: one or the other (TSG 07 annex A).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlaceName {
    /// 制造地址: manufacture only.
    #[default]
    Manufacturing,
    /// 办公地址: design and installation.
    Office,
}

/// 特种设备生产许可证 (6.1)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductionLicence {
    /// 住所
    pub registered: String,
    pub place: PlaceName,
    pub addresses: Vec<String>,
    pub items: Vec<LicenceItem>,
    /// ISO.
    pub valid_to: String,
}

impl Paper for ProductionLicence {
    fn kind(&self) -> Kind {
        Kind::ProductionLicence
    }

    fn subject(&self) -> String {
        subject(self.items.iter().map(|item| format!("{}{}", item.sub_item, item.parameters)))
    }

    fn valid_to(&self) -> String {
        self.valid_to.clone()
    }

    fn filling(&self, head: &Head) -> Filling {
        let addresses = numbered(&self.addresses);
        let (office, works) = match self.place {
            PlaceName::Office => (addresses.as_str(), ""),
            PlaceName::Manufacturing => ("", addresses.as_str()),
        };
        let rows = self.items.iter().map(|i| [i.item.clone(), i.sub_item.clone(), i.parameters.clone(), i.remark.clone()]);
        Filling::default()
            .parts(
                "证书要素",
                [facts([
                    ("许可证编号", &head.number),
                    ("单位名称", &head.holder),
                    ("统一社会信用代码", &head.code),
                    ("住所", &self.registered),
                    ("办公地址", office),
                    ("制造地址", works),
                    ("有效期至", &day(&self.valid_to)),
                ])],
            )
            .parts("许可范围", [Block::Table(Table::new([("许可项目", 6), ("许可子项目", 6), ("许可参数（级别）", 5), ("备注", 7)], rows))])
    }
}

/// Which filling a licence is for; the title prints only that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FillingOf {
    /// 移动式压力容器
    Mobile,
    #[default]
    /// 气瓶
    Cylinder,
}

/// 移动式压力容器充装许可证、气瓶充装许可证 (6.2)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FillingLicence {
    pub of: FillingOf,
    /// 住所
    pub registered: String,
    /// 充装地址, numbered on the certificate.
    pub addresses: Vec<String>,
    pub media: Vec<Medium>,
    /// ISO.
    pub valid_to: String,
}

/// A line of what may be filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Medium {
    /// 设备品种
    pub variety: String,
    /// 充装介质类别
    pub class: String,
    /// 充装介质名称, every one.
    pub names: Vec<String>,
    /// Which of the addresses, among others.
    pub remark: String,
}

impl Paper for FillingLicence {
    fn kind(&self) -> Kind {
        Kind::FillingLicence
    }

    fn title(&self) -> String {
        match self.of {
            FillingOf::Mobile => "移动式压力容器充装许可证".to_owned(),
            FillingOf::Cylinder => "气瓶充装许可证".to_owned(),
        }
    }

    fn subject(&self) -> String {
        subject(self.media.iter().map(|medium| format!("{}：{}", medium.variety, medium.names.join("、"))))
    }

    fn valid_to(&self) -> String {
        self.valid_to.clone()
    }

    fn filling(&self, head: &Head) -> Filling {
        let rows = self.media.iter().map(|m| [m.variety.clone(), m.class.clone(), m.names.join("、"), m.remark.clone()]);
        Filling::default()
            .parts(
                "证书要素",
                [facts([
                    ("编号", &head.number),
                    ("单位名称", &head.holder),
                    ("统一社会信用代码", &head.code),
                    ("住所", &self.registered),
                    ("充装地址", &numbered(&self.addresses)),
                    ("有效期至", &day(&self.valid_to)),
                ])],
            )
            .parts("许可范围", [Block::Table(Table::new([("设备品种", 5), ("充装介质类别", 5), ("充装介质名称", 9), ("备注", 5)], rows))])
    }
}

/// 特种设备检验检测机构核准证 (6.3)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstitutionApproval {
    /// 住所
    pub registered: String,
    /// 办公地址; of a calibration body 校验地址.
    pub addresses: Vec<String>,
    /// 核准项目代码 with the remark to it.
    pub items: Vec<(String, String)>,
    /// ISO.
    pub valid_to: String,
    /// 有效期延至, ISO; empty before an extension.
    pub extended_to: String,
    /// 变更日期, ISO; empty before a change.
    pub changed: String,
}

impl Paper for InstitutionApproval {
    fn kind(&self) -> Kind {
        Kind::InstitutionApproval
    }

    fn subject(&self) -> String {
        subject(self.items.iter().map(|(code, _)| code.clone()))
    }

    fn valid_to(&self) -> String {
        if self.extended_to.is_empty() { self.valid_to.clone() } else { self.extended_to.clone() }
    }

    fn filling(&self, head: &Head) -> Filling {
        let rows = self.items.iter().map(|(code, remark)| [code.clone(), remark.clone()]);
        Filling::default()
            .parts(
                "证书要素",
                [facts([
                    ("编号", &head.number),
                    ("机构名称", &head.holder),
                    ("统一社会信用代码", &head.code),
                    ("住所", &self.registered),
                    ("办公地址", &numbered(&self.addresses)),
                    ("有效期至", &day(&self.valid_to)),
                    ("有效期延至", &day(&self.extended_to)),
                    ("变更日期", &day(&self.changed)),
                ])],
            )
            .parts("许可范围", [Block::Table(Table::new([("核准项目代码", 10), ("备注", 14)], rows))])
    }
}

/// 特种设备检验检测人员证 (6.4)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonCertificate {
    /// 初次取证日期, ISO.
    pub first_on: String,
    pub items: Vec<Qualified>,
    /// The last day of all, ISO.
    pub valid_to: String,
}

/// A line of what a person is qualified for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Qualified {
    pub qualification: Qualification,
    /// ISO; the certificate prints the months.
    pub from: String,
    pub to: String,
    /// 发证机关 of this item: the one certificate holds those of several (spec 6.4).
    pub authority: String,
    pub remark: String,
}

impl Paper for PersonCertificate {
    fn kind(&self) -> Kind {
        Kind::PersonCertificate
    }

    fn subject(&self) -> String {
        subject(self.items.iter().map(|item| item.qualification.code.clone()))
    }

    fn valid_to(&self) -> String {
        self.valid_to.clone()
    }

    fn filling(&self, head: &Head) -> Filling {
        let row = |i: &Qualified| {
            let Qualification { item, level, code, .. } = i.qualification.clone();
            [item, level, code, format!("{}至{}", month(&i.from), month(&i.to)), i.authority.clone(), i.remark.clone()]
        };
        Filling::default()
            .parts("证书要素", [facts([("证书编号", head.number.as_str()), ("姓名", &head.holder), ("初次取证日期", &day(&self.first_on))])])
            .parts(
                "许可范围",
                [Block::Table(Table::new([("项目", 6), ("级别", 3), ("代号", 3), ("有效期", 6), ("发证机关", 5), ("备注", 3)], self.items.iter().map(row)))],
            )
    }
}

/// `2026年3月`: a person's qualification is valid from month to month.
fn month(iso: &str) -> String {
    let day = day(iso);
    day.split_once('月').map_or_else(|| day.clone(), |(month, _)| format!("{month}月"))
}

/// One address as it is, several numbered: the remarks name them by number.
fn numbered(addresses: &[String]) -> String {
    match addresses {
        [only] => only.clone(),
        several => several.iter().enumerate().map(|(at, address)| format!("（{}）{address}", at + 1)).collect::<Vec<_>>().join("\n"),
    }
}

fn subject(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("；")
}
