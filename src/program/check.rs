//! Whether a program that was read from bytes holds together: every index in range, every list in
//! the order that searching relies on, every text that verdicts quote as JSON well-formed. Depth
//! of conditions and NaN are refused while reading.

use super::*;
use crate::wire::Damaged;

/// Checks the whole program.
pub(super) fn check(program: &Program) -> Result<(), Damaged> {
    if holds(program) { Ok(()) } else { Err(Damaged) }
}

fn holds(program: &Program) -> bool {
    let when = |condition: &Option<Condition>| {
        condition
            .as_ref()
            .is_none_or(|of| condition_holds(program, of))
    };
    let route =
        |route: &Route| when(&route.when) && is_json(&route.action) && is_json(&route.follow_up);
    // A fallback has no condition: it always matches.
    let fallback = |to: &Route| to.when.is_none() && route(to);
    rise(program.facts.iter().map(|fact| fact.id.as_str()))
        && rise(program.properties.iter().map(String::as_str))
        && rise(program.aggregates.iter().map(String::as_str))
        && program
            .measures
            .iter()
            .all(|measure| measure_holds(program, measure))
        && program
            .tests
            .iter()
            .all(|test| subject_holds(program, &test.subject) && check_holds(&test.check))
        && program
            .criteria
            .iter()
            .all(|criterion| criterion_holds(program, criterion))
        && !program.bands.0.is_empty()
        && !program.bands.1.is_empty()
        && program
            .disqualifiers
            .iter()
            .all(|of| condition_holds(program, &of.when) && is_json(&of.reason))
        && program.stages.iter().all(|stage| when(&stage.when))
        && program.questions.iter().all(|question| {
            let options = &question.options;
            let mut sets = options.iter().flat_map(|option| &option.sets);
            is_fact(program, question.fact)
                && when(&question.when)
                && is_json(&question.view)
                && sets.all(|(fact, _)| is_fact(program, *fact))
        })
        && program
            .routes
            .iter()
            .all(|to| to.when.is_some() && route(to))
        && fallback(&program.unmatched)
        && fallback(&program.disqualified)
        && program
            .value
            .iter()
            .flat_map(|value| &value.segments)
            .all(|of| condition_holds(program, &of.when))
}

/// Whether texts rise, each once.
fn rise<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    let mut before: Option<&str> = None;
    texts.all(|text| before.replace(text).is_none_or(|before| before < text))
}

fn is_fact(program: &Program, index: u16) -> bool {
    usize::from(index) < program.facts.len()
}

fn subject_holds(program: &Program, subject: &Subject) -> bool {
    match subject {
        Subject::Fact(index) | Subject::DaysSince(index) => is_fact(program, *index),
        Subject::Measure(index) => usize::from(*index) < program.measures.len(),
        Subject::Signal(_)
        | Subject::Score
        | Subject::Points(_)
        | Subject::Band(_)
        | Subject::Stage => true,
    }
}

fn check_holds(check: &Check) -> bool {
    match check {
        Check::Choices(choices) => choices.is_sorted_by(|a, b| a < b),
        _ => true,
    }
}

fn condition_holds(program: &Program, condition: &Condition) -> bool {
    let of = match condition {
        Condition::Test(index) => return usize::from(*index) < program.tests.len(),
        Condition::Not(of) => return condition_holds(program, of),
        Condition::AtLeast(of) => &of.of,
        Condition::All(of) | Condition::Any(of) => of,
    };
    of.iter().all(|part| condition_holds(program, part))
}

fn measure_holds(program: &Program, measure: &Measure) -> bool {
    let is_property = |index: u16| usize::from(index) < program.properties.len();
    let of = match measure.of {
        MeasureOf::Distinct(property) => is_property(property),
        MeasureOf::Count | MeasureOf::DaysSinceLast => true,
    };
    of && measure
        .filter
        .iter()
        .all(|(property, check)| is_property(*property) && check_holds(check))
        && measure
            .aggregate
            .is_none_or(|index| usize::from(index) < program.aggregates.len())
}

fn criterion_holds(program: &Program, criterion: &Criterion) -> bool {
    let count = criterion.bins.len();
    let suits = match (&criterion.subject, &criterion.finder) {
        (CriterionSubject::Condition(of), Finder::Truth) => {
            count == 2 && condition_holds(program, of)
        }
        (CriterionSubject::PerEvent(measure), Finder::PerEvent) => {
            count == 1 && usize::from(*measure) < program.measures.len()
        }
        (CriterionSubject::Value(subject), finder) => {
            subject_holds(program, subject) && finder_holds(finder, count)
        }
        _ => false,
    };
    suits
        && count <= MAX_BINS
        && criterion
            .group
            .is_none_or(|group| usize::from(group) < program.groups.len())
        && (criterion.decay.is_empty() || criterion.decay.len() == 64)
        && criterion.decay.is_sorted()
}

