//! 我要问: what applicants ask, and the answers. Only what this system does, or the law says, stands here.

use crate::base::{Text, t};

/// A question with its answer.
pub struct Topic {
    /// Its anchor.
    pub id: &'static str,
    pub question: Text,
    pub answer: &'static [Text],
    /// Where to go on: address and words.
    pub links: &'static [(&'static str, Text)],
}

/// Questions that belong together.
pub struct Chapter {
    pub id: &'static str,
    pub title: Text,
    pub topics: &'static [Topic],
}

const fn topic(id: &'static str, question: Text, answer: &'static [Text], links: &'static [(&'static str, Text)]) -> Topic {
    Topic { id, question, answer, links }
}

const REGISTER: (&str, Text) = ("/register", t("注册", "Register"));
const SIGN_IN: (&str, Text) = ("/sign-in", t("登录", "Sign in"));
const SERVICE: (&str, Text) = ("/services/unit-licence", t("特种设备生产单位许可办理指南", "Guide to unit licences"));
const MANAGE: (&str, Text) = ("/applications", t("许可管理", "My applications"));

/// All questions, in the order they come up.
pub static CHAPTERS: [Chapter; 5] = [
    Chapter {
        id: "account",
        title: t("注册与登录", "Registering and signing in"),
        topics: &[
            topic(
                "user-type",
                t("用户类型怎么选？", "Which type of user am I?"),
                &[
                    t("个人：申请检验、检测人员资格的自然人。", "Individual: a person who applies for a qualification as inspection or testing personnel."),
                    t(
                        "企业：有营业执照的单位，包括公司、合伙企业、个人独资企业、分公司、个体工商户。",
                        "Enterprise: a unit with a business licence: company, partnership, sole proprietorship, branch or individual business.",
                    ),
                    t(
                        "机构：没有营业执照的事业单位、社会团体、检验检测机构。",
                        "Institution: a public institution, social organisation or inspection and testing institute without a business licence.",
                    ),
                ],
                &[REGISTER],
            ),
            topic(
                "register",
                t("怎么注册？", "How do I register?"),
                &[
                    t(
                        "请准备营业执照（机构为法人证书）的扫描件、联系人身份证号码和能收短信的手机。单位名称、代码要与证照完全一致。",
                        "Have ready a scan of the business licence (for institutions: the certificate of legal person), the contact’s id number and a mobile that receives messages. Name and code must be exactly as on the licence.",
                    ),
                    t(
                        "一个单位只注册一次。代码已有账号的，请本单位的主账号邀请您，您就有自己的账号。",
                        "A unit registers once. If its code has an account already, ask its owner to invite you, and you get an account of your own.",
                    ),
                ],
                &[REGISTER],
            ),
            topic(
                "password",
                t("忘记密码怎么办？", "I forgot my password"),
                &[
                    t(
                        "用注册的手机号接收验证码，就可以设置新密码。验证码 5 分钟内有效，60 秒后可以重发，一天最多 10 次。",
                        "Receive a code on the registered mobile and set a new password. A code is valid for 5 minutes, can be sent again after 60 seconds, and at most 10 times a day.",
                    ),
                    t(
                        "密码连续输错 5 次，账号锁定 30 分钟，并会通知账号的主人。",
                        "After 5 wrong passwords in a row the account is locked for 30 minutes, and its owner is told.",
                    ),
                ],
                &[("/reset-password", t("重置密码", "Reset the password"))],
            ),
            topic(
                "colleagues",
                t("几个同事能一起填吗？", "Can colleagues fill it in together?"),
                &[t(
                    "可以。主账号在“账号”的“成员”里邀请填报人员或者只读人员，各用各的账号登录。提交由主账号，或者主账号授权的填报人员来做。",
                    "Yes. The owner invites fillers and readers under “Members” of the account; each signs in with an account of their own. Submitting is for the owner, or a filler to whom the owner gave it.",
                )],
                &[SIGN_IN],
            ),
        ],
    },
    Chapter {
        id: "apply",
        title: t("填写与提交", "Filling in and submitting"),
        topics: &[
            topic(
                "begin",
                t("从哪里开始申请？", "Where do I begin?"),
                &[
                    t(
                        "登录后点“我要办”，选“我单位是首次申请行政许可证书”，再选许可类别和项目，系统会说明由哪个机关审批和理由，然后进入申请书。",
                        "Sign in, choose “Apply” and “first licence”, then category and items. The system names the authority and says why; then you reach the application book.",
                    ),
                    t("已有许可证的单位，先登记许可证（包括纸质的）。", "Units that hold a licence register it first, on paper too."),
                ],
                &[SERVICE],
            ),
            topic(
                "drafts",
                t("填到一半要走开，会丢吗？", "I have to leave half way: is anything lost?"),
                &[
                    t(
                        "不会。填写时自动保存，页首写着“已存到审批机关”和时间；看到这几个字就可以关掉。下次在“许可管理”里点“编辑”继续。",
                        "No. It is saved as you type, and the page says when it was saved at the authority; then you may close it. Go on later with “Edit” under “My applications”.",
                    ),
                    t(
                        "填错的内容也会保留，提交以前改好即可。误删的草稿可以恢复。",
                        "Wrong answers are kept too; mend them before you submit. A draft deleted by mistake can be brought back.",
                    ),
                ],
                &[MANAGE],
            ),
            topic(
                "tables",
                t("设备和人员很多，要一行一行填吗？", "Many machines and people: row by row?"),
                &[
                    t(
                        "不用。可以从电子表格复制一块直接粘贴；也可以下载 XLSX 模板，填好后导入。",
                        "No. Copy a block from a spreadsheet and paste it, or download the XLSX template, fill it in and import it.",
                    ),
                    t(
                        "导入前逐行检查，有错会指出行和列，不会只导入一半。",
                        "Every row is checked first; errors are named by row and column, and nothing is half imported.",
                    ),
                ],
                &[],
            ),
            topic(
                "attachments",
                t("附件有什么要求？", "What about attachments?"),
                &[
                    t("PDF、JPEG 或者 PNG，每个不超过 20 MB。", "PDF, JPEG or PNG, at most 20 MB each."),
                    t(
                        "要交哪些材料，由许可类别和申请类别决定，办理指南里逐项列出依据；清单以外的材料，审批机关不得要求。",
                        "Which ones are needed follows from the category and kind; the guide lists each with its basis. The authority may not ask for anything else.",
                    ),
                    t(
                        "还想附上的文件，传在所属那一页最后的“本页附件”，不传不影响办理。",
                        "What you want to add of your own goes to “Attachments of this page” at the end of the page it belongs to; nobody asks for it.",
                    ),
                ],
                &[("/services/unit-licence#materials", t("材料清单", "List of materials"))],
            ),
            topic(
                "errors",
                t("提交前会检查吗？", "Is it checked before I submit?"),
                &[t(
                    "会。每页标出“完成”“有误”“未填”；提交前列出全部问题，点一条就到那一栏。确认页写明审批机关、项目和期限。",
                    "Yes. Each page is marked complete, with errors or empty; before you submit, every problem is listed with a link to its field. The confirmation names the authority, the items and the limits.",
                )],
                &[],
            ),
            topic(
                "twice",
                t("点了两次提交，会有两份申请吗？", "I pressed submit twice: are there two applications?"),
                &[t(
                    "不会。一次提交只产生一份，申请号在回执上；断线后再打开“许可管理”即可看到。",
                    "No. One submission is one application, with its number on the receipt. After a lost connection, look under “My applications”.",
                )],
                &[MANAGE],
            ),
        ],
    },
    Chapter {
        id: "after",
        title: t("提交以后", "After submitting"),
        topics: &[
            topic(
                "progress",
                t("办到哪一步了？", "How far is it?"),
                &[t(
                    "登录后看“许可管理”：写明现在轮到谁、到哪一天。不登录也可以用申请号和单位代码后四位查。",
                    "“My applications” says whose turn it is and until when. Without signing in, use the application number and the last four characters of the unit’s code.",
                )],
                &[MANAGE, ("/search#progress", t("办理进度查询", "Look up the progress"))],
            ),
            topic(
                "deadlines",
                t("多久有结果？", "How long does it take?"),
                &[t(
                    "受理、审查和决定、发证各有期限，列在“全部期限”里；提交前的核对页也写明。鉴定评审的时间另算。当天不计，从下一个工作日算起。",
                    "Acceptance, decision and certificate have a limit each: see “All limits”, or the page on which you check and submit. The review on site is not counted. The first day is the next working day.",
                )],
                &[("/services/unit-licence#limits", t("全部期限", "All limits"))],
            ),
            topic(
                "correction",
                t("材料不齐怎么办？", "What if something is missing?"),
                &[t(
                    "审批机关应当场或者在 5 个工作日内一次告知要补正的全部内容；逾期不告知的，自收到材料之日起即为受理（行政许可法第三十二条）。",
                    "The authority has to say at once, or within 5 working days and in one go, everything that is missing; if it does not, the application counts as accepted from the day it was received (Administrative Licensing Law, article 32).",
                )],
                &[],
            ),
            topic(
                "withdraw",
                t("交错了，能撤回吗？", "I made a mistake: can I withdraw it?"),
                &[t(
                    "作出决定以前可以：在“许可管理”里点“撤回”。评审或者审查已经开始的，已做的不再有效。撤回后可以复制成新申请，改好再交，不用重新填写。个人的资格申请在“我的申请”里点“撤销”。",
                    "Yes, before it is decided: press “Withdraw” under “My applications”. Once the review or examination has begun, what was done counts no more. Then copy it to a new application, mend it and submit; nothing need be typed again. An individual cancels an application in the same list.",
                )],
                &[MANAGE],
            ),
            topic(
                "decides",
                t("由谁审批？", "Who decides?"),
                &[t(
                    "许可目录写明属于总局的项目由总局审批，其余由省级部门审批：制造、充装看制造、充装地址，其他看住所。",
                    "National items are decided by the State Administration, all others by the province: for manufacture and filling that of the working address, otherwise that of the registered address.",
                )],
                &[("/services/unit-licence#decides", t("由谁审批", "Who decides"))],
            ),
        ],
    },
    Chapter {
        id: "using",
        title: t("使用本站", "Using this site"),
        topics: &[
            topic(
                "english",
                t("有英文界面吗？", "Is there an English interface?"),
                &[t(
                    "有，点页首的“English”。许可项目、审批机关和法条保留法定的中文名称；申请书请用中文填写。",
                    "Yes, and you can switch at the top of every page. Items, authorities and articles keep their legal Chinese names; please fill in the application in Chinese.",
                )],
                &[],
            ),
            topic(
                "browser",
                t("要用什么浏览器？", "Which browser do I need?"),
                &[t(
                    "近几年的任何浏览器都可以，手机也可以，不需要插件。关掉 JavaScript 也能完成申请。",
                    "Any browser of recent years, on a phone too, without plug-ins. It works with JavaScript off as well.",
                )],
                &[],
            ),
        ],
    },
    Chapter {
        id: "access",
        title: t("键盘与无障碍", "Keyboard and accessibility"),
        topics: &[
            topic(
                "keyboard",
                t("只用键盘可以吗？", "Can I use the keyboard alone?"),
                &[t(
                    "可以。按 Tab 前进，Shift+Tab 后退，每页第一个 Tab 是“跳到正文”；空格勾选，方向键在单选项之间移动。",
                    "Yes. Tab goes on and Shift+Tab back; the first Tab on a page is “Skip to content”. Space ticks, the arrow keys move between radio buttons.",
                )],
                &[],
            ),
            topic(
                "screen-reader",
                t("读屏软件能用吗？", "Does it work with a screen reader?"),
                &[t(
                    "可以。每一栏都有名称、说明和出错提示；出错后焦点会移到问题清单。登录时的验证问题是文字，不用看图。",
                    "Yes. Every field has its name, hint and message; after an error the focus moves to the list of problems. The question at sign-in is text, not a picture.",
                )],
                &[],
            ),
            topic(
                "large",
                t("字太小怎么办？", "The text is too small"),
                &[t(
                    "用浏览器放大（Ctrl 和加号），版面会跟着调整。深色显示跟随您设备的设置。",
                    "Enlarge it in the browser (Ctrl and plus); the layout follows. Dark colours follow the setting of your device.",
                )],
                &[],
            ),
        ],
    },
];

