//! The closed lists of the books. A key is stored and must stay; a label is shown and may be mended.

use crate::form::{Choice, choice};

/// 申请类别 (spec 3.5).
pub const KINDS: &[Choice] = &[
    choice("first", "首次", "First application"),
    choice("add-item", "增项", "Additional item"),
    choice("upgrade", "升级", "Change of level"),
    choice("change-name", "变更（单位名称）", "Change of the unit's name"),
    choice("change-address-name", "变更（地址更名）", "Address renamed"),
    choice("change-move", "变更（地址搬迁）", "Move to a new address"),
    choice("change-drop-address", "变更（地址注销）", "Address given up"),
    choice("renew-review", "换证", "Renewal with review"),
    choice("renew-declare", "换证（自我声明承诺）", "Renewal by self-declaration"),
    choice("extend", "延期换证", "Postponed renewal"),
    choice("reissue", "补证", "Re-issue"),
    choice("deregister", "注销", "Deregistration"),
];

/// 申请类别 of persons (spec 2.21).
pub const PERSON_KINDS: &[Choice] = &[
    choice("obtain", "取证", "First qualification"),
    choice("renew-exam", "考试换证", "Renewal by examination"),
    choice("renew-file", "审核换证", "Renewal by file review"),
    choice("move", "变更", "Change"),
];

/// 是否
pub const YES_NO: &[Choice] = &[choice("yes", "是", "Yes"), choice("no", "否", "No")];

/// 有无
pub const HAVE_NONE: &[Choice] = &[choice("yes", "有", "Yes"), choice("no", "无", "No")];

/// 填报人
pub const FILLED_BY: &[Choice] = &[choice("self", "本单位", "The unit itself"), choice("agent", "代理机构", "An agent")];

/// 经济类型（单位类型）, as business licences and institutions' certificates print it.
pub const ECONOMIC_TYPES: &[Choice] = &[
    choice("llc", "有限责任公司", "Limited liability company"),
    choice("llc-person", "有限责任公司（自然人独资）", "Limited liability company, sole natural person"),
    choice("llc-legal", "有限责任公司（法人独资）", "Limited liability company, sole legal person"),
    choice("llc-state", "有限责任公司（国有独资）", "Limited liability company, wholly state-owned"),
    choice("llc-foreign", "有限责任公司（外商投资）", "Limited liability company, foreign-invested"),
    choice("llc-hmt", "有限责任公司（港澳台投资）", "Limited liability company, Hong Kong, Macao or Taiwan invested"),
    choice("jsc", "股份有限公司", "Joint-stock company"),
    choice("state", "全民所有制企业", "State-owned enterprise"),
    choice("collective", "集体所有制企业", "Collective enterprise"),
    choice("cooperative", "股份合作制企业", "Joint-stock cooperative"),
    choice("partnership", "合伙企业", "Partnership"),
    choice("sole", "个人独资企业", "Sole proprietorship"),
    choice("individual", "个体工商户", "Individual business"),
    choice("farmers", "农民专业合作社", "Farmers' cooperative"),
    choice("branch", "分支机构", "Branch"),
    choice("public", "事业单位", "Public institution"),
    choice("society", "社会团体", "Social organisation"),
    choice("non-enterprise", "民办非企业单位", "Private non-enterprise unit"),
    choice("overseas", "境外企业", "Overseas enterprise"),
    choice("other", "其他", "Other"),
];

/// 所属行业: the sections of GB/T 4754.
pub const INDUSTRIES: &[Choice] = &[
    choice("A", "A 农、林、牧、渔业", "A Agriculture, forestry, animal husbandry and fishery"),
    choice("B", "B 采矿业", "B Mining"),
    choice("C", "C 制造业", "C Manufacturing"),
    choice("D", "D 电力、热力、燃气及水生产和供应业", "D Electricity, heat, gas and water"),
    choice("E", "E 建筑业", "E Construction"),
    choice("F", "F 批发和零售业", "F Wholesale and retail"),
    choice("G", "G 交通运输、仓储和邮政业", "G Transport, storage and post"),
    choice("H", "H 住宿和餐饮业", "H Accommodation and catering"),
    choice("I", "I 信息传输、软件和信息技术服务业", "I Information, software and IT services"),
    choice("J", "J 金融业", "J Finance"),
    choice("K", "K 房地产业", "K Real estate"),
    choice("L", "L 租赁和商务服务业", "L Leasing and business services"),
    choice("M", "M 科学研究和技术服务业", "M Research and technical services"),
    choice("N", "N 水利、环境和公共设施管理业", "N Water, environment and public facilities"),
    choice("O", "O 居民服务、修理和其他服务业", "O Household, repair and other services"),
    choice("P", "P 教育", "P Education"),
    choice("Q", "Q 卫生和社会工作", "Q Health and social work"),
    choice("R", "R 文化、体育和娱乐业", "R Culture, sport and entertainment"),
    choice("S", "S 公共管理、社会保障和社会组织", "S Public administration and social organisations"),
    choice("T", "T 国际组织", "T International organisations"),
];

