//! Numbers as people write them, and numbers as reasons show them.
//!
//! Own code instead of the standard library's parsing and printing of floats: those cost more
//! bytes than the rest of a page's number handling together, and people write `1,200+`.

use alloc::string::String;

/// A number or a range of numbers `[from, to)` that somebody wrote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Written {
    /// One number.
    Number(f64),
    /// A range; open ends are infinite.
    Range(f64, f64),
}

/// Reads what people and CRMs write for a number: `1200`, `1,200`, `1.200.000`, `3,5`, `-2.5`,
/// `$50k`, `1.5M`, `2 million`, `51-200`, `51 – 200 employees`, `10,000+`, `<50`, `> 500`.
///
/// A comma before exactly three digits separates thousands, otherwise it is a decimal comma; a
/// single dot is always a decimal point, as in data. The upper end of a range of whole numbers
/// counts: `51-200` is `[51, 201)`.
pub fn read(text: &str) -> Option<Written> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("<=").or_else(|| text.strip_prefix('≤')) {
        return Some(Written::Range(f64::NEG_INFINITY, after(whole(rest)?)));
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Some(Written::Range(f64::NEG_INFINITY, whole(rest)?));
    }
    if let Some(rest) = text.strip_prefix(">=").or_else(|| text.strip_prefix('≥')) {
        return Some(Written::Range(whole(rest)?, f64::INFINITY));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Some(Written::Range(after(whole(rest)?), f64::INFINITY));
    }
    let (first, factor, rest) = leading_number(text)?;
    let rest = rest.trim_start();
    if let Some(rest) = rest.strip_prefix('+') {
        return only_words(rest).then_some(Written::Range(first, f64::INFINITY));
    }
    for dash in ["-", "–", "—", "to "] {
        if let Some(rest) = rest.strip_prefix(dash) {
            let (second, shared, rest) = leading_number(rest.trim_start())?;
            if !only_words(rest) {
                return None;
            }
            // `1-5 million` is 1 million to 5 million, but `500,000-1M` is as it stands.
            let first = if factor == 1.0 && first < second / shared {
                first * shared
            } else {
                first
            };
            return (first <= second).then(|| Written::Range(first, after(second)));
        }
    }
    only_words(rest).then_some(Written::Number(first))
}

/// The number right after a whole one that still counts; a fraction's own end is left out.
fn after(end: f64) -> f64 {
    if end == libm::trunc(end) {
        end + 1.0
    } else {
        end
    }
}

/// A number and nothing but a unit behind it.
fn whole(text: &str) -> Option<f64> {
    let (number, _, rest) = leading_number(text.trim_start())?;
    only_words(rest).then_some(number)
}

/// Whether nothing but a unit such as `employees`, `%` or `€` is left.
fn only_words(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '%' | '€' | '$' | '£' | '.'))
}

/// Reads the number that `text` starts with. At most 15 digits, so that the value is exact before
/// it is divided by an exact power of ten: the result is rounded correctly. Gives the number, what
/// it was multiplied by, and what follows.
fn leading_number(text: &str) -> Option<(f64, f64, &str)> {
    let unsigned = text.strip_prefix(['-', '−']);
    let negative = unsigned.is_some();
    let text = unsigned
        .unwrap_or(text)
        .trim_start_matches(['$', '€', '£', ' ']);
    let length = text
        .char_indices()
        .find(|(_, c)| {
            !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '\u{a0}' | '\u{202f}'))
        })
        .map_or(text.len(), |(at, _)| at);
    let (written, rest) = text.split_at_checked(length)?;
    let written = written.trim_end_matches(['.', ',', '\u{a0}', '\u{202f}']);
    if !written.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (whole, fraction) = decimal_mark(written)
        .and_then(|mark| Some((written.get(..mark)?, written.get(mark + 1..)?)))
        .unwrap_or((written, ""));
    if !is_grouped(whole) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals = fraction.len();
    let mut mantissa = 0_u64;
    let mut digits = 0;
    for byte in written.bytes().filter(u8::is_ascii_digit) {
        digits += usize::from(mantissa > 0 || byte != b'0');
        if digits > 15 {
            return None;
        }
        mantissa = mantissa * 10 + u64::from(byte - b'0');
    }
    if decimals > 22 {
        return None;
    }
    let (factor, rest) = multiple(rest);
    let value = mantissa as f64 * factor / power_of_ten(decimals);
    Some((
        if negative && value != 0.0 {
            -value
        } else {
            value
        },
        factor,
        rest,
    ))
}

