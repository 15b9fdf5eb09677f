//! The scorecard's shapes in plain words, for diffs, for the reasons in verdicts, and for messages.
//!
//! INVARIANT: shapes that decide differently have different words. So texts stand in quotes and
//! numbers do not, and nested conditions stand in parentheses.

use super::file::{
    Absence, AtLeast, Attempts, Bin, Condition, Decay, EventTest, Events, Hours, Limit, Measure,
    PointsTest, PropertyTest, Scalar, SignalTest, Subject, Test,
};
use crate::signals::Signal;

/// A condition: `any of (fit at least 40; stage is "mql")`.
pub(crate) fn condition(condition: &Condition) -> String {
    match condition {
        Condition::All(parts) => several("all of", "always", parts),
        Condition::Any(parts) => several("any of", "never", parts),
        Condition::Not(part) => format!("not ({})", self::condition(part)),
        Condition::AtLeast(AtLeast { n, of }) => {
            format!("at least {n} of ({})", conditions(of).join("; "))
        }
        Condition::Fact(test) => fact_test(test),
        Condition::Signal(test) => signal_test(test),
        Condition::DaysSince(test) => format!("days since {}", fact_test(test)),
        Condition::Events(test) => event_test(test),
        Condition::Score(test) => points_test("score", test),
        Condition::Fit(test) => points_test("fit", test),
        Condition::Engagement(test) => points_test("engagement", test),
        Condition::Band(test) => is_one_of(&format!("{} band", test.axis.id()), &test.one_of),
        Condition::Grade(test) => is_one_of("grade", &test.one_of),
        Condition::Stage(test) => is_one_of("stage", &test.one_of),
    }
}

/// Every one of several conditions.
pub(crate) fn conditions(conditions: &[Condition]) -> Vec<String> {
    conditions.iter().map(condition).collect()
}

/// One part alone says the same as a list of it.
fn several(of: &str, none: &str, parts: &[Condition]) -> String {
    match parts {
        [] => none.to_owned(),
        [part] => condition(part),
        parts => format!("{of} ({})", conditions(parts).join("; ")),
    }
}

/// A test of a fact: `company.employees at least 50 and below 500`.
pub(crate) fn fact_test(test: &Test) -> String {
    let Test {
        id,
        is,
        one_of,
        at_least,
        above,
        at_most,
        below,
        contains,
        contains_word,
        starts_with,
        ends_with,
        known,
    } = test;
    let mut words = Comparisons::default();
    words.values(is.as_slice());
    words.values(one_of.as_deref().unwrap_or_default());
    words.bound("at least", at_least.map(number));
    words.bound("above", above.map(number));
    words.bound("at most", at_most.map(number));
    words.bound("below", below.map(number));
    words.texts("contains", contains);
    words.texts("contains the word", contains_word);
    words.texts("starts with", starts_with);
    words.texts("ends with", ends_with);
    words.known(*known);
    words.of(&fact(id))
}

/// A fact by its id; marked where a signal has the same id.
pub(crate) fn fact(id: &str) -> String {
    if Signal::from_id(id).is_some() {
        format!("fact {id}")
    } else {
        id.to_owned()
    }
}

/// What a criterion scores.
pub(crate) fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Fact(id) => fact(id),
        Subject::Signal(signal) => signal.id().to_owned(),
        Subject::DaysSince(id) => format!("days since {}", fact(id)),
        Subject::Events(events) => self::events(events),
        Subject::Condition(condition) => format!("whether {}", self::condition(condition)),
    }
}

/// A test of a signal: `emailKind is "free" or "disposable"`.
pub(crate) fn signal_test(test: &SignalTest) -> String {
    let SignalTest {
        id,
        is,
        one_of,
        at_least,
        below,
        ends_with,
        known,
    } = test;
    let mut words = Comparisons::default();
    words.values(is.as_slice());
    words.values(one_of.as_deref().unwrap_or_default());
    words.bound("at least", at_least.as_ref().map(scalar));
    words.bound("below", below.as_ref().map(scalar));
    words.texts("ends with", ends_with);
    words.known(*known);
    words.of(id.id())
}

