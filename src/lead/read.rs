//! From a frame to a lead: each value becomes what its fact says it is, or unknown with a warning.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

use super::WarningCode::{self, *};
use super::frame::{self, Events, tag};
use super::{Aggregate, Event, FactValue, Given, Lead, Odd, Place, Warnings};
use crate::num::{self, Written};
use crate::program::{Fact, FactType, Program};
use crate::wire::{Damaged, Input};
use crate::{text, time};

/// Reads a frame.
///
/// # Errors
/// Only where the bytes are no frame for this program, which its writer never makes.
pub fn read<'a>(program: &Program, frame: &'a [u8]) -> Result<Lead<'a>, Damaged> {
    let mut input = Input::new(frame);
    let mut warnings = Warnings::default();
    let mut facts = Vec::with_capacity(program.facts.len());
    for (index, fact) in (0..).zip(&program.facts) {
        // Most of what a lead could tell is untold.
        facts.push(if input.passes(tag::ABSENT) {
            FactValue::Unknown
        } else {
            told(index, fact, &mut input, &mut warnings)
        });
    }
    let mut answers = Vec::with_capacity(program.questions.len());
    for _ in &program.questions {
        answers.push(frame::value(&mut input));
    }
    let events = read_events(program, &mut input, &mut warnings);
    let mut aggregates = Vec::with_capacity(usize::from(program.aggregates));
    for index in 0..program.aggregates {
        let (value, last_at) = (frame::value(&mut input), frame::value(&mut input));
        aggregates.push(aggregate(index, value, last_at, &mut warnings));
    }
    input.finish(Lead {
        facts,
        answers,
        events,
        aggregates,
        warnings,
    })
}

/// What comes next for `fact`: at once where it is plainly what the fact says.
fn told<'a>(
    index: u16,
    fact: &Fact,
    input: &mut Input<'a>,
    warnings: &mut Warnings,
) -> FactValue<'a> {
    let given = match fact.kind {
        FactType::Number if input.passes(tag::NUMBER) => {
            let number = input.number();
            if number.is_finite() {
                return FactValue::Number(number + 0.0);
            }
            Given::Number(number)
        }
        FactType::Boolean if input.passes(tag::TRUE) => return FactValue::Boolean(true),
        FactType::Boolean if input.passes(tag::FALSE) => return FactValue::Boolean(false),
        FactType::Choice if input.passes(tag::TEXT) => {
            let bytes = frame::text(input);
            let trimmed = matches!(bytes, [b'!'..=b'~', .., b'!'..=b'~']);
            let mut choices = (0..).zip(&fact.choices);
            match choices.find(|(_, choice)| choice.value.as_bytes() == bytes) {
                Some((index, _)) if trimmed => return FactValue::Choice(index),
                _ => Given::Text(input.utf8(bytes)),
            }
        }
        _ => frame::value(input),
    };
    fact_value(index, fact, given, warnings)
}

/// What `given` means for `fact`; unknown with a warning where it means nothing.
pub fn fact_value<'a>(
    index: u16,
    fact: &Fact,
    given: Given<'a>,
    warnings: &mut Warnings,
) -> FactValue<'a> {
    let at = Place::Fact(index);
    match meaning(at, fact, &given, warnings) {
        Ok(value) => value,
        Err(code) => {
            warnings.add(at, code, &found(&given));
            FactValue::Unknown
        }
    }
}

