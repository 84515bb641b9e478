//! Reads the source and holds the borders that docs/ARCHITECTURE.md draws. Every exception stands here with its reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// SQL outside a `store`, and why it is there.
const SQL_ELSEWHERE: &[(&str, &str)] = &[
    ("src/licence/publicity.rs", "the public's reading across the tables of applications and licences, apart from the store that writes them"),
    ("src/server/app.rs", "the audit row that every feature writes in its own change"),
    ("src/server/counter.rs", "owns counter"),
    ("src/server/db.rs", "the store itself: BEGIN, SAVEPOINT, the check of the sort order"),
    ("src/server/demo/mod.rs", "asks whether the database is empty"),
    ("src/server/plain.rs", "owns form_state"),
    ("src/server/rotate.rs", "seals secrets anew in every table that holds some"),
    ("src/server/router.rs", "asks whether the database answers"),
    ("src/server/session.rs", "owns the cookie's side of session"),
];

/// A feature that reads another one's store, and why it may.
const SIDEWAYS: &[(&str, &str, &str)] = &[
    ("account", "catalogue", "staff belong to an authority"),
    ("application", "account", "a case is judged by its unit's profile, inside the same change"),
    ("application", "casework", "a submission is the case's event and its version in one change"),
    ("application", "catalogue", "a case is routed and judged by its catalogue version, inside the same change"),
    ("casework", "account", "an action names agencies and colleagues, inside the same change"),
    ("casework", "catalogue", "a case's limits and the authority above it are the catalogue's"),
    ("exam", "account", "a seat is a person's at a body, read inside the same change"),
    ("exam", "casework", "a seat and the case's event are one change"),
    ("exam", "catalogue", "a body's candidates are those of the authorities that decide for its province"),
    ("licence", "account", "a unit is told what became of its certificate, inside the same change"),
    ("licence", "catalogue", "a licence names items and authorities"),
    ("portal", "application", "the public is told the state of a number"),
    ("portal", "catalogue", "guides are drawn from the catalogue"),
];

/// Server functions that may be asked with GET, because they only read.
const READ_BY_GET: &[&str] = &["demo-messages"];

/// Forms of which no page shows the refusal, and why.
const UNTOLD: &[(&str, &str)] = &[("sign_out", "whoever is still signed in reads it in the header of every page")];

const LONGEST_FUNCTION: usize = 10;
const LONGEST_FILE: usize = 400;

struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("tests.rs") || self.path.ends_with("testing.rs")
    }

    /// The feature or layer a file belongs to.
    fn owner(&self) -> &str {
        self.path.split('/').nth(1).unwrap_or_default()
    }

    /// What is compiled into the program: no comments, no tests behind it.
    fn code(&self) -> Vec<&str> {
        let lines: Vec<&str> = self.text.lines().collect();
        let is_test = |at: usize| {
            let opens = lines.get(at + 1).is_some_and(|next| next.starts_with("mod ") && next.ends_with('{'));
            opens && (lines[at].starts_with("#[cfg(test)]") || lines[at].starts_with("#[cfg(all(test"))
        };
        let end = (0..lines.len()).find(|at| is_test(*at)).unwrap_or(lines.len());
        lines[..end].iter().copied().filter(|line| !line.trim_start().starts_with("//")).collect()
    }

    fn has(&self, text: &str) -> bool {
        self.code().iter().any(|line| line.contains(text))
    }

    fn has_word(&self, word: &str) -> bool {
        let is_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let stands_alone = |line: &str, at: usize| !is_name(line[..at].chars().next_back()) && !is_name(line[at + word.len()..].chars().next());
        self.code().iter().any(|line| line.match_indices(word).any(|(at, _)| stands_alone(line, at)))
    }
}

fn read(folder: &Path, into: &mut Vec<Source>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            into.push(Source { path: path.to_string_lossy().replace('\\', "/"), text });
        }
    }
}

fn everything() -> Vec<Source> {
    let mut sources = Vec::new();
    read(Path::new("src"), &mut sources);
    sources
}

/// The files of the program itself.
fn program() -> Vec<Source> {
    everything().into_iter().filter(|source| !source.is_test()).collect()
}