/// A test of events: `pageView events where path starts with "/pricing" within 30 days: at least 3`.
pub(crate) fn event_test(test: &EventTest) -> String {
    let EventTest {
        types,
        filter,
        within_days,
        measure,
        aggregate,
        at_least,
        below,
    } = test;
    let mut words = Comparisons::default();
    words.bound("at least", at_least.map(number));
    words.bound("below", below.map(number));
    if words.0.is_empty() {
        words.bound("at least", Some(number(1.0)));
    }
    let measured = measured(
        types,
        filter,
        *within_days,
        measure.as_ref(),
        aggregate.as_deref(),
    );
    words.of(&format!("{measured}:"))
}

/// What is measured of events: `pageView events within 30 days`.
pub(crate) fn events(events: &Events) -> String {
    let Events {
        types,
        filter,
        within_days,
        measure,
        aggregate,
    } = events;
    measured(
        types,
        filter,
        *within_days,
        measure.as_ref(),
        aggregate.as_deref(),
    )
}

fn measured(
    types: &[String],
    filter: &[PropertyTest],
    within_days: Option<f64>,
    measure: Option<&Measure>,
    aggregate: Option<&str>,
) -> String {
    let types = or(types.to_vec());
    let mut words = match measure {
        None | Some(Measure::Count) => format!("{types} events"),
        Some(Measure::Distinct(property)) => format!("different {property} of {types} events"),
        Some(Measure::DaysSinceLast) => format!("days since the last of {types} events"),
    };
    if !filter.is_empty() {
        let tests: Vec<String> = filter.iter().map(property_test).collect();
        words = format!("{words} where {}", tests.join(" and "));
    }
    if let Some(days) = within_days {
        words = format!("{words} within {}", counted(&number(days), "day"));
    }
    if let Some(name) = aggregate {
        words = format!("{words} (or aggregate {})", quoted(name));
    }
    words
}

/// A test of an event's property: `path starts with "/pricing"`.
pub(crate) fn property_test(test: &PropertyTest) -> String {
    let PropertyTest {
        property,
        one_of,
        at_least,
        below,
        contains,
        starts_with,
        ends_with,
    } = test;
    let mut words = Comparisons::default();
    words.values(one_of.as_deref().unwrap_or_default());
    words.bound("at least", at_least.map(number));
    words.bound("below", below.map(number));
    words.texts("contains", contains);
    words.texts("starts with", starts_with);
    words.texts("ends with", ends_with);
    words.of(property)
}

/// A test of points: `fit at least 40`.
fn points_test(of: &str, test: &PointsTest) -> String {
    let PointsTest { at_least, below } = test;
    let mut words = Comparisons::default();
    words.bound("at least", at_least.map(whole));
    words.bound("below", below.map(whole));
    words.of(of)
}

/// A test of a name: `grade is "A1" or "A2"`.
fn is_one_of(of: &str, names: &[String]) -> String {
    format!(
        "{of} is {}",
        or(names.iter().map(|name| quoted(name)).collect())
    )
}

/// The comparisons of a test, all of which must hold.
#[derive(Default)]
struct Comparisons(Vec<String>);

impl Comparisons {
    fn values(&mut self, values: &[Scalar]) {
        if !values.is_empty() {
            self.0
                .push(format!("is {}", or(values.iter().map(scalar).collect())));
        }
    }

    fn bound(&mut self, comparison: &str, bound: Option<String>) {
        self.0
            .extend(bound.map(|bound| format!("{comparison} {bound}")));
    }

    fn texts(&mut self, comparison: &str, texts: &Option<Vec<String>>) {
        if let Some(texts) = texts {
            let texts = or(texts.iter().map(|text| quoted(text)).collect());
            self.0.push(format!("{comparison} {texts}"));
        }
    }

    fn known(&mut self, known: Option<bool>) {
        let words = known.map(|known| if known { "is known" } else { "is unknown" });
        self.0.extend(words.map(str::to_owned));
    }

    fn of(&self, subject: &str) -> String {
        match self.0.as_slice() {
            [] => format!("{subject} without a comparison"),
            comparisons => format!("{subject} {}", comparisons.join(" and ")),
        }
    }
}

/// What a bin takes: `50 to below 500`, `"work"`, `anything else`.
pub(crate) fn bin(bin: &Bin) -> String {
    let mut takes = Vec::new();
    if let Some(values) = &bin.values {
        takes.push(or(values.iter().map(scalar).collect()));
    }
    if bin.from.is_some() || bin.to.is_some() {
        takes.push(range(bin.from, bin.to));
    }
    if bin.otherwise {
        takes.push("anything else".to_owned());
    }
    if takes.is_empty() {
        "nothing".to_owned()
    } else {
        takes.join(" or ")
    }
}

