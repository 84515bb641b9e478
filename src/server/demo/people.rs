//! Who there is in the demonstration. Names, codes and numbers are made up; their check digits are right.

use super::PASSWORD;
use crate::account::model::{Caller, Role};
use crate::account::service::new_account;
use crate::account::store::{self, Account, Unit};
use crate::base::Lang;
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::ids;
use std::fmt::Write;
use std::sync::Arc;

/// A unit of the demonstration.
pub struct DemoUnit {
    pub kind: &'static str,
    pub code: &'static str,
    pub name: &'static str,
    pub unit_type: &'static str,
    pub region: &'static str,
    address: &'static str,
    legal_rep: &'static str,
    reg_authority: &'static str,
    email: &'static str,
}

/// Six applicants of different trades, an institute at which persons practise, three review agencies, and an examination body.
pub const UNITS: &[DemoUnit] = &[
    DemoUnit {
        kind: "enterprise",
        code: "91610112MA00DEM143",
        name: "西安示范阀门制造有限公司",
        unit_type: "company",
        region: "610112",
        address: "陕西省西安市未央区示范工业园阀门路1号",
        legal_rep: "李守正",
        reg_authority: "西安市未央区市场监督管理局",
        email: "xuke@valve.example.cn",
    },
    DemoUnit {
        kind: "institution",
        code: "1211000040000DM3X3",
        name: "北京示范安全阀校验所",
        unit_type: "public",
        region: "110105",
        address: "北京市朝阳区示范东路9号",
        legal_rep: "林致远",
        reg_authority: "北京市事业单位登记管理局",
        email: "xuke@calibration.example.cn",
    },
    DemoUnit {
        kind: "enterprise",
        code: "91330100MA00DEM22M",
        name: "杭州示范安全泄放装置有限公司",
        unit_type: "company",
        region: "330109",
        address: "浙江省杭州市萧山区示范科技园5号",
        legal_rep: "钱望舒",
        reg_authority: "杭州市萧山区市场监督管理局",
        email: "xuke@disc.example.cn",
    },
    DemoUnit {
        kind: "enterprise",
        code: "91330500MA00LFT15C",
        name: "湖州示范电梯有限公司",
        unit_type: "company",
        region: "330502",
        address: "浙江省湖州市吴兴区示范大道18号",
        legal_rep: "丁立群",
        reg_authority: "湖州市吴兴区市场监督管理局",
        email: "xuke@lift.example.cn",
    },
    DemoUnit {
        kind: "enterprise",
        code: "91440300MA00DEM733",
        name: "深圳示范气体有限公司",
        unit_type: "company",
        region: "440307",
        address: "广东省深圳市龙岗区示范路66号",
        legal_rep: "黄伟强",
        reg_authority: "深圳市市场监督管理局",
        email: "xuke@gas.example.cn",
    },
    DemoUnit {
        kind: "enterprise",
        code: "91610100MA00PPE19W",
        name: "西咸新区示范管业有限公司",
        unit_type: "company",
        region: "611205",
        address: "陕西省西咸新区泾河新城示范大街2号",
        legal_rep: "马丽华",
        reg_authority: "陕西省西咸新区市场监督管理局",
        email: "xuke@pipe.example.cn",
    },
    DemoUnit {
        kind: "institution",
        code: "1261000040000JC16C",
        name: "陕西示范特种设备检验检测研究院",
        unit_type: "public",
        region: "610113",
        address: "陕西省西安市雁塔区示范南路5号",
        legal_rep: "唐继明",
        reg_authority: "陕西省事业单位登记管理局",
        email: "xuke@inspect.example.cn",
    },
    DemoUnit {
        kind: "agency",
        code: "1211000040000RA15Y",
        name: "北京示范特种设备鉴定评审中心",
        unit_type: "other",
        region: "110105",
        address: "北京市朝阳区示范西路3号",
        legal_rep: "",
        reg_authority: "",
        email: "",
    },
    DemoUnit {
        kind: "agency",
        code: "91440300MA00RA0286",
        name: "深圳示范特种设备技术评审有限公司",
        unit_type: "other",
        region: "440304",
        address: "广东省深圳市福田区示范一路10号",
        legal_rep: "",
        reg_authority: "",
        email: "",
    },
    DemoUnit {
        kind: "agency",
        code: "1261000040000RA316",
        name: "陕西示范特种设备评审研究院",
        unit_type: "other",
        region: "610113",
        address: "陕西省西安市雁塔区示范南路7号",
        legal_rep: "",
        reg_authority: "",
        email: "",
    },
    DemoUnit {
        kind: "exam-body",
        code: "1261000040000RA58X",
        name: "陕西示范特种设备人员考试中心",
        unit_type: "other",
        region: "610113",
        address: "陕西省西安市雁塔区示范南路9号",
        legal_rep: "",
        reg_authority: "",
        email: "",
    },
];