fn paths(sources: &[Source], wrong: impl Fn(&Source) -> bool) -> Vec<&str> {
    sources.iter().filter(|source| wrong(source)).map(|source| source.path.as_str()).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn sql_stands_in_stores() {
    let speaks_sql = |source: &Source| {
        let code = source.code().join("\n");
        ["SELECT ", "INSERT INTO ", "DELETE FROM "].iter().any(|word| code.contains(word)) || (code.contains("UPDATE ") && code.contains(" SET "))
    };
    let is_store = |source: &Source| source.path.ends_with("/store.rs") || source.path.contains("/store/");
    let sources = program();
    let elsewhere = paths(&sources, |source| speaks_sql(source) && !is_store(source));
    let listed: Vec<&str> = SQL_ELSEWHERE.iter().map(|(path, _)| *path).collect();
    assert_eq!(elsewhere, listed);
    assert_eq!(paths(&sources, |source| source.has_word("sqlx")), ["src/server/db.rs"], "one file knows the library");
}

#[test]
fn pure_files_know_no_machine() {
    let is_catalogue = |path: &str| path.starts_with("src/catalogue/") && !["/api.rs", "/service", "/store", "/pages"].iter().any(|part| path.contains(part));
    let is_pure = |source: &Source| {
        let path = source.path.as_str();
        let folders = ["src/base/", "src/form/", "src/workflow/", "src/application/book/"];
        path.ends_with("/model.rs") || folders.iter().any(|folder| path.starts_with(folder)) || is_catalogue(path)
    };
    let sources = program();
    assert!(sources.iter().filter(|source| is_pure(source)).count() > 30, "the rule has something to hold");
    for word in ["leptos", "sqlx", "axum", "web_sys", "tokio"] {
        assert_eq!(paths(&sources, |source| is_pure(source) && source.has_word(word)), NONE, "{word}");
    }
}

/// A server function's endpoint, attribute and the lines of its body.
fn server_functions(source: &Source) -> Vec<(String, String, usize)> {
    let lines = source.code();
    let starts = (0..lines.len()).filter(|at| lines[*at].starts_with("#[server(") || lines[*at].starts_with("#[server]"));
    let function = |at: usize| {
        let endpoint = lines[at].split_once("endpoint = \"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
        let body = (at..lines.len()).find(|line| *line > at && lines[*line].ends_with('{')).unwrap_or(at) + 1;
        let end = (body..lines.len()).find(|line| lines[*line] == "}").unwrap_or(body);
        (endpoint.to_owned(), lines[at].to_owned(), end - body)
    };
    starts.map(function).collect()
}

#[test]
fn server_functions_are_short_named_and_guarded() {
    let access = fs::read_to_string("src/server/access.rs").unwrap();
    let mut count = 0;
    for source in program() {
        for (endpoint, attribute, length) in server_functions(&source) {
            count += 1;
            let path = &source.path;
            assert!(path.ends_with("/api.rs"), "{path}: a server function stands in api.rs");
            assert!(!endpoint.is_empty(), "{path}: {attribute} names no endpoint");
            assert!(access.contains(&format!("(\"/api/{endpoint}\", Who::")), "{endpoint}: server::access::FUNCTIONS has no rule");
            assert!(length <= LONGEST_FUNCTION, "{endpoint}: {length} lines; a use case belongs in service.rs");
            assert!(!attribute.contains("GetUrl") || READ_BY_GET.contains(&endpoint.as_str()), "{endpoint}: nothing that changes is asked with GET");
        }
    }
    assert!(count > 50, "found {count}");
}

/// The names that stand behind any of these words, as far as they are the same for every case.
fn named(sources: &[Source], words: &[&str]) -> BTreeSet<String> {
    let code: Vec<String> = sources.iter().map(|source| source.code().join("\n")).collect();
    let behind = |code: &String| {
        let all = words.iter().flat_map(|word| code.match_indices(word).map(move |(at, _)| &code[at + word.len()..]));
        all.filter_map(|rest| rest.split(['"', '{']).next().map(str::to_owned)).collect::<Vec<_>>()
    };
    code.iter().flat_map(behind).collect()
}

/// What a form without script was refused is kept under a name; the page it stood on has to ask for that very name.
#[test]
fn what_a_form_was_refused_is_shown() {
    let sources = program();
    let kept = named(&sources, &["reply(&visit, \"", "reply(&visit, &format!(\""]);
    let recall = ["recall(&visit, \"", "recall(visit, \"", "recall(&visit, &format!(\"", "form_state(\"", "form_state(format!(\"", "<Refused form=\""];
    let shown = named(&sources, &recall);
    assert!(kept.len() > 8, "{kept:?}");
    let untold: Vec<&str> = kept.difference(&shown).map(String::as_str).collect();
    assert_eq!(untold, UNTOLD.iter().map(|(form, _)| *form).collect::<Vec<_>>());
}

#[test]
fn nothing_gives_up_at_run_time() {
    let sources = program();
    for text in [".unwrap()", "todo!(", "unimplemented!(", "dbg!(", "#[allow("] {
        assert_eq!(paths(&sources, |source| source.has(text)), NONE, "{text}");
    }
    let ignored = concat!("#[", "ignore");
    assert_eq!(paths(&everything(), |source| source.text.contains(ignored)), NONE, "no test is left out");
}

/// The server does not escape a textarea's children; only the place that knows this may write one.
#[test]
fn one_place_writes_a_textarea() {
    let sources = program();
    let writers = paths(&sources, |source| source.has("<textarea"));
    assert_eq!(writers.len(), 1, "{writers:?}");
    assert!(writers[0].starts_with("src/ui/"), "{writers:?}");
    let writer = sources.iter().find(|source| source.path == writers[0]).unwrap();
    assert!(writer.code().iter().filter(|line| line.contains("<textarea")).all(|line| line.contains("inner_html=")), "its text is given escaped");
}

#[test]
fn features_keep_out_of_each_others_stores() {
    let sources = program();
    let layers = ["base", "form", "workflow", "ui", "server", "client"];
    let is_feature = |name: &str| !name.ends_with(".rs") && !layers.contains(&name);
    let mut features: Vec<&str> = sources.iter().map(Source::owner).filter(|name| is_feature(name)).collect();
    features.dedup();
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| is_feature(source.owner())) {
        for other in features.iter().filter(|other| **other != source.owner()) {
            if source.has_word(&format!("{other}::store")) {
                found.push((source.owner(), *other));
            }
            assert!(!source.has_word(&format!("{other}::pages")), "{}: pages of {other}", source.path);
        }
    }
    found.sort_unstable();
    found.dedup();
    let listed: Vec<(&str, &str)> = SIDEWAYS.iter().map(|(from, to, _)| (*from, *to)).collect();
    assert_eq!(found, listed);
}

#[test]
fn no_file_outgrows_a_screenful_of_scrolling() {
    let long = |source: &&Source| source.text.lines().count() > LONGEST_FILE;
    let sources = everything();
    let long: Vec<_> = sources.iter().filter(long).map(|source| (source.path.as_str(), source.text.lines().count())).collect();
    assert!(long.is_empty(), "a file past {LONGEST_FILE} lines becomes a folder: {long:?}");
}

#[test]
fn every_module_says_why_it_exists() {
    let sources = program();
    assert_eq!(paths(&sources, |source| !source.text.starts_with("//!")), NONE);
}
