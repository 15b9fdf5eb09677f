//! What cells say of outcomes and money.

use crate::num::{self, Written};
use crate::text::fold;

crate::vocabulary::vocabulary! {
    /// What became of a past lead.
    pub enum Outcome {
        /// It bought.
        Won = "won",
        /// It did not buy.
        Lost = "lost",
        /// It could not buy.
        Disqualified = "disqualified",
        /// Nobody knows yet.
        Open = "open",
    }
}

/// What words of an outcome begin with, or are where they are short.
const WORDS: &[(&str, Outcome)] = &[
    ("closed won", Outcome::Won),
    ("closedwon", Outcome::Won),
    ("won", Outcome::Won),
    ("customer", Outcome::Won),
    ("converted", Outcome::Won),
    ("purchased", Outcome::Won),
    ("bought", Outcome::Won),
    ("sold", Outcome::Won),
    ("gewonnen", Outcome::Won),
    ("gagne", Outcome::Won),
    ("ganado", Outcome::Won),
    ("vinto", Outcome::Won),
    ("closed lost", Outcome::Lost),
    ("closedlost", Outcome::Lost),
    ("lost", Outcome::Lost),
    ("not converted", Outcome::Lost),
    ("loss", Outcome::Lost),
    ("verloren", Outcome::Lost),
    ("perdu", Outcome::Lost),
    ("perdido", Outcome::Lost),
    ("perso", Outcome::Lost),
    ("churned", Outcome::Lost),
    ("disqualified", Outcome::Disqualified),
    ("unqualified", Outcome::Disqualified),
    ("junk", Outcome::Disqualified),
    ("spam", Outcome::Disqualified),
    ("bad", Outcome::Disqualified),
    ("duplicate", Outcome::Disqualified),
    ("disqualifiziert", Outcome::Disqualified),
    ("open", Outcome::Open),
    ("new", Outcome::Open),
    ("working", Outcome::Open),
    ("in progress", Outcome::Open),
    ("nurtur", Outcome::Open),
    ("contacted", Outcome::Open),
    ("qualified", Outcome::Open),
    ("pending", Outcome::Open),
    ("engaging", Outcome::Open),
    ("prospecting", Outcome::Open),
    ("offen", Outcome::Open),
];

/// The outcome that a cell names, if its words tell; an empty one is open.
pub fn outcome(cell: &str) -> Option<Outcome> {
    let spaced = |c: char| {
        if c.is_alphanumeric() || c == '.' {
            c
        } else {
            ' '
        }
    };
    let folded = fold(&fold(cell).chars().map(spaced).collect::<String>());
    match folded.as_str() {
        "" => Some(Outcome::Open),
        "1" | "1.0" | "yes" | "y" | "true" | "ja" | "oui" | "si" => Some(Outcome::Won),
        "0" | "0.0" | "no" | "n" | "false" | "nein" | "non" => Some(Outcome::Lost),
        words => {
            let found = WORDS.iter().find(|(start, _)| words.starts_with(start));
            found.map(|(_, outcome)| *outcome)
        }
    }
}

/// An amount of money in minor units (hundredths), from some UTF-8. A point is decimal unless
/// `decimal_comma`.
pub fn money(cell: &[u8], decimal_comma: bool) -> Option<i64> {
    if let Some(amount) = plain_amount(cell).filter(|_| !decimal_comma) {
        return Some(amount);
    }
    let text = core::str::from_utf8(cell).unwrap_or_default();
    match num::read(&with_point(text, decimal_comma)) {
        Some(Written::Number(amount)) if amount.abs() < 1e13 => {
            Some((amount * 100.0).round() as i64)
        }
        _ => None,
    }
}

/// An amount of digits alone, with two decimals or none, as most files have it: in minor units.
fn plain_amount(cell: &[u8]) -> Option<i64> {
    let (whole, hundredths) = match cell {
        [whole @ .., b'.', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            (whole, i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
        }
        whole => (whole, 0),
    };
    if !(1..=12).contains(&whole.len()) {
        return None;
    }
    let mut amount = 0;
    for digit in whole {
        if !digit.is_ascii_digit() {
            return None;
        }
        amount = amount * 10 + i64::from(digit - b'0');
    }
    Some(amount * 100 + hundredths)
}

/// A number of a column whose decimal mark is a comma, with a point instead.
pub fn with_point(cell: &str, decimal_comma: bool) -> String {
    if !decimal_comma {
        return cell.to_owned();
    }
    let swap = |c: char| match c {
        ',' => Some('.'),
        '.' => None,
        other => Some(other),
    };
    cell.chars().filter_map(swap).collect()
}

/// Whether a column writes decimals with a comma: some cell can only be read so, and none only
/// otherwise. `1,234` alone is a thousand, as everywhere in leadfit.
pub fn has_decimal_comma<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let (mut comma, mut point) = (0, 0);
    for cell in cells {
        let after = |mark| {
            cell.rsplit_once(mark)
                .map(|(_, after): (&str, &str)| after.trim())
        };
        let digits = |text: Option<&str>| {
            text.map(|text| text.chars().take_while(char::is_ascii_digit).count())
        };
        match (cell.rfind(','), cell.rfind('.')) {
            (Some(at), Some(dot)) if at > dot => comma += 1,
            (Some(_), Some(_)) => point += 1,
            (Some(_), None) if digits(after(',')).is_some_and(|count| count != 3) => comma += 1,
            (None, Some(_)) if digits(after('.')).is_some_and(|count| count != 3) => point += 1,
            _ => {}
        }
    }
    comma > 0 && point == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_crms_are_understood() {
        for (cell, expected) in [
            ("Closed Won", Some(Outcome::Won)),
            ("closed-lost", Some(Outcome::Lost)),
            ("Closed Lost", Some(Outcome::Lost)),
            ("1", Some(Outcome::Won)),
            ("0", Some(Outcome::Lost)),
            ("", Some(Outcome::Open)),
            ("Unqualified", Some(Outcome::Disqualified)),
            ("In progress", Some(Outcome::Open)),
            ("Verloren", Some(Outcome::Lost)),
            ("purple", None),
        ] {
            assert_eq!(outcome(cell), expected, "{cell}");
        }
    }

    #[test]
    fn money_is_read_in_cents() {
        let money = |cell: &str, comma| money(cell.as_bytes(), comma);
        assert_eq!(money("$1,234.50", false), Some(123_450));
        assert_eq!(money("1.234,50 €", true), Some(123_450));
        assert_eq!(money("12", true), Some(1200));
        assert_eq!(money("12.50", false), Some(1250));
        assert_eq!(money("12.5", false), Some(1250));
        assert_eq!(money("0012.05", false), Some(1205));
        assert_eq!(money(".50", false), None);
        assert_eq!(money("many", false), None);
    }

    #[test]
    fn a_column_shows_its_decimal_mark() {
        let of = |cells: &[&str]| has_decimal_comma(cells.iter().copied());
        assert!(of(&["1.234,50", "12"]));
        assert!(of(&["0,5", "1.200"]));
        assert!(!of(&["1,234"]));
        assert!(!of(&["0.5", "1,200"]));
        assert!(!of(&["1,234.50", "0,5"]));
    }
}
