//! Numbers as people write them, and numbers as reasons show them.
//!
//! Own code instead of the standard library's parsing and printing of floats: those cost more
//! bytes than the rest of a page's number handling together, and people write `1,200+`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::text::{is_space, is_word};

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
    // As characters: slices of them need a third of the code that patterns on text do.
    let chars: Vec<char> = text.chars().collect();
    let mut rest = Rest(&chars);
    rest.skip(is_space);
    let below = rest.next_is('<') || rest.peek() == '≤';
    let above = !below && (rest.next_is('>') || rest.peek() == '≥');
    if below || above {
        let reached = rest.next_is('=') || rest.next_is('≤') || rest.next_is('≥');
        rest.skip(is_space);
        let (number, _) = rest.number()?;
        let number = if reached == below {
            after(number)
        } else {
            number
        };
        let range = match below {
            true => Written::Range(f64::NEG_INFINITY, number),
            false => Written::Range(number, f64::INFINITY),
        };
        return rest.is_unit().then_some(range);
    }
    let (first, factor) = rest.number()?;
    rest.skip(is_space);
    if rest.next_is('+') {
        return rest
            .is_unit()
            .then_some(Written::Range(first, f64::INFINITY));
    }
    if !(rest.next_is('-') || rest.next_is('–') || rest.next_is('—') || rest.next_is_to()) {
        return rest.is_unit().then_some(Written::Number(first));
    }
    rest.skip(is_space);
    let (second, shared) = rest.number()?;
    // `1-5 million` is 1 million to 5 million, but `500,000-1M` is as it stands.
    let first = if factor == 1.0 && first < second / shared {
        first * shared
    } else {
        first
    };
    (rest.is_unit() && first <= second).then(|| Written::Range(first, after(second)))
}

/// The number right after a whole one that still counts; a fraction's own end is left out.
fn after(end: f64) -> f64 {
    if end == libm::trunc(end) {
        end + 1.0
    } else {
        end
    }
}

/// Characters that are left to read.
struct Rest<'t>(&'t [char]);

impl<'t> Rest<'t> {
    /// The next character; NUL, which stands in no number, at the end.
    fn peek(&self) -> char {
        self.0.first().copied().unwrap_or_default()
    }

    /// Whether this character is next; then it is taken.
    fn next_is(&mut self, wanted: char) -> bool {
        let is = self.peek() == wanted;
        if is {
            self.take(1);
        }
        is
    }

    /// Whether the word `to` is next; then it is taken.
    fn next_is_to(&mut self) -> bool {
        let is = self.0.starts_with(&['t', 'o', ' ']);
        if is {
            self.take(2);
        }
        is
    }

    /// The next characters, at most so many.
    fn take(&mut self, count: usize) -> &'t [char] {
        let (taken, rest) = self.0.split_at_checked(count).unwrap_or((self.0, &[]));
        self.0 = rest;
        taken
    }

    /// The next characters that are of this kind.
    #[inline(never)]
    fn skip(&mut self, is: fn(char) -> bool) -> &'t [char] {
        let other = self.0.iter().position(|c| !is(*c));
        self.take(other.unwrap_or(self.0.len()))
    }

    /// Whether nothing but a unit such as `employees`, `%` or `€` is left.
    fn is_unit(&mut self) -> bool {
        self.skip(|c| is_letter(c) || is_space(c) || matches!(c, '%' | '€' | '$' | '£' | '.'));
        self.0.is_empty()
    }

    /// Takes a number; gives it and what it was multiplied by. At most 15 digits, so that the value
    /// is exact before it is divided by an exact power of ten: the result is rounded correctly.
    #[inline(never)]
    fn number(&mut self) -> Option<(f64, f64)> {
        let negative = self.next_is('-') || self.next_is('−');
        self.skip(|c| matches!(c, '$' | '€' | '£' | ' '));
        let mut written = self
            .skip(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '\u{a0}' | '\u{202f}'));
        while let [before @ .., '.' | ',' | '\u{a0}' | '\u{202f}'] = written {
            written = before;
        }
        let mark = decimal_mark(written).unwrap_or(written.len());
        let decimals = written.len().saturating_sub(mark + 1);
        if !is_grouped(written.get(..mark)?) || decimals > 22 {
            return None;
        }
        let (mut mantissa, mut digits) = (0_u64, 0);
        for (place, c) in written.iter().enumerate() {
            let Some(digit) = c.to_digit(10) else {
                // What groups digits does so before the mark only.
                if place > mark {
                    return None;
                }
                continue;
            };
            digits += usize::from(mantissa > 0 || digit > 0);
            if digits > 15 {
                return None;
            }
            mantissa = mantissa * 10 + u64::from(digit);
        }
        let factor = self.multiple();
        let value = mantissa as f64 * factor / power_of_ten(decimals);
        let value = if negative && value != 0.0 {
            -value
        } else {
            value
        };
        Some((value, factor))
    }

    /// Takes what multiplies a number, a word or one letter right behind it; 1 where there is none.
    fn multiple(&mut self) -> f64 {
        let mut behind = Rest(self.0);
        let spaced = !behind.skip(is_space).is_empty();
        let word = behind.skip(is_letter);
        let is = |unit: &str| {
            let mut letters = word.iter();
            let starts = unit.chars().all(|c| {
                let letter = letters.next();
                letter.is_some_and(|letter| letter.eq_ignore_ascii_case(&c))
            });
            // Any plural: `millions`, `Millionen`.
            starts && (unit.len() > 4 || word.len() == unit.len()) && !(spaced && unit.len() == 1)
        };
        match MULTIPLES.iter().find(|(unit, _)| is(unit)) {
            Some((_, factor)) => {
                self.0 = behind.0;
                *factor
            }
            None => 1.0,
        }
    }
}

fn is_letter(c: char) -> bool {
    is_word(c) && !c.is_ascii_digit()
}

/// Whether digits are in groups, if any, as numbers have them: the last of three, others of two
/// (India) or three. So no version, address or date is taken for a number.
fn is_grouped(whole: &[char]) -> bool {
    // Digits since the last mark; in the first group there may be one only, or, alone, any number.
    let (mut length, mut grouped) = (0, false);
    for c in whole {
        if c.is_ascii_digit() {
            length += 1;
            continue;
        }
        let least = if grouped { 2 } else { 1 };
        if !(least..=3).contains(&length) {
            return false;
        }
        (length, grouped) = (0, true);
    }
    if grouped { length == 3 } else { length > 0 }
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

/// Place of the decimal mark, if the number has one.
fn decimal_mark(written: &[char]) -> Option<usize> {
    let last = |mark| written.iter().rposition(|c| *c == mark);
    let first = |mark| written.iter().position(|c| *c == mark);
    match (last('.'), last(',')) {
        // Both: the last one is the decimal mark.
        (Some(dot), Some(comma)) => Some(dot.max(comma)),
        (Some(dot), None) => (first('.') == Some(dot)).then_some(dot),
        (None, Some(comma)) => {
            let thousands = written.len() - comma == 4 || first(',') != Some(comma);
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