/// An account of the demonstration: user name, person, role, where it belongs (a unit's or an authority's code), duties,
/// mobile number and resident id.
struct Seat(&'static str, &'static str, Role, &'static str, &'static str, &'static str, &'static str);

const SEATS: &[Seat] = &[
    Seat("valve01", "秦晓梅", Role::Owner, "91610112MA00DEM143", "", "13900000001", "610112198803150020"),
    Seat("valve02", "杨一帆", Role::Filler, "91610112MA00DEM143", "", "13900000002", "610112199306090236"),
    Seat("valve03", "吴雪", Role::Reader, "91610112MA00DEM143", "", "13900000003", "610112198904210168"),
    Seat("calib01", "高若琳", Role::Owner, "1211000040000DM3X3", "", "13900000011", "110105199007120042"),
    Seat("disc01", "沈佳怡", Role::Owner, "91330100MA00DEM22M", "", "13900000021", "330109199204180067"),
    Seat("lift01", "沈志远", Role::Owner, "91330500MA00LFT15C", "", "13900000031", "330502198604110036"),
    Seat("gas01", "黄伟强", Role::Owner, "91440300MA00DEM733", "", "13900000041", "440305197908150116"),
    Seat("pipe01", "马丽华", Role::Owner, "91610100MA00PPE19W", "", "13900000051", "610113198401020166"),
    Seat("inspect01", "贺兰芳", Role::Owner, "1261000040000JC16C", "", "13900000055", "610113198708050028"),
    Seat("agency01", "孟庆云", Role::Owner, "1211000040000RA15Y", "", "13900000061", ""),
    Seat("agency02", "梁若愚", Role::Owner, "91440300MA00RA0286", "", "13900000062", ""),
    Seat("agency03", "白若冰", Role::Owner, "1261000040000RA316", "", "13900000063", ""),
    Seat("exambody01", "沈知行", Role::Owner, "1261000040000RA58X", "", "13900000064", ""),
    Seat("person01", "王海燕", Role::Person, "", "", "13900000071", "610102199503170021"),
    Seat("person02", "周文博", Role::Person, "", "", "13900000072", "330106198809260031"),
    Seat("person03", "林晓彤", Role::Person, "", "", "13900000073", "440304199105080145"),
    Seat("person04", "赵宏伟", Role::Person, "", "", "13900000074", "110105198307120250"),
    Seat("person05", "郑雨晴", Role::Person, "", "", "13900000075", "610113199202140039"),
    Seat("person06", "何俊杰", Role::Person, "", "", "13900000076", "610103198907220015"),
    Seat("person07", "罗佳宁", Role::Person, "", "", "13900000077", "610402199504080024"),
    Seat("person08", "许文昊", Role::Person, "", "", "13900000078", "61030219910911003X"),
    Seat("person09", "宋雅琪", Role::Person, "", "", "13900000079", "61011219931130004X"),
    Seat("person10", "邓志强", Role::Person, "", "", "13900000080", "610521198805190016"),
    Seat("person11", "彭晓峰", Role::Person, "", "", "13900000081", "610113199701060025"),
    Seat("person12", "吕静雯", Role::Person, "", "", "13900000082", "610102199003230032"),
    Seat("person13", "苏明哲", Role::Person, "", "", "13900000083", "110108199406170046"),
    Seat("person14", "卢思琪", Role::Person, "", "", "13900000084", "110114198708050018"),
    Seat("person15", "蒋浩然", Role::Person, "", "", "13900000085", "130102199602280037"),
    Seat("samr01", "方正平", Role::Staff, "100000", "acceptance,certificate", "", ""),
    Seat("samr02", "韩雨桐", Role::Staff, "100000", "examiner,supervisor", "", ""),
    Seat("samr03", "陆文渊", Role::Staff, "100000", "approver,authority-admin", "", ""),
    Seat("shaanxi01", "田秋实", Role::Staff, "610000", "acceptance,certificate", "", ""),
    Seat("shaanxi02", "郭明辉", Role::Staff, "610000", "examiner,supervisor", "", ""),
    Seat("shaanxi03", "石建华", Role::Staff, "610000", "approver,authority-admin", "", ""),
    Seat("xixian01", "康建民", Role::Staff, "611200", "acceptance,certificate", "", ""),
    Seat("xixian02", "雷雨涵", Role::Staff, "611200", "examiner,supervisor", "", ""),
    Seat("xixian03", "党晓光", Role::Staff, "611200", "approver,authority-admin", "", ""),
    Seat("zhejiang01", "俞静怡", Role::Staff, "330000", "acceptance,certificate", "", ""),
    Seat("zhejiang02", "陶思远", Role::Staff, "330000", "examiner,supervisor", "", ""),
    Seat("zhejiang03", "章国栋", Role::Staff, "330000", "approver,authority-admin", "", ""),
    Seat("admin", "系统管理员", Role::Admin, "", "", "", ""),
];

