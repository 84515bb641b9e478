use super::acceptance::{Acceptance, Correction, Defect, NonAcceptance, Receipt};
use super::certificate::{FillingLicence, FillingOf, InstitutionApproval, Medium, PersonCertificate, PlaceName, ProductionLicence, Qualified};
use super::decision::{Denial, Extension, Grant, Stop, Turn};
use super::exam::AdmissionSlip;
use super::hearing::{Hearing, Right};
use super::review::{Appointment, Conclusion, Entrustment, Feedback, Memo, Report};
use super::*;
use crate::document::model::Signature;
use crate::document::template::Shape;

fn text(text: &str) -> String {
    text.to_owned()
}

/// One of each kind, with everything filled in.
pub(in crate::document) fn samples() -> Vec<Content> {
    let head = Head {
        number: text("BZ610000-2026-000012"),
        issuer: text("陕西省市场监督管理局"),
        date: text("2026-11-23"),
        holder: text("西安某某阀门有限公司"),
        code: text("91610112MA6TXXXX0X"),
        is_person: false,
        demo: false,
    };
    let case =
        Case { application: text("20261122000017"), matter: text("特种设备制造单位许可（首次取证）"), acceptance: text("TS0000017-2026S") };
    let items = vec![
        LicenceItem {
            item: text("安全附件制造"),
            sub_item: text("安全阀"),
            parameters: text("B"),
            products: text("弹簧式安全阀"),
            remark: text("须经型式试验"),
        },
        LicenceItem {
            item: text("安全附件制造"), sub_item: text("紧急切断阀"), parameters: text("B"), products: text("—"), remark: String::new()
        },
    ];
    let qualification = Qualification { group: text("无损检测人员"), item: text("超声检测"), level: text("Ⅱ级"), code: text("UT-II") };
    let contact = Contact { name: text("李某"), telephone: text("029-12345678") };
    let signature = |who: &str, seal: &str| Signature { who: text(who), name: text("王某"), seal: text(seal), date: text("2026-12-09") };
    let dates = (text("2026-12-08"), text("2026-12-09"));
    let of = |kind: Kind| Template::delivered(kind).unwrap();
    macro_rules! compose {
        ($paper:expr) => {
            compose!(head.clone(), $paper)
        };
        ($head:expr, $paper:expr) => {{
            let paper = $paper;
            compose(&$head, &paper, &of(paper.kind()))
        }};
    }
    let stop = |turn| Stop { case: case.clone(), turn, reason: text("申请单位书面要求撤回申请。") };
    let certified = |number: &str| Head { number: text(number), ..head.clone() };
    vec![
        compose!(Receipt {
            case: case.clone(),
            items: text("安全阀B、紧急切断阀B"),
            received: text("2026-11-22 10:42:07"),
            fingerprint: "0123456789abcdef".repeat(4),
            files: vec![(text("营业执照"), text("营业执照.pdf")), (text("质量保证手册"), text("手册（第三版）.pdf"))],
        }),
        compose!(Correction {
            case: case.clone(),
            received: text("2026-11-22"),
            defects: (1..=12)
                .map(|n| Defect {
                    page: format!("{n} 申请单位基本情况"),
                    field: text("邮政编码"),
                    requirement: text("邮政编码与所在地区不符，应当填写住所所在地的六位邮政编码；请核对营业执照后修改"),
                })
                .collect(),
            until: text("2027-01-05"),
            contact: contact.clone(),
            cause: String::new(),
        }),
        compose!(Acceptance {
            case: case.clone(),
            legal_representative: text("王某"),
            address: text("陕西省西安市高新区某某路 1 号"),
            identity: text("610112********0012"),
            practice: text("陕西某某特种设备检验检测研究院"),
            items: Items::Licence(items.clone()),
            handler: contact.clone(),
            received: text("2026-11-22 10:42:07"),
            limit_days: 20,
            from_receipt: false,
            agency: text("某某特种设备鉴定评审中心"),
            agency_contact: contact.clone(),
            review_until: text("2027-11-23"),
            exam_until: text("2028-11-23"),
            exam_rule: text("《特种设备无损检测人员考核规则》（TSG Z8001-2019）"),
            deemed: true,
            changes: text("许可参数由 A 改为 B。"),
        }),
        compose!(NonAcceptance {
            case: case.clone(),
            received: text("2026-11-22"),
            reason: text("申请事项不属于本机关职权范围。"),
            basis: text("《中华人民共和国行政许可法》第三十二条第一款第二项"),
            competent: text("国家市场监督管理总局"),
        }),
        compose!(Entrustment {
            case: case.clone(),
            agency: text("某某特种设备鉴定评审中心"),
            items: items.clone(),
            applicant: contact.clone(),
            agree_by: text("2026-12-08"),
            report_by: text("2027-11-23"),
        }),
        compose!(Appointment {
            case: case.clone(),
            agency: text("某某特种设备鉴定评审中心"),
            proposed: vec![dates.clone(), (text("2026-12-15"), text("2026-12-15"))],
            address: text("陕西省西安市高新区某某路 1 号"),
            postcode: text("710075"),
            contact: contact.clone(),
            mobile: text("13800138000"),
            fax: text("029-87654321"),
            email: text("a@example.org"),
            applicant_signature: signature("申请单位法定代表（负责）人", "单位公章"),
            opinion: text("同意"),
            agreed: Some(dates.clone()),
            agency_signature: Signature { name: String::new(), date: String::new(), ..signature("鉴定评审机构负责人", "机构公章") },
        }),
        compose!(Memo {
            case: case.clone(),
            agency: text("某某特种设备鉴定评审中心"),
            dates: dates.clone(),
            problems: vec![(text("安全阀性能试验台未校准"), text("送有资质的机构校准，提供证书"))],
            until: text("2027-06-09"),
            signatures: vec![signature("申请单位代表", ""), signature("评审组组长", "")],
        }),
        compose!(Report {
            case: case.clone(),
            agency: text("某某特种设备鉴定评审中心"),
            dates: dates.clone(),
            team: vec![(text("赵某"), text("组长")), (text("钱某"), text("组员"))],
            items: items.clone(),
            narrowed: text("紧急切断阀B"),
            findings: vec![(text("人员"), text("符合"))],
            rectification: text("已完成整改，见附件。"),
            conclusion: Conclusion::FitAfterRectification,
            annexes: vec![text("整改报告")],
            signatures: vec![signature("评审组组长", ""), signature("鉴定评审机构负责人", "机构公章")],
        }),
        compose!(Feedback {
            case: case.clone(),
            agency: text("某某特种设备鉴定评审中心"),
            dates,
            category: text("安全附件"),
            reviewers: text("赵某、钱某"),
            answers: ["没有", "没有", "没有", "满意"].map(|answer| (text(answer), String::new())),
            signature: signature("填写人", "单位公章"),
        }),
        compose!(Extension {
            case: case.clone(),
            old_limit: text("2027-01-15"),
            new_limit: text("2027-01-29"),
            days: 10,
            reason: text("需要进一步核实检测设备"),
        }),
        compose!(
            Head { is_person: true, ..head.clone() },
            Grant { case: case.clone(), items: Items::Qualifications(vec![qualification.clone()]), validity: text("自发证当月起 5 年") }
        ),
        compose!(Right {
            case: case.clone(), reason: text("拟不予许可：检测设备不能满足生产需要。"), until: text("2026-11-30"), days: 5, held_in: 20
        }),
        compose!(Hearing { case: case.clone(), on: text("2027-01-12"), place: text("本机关第一会议室") }),
        compose!(Denial {
            case: case.clone(),
            reasons: vec![text("主要负责人不具备规定的条件；"), text("检测设备不能满足生产需要。")],
            basis: text("《特种设备生产和充装单位许可规则》"),
        }),
        compose!(stop(Turn::Terminated)),
        compose!(stop(Turn::Suspended)),
        compose!(stop(Turn::Resumed)),
        compose!(
            certified("TS2F61007-2030"),
            ProductionLicence {
                registered: text("陕西省西安市高新区某某路 1 号"),
                place: PlaceName::Manufacturing,
                addresses: vec![text("陕西省西安市高新区某某路 1 号"), text("陕西省西安市临潼区某某路 8 号")],
                items: (1..=30)
                    .map(|n| LicenceItem {
                        sub_item: format!("安全阀（第 {n} 类）"),
                        remark: text("须经型式试验，见型式试验证书；地址 1、2"),
                        ..items[0].clone()
                    })
                    .collect(),
                valid_to: text("2030-11-22"),
            }
        ),
        compose!(
            certified("TS4261001-2030"),
            FillingLicence {
                of: FillingOf::Cylinder,
                registered: text("陕西省西安市高新区某某路 1 号"),
                addresses: vec![text("陕西省西安市高新区某某路 1 号")],
                media: vec![Medium {
                    variety: text("气瓶"), class: text("压缩气体"), names: vec![text("氧"), text("氮"), text("氩")], remark: String::new()
                }],
                valid_to: text("2030-11-22"),
            }
        ),
        compose!(
            certified("TS7Ⅶ61001-2030"),
            InstitutionApproval {
                registered: text("陕西省西安市高新区某某路 1 号"),
                addresses: vec![text("陕西省西安市高新区某某路 1 号"), text("陕西省西安市临潼区某某路 8 号")],
                items: vec![(text("DT1"), text("地址 1")), (text("DT2"), text("地址 2"))],
                valid_to: text("2030-11-22"),
                extended_to: text("2031-11-22"),
                changed: text("2027-03-01"),
            }
        ),
        compose!(
            Head {
                number: text("ZK610000-2026-000001"),
                issuer: text("陕西某某考试中心"),
                holder: text("王某"),
                code: String::new(),
                is_person: true,
                ..head.clone()
            },
            AdmissionSlip {
                application: text("20261122000018"),
                identity: text("610112********0012"),
                codes: vec![text("UT-II")],
                subjects: vec![text("理论（闭卷）"), text("实际操作")],
                day: text("2026-12-20"),
                times: text("09:00 理论，14:00 实际操作"),
                place: text("雁塔区示范南路9号"),
                seat: 12,
                body: text("陕西某某考试中心"),
                is_resit: true,
                is_moved: false,
            }
        ),
        compose!(
            Head { holder: text("王某"), code: String::new(), is_person: true, ..certified("TS8261001-2031") },
            PersonCertificate {
                first_on: text("2026-11-23"),
                items: vec![Qualified {
                    qualification,
                    from: text("2026-11-01"),
                    to: text("2031-10-31"),
                    authority: text("国家市场监督管理总局"),
                    remark: text("限于承压设备")
                }],
                valid_to: text("2031-10-31"),
            }
        ),
    ]
}