fn finder_holds(finder: &Finder, count: usize) -> bool {
    let is_bin = |bin: u8| bin == NO_BIN || usize::from(bin) < count;
    let otherwise = |bin: Option<u8>| bin.is_none_or(is_bin);
    match finder {
        Finder::Numbers(numbers) => {
            numbers.bins.len() == numbers.edges.len() + 1
                && numbers.edges.is_sorted_by(|a, b| a < b)
                && numbers.bins.iter().all(|bin| is_bin(*bin))
                && numbers.exact.iter().all(|(_, bin)| is_bin(*bin))
        }
        Finder::Choices(bins) => bins.iter().all(|bin| is_bin(*bin)),
        Finder::Texts(texts) => {
            rise(texts.values.iter().map(|(text, _)| text.as_str()))
                && otherwise(texts.otherwise)
                && texts.values.iter().all(|(_, bin)| is_bin(*bin))
        }
        Finder::Lists(lists) => {
            otherwise(lists.otherwise) && lists.sets.iter().all(|(_, bin)| is_bin(*bin))
        }
        Finder::Booleans(bins) => is_bin(bins.yes) && is_bin(bins.no),
        Finder::Truth | Finder::PerEvent => false,
    }
}

/// Deepest nesting of quoted JSON.
const MAX_JSON_DEPTH: u8 = 32;

/// Whether a text is one JSON value without white space around its parts, as canonical JSON is.
fn is_json(text: &str) -> bool {
    after_value(text.as_bytes(), MAX_JSON_DEPTH).is_some_and(<[u8]>::is_empty)
}

/// What follows a value.
fn after_value(text: &[u8], depth: u8) -> Option<&[u8]> {
    let (first, rest) = text.split_first()?;
    match first {
        b'"' => after_string(rest),
        b'{' => after_list(rest, b'}', depth.checked_sub(1)?),
        b'[' => after_list(rest, b']', depth.checked_sub(1)?),
        b't' => rest.strip_prefix(b"rue"),
        b'f' => rest.strip_prefix(b"alse"),
        b'n' => rest.strip_prefix(b"ull"),
        b'-' => after_number(rest),
        _ => after_number(text),
    }
}

/// What follows the members of a list or an object.
fn after_list(mut rest: &[u8], end: u8, depth: u8) -> Option<&[u8]> {
    if let Some((first, after)) = rest.split_first()
        && *first == end
    {
        return Some(after);
    }
    loop {
        if end == b'}' {
            rest = after_string(rest.strip_prefix(b"\"")?)?.strip_prefix(b":")?;
        }
        let (next, after) = after_value(rest, depth)?.split_first()?;
        rest = match next {
            b',' => after,
            next if *next == end => return Some(after),
            _ => return None,
        };
    }
}

/// What follows the rest of a string.
fn after_string(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let (first, after) = rest.split_first()?;
        rest = match first {
            b'"' => return Some(after),
            b'\\' => match after.split_first()? {
                (b'u', digits) => {
                    let (digits, after) = digits.split_at_checked(4)?;
                    digits.iter().all(u8::is_ascii_hexdigit).then_some(after)?
                }
                (b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', after) => after,
                _ => return None,
            },
            0..0x20 => return None,
            _ => after,
        };
    }
}

/// What follows a number without its sign.
fn after_number(text: &[u8]) -> Option<&[u8]> {
    let mut rest = match text.strip_prefix(b"0") {
        Some(rest) => rest,
        None => after_digits(text)?,
    };
    if let Some(fraction) = rest.strip_prefix(b".") {
        rest = after_digits(fraction)?;
    }
    if let Some(exponent) = rest.strip_prefix(b"e") {
        let signed = exponent.strip_prefix(b"-").or(exponent.strip_prefix(b"+"));
        rest = after_digits(signed.unwrap_or(exponent))?;
    }
    Some(rest)
}

/// What follows one digit or more.
fn after_digits(text: &[u8]) -> Option<&[u8]> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 { None } else { text.get(count..) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value as Json;

    #[test]
    fn knows_json() {
        for text in [
            "0",
            "-1.5e-3",
            "\"\"",
            "[]",
            "{}",
            r#"{"a":[1,"\u00e9\n",null],"b":{"c":true}}"#,
        ] {
            assert!(is_json(text), "{text}");
        }
        for text in [
            "",
            "01",
            "1.",
            "-",
            "+1",
            "[1,]",
            "{,}",
            "{\"a\"}",
            "nul",
            "\"",
            "\"\\x\"",
            "\"\n\"",
            "1 ",
            "[[",
            "truefalse",
        ] {
            assert!(!is_json(text), "{text}");
        }
        assert!(!is_json(&"[".repeat(100_000)));
    }

    proptest! {
        #[test]
        fn what_it_takes_is_json(text in r#"[\[\]{}",:0-9a-ztrue\\.-]{0,12}"#) {
            prop_assert!(!is_json(&text) || serde_json::from_str::<Json>(&text).is_ok(), "{text}");
        }

        #[test]
        fn texts_are_json(text in any::<String>()) {
            prop_assert!(is_json(&serde_json::to_string(&text).unwrap()));
        }
    }
}