/// Stores all units and accounts.
pub async fn insert(app: &App, tx: &mut Tx, hash: &str) -> Result<()> {
    for unit in UNITS {
        let owner = SEATS.iter().find(|seat| seat.3 == unit.code);
        let legal_form = if unit.kind == "enterprise" { "legal" } else { "" };
        let profile = [
            ("legal_form", legal_form),
            ("legal_rep", unit.legal_rep),
            ("reg_authority", unit.reg_authority),
            ("address", unit.address),
            ("email", unit.email),
            ("contact", owner.map_or("", |seat| seat.1)),
            ("contact_mobile", owner.map_or("", |seat| seat.5)),
        ];
        let unit = Unit {
            id: ids::new(app.clock.now()),
            kind: unit.kind.to_owned(),
            name: unit.name.to_owned(),
            code: unit.code.to_owned(),
            unit_type: unit.unit_type.to_owned(),
            region: unit.region.to_owned(),
            profile: profile.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            created_at: app.clock.now(),
        };
        store::insert_unit(tx, &unit).await?;
        for seat in SEATS.iter().filter(|seat| seat.3 == unit.code) {
            store::insert_account(tx, &Account { unit_id: Some(unit.id.clone()), ..account(app, seat, hash) }).await?;
        }
        super::qualified::enter_unit(app, tx, &unit.code, &unit.id).await?;
    }
    for seat in SEATS.iter().filter(|seat| seat.2 == Role::Person) {
        let account = account(app, seat, hash);
        let unit = Unit {
            id: ids::new(app.clock.now()),
            kind: "person".to_owned(),
            name: account.person_name.clone(),
            code: account.id_no_digest.clone(),
            created_at: app.clock.now(),
            ..Unit::default()
        };
        store::insert_unit(tx, &unit).await?;
        store::insert_account(tx, &Account { unit_id: Some(unit.id.clone()), ..account }).await?;
        super::qualified::enter(app, tx, seat.0, &unit.id).await?;
    }
    for seat in SEATS.iter().filter(|seat| matches!(seat.2, Role::Staff | Role::Admin)) {
        let authority_code = (seat.2 == Role::Staff).then(|| seat.3.to_owned());
        store::insert_account(tx, &Account { authority_code, ..account(app, seat, hash) }).await?;
    }
    Ok(())
}