/// 质量保证体系人员的岗位 (TSG 07-2019 chapter 2 and annexes).
pub const POSTS: &[Choice] = &[
    choice("qa", "质量保证工程师", "Quality assurance engineer"),
    choice("design", "设计", "Design"),
    choice("process", "工艺", "Process"),
    choice("material", "材料", "Materials"),
    choice("welding", "焊接", "Welding"),
    choice("heat", "热处理", "Heat treatment"),
    choice("ndt", "无损检测", "Non-destructive testing"),
    choice("inspection", "检验与试验", "Inspection and testing"),
    choice("physchem", "理化检验", "Physical and chemical testing"),
    choice("assembly", "装配", "Assembly"),
    choice("install", "安装调试", "Installation and commissioning"),
    choice("electric", "电气控制", "Electrical control"),
    choice("filling", "充装", "Filling"),
    choice("calibration", "校验", "Calibration"),
    choice("equipment", "设备与计量", "Equipment and metrology"),
    choice("safety", "安全管理", "Safety management"),
    choice("other", "其他", "Other"),
];

/// 职称
pub const TITLES: &[Choice] = &[
    choice("professor", "正高级工程师", "Professor-level senior engineer"),
    choice("senior", "高级工程师", "Senior engineer"),
    choice("engineer", "工程师", "Engineer"),
    choice("assistant", "助理工程师", "Assistant engineer"),
    choice("technician", "技术员", "Technician"),
    choice("worker", "技师或技工", "Skilled worker"),
    choice("none", "无", "None"),
];

/// 学历, in the groups of TSG 07-2019 table 2-1.
pub const EDUCATION: &[Choice] = &[
    choice("doctor", "博士研究生", "Doctorate"),
    choice("master", "硕士研究生", "Master's degree"),
    choice("bachelor", "本科", "Bachelor's degree"),
    choice("college", "专科", "Junior college"),
    choice("secondary", "中专、职高、技校", "Secondary vocational school"),
    choice("other", "其他", "Other"),
];

/// 工作场所的用途
pub const PLACE_USES: &[Choice] = &[
    choice("workshop", "厂房", "Workshop"),
    choice("office", "办公", "Office"),
    choice("store", "仓库", "Warehouse"),
    choice("test", "试验场地", "Test site"),
    choice("filling", "充装场地", "Filling site"),
    choice("calibration", "校验场地", "Calibration site"),
    choice("other", "其他", "Other"),
];

/// 自有或租赁
pub const OWNERSHIP: &[Choice] = &[choice("own", "自有", "Owned"), choice("rent", "租赁", "Rented")];

/// 自有或外委
pub const OWN_OR_SENT: &[Choice] = &[choice("own", "自有", "Owned"), choice("sent", "外委", "Contracted out")];

/// 完好状况
pub const CONDITIONS: &[Choice] = &[
    choice("good", "完好", "In good order"),
    choice("usable", "基本完好", "Usable"),
    choice("repair", "待修", "Under repair"),
    choice("idle", "停用", "Out of use"),
];

/// 外委工作 (TSG 07-2019 2.2.3).
pub const OUTSOURCED: &[Choice] = &[
    choice("design", "设计", "Design"),
    choice("material", "材料预处理", "Preparation of material"),
    choice("heat", "热处理", "Heat treatment"),
    choice("ndt", "无损检测", "Non-destructive testing"),
    choice("physchem", "理化检验", "Physical and chemical testing"),
    choice("other", "其他", "Other"),
];

/// 监督检验或型式试验情况
pub const SUPERVISION: &[Choice] = &[
    choice("inspected", "监督检验合格", "Passed supervised inspection"),
    choice("tested", "型式试验合格", "Passed type test"),
    choice("both", "监督检验、型式试验均合格", "Passed both"),
    choice("none", "不适用", "Not applicable"),
];

/// 机构类别 (TSG Z7002-2022; annex 1 of the catalogue).
pub const INSTITUTION_CLASSES: &[Choice] = &[
    choice("jia", "甲类检验机构", "Inspection institution, class A"),
    choice("yi", "乙类检验机构", "Inspection institution, class B"),
    choice("bing", "丙类检验机构", "Inspection institution, class C"),
    choice("testing", "检测机构", "Testing institution"),
];

/// 申请项目 of an institution (TSG Z7002-2022 annex E, part 2).
pub const INSTITUTION_FIELDS: &[Choice] = &[
    choice("inspection", "特种设备检验", "Inspection"),
    choice("ndt", "无损检测", "Non-destructive testing"),
    choice("lift", "电梯检测", "Lift testing"),
    choice("valve", "安全阀校验", "Safety-valve calibration"),
];

/// 首次核准、原有核准、增项核准
pub const APPROVALS: &[Choice] =
    &[choice("first", "首次核准", "First approval"), choice("held", "原有核准", "Already approved"), choice("added", "增项核准", "Added")];

/// 补证的原因 (TSG 07-2019 3.7).
pub const REISSUE_REASONS: &[Choice] = &[choice("lost", "遗失", "Lost"), choice("damaged", "损毁", "Damaged")];

/// 延期换证的原因 (TSG 07-2019 3.6.3.4).
pub const EXTEND_REASONS: &[Choice] = &[choice("restructuring", "单位改制", "Restructuring"), choice("move", "经批准的搬迁", "An approved move")];

/// 注销的原因 (行政许可法 art. 70).
pub const DEREGISTER_REASONS: &[Choice] = &[
    choice("stopped", "不再从事许可范围内的活动", "The licensed activity has ended"),
    choice("dissolved", "单位终止", "The unit is dissolved"),
    choice("moved", "迁往其他省份", "Moved to another province"),
    choice("other", "其他", "Other"),
];
