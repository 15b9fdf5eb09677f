//! Letters of a table: UTF-8, UTF-16 or Windows text, told apart as the bytes come.
//!
//! UTF-16 is turned into UTF-8 before rows are cut. A cell that is no UTF-8 is Windows text, on its
//! own: it may be the only one of a million, and nothing before it has to be read again.

use core::ops::Range;
use std::borrow::Cow;

use crate::table::windows;

/// How the bytes of a table become UTF-8, or Windows text that looks like it up to its letters.
#[derive(Clone, Debug, Default)]
pub enum Encoding {
    /// Nothing has come yet.
    #[default]
    Unknown,
    /// Bytes as they are.
    Bytes,
    /// UTF-16; a byte or a half of a pair may be left over.
    Utf16 { big: bool, left: Vec<u8> },
}

impl Encoding {
    /// The next bytes of a file, ready to be cut.
    pub fn read<'b>(&mut self, bytes: &'b [u8], last: bool) -> Cow<'b, [u8]> {
        let mut bytes = bytes;
        if matches!(self, Encoding::Unknown) {
            let (encoding, mark) = Self::of(bytes);
            *self = encoding;
            bytes = bytes.get(mark..).unwrap_or_default();
        }
        match self {
            Encoding::Utf16 { big, left } => Cow::Owned(utf16(*big, left, bytes, last)),
            _ => Cow::Borrowed(bytes),
        }
    }

    /// What a file begins with, and the length of its mark. UTF-16 without a mark is known by the
    /// zeros in its header.
    fn of(bytes: &[u8]) -> (Self, usize) {
        let utf16 = |big| Encoding::Utf16 {
            big,
            left: Vec::new(),
        };
        match bytes {
            [0xFF, 0xFE, ..] => (utf16(false), 2),
            [0xFE, 0xFF, ..] => (utf16(true), 2),
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Bytes, 3),
            [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (utf16(false), 0),
            [0, first, 0, second, ..] if *first != 0 && *second != 0 => (utf16(true), 0),
            _ => (Encoding::Bytes, 0),
        }
    }
}

fn utf16(big: bool, left: &mut Vec<u8>, bytes: &[u8], last: bool) -> Vec<u8> {
    left.extend_from_slice(bytes);
    let order = if big {
        u16::from_be_bytes
    } else {
        u16::from_le_bytes
    };
    let (pairs, _) = left.as_chunks::<2>();
    let mut units: Vec<u16> = pairs.iter().map(|pair| order(*pair)).collect();
    // The first half of a pair waits for the second.
    if !last && matches!(units.last(), Some(0xD800..=0xDBFF)) {
        units.pop();
    }
    left.drain(..units.len() * 2);
    String::from_utf16_lossy(&units).into_bytes()
}

/// A text without white space around it.
pub fn trimmed(text: &str) -> &str {
    // Most cells begin and end with a letter.
    let is_plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) {
        text
    } else {
        text.trim()
    }
}

/// Where a part of some UTF-8 lies without white space around it.
#[inline]
pub fn trimmed_part(bytes: &[u8], part: Range<usize>) -> Range<usize> {
    let Some(text) = bytes.get(part.clone()) else {
        return 0..0;
    };
    match text {
        [] => part,
        [one] if one.is_ascii_graphic() => part,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => part,
        _ => trimmed_at_length(text, part),
    }
}

#[cold]
#[inline(never)]
fn trimmed_at_length(text: &[u8], part: Range<usize>) -> Range<usize> {
    let text = core::str::from_utf8(text).unwrap_or_default();
    let from = part.start + text.len() - text.trim_start().len();
    from..from + text.trim().len()
}

/// The text of a cell, without white space around it.
pub fn text(cell: &[u8]) -> Cow<'_, str> {
    match core::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(trimmed(text)),
        Err(_) => {
            let text: String = cell.iter().copied().map(windows).collect();
            Cow::Owned(text.trim().to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        for cut in 0..=bytes.len().min(7) {
            let mut encoding = Encoding::default();
            // A mark is never cut in two: files come in large pieces.
            let cut = if cut < 4 { 0 } else { cut };
            let mut out = Vec::new();
            if cut > 0 {
                out.extend_from_slice(&encoding.read(&bytes[..cut], false));
            }
            out.extend_from_slice(&encoding.read(&bytes[cut..], true));
            assert_eq!(text(&out), expected, "cut at {cut}");
        }
    }

    #[test]
    fn letters_of_many_kinds_are_read() {
        let utf16 = |mark: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let text = format!("{mark}id,Müller 🙂");
            text.encode_utf16().flat_map(order).collect()
        };
        check("Müller".as_bytes(), "Müller");
        check("\u{feff}Müller".as_bytes(), "Müller");
        check(b"M\xFCller", "Müller");
        check(b"VP \x96 \x84Sales\x93", "VP – „Sales“");
        check(&utf16("\u{feff}", u16::to_le_bytes), "id,Müller 🙂");
        check(&utf16("\u{feff}", u16::to_be_bytes), "id,Müller 🙂");
        check(&utf16("", u16::to_le_bytes), "id,Müller 🙂");
    }
}