/// A half-open range of numbers: `50 to below 500`.
pub(crate) fn range(from: Option<f64>, to: Option<f64>) -> String {
    match (from.map(number), to.map(number)) {
        (None, None) => "any number".to_owned(),
        (Some(from), None) => format!("{from} or more"),
        (None, Some(to)) => format!("below {to}"),
        (Some(from), Some(to)) => format!("{from} to below {to}"),
    }
}

/// A limit: `at least 0 and at most 40 points`.
pub(crate) fn limit(limit: &Limit) -> String {
    let least = limit.min.map(|min| format!("at least {}", whole(min)));
    let most = limit.max.map(|max| format!("at most {}", whole(max)));
    let bounds: Vec<String> = least.into_iter().chain(most).collect();
    if bounds.is_empty() {
        "none".to_owned()
    } else {
        format!("{} points", bounds.join(" and "))
    }
}

/// How points fade: `half left after 14 days`.
pub(crate) fn decay(decay: &Decay) -> String {
    match decay {
        Decay::HalfLifeDays(days) => format!("half left after {}", counted(&number(*days), "day")),
        Decay::Linear(linear) => format!(
            "{}% gone every {}",
            number(linear.percent),
            counted(&number(linear.every_days), "day")
        ),
    }
}

/// Attempts to reach a lead: `6 attempts over 10 working days`.
pub(crate) fn attempts(attempts: &Attempts) -> String {
    let count = counted(&number(f64::from(attempts.count)), "attempt");
    let days = number(f64::from(attempts.over_working_days));
    format!("{count} over {}", counted(&days, "working day"))
}

/// Working time: `15 working minutes`, `4 working hours`.
pub(crate) fn working_time(minutes: u32) -> String {
    if minutes != 0 && minutes.is_multiple_of(60) {
        counted(&number(f64::from(minutes / 60)), "working hour")
    } else {
        counted(&number(f64::from(minutes)), "working minute")
    }
}

/// Working hours of some days: `monday, tuesday and friday 09:00 to 17:00`.
pub(crate) fn hours(hours: &Hours) -> String {
    let days = hours.days.iter().map(|day| day.id().to_owned()).collect();
    format!("{} {} to {}", joined(days, "and"), hours.from, hours.to)
}

/// Days away: `2026-12-23 to 2027-01-03`.
pub(crate) fn absence(absence: &Absence) -> String {
    format!("{} to {}", absence.from, absence.to)
}

/// Points: `15 points`, `1 point`.
pub(crate) fn points(points: i32) -> String {
    let one = matches!(points, 1 | -1);
    format!("{} {}", whole(points), if one { "point" } else { "points" })
}

/// A share as a percentage, exactly: `0.02` is `2%`.
pub(crate) fn percent(share: f64) -> String {
    if !share.is_finite() {
        return format!("{share}%");
    }
    let text = format!("{}", share.abs());
    let (units, fraction) = text.split_once('.').unwrap_or((&text, ""));
    // The decimal point moves two places to the right, without rounding.
    let shift = fraction.len().min(2);
    let (moved, rest) = fraction.split_at_checked(shift).unwrap_or((fraction, ""));
    let digits = format!("{units}{moved:0<2}");
    let digits = match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let sign = if share < 0.0 { "-" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{digits}{point}{rest}%")
}

/// Money from minor units: `50,000 USD`, `12.50 EUR`.
pub(crate) fn money(minor: u64, currency: &str) -> String {
    // ISO 4217 gives these currencies no minor unit, or one of three digits; all others two.
    let digits = match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    };
    let unit = 10_u64.pow(digits);
    let major = grouped(&(minor / unit).to_string());
    match minor % unit {
        0 => format!("{major} {currency}"),
        rest => format!("{major}.{rest:0width$} {currency}", width = digits as usize),
    }
}

/// A plain value; texts stand in quotes.
pub(crate) fn scalar(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Text(text) => quoted(text),
        Scalar::Number(value) => number(*value),
        Scalar::Boolean(true) => "yes".to_owned(),
        Scalar::Boolean(false) => "no".to_owned(),
    }
}

/// A number, in groups of three digits from 10,000 on.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value}");
    let (sign, text) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    match text.split_once('.') {
        Some((units, fraction)) => format!("{sign}{}.{fraction}", grouped(units)),
        None => format!("{sign}{}", grouped(text)),
    }
}