fn sample(kind: Kind) -> Content {
    samples().into_iter().find(|content| content.kind == kind).unwrap()
}

/// All words of a document.
fn words_of(content: &Content) -> String {
    content.canonical()
}

#[test]
fn every_kind_has_a_paper_that_fills_its_template() {
    let samples = samples();
    for kind in Kind::ALL {
        let content = samples.iter().find(|content| content.kind == kind).unwrap();
        for line in kind.text().lines() {
            let fixed = line.split(['{', '}']).step_by(2).filter(|fixed| fixed.chars().count() > 4);
            for fixed in fixed.map(|fixed| fixed.trim_start_matches("@ ").trim_start_matches("# ")) {
                assert!(words_of(content).contains(fixed), "{kind:?} left out: {line}");
            }
        }
    }
}

#[test]
fn what_a_template_may_name_is_what_a_paper_fills() {
    for kind in Kind::ALL {
        for place in kind.placeholders().iter().filter(|place| !COMMON.contains(place)) {
            let line = format!("{{{}}}", place.name);
            assert!(kind.text().contains(&line), "{kind:?}: {line} stands in no text");
            assert!(place.shape == Shape::Words || kind.text().lines().any(|l| l == line), "{kind:?}: {line} is a part of its own");
        }
    }
}

/// 一次告知; told again it says why, and speaks of what was handed in anew only (行政许可法 art. 32(4)).
#[test]
fn a_second_notice_says_why_it_is_one() {
    let head = Head { holder: "甲".into(), date: "2026-11-23".into(), ..Head::default() };
    let said = |cause: &str| {
        let case = Case { application: "20261122000017".into(), matter: "制造许可".into(), ..Case::default() };
        let paper = Correction { case, received: "2026-11-22".into(), cause: cause.into(), ..Correction::default() };
        words_of(&compose(&head, &paper, &Template::delivered(Kind::Correction).unwrap()))
    };
    let (first, second) = (said(""), said("新交的图纸缺页。"));
    assert!(first.contains("现一次告知需要补正的全部内容") && !first.contains("再次"), "{first}");
    assert!(second.contains("（新交的图纸缺页）。") && second.contains("再次告知") && !second.contains("一次告知需要补正的全部内容"), "{second}");
}