/// Whether digits are in groups, if any, as numbers have them: the last of three, others of two
/// (India) or three. So no version, address or date is taken for a number.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(|c: char| !c.is_ascii_digit());
    let first = groups.next().map_or(0, str::len);
    let Some(last) = groups.next_back() else {
        return true;
    };
    (1..=3).contains(&first) && last.len() == 3 && groups.all(|group| matches!(group.len(), 2 | 3))
}

/// What multiplies a number: `k`, `m` and `b` right behind it, or a word.
const MULTIPLES: &[(&str, f64)] = &[
    ("k", 1e3),
    ("m", 1e6),
    ("b", 1e9),
    ("tsd", 1e3),
    ("thousand", 1e3),
    ("mn", 1e6),
    ("mio", 1e6),
    ("mln", 1e6),
    ("million", 1e6),
    ("bn", 1e9),
    ("mrd", 1e9),
    ("billion", 1e9),
];

/// The factor that `rest` starts with, else 1, and what is left.
fn multiple(rest: &str) -> (f64, &str) {
    let spaced = rest.trim_start();
    let end = spaced.find(|c: char| !c.is_alphabetic());
    let (word, left) = spaced
        .split_at_checked(end.unwrap_or(spaced.len()))
        .unwrap_or((spaced, ""));
    let is = |unit: &str| match unit.len() {
        1 => spaced.len() == rest.len() && word.eq_ignore_ascii_case(unit),
        // Any plural: `millions`, `Millionen`.
        length => {
            let start = word.get(..length);
            start.is_some_and(|start| start.eq_ignore_ascii_case(unit))
                && (length > 4 || word.len() == length)
        }
    };
    match MULTIPLES.iter().find(|(unit, _)| is(unit)) {
        Some((_, factor)) => (*factor, left),
        None => (1.0, rest),
    }
}

/// Place of the decimal mark, if the number has one.
fn decimal_mark(written: &str) -> Option<usize> {
    let dot = written.rfind('.');
    let comma = written.rfind(',');
    match (dot, comma) {
        // Both: the last one is the decimal mark.
        (Some(dot), Some(comma)) => Some(dot.max(comma)),
        (Some(dot), None) => (written.find('.') == Some(dot)).then_some(dot),
        (None, Some(comma)) => {
            let thousands = written.len() - comma == 4 || written.find(',') != Some(comma);
            (!thousands).then_some(comma)
        }
        (None, None) => None,
    }
}

/// Ten to the power of `exponent`, exact up to 22.
fn power_of_ten(exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * 10.0)
}

/// Appends a whole number.
pub fn push_integer(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    let mut rest = number.unsigned_abs();
    let mut digits = [0_u8; 20];
    let mut count = 0;
    for slot in digits.iter_mut().rev() {
        *slot = b'0' + (rest % 10) as u8;
        rest /= 10;
        count += 1;
        if rest == 0 {
            break;
        }
    }
    out.extend(
        digits
            .iter()
            .skip(digits.len() - count)
            .map(|digit| char::from(*digit)),
    );
}