fn meaning<'a>(
    at: Place,
    fact: &Fact,
    given: &Given<'a>,
    warnings: &mut Warnings,
) -> Result<FactValue<'a>, WarningCode> {
    match given {
        blank if blank.is_blank() => return Ok(FactValue::Unknown),
        Given::Number(number) if !number.is_finite() => return Err(NotFinite),
        Given::Odd(Odd::Object) => return Err(WrongType),
        Given::Odd(Odd::LongText | Odd::LongList) => return Err(TooLong),
        Given::Odd(Odd::Unreadable) => return Err(Unreadable),
        _ => {}
    }
    match fact.kind {
        FactType::Text => plain_text(given).map(FactValue::Text).ok_or(WrongType),
        FactType::Number => match given {
            Given::Number(number) => Ok(FactValue::Number(number + 0.0)),
            Given::Range(from, to) => range(*from, *to),
            Given::Text(text) => match num::read(text) {
                Some(Written::Number(number)) => Ok(FactValue::Number(number)),
                Some(Written::Range(from, to)) => range(from, to),
                None => Err(WrongType),
            },
            _ => Err(WrongType),
        },
        FactType::Boolean => match given {
            Given::Boolean(value) => Some(*value),
            Given::Number(number) if *number == 1.0 => Some(true),
            Given::Number(number) if *number == 0.0 => Some(false),
            Given::Text(text) => yes_or_no(text),
            _ => None,
        }
        .map(FactValue::Boolean)
        .ok_or(WrongType),
        FactType::Choice => {
            let text = plain_text(given).ok_or(WrongType)?;
            choice(fact, &text).map(FactValue::Choice).ok_or(NotAChoice)
        }
        FactType::List => list(at, fact, given, warnings),
        FactType::Date => match given {
            Given::Text(text) => date(text).map(FactValue::Date).ok_or(BadDate),
            Given::Number(millis) if time::RANGE.contains(&(*millis as i64)) => {
                Ok(FactValue::Date(*millis as i64))
            }
            Given::Number(_) => Err(BadDate),
            _ => Err(WrongType),
        },
    }
}

/// A text, or a whole number as text: phone numbers and postcodes come as numbers too.
fn plain_text<'a>(given: &Given<'a>) -> Option<Cow<'a, str>> {
    match given {
        Given::Text(text) => Some(Cow::Borrowed(text::trim(text))),
        Given::Number(number) if libm::trunc(*number) == *number && number.abs() < 1e15 => {
            let mut text = String::new();
            num::push_integer(&mut text, *number as i64);
            Some(Cow::Owned(text))
        }
        Given::Boolean(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        _ => None,
    }
}

fn range(from: f64, to: f64) -> Result<FactValue<'static>, WarningCode> {
    // A NaN at either end fails the comparison too.
    if from < to {
        Ok(FactValue::Range(from, to))
    } else {
        Err(WrongType)
    }
}

fn yes_or_no(written: &str) -> Option<bool> {
    match text::fold(written).as_str() {
        "true" | "yes" | "y" | "on" | "1" | "x" => Some(true),
        "false" | "no" | "n" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Index of the choice that `written` stands for: by value, else by folded spelling.
fn choice(fact: &Fact, written: &str) -> Option<u16> {
    let exact = fact
        .choices
        .iter()
        .position(|choice| choice.value == written);
    let index = exact.or_else(|| {
        let folded = text::fold(written);
        fact.choices
            .iter()
            .position(|choice| choice.spellings.contains(&folded))
    })?;
    u16::try_from(index).ok()
}

/// A list; one text may hold several members separated by `;`, as HubSpot and Salesforce send them.
fn list<'a>(
    at: Place,
    fact: &Fact,
    given: &Given<'a>,
    warnings: &mut Warnings,
) -> Result<FactValue<'a>, WarningCode> {
    let members: Vec<Cow<'a, str>> = match given {
        Given::List(members) => {
            let mut texts = Vec::with_capacity(members.len());
            for member in members {
                match plain_text(member) {
                    Some(text) => texts.push(text),
                    None => warnings.add(at, WrongType, &found(member)),
                }
            }
            texts
        }
        other => {
            let written = plain_text(other).ok_or(WrongType)?;
            let mut members = Vec::new();
            let mut rest = Some(&*written);
            while let Some(left) = rest {
                let (member, next) = text::cut(left, b";")
                    .map_or((left, None), |(member, next)| (member, Some(next)));
                let member = text::trim(member);
                if !member.is_empty() {
                    members.push(Cow::Owned(member.to_owned()));
                }
                rest = next;
            }
            members
        }
    };
    if fact.choices.is_empty() {
        return Ok(FactValue::Texts(members));
    }
    let mut mask = 0_u64;
    for member in &members {
        match choice(fact, member) {
            Some(index) if index < 64 => mask |= 1 << index,
            _ => warnings.add(at, NotAChoice, member),
        }
    }
    if mask == 0 && !members.is_empty() {
        Ok(FactValue::Unknown)
    } else {
        Ok(FactValue::Choices(mask))
    }
}