/// Part A has every line of spec 2.19 that the book knows.
#[test]
fn an_appointment_says_how_the_applicant_is_reached() {
    let words = words_of(&sample(Kind::Appointment));
    for line in ["拟约请鉴定评审日期", "通讯地址", "邮政编码", "联系人", "电话", "手机", "13800138000", "传真", "029-87654321", "电子信箱"]
    {
        assert!(words.contains(line), "{line}: {words}");
    }
}

#[test]
fn remedies_are_told_where_the_law_says_so() {
    for kind in [Kind::NonAcceptance, Kind::Denial, Kind::Termination] {
        let words = words_of(&sample(kind));
        assert!(words.contains("六十日内依法申请行政复议") && words.contains("六个月内依法向人民法院提起行政诉讼"), "{kind:?}");
    }
}

#[test]
fn a_reason_ends_its_sentence_once() {
    assert!(words_of(&sample(Kind::Termination)).contains("因申请单位书面要求撤回申请，决定终止办理"));
    assert!(words_of(&sample(Kind::NonAcceptance)).contains("不属于本机关职权范围。"));
}

#[test]
fn what_is_not_there_is_not_spoken_of() {
    let head = Head { holder: "甲".into(), date: "2026-11-23".into(), ..Head::default() };
    let acceptance = Acceptance { limit_days: 20, ..Acceptance::default() };
    let words = words_of(&compose(&head, &acceptance, &Template::delivered(Kind::Acceptance).unwrap()));
    assert!(!words.contains("鉴定评审机构") && !words.contains("系补发"), "{words}");
}