fn account(app: &App, Seat(username, name, role, _, duties, mobile, id_no): &Seat, hash: &str) -> Account {
    let region = if *role == Role::Person { id_no.get(..6).map(|region| ("region".to_owned(), region.to_owned())) } else { None };
    Account {
        person_name: (*name).to_owned(),
        mobile: (*mobile).to_owned(),
        id_kind: if id_no.is_empty() { String::new() } else { "resident".to_owned() },
        id_no_sealed: app.keys.seal(id_no),
        id_no_digest: if id_no.is_empty() { String::new() } else { app.keys.digest("id", id_no) },
        profile: region.into_iter().collect::<Values>(),
        duties: duties.split(',').filter(|duty| !duty.is_empty()).map(str::to_owned).collect(),
        ..new_account(app, *role, username, hash.to_owned())
    }
}

/// A visit of a member of a unit, as if just signed in.
pub async fn visit(app: &Arc<App>, username: &str) -> Result<Visit> {
    let mut tx = app.db.read().await?;
    let account = store::find_by_name(&mut tx, username).await?.ok_or(AppError::NotFound)?;
    let unit = store::find_unit(&mut tx, account.unit_id.as_deref().unwrap_or_default()).await?;
    let caller = Caller {
        account_id: account.id,
        session_id: String::new(),
        username: account.username,
        person_name: account.person_name,
        role: account.role,
        submits: account.may_submit,
        unit_id: account.unit_id,
        unit_name: unit.as_ref().map(|unit| unit.name.clone()).unwrap_or_default(),
        unit_kind: unit.map(|unit| unit.kind).unwrap_or_default(),
        authority_code: account.authority_code,
        duties: account.duties,
    };
    let none = String::new;
    Ok(Visit {
        app: app.clone(),
        caller: Some(caller),
        lang: Lang::Zh,
        address: none(),
        agent: none(),
        plain: false,
        form_token: none(),
        unread: 0,
        query: none(),
    })
}

/// Name and 统一社会信用代码 of the unit a user belongs to.
pub fn unit_of(username: &str) -> (&'static str, &'static str) {
    let code = SEATS.iter().find(|seat| seat.0 == username).map_or("", |seat| seat.3);
    UNITS.iter().find(|unit| unit.code == code).map_or(("", ""), |unit| (unit.name, unit.code))
}

/// Name, mobile number and resident id of a user.
pub fn person_of(username: &str) -> [&'static str; 3] {
    SEATS.iter().find(|seat| seat.0 == username).map_or([""; 3], |seat| [seat.1, seat.5, seat.6])
}

/// Whether a database holds them.
pub async fn are_here(tx: &mut Tx) -> Result<bool> {
    Ok(store::find_by_name(tx, SEATS[0].0).await?.is_some_and(|account| account.person_name == SEATS[0].1))
}

/// The accounts, for the person at the terminal.
pub fn list() -> String {
    let authorities = crate::catalogue::Authority::builtin();
    let mut text = format!("演示账号（密码都是 {PASSWORD}） / Demonstration accounts (password {PASSWORD})\n");
    for Seat(username, name, role, at, ..) in SEATS {
        let unit = UNITS.iter().find(|unit| unit.code == *at).map(|unit| unit.name.to_owned());
        let place = unit.or_else(|| authorities.iter().find(|authority| authority.code == *at).map(|authority| authority.name.clone()));
        let who = place.map_or_else(|| (*name).to_owned(), |place| format!("{place} {name}"));
        let label = role.label();
        // Writing to a String cannot fail.
        writeln!(text, "  {username:<12} {who}（{}） / {}", label.zh, label.en).ok();
    }
    text.trim_end().to_owned()
}

/// The resident ids used.
#[cfg(test)]
pub fn resident_ids() -> impl Iterator<Item = &'static str> {
    SEATS.iter().map(|seat| seat.6).filter(|id| !id.is_empty())
}
