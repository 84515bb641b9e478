//! The conditions of a renewal and of a change: what is held, when it ends, and how it was obtained (换证、变更的条件).

use super::{About, Rules, method, shifted};
use crate::base::{Text, t};
use jiff::civil::Date;

impl Rules<'_> {
    /// The certificate a renewal or change is about; a finding where there is none.
    fn certificate(&mut self) -> Option<(Date, bool)> {
        let found = self.own().map(|held| (held.valid_to, self.today > held.valid_to));
        if found.is_none() {
            let name = &self.code.code;
            let zh = format!("登记簿里没有您的 {name} 证书；持有纸质证书的，请先登记证书");
            let en = format!("The register has no certificate of yours with {name}; if you hold one on paper, register it first");
            self.find(About::Held, "行政许可法 第五十条", zh, en);
        }
        found
    }

    pub(super) fn in_force(&mut self) {
        if let Some((until, true)) = self.certificate() {
            let (zh, en) = (format!("证书已在 {until} 到期，不能变更"), format!("The certificate ended on {until} and cannot be changed"));
            self.find(About::Held, "特种设备安全法 第五十一条", zh, en);
        }
    }

    /// 考试换证: 6 to 12 months before expiry; levels II and III also within a year after it.
    pub(super) fn renewal_by_examination(&mut self) {
        let Some((until, is_lapsed)) = self.certificate() else { return };
        if is_lapsed {
            let may = self.is_ndt() && method(&self.code.code).1 >= 2;
            if !may || self.today > shifted(until, 12) {
                let (zh, en) = (format!("证书已在 {until} 到期，应重新取证"), format!("The certificate ended on {until}; it has to be obtained again"));
                self.find(About::Held, self.code.group.rule_short(), zh, en);
            }
            return;
        }
        self.within(until, 12, 6);
    }

    /// 审核换证: 3 to 6 months before expiry, in practice, without fault, and not twice in a row; of level I the last is not asked.
    pub(super) fn renewal_by_file(&mut self) {
        let Some((until, is_lapsed)) = self.certificate() else { return };
        let clause = self.code.group.rule_short();
        if is_lapsed {
            let (zh, en) = (format!("证书已在 {until} 到期，不能审核换证"), format!("The certificate ended on {until}; no renewal by file review"));
            self.find(About::Held, clause, zh, en);
        } else {
            self.within(until, 6, 3);
        }
        let is_first_level = self.is_ndt() && method(&self.code.code).1 == 1;
        let asked = [
            (
                About::Practice,
                self.who.unbroken,
                t("中断执业 6 个月以上的，应申请考试换证", "Whoever broke off practice for over six months renews by examination"),
            ),
            (
                About::Conduct,
                self.who.clean,
                t("执业期间有违规或者责任事故的，应申请考试换证", "Whoever broke rules or caused an accident renews by examination"),
            ),
            (
                About::LastRenewal,
                self.last_by_exam().filter(|_| !is_first_level),
                t("上一次已经审核换证的，这一次应申请考试换证", "After a renewal by file review the next one is by examination"),
            ),
        ];
        for (about, answer, Text { zh, en }) in asked {
            if answer == Some(false) {
                self.find(about, clause, zh, en);
            }
        }
    }

    /// Whether the last time was by examination: as the register knows it, else as the applicant says. An answer that contradicts the
    /// register is a finding of its own.
    fn last_by_exam(&mut self) -> Option<bool> {
        let mut own = self.who.held.iter().filter(|held| held.is_of(self.code));
        let Some(way) = own.find_map(|held| held.way) else { return self.who.last_by_exam };
        let (known, kind) = (way.is_examined(), way.label());
        if self.who.last_by_exam.is_some_and(|said| said != known) {
            let (zh, en) = (format!("与登记簿不符：登记簿里上一次是{}", kind.zh), format!("The register says otherwise: the last time it was “{}”", kind.en));
            self.find(About::LastRenewal, self.code.group.rule_short(), zh, en);
        }
        Some(known)
    }

    /// A window before expiry, in months.
    fn within(&mut self, until: Date, from: i32, to: i32) {
        let (first, last) = (shifted(until, -from), shifted(until, -to));
        if self.today < first || self.today > last {
            let kind = self.kind.label();
            self.find(
                About::Held,
                self.code.group.rule_short(),
                format!("{}应在证书到期前 {to} 至 {from} 个月提出：{first} 至 {last}", kind.zh),
                format!("{}: to be filed {to} to {from} months before expiry, from {first} to {last}", kind.en),
            );
        }
    }
}