/// A date as RFC 3339, or as milliseconds since 1970 as HubSpot exports them.
pub fn date(written: &str) -> Option<i64> {
    let written = text::trim(written);
    time::parse(written).or_else(|| match num::read(written) {
        Some(Written::Number(millis)) if millis.abs() >= 1e10 => {
            Some(millis as i64).filter(|time| time::RANGE.contains(time))
        }
        _ => None,
    })
}

fn read_events<'a>(
    program: &Program,
    input: &mut Input<'a>,
    warnings: &mut Warnings,
) -> Option<Vec<Event<'a>>> {
    let count = match frame::events(input) {
        Events::Absent => return None,
        Events::Odd(odd) => {
            let code = match odd {
                Odd::Object => WrongType,
                Odd::LongText | Odd::LongList => TooLong,
                Odd::Unreadable => Unreadable,
            };
            warnings.add(Place::Events, code, &found(&Given::Odd(odd)));
            return None;
        }
        Events::Count(count) => count,
    };
    // A hostile count is bounded by what the input can hold.
    let mut events = Vec::new();
    for _ in 0..count {
        if input.is_damaged() {
            break;
        }
        let (kind, at) = (frame::value(input), frame::value(input));
        let mut properties = Vec::with_capacity(usize::from(program.properties));
        for _ in 0..program.properties {
            properties.push(frame::value(input));
        }
        let time = match &at {
            Given::Text(text) => date(text),
            Given::Number(millis) if millis.is_finite() => {
                Some(*millis as i64).filter(|time| time::RANGE.contains(time))
            }
            _ => None,
        };
        match (kind, time) {
            (Given::Text(kind), Some(at)) => events.push(Event {
                kind,
                at,
                properties,
            }),
            (Given::Text(_), None) => warnings.add(Place::Events, BadEvent, &found(&at)),
            (kind, _) => warnings.add(Place::Events, BadEvent, &found(&kind)),
        }
    }
    Some(events)
}

fn aggregate(
    index: u16,
    value: Given,
    last_at: Given,
    warnings: &mut Warnings,
) -> Option<Aggregate> {
    let at = Place::Aggregate(index);
    let number = match &value {
        blank if blank.is_blank() => return None,
        Given::Number(number) if number.is_finite() => Some(*number),
        Given::Text(text) => match num::read(text) {
            Some(Written::Number(number)) => Some(number),
            _ => None,
        },
        _ => None,
    };
    // Whatever is measured of events, it is never below 0.
    let Some(value) = number.filter(|number| *number >= 0.0) else {
        warnings.add(at, WrongType, &found(&value));
        return None;
    };
    let last_at = match &last_at {
        Given::Absent => None,
        Given::Text(text) if date(text).is_some() => date(text),
        Given::Number(millis) if millis.is_finite() && time::RANGE.contains(&(*millis as i64)) => {
            Some(*millis as i64)
        }
        odd => {
            warnings.add(at, BadDate, &found(odd));
            None
        }
    };
    Some(Aggregate {
        value: value + 0.0,
        last_at,
    })
}

/// A given value in a few words, for warnings.
pub fn found(given: &Given) -> String {
    let mut out = String::new();
    match given {
        Given::Absent => out.push_str("nothing"),
        Given::Text(text) => out.push_str(text),
        Given::Number(number) if number.is_nan() => out.push_str("NaN"),
        Given::Number(number) => num::push_number(&mut out, *number),
        Given::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        Given::List(_) => out.push_str("a list"),
        Given::Range(..) => out.push_str("a range"),
        Given::Odd(Odd::Object) => out.push_str("an object"),
        Given::Odd(Odd::LongText) => out.push_str("a long text"),
        Given::Odd(Odd::LongList) => out.push_str("a long list"),
        Given::Odd(Odd::Unreadable) => out.push_str("an unreadable value"),
    }
    out
}