/// Topics that speak of this, in either language.
pub fn about(typed: &str) -> Vec<&'static Topic> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let speaks = |text: &Text| text.zh.to_lowercase().contains(&typed) || text.en.to_lowercase().contains(&typed);
    let topics = || CHAPTERS.iter().flat_map(|chapter| chapter.topics);
    // A word in the question counts more than one in the answer.
    let asked = topics().filter(|topic| speaks(&topic.question));
    let answered = topics().filter(|topic| !speaks(&topic.question) && topic.answer.iter().any(speaks));
    asked.chain(answered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn anchors_are_unique_and_links_lead_within() {
        let ids = CHAPTERS.iter().flat_map(|c| std::iter::once(c.id).chain(c.topics.iter().map(|t| t.id)));
        let ids: Vec<&str> = ids.collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        for topic in CHAPTERS.iter().flat_map(|c| c.topics) {
            assert!(!topic.answer.is_empty() && topic.links.iter().all(|(to, _)| to.starts_with('/')), "{}", topic.id);
        }
    }

    #[test]
    fn topics_are_found_in_both_languages() {
        let ids = |typed: &str| about(typed).into_iter().map(|t| t.id).collect::<Vec<_>>();
        assert_eq!(ids("密码").first(), Some(&"password"));
        assert_eq!(ids("XLSX"), ["tables"]);
        assert_eq!(ids("Withdraw").first(), Some(&"withdraw"));
        assert!(ids("阀门").is_empty() && ids(" ").is_empty());
    }
}