/// Appends a number with at most three decimals, for people.
pub fn push_number(out: &mut String, number: f64) {
    if number.is_infinite() {
        out.push_str(if number > 0.0 { "∞" } else { "-∞" });
        return;
    }
    let mut exponent = 0;
    let mut scaled = number.abs();
    while scaled >= 1e15 {
        scaled /= 10.0;
        exponent += 1;
    }
    let thousandths = (scaled * 1000.0 + 0.5) as i64;
    if number < 0.0 && thousandths > 0 {
        out.push('-');
    }
    push_integer(out, thousandths / 1000);
    let fraction = thousandths % 1000;
    if fraction > 0 {
        out.push('.');
        for (divisor, rest) in [(100, 1000), (10, 100), (1, 10)] {
            if fraction % rest > 0 {
                out.push(char::from(b'0' + (fraction / divisor % 10) as u8));
            }
        }
    }
    if exponent > 0 {
        out.push('e');
        push_integer(out, exponent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn number(text: &str, expected: f64) {
        assert_eq!(read(text), Some(Written::Number(expected)), "{text}");
    }

    #[track_caller]
    fn range(text: &str, from: f64, to: f64) {
        assert_eq!(read(text), Some(Written::Range(from, to)), "{text}");
    }

    #[test]
    fn reads_numbers_as_people_write_them() {
        number("0", 0.0);
        number(" 1200 ", 1200.0);
        number("1,200", 1200.0);
        number("1,234,567", 1_234_567.0);
        number("1.234.567", 1_234_567.0);
        number("1.234.567,5", 1_234_567.5);
        number("1,234.5", 1234.5);
        number("3,5", 3.5);
        number("0.125", 0.125);
        number("3.667", 3.667);
        number("-2.5", -2.5);
        number("-0", 0.0);
        number("120 employees", 120.0);
        number("85 %", 85.0);
        number("$50k", 50_000.0);
        number("€ 1.5M", 1_500_000.0);
        number("1'200", 1200.0);
        number("1,23,456", 123_456.0);
    }

    #[test]
    fn reads_multiples_as_people_write_them() {
        number("5 million", 5e6);
        number("$2.3 Millions", 2.3e6);
        number("€1,5 Mio.", 1.5e6);
        number("40 Tsd. €", 40_000.0);
        number("1.2B", 1.2e9);
        number("$3bn", 3e9);
        number("2 Mrd", 2e9);
        range("$1-5 million", 1e6, 5_000_001.0);
        range("500,000-1M", 500_000.0, 1_000_001.0);
        // Single letters behind a space are units of something else.
        number("5 m", 5.0);
        number("5 months", 5.0);
        number("3 brands", 3.0);
        number("7 miles", 7.0);
    }

    #[test]
    fn reads_ranges_as_people_write_them() {
        range("51-200", 51.0, 201.0);
        range("51 – 200 employees", 51.0, 201.0);
        range("1,001 to 5,000", 1001.0, 5001.0);
        range("10,000+", 10_000.0, f64::INFINITY);
        range("500+ people", 500.0, f64::INFINITY);
        range("<50", f64::NEG_INFINITY, 50.0);
        range("<= 50", f64::NEG_INFINITY, 51.0);
        range("> 500", 501.0, f64::INFINITY);
        range("≥500", 500.0, f64::INFINITY);
        range("0.5-1.5", 0.5, 1.5);
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            "many",
            "12-",
            "200-51",
            "1-2-3",
            "+5",
            "1234567890123456789",
            "12:30",
            "--1",
            "1/2",
            "１２",
            "1.2.3",
            "192.168.1.10",
            "1,2,3",
            "10.0.100",
            "12.05.2026",
            "1234,567",
            "1,234,56.7",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn shows_numbers_for_people() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (12.0, "12"),
            (-3.5, "-3.5"),
            (0.125, "0.125"),
            (1.0 / 3.0, "0.333"),
            (2.0004, "2"),
            (1.05, "1.05"),
            (1e15, "100000000000000e1"),
            (f64::INFINITY, "∞"),
        ] {
            let mut text = String::new();
            push_number(&mut text, value);
            assert_eq!(text, expected);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,40}") {
            read(&text);
        }

        #[test]
        fn whole_numbers_survive(value in -999_999_999_999_999_i64..=999_999_999_999_999) {
            let mut text = String::new();
            push_integer(&mut text, value);
            prop_assert_eq!(&text, &value.to_string());
            prop_assert_eq!(read(&text), Some(Written::Number(value as f64)));
        }

        #[test]
        fn decimals_are_rounded_right(mantissa in 0_i64..99_999_999, decimals in 0_usize..8) {
            let text = format!("{:.*}", decimals, mantissa as f64 / 10_f64.powi(decimals as i32));
            prop_assert_eq!(read(&text), Some(Written::Number(text.parse().unwrap())));
        }

        #[test]
        fn any_number_can_be_shown(value in any::<f64>().prop_filter("a number", |v| !v.is_nan())) {
            push_number(&mut String::new(), value);
        }
    }
}
