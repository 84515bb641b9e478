//! Two versions of a book beside each other (补正前后对照): what the notices between them asked for, and what was changed besides. Pure.

use crate::application::book::Change;
use crate::workflow::action::{Mark, is_at};
use crate::workflow::{Action, Event};
use serde::{Deserialize, Serialize};

/// A correction notice that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notified {
    /// The version it is about; the next one answers it.
    pub version: i64,
    pub marks: Vec<Mark>,
}

/// The notices of a case, in order.
pub fn notices(events: &[Event]) -> Vec<Notified> {
    let (mut version, mut sent) = (0, Vec::new());
    for event in events {
        match &event.action {
            Action::Submit { version: handed_in, .. } | Action::Resubmit { version: handed_in, .. } => version = *handed_in,
            Action::RequireCorrection { marks, .. } => sent.push(Notified { version, marks: marks.clone() }),
            _ => {}
        }
    }
    sent
}

/// A version compared with an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    pub before: i64,
    pub after: i64,
    /// Each difference, and whether a notice between the two asked for it.
    pub changes: Vec<(Change, bool)>,
    /// Paths that were asked for and not touched.
    pub untouched: Vec<String>,
}

/// Judges the differences of two versions by the notices between them.
pub fn compared(before: i64, after: i64, changes: Vec<Change>, notices: &[Notified]) -> Compared {
    let between = notices.iter().filter(|notice| (before..after).contains(&notice.version));
    let mut asked: Vec<&str> = Vec::new();
    for mark in between.flat_map(|notice| &notice.marks) {
        if !asked.contains(&mark.path.as_str()) {
            asked.push(&mark.path);
        }
    }
    let untouched = asked.iter().filter(|path| !changes.iter().any(|change| is_at(&change.path, path))).map(|path| (*path).to_owned()).collect();
    let judged = |change: Change| {
        let is_asked = asked.iter().any(|path| is_at(&change.path, path));
        (change, is_asked)
    };
    Compared { before, after, changes: changes.into_iter().map(judged).collect(), untouched }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::say;
    use crate::workflow::Role;

    fn mark(path: &str) -> Mark {
        Mark { path: path.into(), text: "有误".into() }
    }

    fn change(path: &str) -> Change {
        Change { path: path.into(), label: say("", ""), before: "1".into(), after: "2".into() }
    }

    /// Two rounds: fax and a row were asked for first, then the postcode, whose second version had come on its own.
    fn sent() -> Vec<Notified> {
        let event = |action| Event { at: 0, by: String::new(), role: Role::Signer, action };
        let submit = Action::Submit { version: 1, sha256: String::new() };
        let again = |version| Action::Resubmit { version, sha256: String::new(), done: Vec::new() };
        let require = |marks: &[&str]| Action::RequireCorrection { marks: marks.iter().map(|path| mark(path)).collect(), cause: String::new(), days: 0 };
        let all = [submit, Action::Take, require(&["basic/fax", "basic/addresses/a"]), again(2), require(&["basic/postcode"]), again(3)];
        notices(&all.map(event))
    }

    #[test]
    fn a_notice_is_about_the_version_before_it() {
        let paths = |notice: &Notified| notice.marks.iter().map(|mark| mark.path.clone()).collect::<Vec<_>>().join(" ");
        let sent: Vec<_> = sent().iter().map(|notice| (notice.version, paths(notice))).collect();
        assert_eq!(sent, [(1, "basic/fax basic/addresses/a".to_owned()), (2, "basic/postcode".to_owned())]);
    }

    #[test]
    fn each_pair_is_judged_by_the_notices_between_them() {
        let all = ["basic/fax", "basic/addresses/a/city", "basic/postcode", "basic/fax2"];
        for (before, after, changed, asked, untouched) in [
            (1, 2, &all[..], "ttff", ""),
            (2, 3, &all[..], "fftf", ""),
            (1, 3, &all[..], "tttf", ""),
            (1, 2, &all[2..], "ff", "basic/fax basic/addresses/a"),
            (2, 3, &all[3..], "f", "basic/postcode"),
            (1, 3, &all[..1], "t", "basic/addresses/a basic/postcode"),
            (3, 4, &all[..1], "f", ""),
        ] {
            let found = compared(before, after, changed.iter().map(|path| change(path)).collect(), &sent());
            let judged: String = found.changes.iter().map(|(_, is_asked)| if *is_asked { 't' } else { 'f' }).collect();
            assert_eq!((judged.as_str(), found.untouched.join(" ").as_str()), (asked, untouched), "{before} and {after}, {changed:?}");
        }
    }
}
