//! Faults of shape in the words of the format: what serde says, turned into problems that name no
//! type of ours and show the mend.

use std::fmt::Write;

use serde_json::error::Category;
use serde_path_to_error::Segment;

use super::canonical::number_text;
use super::file;
use super::locate::{Node, Tree, escape};
use super::nearest::nearest;
use crate::problem::{Code, Problem};
use crate::program::{Axis, FactType, StageKind, Team};
use crate::signals::Signal;
use crate::title::Department;

/// What stands under `fact`, `signal` and `daysSince` in a condition.
const TEST: &str = "an object with an `id` and a comparison";

/// Conditions by their key.
const CONDITIONS: &[&str] = &[
    "all",
    "any",
    "not",
    "atLeast",
    "fact",
    "signal",
    "daysSince",
    "events",
    "score",
    "fit",
    "engagement",
    "band",
    "grade",
    "stage",
];

/// A text that is no JSON.
pub(super) fn not_json(text: &str, error: &serde_json::Error) -> Problem {
    let line = text.split('\n').nth(error.line().saturating_sub(1));
    let line = line.unwrap_or_default();
    // serde_json counts bytes, and stands on the last byte of the fault.
    let bytes = error.column().saturating_sub(1);
    let before = (0..=bytes.min(line.len()))
        .rev()
        .find_map(|end| line.get(..end));
    let before = before.unwrap_or_default();
    let rest = line.get(before.len()..).unwrap_or_default();
    let message = serde_message(error);
    let (found, expected, help) = if text.trim().is_empty() {
        (
            "an empty text",
            "a scorecard",
            "start with `{\"leadfit\": 1}` and follow the problems",
        )
    } else if error.is_eof() {
        (
            "the end of the text",
            "the rest of the scorecard",
            "close every `{`, `[` and `\"`",
        )
    } else {
        match (rest.chars().next(), message.as_str()) {
            (Some('\''), _) => (
                "a single quote",
                "a double quote",
                "write texts and keys in double quotes",
            ),
            (Some('“' | '”' | '„' | '‘' | '’' | '«' | '»'), _) => (
                "a typographic quote",
                "a plain double quote",
                "write texts and keys in plain double quotes",
            ),
            (Some('/' | '#'), _) => (
                "a comment",
                "JSON without comments",
                "take the comment out, or put it in `description`",
            ),
            (_, "trailing comma") => (
                "a comma before the end of a list or object",
                "no comma",
                "take the last comma out",
            ),
            (Some('}' | ']'), "expected value") => (
                "a comma before the end of a list or object",
                "a value",
                "take the last comma out",
            ),
            (_, "trailing characters") => (
                "more text after the end of the scorecard",
                "nothing",
                "keep one scorecard in the file, or take the superfluous `}` out",
            ),
            (Some('}'), "key must be a string") => (
                "a comma before the end of a list or object",
                "a key",
                "take the last comma out",
            ),
            (_, "key must be a string") => (
                "a key without quotes",
                "a key in double quotes",
                "write the key in double quotes",
            ),
            (_, "expected `,` or `}`") => (
                "no comma between two members",
                "`,` or `}`",
                "put a comma before the next key, or quote the value",
            ),
            (_, "expected `,` or `]`") => (
                "no comma between two items",
                "`,` or `]`",
                "put a comma before the next item",
            ),
            (_, "expected `:`") => (
                "no colon after a key",
                "`:`",
                "put a colon between key and value",
            ),
            (_, "invalid number") => (
                "a malformed number",
                "a number such as 10 or -2.5",
                "write the number without `+`, leading zeros or separators",
            ),
            (_, "invalid escape") => (
                "an unknown escape",
                "an escape such as `\\n`",
                "write a backslash as `\\\\`",
            ),
            (_, m) if m.starts_with("control character") => (
                "a line break or control character in a text",
                "an escape such as `\\n`",
                "write a line break as `\\n`",
            ),
            (_, "expected ident" | "expected value") => (
                "no value",
                "a value",
                "write a text in quotes, a number, `true`, `false`, a list or an object",
            ),
            _ => ("a fault of syntax", "JSON", "mend the syntax at this place"),
        }
    };
    let mut problem = Problem::error(Code::NotJson, "", found, expected, help);
    if message.contains("recursion limit") {
        problem = too_deep("");
    }
    problem.line = u32::try_from(error.line()).ok();
    problem.column = u32::try_from(before.chars().count() + 1).ok();
    problem
}

/// Parts that are nested too deep.
pub(super) fn too_deep(at: impl ToString) -> Problem {
    Problem::error(
        Code::TooLarge,
        at.to_string(),
        "too many nested parts",
        "at most 16 conditions inside each other",
        "flatten the condition: `all` and `any` take many conditions in one list",
    )
}

