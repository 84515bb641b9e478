//! 验证问题: asked after a failed sign-in. A question in words that anybody can answer who reads or hears it, issued by the
//! server, good once and for five minutes. It slows scripts down; the lock after five failures is what stops them.

use super::MINUTE;
use crate::account::forms::challenge::{ANSWER, EN, ID, ZH};
use crate::account::store;
use crate::base::{Say, say, text};
use crate::error::Result;
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;

const LIFE: i64 = 5 * MINUTE;

const NUMBERS: [(&str, &str); 13] = [
    ("零", "zero"),
    ("一", "one"),
    ("二", "two"),
    ("三", "three"),
    ("四", "four"),
    ("五", "five"),
    ("六", "six"),
    ("七", "seven"),
    ("八", "eight"),
    ("九", "nine"),
    ("十", "ten"),
    ("十一", "eleven"),
    ("十二", "twelve"),
];

/// A word in Chinese and English.
type Word = (&'static str, &'static str);
/// A kind of things, with words of it.
type Kind = (Word, [Word; 4]);

/// Kinds of things, with words of each.
const KINDS: [Kind; 4] = [
    (("动物", "an animal"), [("老虎", "tiger"), ("大象", "elephant"), ("熊猫", "panda"), ("骆驼", "camel")]),
    (("水果", "a fruit"), [("苹果", "apple"), ("香蕉", "banana"), ("葡萄", "grape"), ("西瓜", "watermelon")]),
    (("颜色", "a colour"), [("红色", "red"), ("绿色", "green"), ("蓝色", "blue"), ("黄色", "yellow")]),
    (("机器", "a machine"), [("锅炉", "boiler"), ("电梯", "lift"), ("水泵", "pump"), ("起重机", "crane")]),
];

/// A question as the form carries it.
pub type Asked = Values;

/// Issues a question.
pub async fn ask(visit: &Visit, tx: &mut Tx) -> Result<Asked> {
    let (question, answer) = if ids::below(2) == 0 { sum() } else { pick() };
    let id = ids::token();
    store::put_challenge(tx, &id, &digest(visit, &id, answer), visit.now() + LIFE, visit.now()).await?;
    Ok(Values::from([(ID.to_owned(), id), (ZH.to_owned(), question.zh.into_owned()), (EN.to_owned(), question.en.into_owned())]))
}

/// Whether what came with a form answers its question. The question is used up either way.
pub async fn passes(visit: &Visit, tx: &mut Tx, raw: &Values) -> Result<bool> {
    let (Some(id), Some(typed)) = (raw.get(ID), raw.get(ANSWER)) else { return Ok(false) };
    let kept = store::take_challenge(tx, id, visit.now()).await?;
    Ok(kept.is_some_and(|kept| kept == digest(visit, id, &normal(typed))))
}

fn sum() -> (Say, &'static str) {
    let (a, b) = (1 + ids::below(6), 1 + ids::below(6));
    let ((a_zh, a_en), (b_zh, b_en)) = (NUMBERS[a], NUMBERS[b]);
    (say(format!("{a_zh}加{b_zh}等于几？"), format!("What is {a_en} plus {b_en}?")), NUMBERS[a + b].0)
}

fn pick() -> (Say, &'static str) {
    let asked = ids::below(4);
    let ((kind_zh, kind_en), words) = KINDS[asked];
    let right = words[ids::below(4)];
    let others = (1..4).map(|step| KINDS[(asked + step) % 4].1[ids::below(4)]);
    let mut offered: Vec<_> = others.collect();
    offered.insert(ids::below(4), right);
    let zh: Vec<_> = offered.iter().map(|word| word.0).collect();
    let en: Vec<_> = offered.iter().map(|word| word.1).collect();
    (say(format!("下面哪一个是{kind_zh}：{}？", zh.join("、")), format!("Which of these is {kind_en}: {}?", en.join(", "))), right.0)
}

/// An answer in either language or in digits, as one word.
fn normal(typed: &str) -> String {
    let typed = text::code(typed).to_lowercase();
    let number = typed.parse::<usize>().ok().and_then(|n| NUMBERS.get(n)).copied();
    let words = NUMBERS.iter().chain(KINDS.iter().flat_map(|(_, words)| words)).copied();
    number.or_else(|| words.clone().find(|(zh, en)| *zh == typed || *en == typed)).map_or(typed, |(zh, _)| zh.to_owned())
}

fn digest(visit: &Visit, id: &str, answer: &str) -> String {
    visit.app.keys.digest("challenge", &format!("{id}/{answer}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_count_in_digits_and_in_both_languages() {
        for (typed, word) in [("7", "七"), ("七", "七"), (" Seven ", "七"), ("１２", "十二"), ("TIGER", "老虎"), ("老虎", "老虎"), ("99", "99")] {
            assert_eq!(normal(typed), word, "{typed}");
        }
    }

    #[test]
    fn questions_hold_their_answer() {
        for _ in 0..200 {
            let (question, answer) = pick();
            assert!(question.zh.contains(answer), "{}", question.zh);
            assert_eq!(question.zh.matches('、').count(), 3);
            let (question, answer) = sum();
            assert!(question.zh.contains('加') && NUMBERS.iter().any(|n| n.0 == answer));
        }
    }
}
