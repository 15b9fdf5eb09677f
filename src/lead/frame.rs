//! Frames: how a lead crosses from JavaScript.
//!
//! A frame holds only what the program reads, in the program's order, so no key crosses: for each
//! fact a value; for each question a value; the events; for each aggregate its value and date.
//! A value is a tag and its content. A list is a tag, a length (u32) and that many values.
//!
//! Events are `ABSENT`, something odd, or a list of which each item is type, date and the
//! program's properties. Numbers are little-endian. `pkg-config/crossing.js` is the writer.

use super::{Given, MAX_EVENTS, MAX_LIST, MAX_TEXT, Odd};
use crate::program::wire::{Damaged, Input};

/// Tags of values. The writer has the same list.
mod tag {
    pub const ABSENT: u8 = 0;
    pub const TEXT: u8 = 1;
    pub const NUMBER: u8 = 2;
    pub const FALSE: u8 = 3;
    pub const TRUE: u8 = 4;
    pub const LIST: u8 = 5;
    pub const RANGE: u8 = 6;
    pub const OBJECT: u8 = 7;
    pub const LONG_TEXT: u8 = 8;
    pub const LONG_LIST: u8 = 9;
    pub const UNREADABLE: u8 = 10;
}

/// Reads one value; lists may not nest.
pub fn value(input: &mut Input) -> Result<Given, Damaged> {
    let first = input.byte()?;
    if first != tag::LIST {
        return plain(first, input);
    }
    let length = length(input, MAX_LIST)?;
    let mut members = Vec::with_capacity(length);
    for _ in 0..length {
        let first = input.byte()?;
        members.push(plain(first, input)?);
    }
    Ok(Given::List(members))
}

fn plain(first: u8, input: &mut Input) -> Result<Given, Damaged> {
    Ok(match first {
        tag::ABSENT => Given::Absent,
        tag::TEXT => {
            let length = length(input, MAX_TEXT)?;
            let text = core::str::from_utf8(input.take(length)?).map_err(|_| Damaged)?;
            Given::Text(text.to_owned())
        }
        tag::NUMBER => Given::Number(number(input)?),
        tag::FALSE => Given::Boolean(false),
        tag::TRUE => Given::Boolean(true),
        tag::RANGE => Given::Range(number(input)?, number(input)?),
        tag::OBJECT => Given::Odd(Odd::Object),
        tag::LONG_TEXT => Given::Odd(Odd::LongText),
        tag::LONG_LIST => Given::Odd(Odd::LongList),
        tag::UNREADABLE => Given::Odd(Odd::Unreadable),
        _ => return Err(Damaged),
    })
}

/// The events: absent, odd, or how many follow.
pub enum Events {
    /// Nobody observed any.
    Absent,
    /// No list of events.
    Odd(Odd),
    /// So many follow.
    Count(usize),
}

/// Reads what stands in place of the events.
pub fn events(input: &mut Input) -> Result<Events, Damaged> {
    let first = input.byte()?;
    if first == tag::LIST {
        return Ok(Events::Count(length(input, MAX_EVENTS)?));
    }
    match plain(first, input)? {
        Given::Absent => Ok(Events::Absent),
        Given::Odd(odd) => Ok(Events::Odd(odd)),
        _ => Err(Damaged),
    }
}

fn length(input: &mut Input, most: usize) -> Result<usize, Damaged> {
    let bytes = input.take(4)?.try_into().map_err(|_| Damaged)?;
    let length = u32::from_le_bytes(bytes) as usize;
    if length > most {
        Err(Damaged)
    } else {
        Ok(length)
    }
}

fn number(input: &mut Input) -> Result<f64, Damaged> {
    let bytes = input.take(8)?.try_into().map_err(|_| Damaged)?;
    Ok(f64::from_le_bytes(bytes))
}

/// Writing frames, for native callers; JavaScript writes its own.
#[cfg(feature = "authoring")]
pub mod write {
    use super::tag;
    use crate::lead::{MAX_LIST, MAX_TEXT, Odd};
    use serde_json::Value;

    /// Appends a JSON value as a fact's value. JSON arrays may not nest.
    pub fn value(value: Option<&Value>, out: &mut Vec<u8>) {
        match value {
            Some(Value::Array(members)) if members.len() > MAX_LIST => odd(Odd::LongList, out),
            Some(Value::Array(members)) => {
                list(members.len(), out);
                members.iter().for_each(|member| plain(Some(member), out));
            }
            plain_value => plain(plain_value, out),
        }
    }

    fn plain(value: Option<&Value>, out: &mut Vec<u8>) {
        match value {
            None | Some(Value::Null) => out.push(tag::ABSENT),
            Some(Value::String(text)) if text.len() > MAX_TEXT => odd(Odd::LongText, out),
            Some(Value::String(text)) => {
                out.push(tag::TEXT);
                out.extend((text.len() as u32).to_le_bytes());
                out.extend(text.as_bytes());
            }
            Some(Value::Number(number)) => {
                out.push(tag::NUMBER);
                out.extend(number.as_f64().unwrap_or(f64::NAN).to_le_bytes());
            }
            Some(Value::Bool(value)) => out.push(if *value { tag::TRUE } else { tag::FALSE }),
            Some(Value::Array(_)) => odd(Odd::Object, out),
            Some(Value::Object(fields)) => {
                let end = |key, open| match fields.get(key) {
                    None | Some(Value::Null) => Some(open),
                    Some(end) => end.as_f64(),
                };
                let ends = (end("from", f64::NEG_INFINITY), end("to", f64::INFINITY));
                match ends {
                    (Some(from), Some(to))
                        if fields.contains_key("from") || fields.contains_key("to") =>
                    {
                        out.push(tag::RANGE);
                        out.extend(from.to_le_bytes());
                        out.extend(to.to_le_bytes());
                    }
                    _ => odd(Odd::Object, out),
                }
            }
        }
    }

    /// Appends the head of a list.
    pub fn list(length: usize, out: &mut Vec<u8>) {
        out.push(tag::LIST);
        out.extend((length as u32).to_le_bytes());
    }

    /// Appends something odd.
    pub fn odd(odd: Odd, out: &mut Vec<u8>) {
        out.push(match odd {
            Odd::Object => tag::OBJECT,
            Odd::LongText => tag::LONG_TEXT,
            Odd::LongList => tag::LONG_LIST,
            Odd::Unreadable => tag::UNREADABLE,
        });
    }
}