/// The same key twice in one object.
pub(super) fn duplicate_key(at: impl ToString, key: &str) -> Problem {
    Problem::error(
        Code::DuplicateKey,
        at.to_string(),
        format!("key {} again", quoted(key)),
        "each key once",
        "keep one of the two and take the other out",
    )
}

/// A key that the format does not have.
pub(super) fn unknown_key(at: impl ToString, key: &str, allowed: &[&str]) -> Problem {
    let help = match nearest(key, allowed.iter().copied()) {
        Some(near) => format!("write `{near}`, or take the key out"),
        None => "take the key out".to_owned(),
    };
    let found = format!("key {}", quoted(key));
    Problem::error(
        Code::UnknownKey,
        at.to_string(),
        found,
        one_of(allowed),
        help,
    )
}

/// A word outside a closed set, and the one of the set that was likely meant.
pub(super) fn unknown_choice(
    at: impl ToString,
    found: String,
    near: Option<&str>,
    allowed: &[&str],
) -> Problem {
    let help = match near {
        Some(near) => format!("write `{near}`"),
        None => "write one of them".to_owned(),
    };
    Problem::error(
        Code::UnknownChoice,
        at.to_string(),
        found,
        one_of(allowed),
        help,
    )
}

/// A key that must be there.
pub(super) fn missing_key(at: impl ToString, key: &str, help: &str) -> Problem {
    let found = format!("no key {}", quoted(key));
    Problem::error(
        Code::MissingKey,
        at.to_string(),
        found,
        format!("`{key}`"),
        help,
    )
}

/// A value of another type than expected.
pub(super) fn wrong_type(at: impl ToString, raw: &str, expected: &str) -> Problem {
    let help = mend(raw, expected);
    Problem::error(Code::WrongType, at.to_string(), render(raw), expected, help)
}

/// A JSON value in a few words: `text "ten"`, `number 3.5`, `null`, `a list`, `an object`.
pub(super) fn render(raw: &str) -> String {
    match raw.bytes().next() {
        Some(b'"') => format!("text {raw}"),
        Some(b'{') => "an object".to_owned(),
        Some(b'[') => "a list".to_owned(),
        Some(b'0'..=b'9' | b'-') => format!("number {raw}"),
        _ => raw.to_owned(),
    }
}

/// A scalar in a few words, as [`render`] gives them.
pub(super) fn render_scalar(value: &file::Scalar) -> String {
    match value {
        file::Scalar::Text(text) => format!("text {}", quoted(text)),
        file::Scalar::Number(number) => format!("number {}", number_text(*number)),
        file::Scalar::Boolean(value) => value.to_string(),
    }
}

/// Turns the first fault of an item into a problem, with the byte offset of its place.
pub(super) fn fault(
    tree: &Tree,
    item: &Node<'_>,
    base: &str,
    error: &serde_path_to_error::Error<serde_json::Error>,
) -> (usize, Problem) {
    let mut place = Place {
        node: item,
        at: base.to_owned(),
        key: base.rsplit('/').next().unwrap_or_default().to_owned(),
        key_start: item.start,
    };
    let mut tail = None;
    for segment in error.path().iter() {
        let (segment, index) = match segment {
            Segment::Seq { index } => (index.to_string(), true),
            Segment::Map { key } => (key.clone(), false),
            Segment::Enum { variant } => (variant.clone(), false),
            Segment::Unknown => break,
        };
        let Some(part) = place.node.part(&segment) else {
            tail = Some(segment);
            break;
        };
        let _ = write!(place.at, "/{}", escape(&segment));
        place.node = &part.node;
        if !index {
            place.key = segment;
            place.key_start = part.key.as_ref().map_or(part.node.start, |key| key.1);
        }
    }
    place.problem(tree, error.inner(), tail)
}

struct Place<'a> {
    node: &'a Node<'a>,
    at: String,
    /// The last key on the way, which tells what is expected here.
    key: String,
    key_start: usize,
}