#[test]
fn a_person_is_no_unit() {
    let of = |is_person| Head { holder: "王某".into(), date: "2026-11-23".into(), is_person, ..Head::default() };
    let said = |is_person, paper: &dyn Paper| words_of(&compose(&of(is_person), paper, &Template::delivered(paper.kind()).unwrap()));
    let grant = Grant { validity: "5 年".into(), ..Grant::default() };
    let case = Case { application: "20261123000001".into(), matter: "资格认定".into(), ..Case::default() };
    let stop = Stop { case, reason: "撤回".into(), ..Stop::default() };
    for paper in [&grant as &dyn Paper, &stop] {
        assert!(said(false, paper).contains("你单位") && !said(true, paper).contains("你单位"), "{:?}", paper.kind());
    }
    let (unit, person) = (said(false, &grant), said(true, &grant));
    assert!(unit.contains("届满六个月以前") && !unit.contains("第五十一条"), "{unit}");
    assert!(person.contains("届满前三至六个月") && person.contains("第五十一条"), "{person}");
}

#[test]
fn the_limit_of_an_examined_person_counts_from_the_marks() {
    let acceptance = |exam_until: &str| Acceptance {
        limit_days: 20,
        exam_until: exam_until.into(),
        exam_rule: "《考核规则》".into(),
        items: Items::Qualifications(vec![Qualification { code: "UT-II".into(), ..Qualification::default() }]),
        ..Acceptance::default()
    };
    let head = Head { is_person: true, date: "2026-11-23".into(), ..Head::default() };
    let said = |until: &str| words_of(&compose(&head, &acceptance(until), &Template::delivered(Kind::Acceptance).unwrap()));
    let (with, without) = (said("2028-11-23"), said(""));
    assert!(with.contains("自收到考试成绩之日的次日起20个工作日") && with.contains("请在2028年11月23日以前") && with.contains("UT-II"), "{with}");
    assert!(without.contains("自受理之日的次日起20个工作日") && !without.contains("补考"), "{without}");
    let renaming = Acceptance { from_receipt: true, ..acceptance("") };
    let said = words_of(&compose(&head, &renaming, &Template::delivered(Kind::Acceptance).unwrap()));
    assert!(said.contains("自收到申请之日的次日起20个工作日"), "{said}");
}

#[test]
fn certificates_say_what_the_annexes_ask() {
    let person = words_of(&sample(Kind::PersonCertificate));
    assert!(
        person.contains("2026年11月至2031年10月")
            && person.contains("初次取证日期")
            && person.contains("国家市场监督管理总局")
            && !person.contains("统一社会信用代码"),
        "{person}"
    );
    let licence = sample(Kind::ProductionLicence);
    let words = words_of(&licence);
    assert!(words.contains("制造地址") && !words.contains("办公地址"), "one or the other");
    assert!(words.contains("（2）陕西省西安市临潼区"), "several addresses are numbered");
    assert!(words_of(&sample(Kind::InstitutionApproval)).contains("（2）陕西省西安市临潼区"), "on each kind of certificate alike");
    assert_eq!((sample(Kind::FillingLicence).title.as_str(), licence.title.as_str()), ("气瓶充装许可证", "特种设备生产许可证"));
    assert_eq!(sample(Kind::InstitutionApproval).valid_to, "2031-11-22", "the extension counts");
}
