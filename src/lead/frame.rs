//! Frames: how a lead crosses from JavaScript.
//!
//! A frame holds only what the program reads, in the program's order, so no key crosses: for each
//! fact a value; for each question a value; the events; for each aggregate its value and date.
//! A value is a tag and its content. A list is a tag, a length (u32) and that many values.
//!
//! Events are `ABSENT`, something odd, or a list of which each item is type, date and the
//! program's properties. Numbers are little-endian. `pkg-config/crossing.js` is the writer, and
//! `src/card/frame.rs` its equal for JSON on the native side: for the same lead both make the same bytes.

use alloc::vec::Vec;

use super::{Given, MAX_EVENTS, MAX_LIST, MAX_TEXT, Odd};
use crate::wire::Input;

/// Tags of values. The writer has the same list.
pub(crate) mod tag {
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
#[inline(never)]
pub fn value<'a>(input: &mut Input<'a>) -> Given<'a> {
    let first = input.byte();
    if first != tag::LIST {
        return plain(first, input);
    }
    let length = length(input, MAX_LIST);
    let mut members = Vec::new();
    while members.len() < length && !input.is_damaged() {
        let first = input.byte();
        members.push(plain(first, input));
    }
    Given::List(members)
}

#[inline(never)]
fn plain<'a>(first: u8, input: &mut Input<'a>) -> Given<'a> {
    match first {
        tag::ABSENT => Given::Absent,
        tag::TEXT => {
            let bytes = text(input);
            Given::Text(input.utf8(bytes))
        }
        tag::NUMBER => Given::Number(input.number()),
        tag::FALSE => Given::Boolean(false),
        tag::TRUE => Given::Boolean(true),
        tag::RANGE => Given::Range(input.number(), input.number()),
        tag::OBJECT => Given::Odd(Odd::Object),
        tag::LONG_TEXT => Given::Odd(Odd::LongText),
        tag::LONG_LIST => Given::Odd(Odd::LongList),
        tag::UNREADABLE => Given::Odd(Odd::Unreadable),
        _ => {
            input.fail();
            Given::Absent
        }
    }
}

/// The bytes of a text whose tag was read.
pub fn text<'a>(input: &mut Input<'a>) -> &'a [u8] {
    let length = length(input, MAX_TEXT);
    input.take(length)
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
pub fn events(input: &mut Input) -> Events {
    let first = input.byte();
    if first == tag::LIST {
        return Events::Count(length(input, MAX_EVENTS));
    }
    match plain(first, input) {
        Given::Absent => Events::Absent,
        Given::Odd(odd) => Events::Odd(odd),
        _ => {
            input.fail();
            Events::Absent
        }
    }
}

fn length(input: &mut Input, most: usize) -> usize {
    let length = input.take(4).try_into().map_or(0, u32::from_le_bytes) as usize;
    if length > most {
        input.fail();
        return 0;
    }
    length
}