impl Place<'_> {
    fn problem(
        &self,
        tree: &Tree,
        error: &serde_json::Error,
        tail: Option<String>,
    ) -> (usize, Problem) {
        let message = serde_message(error);
        let raw = tree.slice(self.node);
        let at = self.at.as_str();
        if let Some(rest) = message.strip_prefix("unknown field ") {
            // The path leads to the unknown key itself, or to its object.
            let (key, allowed) = split_words(rest);
            let object = key_of(at) == key;
            let pointer = if object {
                at.to_owned()
            } else {
                format!("{at}/{}", escape(&key))
            };
            let start = match self.node.member(&key) {
                Some(part) if !object => part.key.as_ref().map_or(part.node.start, |key| key.1),
                _ => self.key_start,
            };
            return (start, unknown_key(&pointer, &key, &borrowed(&allowed)));
        }
        if let Some(rest) = message.strip_prefix("unknown variant ") {
            let (word, allowed) = split_words(rest);
            let plain = words(&self.key).is_some() || self.key == "measure";
            if raw.starts_with('"') && !plain {
                return (self.node.start, self.wrong_choice(at, raw));
            }
            // In an object the variant is a key, else it is the value.
            if raw.starts_with('"') {
                let allowed = borrowed(&allowed);
                let near = nearest(&word, allowed.iter().copied());
                let problem = unknown_choice(at, render(raw), near, &allowed);
                return (self.node.start, problem);
            }
            let inside = self.node.member(&word).and_then(|part| part.key.as_ref());
            let (start, pointer) = match inside {
                Some(key) => (key.1, format!("{at}/{}", escape(&word))),
                None => (self.key_start, at.to_owned()),
            };
            return (start, unknown_key(&pointer, &word, &borrowed(&allowed)));
        }
        if let Some(rest) = message.strip_prefix("missing field ") {
            let (key, _) = split_words(rest);
            let help = match words(&key).filter(|_| key != "id") {
                Some(words) => format!("add `{key}`: {}", one_of(&words)),
                None => format!("add `{key}`"),
            };
            return (self.node.start, missing_key(at, &key, &help));
        }
        if message.starts_with("duplicate field ") {
            return (
                self.node.start,
                duplicate_key(at, tail.as_deref().unwrap_or(&self.key)),
            );
        }
        if message.contains("recursion limit") {
            return (self.node.start, too_deep(at));
        }
        if message.contains("number out of range") {
            let help = "write a number that a computer can hold";
            let problem =
                Problem::error(Code::OutOfRange, at, render(raw), "a finite number", help);
            return (self.node.start, problem);
        }
        if raw.starts_with('"') && error.classify() == Category::Syntax {
            let problem = Problem::error(
                Code::NotJson,
                at,
                render(raw),
                "a text in Unicode",
                "write the characters themselves in place of the broken escape",
            );
            return (self.node.start, problem);
        }
        (self.node.start, self.mismatch(at, raw, &message))
    }

    /// A value of another type, or out of the range of its type.
    fn mismatch(&self, at: &str, raw: &str, message: &str) -> Problem {
        let expected = message
            .rsplit_once("expected ")
            .map_or("", |(_, expected)| expected);
        let integer = !raw.contains(['.', 'e', 'E', '"']) && raw != "-0";
        let too_wide = integer && message.contains("floating point");
        if let Some(expected) = whole(expected)
            && (message.starts_with("invalid value") || too_wide)
        {
            let help = "write a number inside this range";
            return Problem::error(Code::OutOfRange, at, render(raw), expected, help);
        }
        let expected = match expected {
            "a sequence" => "a list",
            "a string" | "string" => "a text",
            "a boolean" => "`true` or `false`",
            "f64" => "a number",
            "a text, a number or a boolean" | "a text, or a map from language to text" => expected,
            other if whole(other).is_some() => "a whole number",
            "struct Test" | "struct SignalTest" => TEST,
            other if other.starts_with("struct ") => "an object",
            _ => return self.wrong_choice(at, raw),
        };
        wrong_type(at, raw, expected)
    }

    /// Something that is no choice at all: the reader says little, so the key tells.
    fn wrong_choice(&self, at: &str, raw: &str) -> Problem {
        if let Some(words) = words(&self.key) {
            if raw.starts_with('"') {
                let near = nearest(raw.trim_matches('"'), words.iter().copied());
                return unknown_choice(at, render(raw), near, &words);
            }
            return wrong_type(at, raw, &one_of(&words));
        }
        let kinds: &[&str] = match self.key.as_str() {
            "on" => &["fact", "signal", "daysSince", "events", "condition"],
            "action" => &[
                "redirect",
                "book",
                "selfServe",
                "show",
                "nurture",
                "thankYou",
            ],
            "measure" => &["count", "distinct", "daysSinceLast"],
            "decay" => &["halfLifeDays", "linear"],
            _ => CONDITIONS,
        };
        let (found, help) = match raw.bytes().next() {
            Some(b'{') if self.node.parts.len() > 1 => (
                "an object with several keys".to_owned(),
                if kinds == CONDITIONS {
                    "combine several conditions by `all` or `any`"
                } else {
                    "keep one of the keys"
                },
            ),
            Some(b'{') if self.node.parts.is_empty() => {
                ("an empty object".to_owned(), "add one of the keys")
            }
            _ => (render(raw), "write an object with one of the keys"),
        };
        let expected = format!("an object with one key, {}", one_of(kinds));
        Problem::error(Code::WrongType, at, found, expected, help)
    }
}

