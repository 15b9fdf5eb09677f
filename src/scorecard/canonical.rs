//! The canonical text of a scorecard's content, its hash, and whether both teams signed it.

use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::file::Scorecard;
use crate::program::Team;

/// Lists whose order has no meaning, and the member that they are sorted by.
const SORTED: &[(&str, &str)] = &[
    ("accounts", "domains"),
    ("calendars", "id"),
    ("criteria", "id"),
    ("facts", "id"),
    ("groups", "id"),
    ("sla", "id"),
];

/// The content in RFC 8785 form: without `agreement` and `$schema`, without values that are the
/// default, and with the lists sorted whose order has no meaning. So two files with the same
/// meaning have the same text.
pub fn canonical(scorecard: &Scorecard) -> String {
    // The shapes hold nothing that JSON cannot say, so this never fails.
    let mut value = serde_json::to_value(scorecard).unwrap_or_default();
    if let Value::Object(members) = &mut value {
        members.remove("agreement");
        members.remove("$schema");
        for (list, key) in SORTED {
            if let Some(Value::Array(items)) = members.get_mut(*list) {
                items.sort_by_cached_key(|item| {
                    let mut text = String::new();
                    write_value(item.get(*key).unwrap_or(&Value::Null), &mut text);
                    text
                });
            }
        }
    }
    let mut text = String::new();
    write_value(&value, &mut text);
    text
}

/// SHA-256 of the canonical content in hexadecimal: what a signature signs.
pub fn content_hash(scorecard: &Scorecard) -> String {
    Sha256::digest(canonical(scorecard))
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// Whether each team has a signature over exactly this content.
pub fn signed(scorecard: &Scorecard) -> bool {
    let Some(agreement) = &scorecard.agreement else {
        return false;
    };
    let hash = content_hash(scorecard);
    Team::ALL.iter().all(|team| {
        let mut signatures = agreement.signatures.iter();
        signatures.any(|signature| signature.team == *team && signature.content_hash == hash)
    })
}

/// Any part of a scorecard as RFC 8785 text.
pub fn json(part: &impl serde::Serialize) -> String {
    // The shapes hold nothing that JSON cannot say, so this never fails.
    let mut text = String::new();
    write_value(&serde_json::to_value(part).unwrap_or_default(), &mut text);
    text
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => out.push_str(&number_text(float)),
            _ => out.push_str(&number.to_string()),
        },
        Value::String(text) => out.push_str(&string_text(text)),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (index, (key, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&string_text(key));
                out.push(':');
                write_value(member, out);
            }
            out.push('}');
        }
    }
}

fn string_text(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A finite number as ECMAScript prints it (Number::toString, radix 10): the fewest digits that
/// read back as the same number; as RFC 8785 wants it.
pub(super) fn number_text(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{number:e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-7..21).contains(&exponent) && exponent != -7 {
        // Rust prints the same shortest digits without an exponent.
        return format!("{number}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::file::Signature;
    use crate::scorecard::read;

    const CARD: &str = include_str!("../../tests/golden/problems/sound.json");

    fn card(text: &str) -> Scorecard {
        read(text).scorecard.expect("a sound scorecard")
    }

    #[test]
    fn numbers_read_as_in_ecmascript() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (10.0, "10"),
            (-2.5, "-2.5"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (0.000_001, "0.000001"),
            (0.000_000_1, "1e-7"),
            (1.25e-9, "1.25e-9"),
            (9_007_199_254_740_992.0, "9007199254740992"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn order_without_meaning_keeps_the_hash() {
        let card = card(CARD);
        let mut turned = card.clone();
        turned.facts.reverse();
        turned.criteria.reverse();
        turned.schema = Some("./scorecard.schema.json".to_owned());
        assert_eq!(content_hash(&card), content_hash(&turned));
        turned.criteria[0].unknown += 1;
        assert_ne!(content_hash(&card), content_hash(&turned));
    }

    #[test]
    fn canonical_text_reads_back_with_the_same_hash() {
        let before = card(CARD);
        let after = card(&canonical(&before));
        assert_eq!(canonical(&before), canonical(&after));
    }

    /// A change here makes every signature stale: it needs a line in the changelog.
    #[test]
    fn the_hash_of_a_scorecard_stays() {
        assert_eq!(
            content_hash(&card(CARD)),
            "3616680021a01f3379712edecc4a7b29ded9d2eeb07bbf45d09b8e9d28aae066"
        );
    }

    #[test]
    fn both_teams_must_sign_this_content() {
        let mut card = card(CARD);
        let hash = content_hash(&card);
        let sign = |team| Signature {
            team,
            name: "Ann".to_owned(),
            at: "2026-10-01T09:00:00Z".to_owned(),
            content_hash: hash.clone(),
        };
        let mut agreement = card
            .agreement
            .clone()
            .unwrap_or(crate::scorecard::file::Agreement {
                review_on: None,
                signatures: Vec::new(),
                goals: None,
                notes: None,
            });
        agreement.signatures = vec![sign(Team::Marketing)];
        card.agreement = Some(agreement.clone());
        assert!(!signed(&card));
        agreement.signatures.push(sign(Team::Sales));
        card.agreement = Some(agreement);
        assert!(signed(&card));
        card.revision += 1;
        assert!(!signed(&card));
    }
}