fn whole(value: i32) -> String {
    number(f64::from(value))
}

fn grouped(digits: &str) -> String {
    if digits.len() < 5 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A text in double quotes, on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `1 day`, `2 days`.
fn counted(number: &str, thing: &str) -> String {
    format!("{number} {thing}{}", if number == "1" { "" } else { "s" })
}

/// `a, b or c`.
fn or(parts: Vec<String>) -> String {
    joined(parts, "or")
}

/// Parts as people list them: `a, b and c`.
pub(crate) fn joined(mut parts: Vec<String>, last: &str) -> String {
    match (parts.pop(), parts.is_empty()) {
        (None, _) => "nothing".to_owned(),
        (Some(only), true) => only,
        (Some(end), false) => format!("{} {last} {end}", parts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: &str) {
        let read: Condition = serde_json::from_str(json).unwrap();
        assert_eq!(condition(&read), expected);
    }

    #[test]
    fn conditions_in_words() {
        check(
            r#"{"fact": {"id": "company.employees", "atLeast": 50, "below": 500}}"#,
            "company.employees at least 50 and below 500",
        );
        check(
            r#"{"events": {"types": ["pageView"], "where": [{"property": "path",
                "startsWith": ["/pricing"]}], "withinDays": 30, "atLeast": 3}}"#,
            r#"pageView events where path starts with "/pricing" within 30 days: at least 3"#,
        );
        check(
            r#"{"events": {"types": ["download", "visit"], "measure": "daysSinceLast", "below": 1,
                "aggregate": "recency"}}"#,
            r#"days since the last of download or visit events (or aggregate "recency"): below 1"#,
        );
        check(
            r#"{"events": {"types": ["demo"]}}"#,
            "demo events: at least 1",
        );
        check(r#"{"fit": {"atLeast": 40}}"#, "fit at least 40");
        check(
            r#"{"band": {"axis": "fit", "in": ["A"]}}"#,
            r#"fit band is "A""#,
        );
        check(
            r#"{"any": [{"score": {"below": 20}}, {"not": {"grade": {"in": ["A1", "A2"]}}}]}"#,
            r#"any of (score below 20; not (grade is "A1" or "A2"))"#,
        );
        check(
            r#"{"atLeast": {"n": 1, "of": [{"stage": {"in": ["mql"]}}, {"all": []}]}}"#,
            r#"at least 1 of (stage is "mql"; always)"#,
        );
        check(
            r#"{"signal": {"id": "emailKind", "in": ["free", "disposable", "invalid"]}}"#,
            r#"emailKind is "free", "disposable" or "invalid""#,
        );
        check(
            r#"{"signal": {"id": "seniority", "known": false}}"#,
            "seniority is unknown",
        );
        check(
            r#"{"daysSince": {"id": "trialEnds", "above": -7}}"#,
            "days since trialEnds above -7",
        );
        check(r#"{"fact": {"id": "age", "is": 5}}"#, "age is 5");
        check(r#"{"fact": {"id": "age", "is": "5"}}"#, r#"age is "5""#);
    }

    #[test]
    fn numbers_in_words() {
        let cases = [
            (number(-1234.5), "-1234.5"),
            (number(12_345.25), "12,345.25"),
            (number(1e6), "1,000,000"),
            (percent(0.02), "2%"),
            (percent(0.07), "7%"),
            (percent(0.125), "12.5%"),
            (percent(0.005), "0.5%"),
            (percent(1.0), "100%"),
            (percent(0.0), "0%"),
            (money(5_000_000, "USD"), "50,000 USD"),
            (money(1250, "EUR"), "12.50 EUR"),
            (money(1250, "JPY"), "1250 JPY"),
            (money(5, "KWD"), "0.005 KWD"),
            (working_time(240), "4 working hours"),
            (working_time(60), "1 working hour"),
            (working_time(1), "1 working minute"),
            (range(Some(50.0), Some(500.0)), "50 to below 500"),
            (range(None, Some(50.0)), "below 50"),
            (quoted("a \"b\"\n\\"), r#""a \"b\"\n\\""#),
            (
                joined(vec!["a".into(), "b".into(), "c".into()], "or"),
                "a, b or c",
            ),
        ];
        for (words, expected) in cases {
            assert_eq!(words, expected);
        }
    }
}