/// The closed set of words that may stand under a key.
fn words(key: &str) -> Option<Vec<&'static str>> {
    fn ids<T: Copy>(all: &[T], id: fn(T) -> &'static str) -> Option<Vec<&'static str>> {
        Some(all.iter().map(|word| id(*word)).collect())
    }
    match key {
        "axis" => ids(Axis::ALL, Axis::id),
        "team" => ids(Team::ALL, Team::id),
        "kind" => ids(StageKind::ALL, StageKind::id),
        "type" => ids(FactType::ALL, FactType::id),
        "signal" | "id" => ids(Signal::ALL, Signal::id),
        "direction" => ids(file::Direction::ALL, file::Direction::id),
        "days" => ids(file::Day::ALL, file::Day::id),
        "rotateEvery" => ids(file::Rotation::ALL, file::Rotation::id),
        "field" => ids(file::Field::ALL, file::Field::id),
        "period" => ids(file::Period::ALL, file::Period::id),
        "method" => ids(file::ValueMethod::ALL, file::ValueMethod::id),
        "targetDepartments" => ids(Department::ALL, Department::id),
        _ => None,
    }
}

/// How to mend a value of the wrong type.
fn mend(raw: &str, expected: &str) -> String {
    let inner = raw.trim_matches('"').trim();
    if raw.starts_with('"') && expected == TEST {
        return format!("write {{\"id\": {raw}, …}} and how it compares");
    }
    let number = inner
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite());
    match (raw.bytes().next(), number) {
        (Some(b'"'), _) if expected.contains("true") && matches!(inner, "true" | "false") => {
            format!("write {inner} without quotes")
        }
        (Some(b'"'), Some(_)) if expected.ends_with("number") => {
            format!("write {inner} without quotes")
        }
        (Some(b'0'..=b'9' | b'-'), Some(number)) if expected == "a whole number" => {
            if number.abs() < 1e15 {
                format!("write {}", number.round() + 0.0)
            } else {
                "write a smaller number".to_owned()
            }
        }
        (Some(b'0'..=b'9' | b'-' | b't' | b'f'), _) if expected.starts_with("a text") => {
            format!("write \"{raw}\" in quotes")
        }
        (Some(b'"' | b'0'..=b'9' | b'-' | b't' | b'f'), _)
            if expected == "a list" && raw.len() < 40 =>
        {
            format!("write [{raw}]")
        }
        _ => format!("write {expected}"),
    }
}

fn whole(kind: &str) -> Option<&'static str> {
    match kind {
        "i32" => Some("a whole number from -2,147,483,648 to 2,147,483,647"),
        "u32" => Some("a whole number from 0 to 4,294,967,295"),
        "u64" => Some("a whole number from 0 to 18,446,744,073,709,551,615"),
        _ => None,
    }
}

/// What serde says, without its own place.
fn serde_message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(end) => message.get(..end).unwrap_or_default().to_owned(),
        None => message,
    }
}

/// The first word in backticks, and all further ones.
fn split_words(text: &str) -> (String, Vec<String>) {
    // The first may hold backticks itself; it ends where the list of the others begins.
    let (first, rest) = text.rsplit_once(", expected ").unwrap_or((text, ""));
    let first = first.strip_prefix('`').unwrap_or(first);
    let first = first.strip_suffix('`').unwrap_or(first);
    let rest = rest.split('`').skip(1).step_by(2).map(str::to_owned);
    (first.to_owned(), rest.collect())
}

fn borrowed(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

fn key_of(at: &str) -> String {
    let last = at.rsplit('/').next().unwrap_or_default();
    last.replace("~1", "/").replace("~0", "~")
}

/// A name in quotes, escaped and cut so that the words after it still fit.
pub(super) fn quoted(name: &str) -> String {
    let short: String = name.chars().take(50).collect();
    let dots = if short.len() < name.len() { "…" } else { "" };
    format!("{:?}", short + dots)
}

/// Most words of a list that are shown.
pub(super) const MOST_SHOWN: usize = 30;

/// `` `a` ``, `` `a` or `b` ``, `` one of `a`, `b`, `c` ``; long lists are cut.
pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [only] => format!("`{only}`"),
        [first, second] => format!("`{first}` or `{second}`"),
        _ => {
            let shown: Vec<_> = words
                .iter()
                .take(MOST_SHOWN)
                .map(|word| format!("`{word}`"))
                .collect();
            let more = if words.len() > MOST_SHOWN {
                ", …"
            } else {
                ""
            };
            format!("one of {}{more}", shown.join(", "))
        }
    }
}
