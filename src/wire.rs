//! Bytes: how the shapes of a compiled scorecard are written and read. Leads come in the same way.
//!
//! Whole numbers are LEB128, signed ones zigzag, texts and lists carry their length. Reading trusts
//! nothing: it fails on bytes that run out, on unknown tags and on nesting beyond [`MAX_DEPTH`],
//! and never reserves more than the input could hold.
//!
//! A failure is kept in the input and asked for once at the end; until then reading goes on with
//! zeros and empty lists. Without a way out in every line the page's code is a third smaller.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// Deepest nesting of conditions.
pub const MAX_DEPTH: u8 = 24;

/// The bytes are damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// Bytes that are left to read.
pub struct Input<'a> {
    bytes: &'a [u8],
    depth: u8,
    damaged: bool,
}

impl<'a> Input<'a> {
    /// All of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Input {
            bytes,
            depth: 0,
            damaged: false,
        }
    }

    /// What was read, if nothing failed and nothing is left over.
    pub fn finish<T>(self, value: T) -> Result<T, Damaged> {
        if self.damaged || !self.bytes.is_empty() {
            Err(Damaged)
        } else {
            Ok(value)
        }
    }

    /// Remembers that the bytes are damaged and stops reading.
    #[inline(never)]
    pub fn fail(&mut self) {
        self.damaged = true;
        self.bytes = &[];
    }

    /// Whether reading failed.
    pub fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// The next bytes; none at all where there are too few.
    #[inline(never)]
    pub fn take(&mut self, count: usize) -> &'a [u8] {
        match self.bytes.split_at_checked(count) {
            Some((taken, rest)) => {
                self.bytes = rest;
                taken
            }
            None => {
                self.fail();
                &[]
            }
        }
    }

    /// All bytes that are left.
    #[cfg(feature = "authoring")]
    pub fn rest(&mut self) -> &'a [u8] {
        self.take(self.bytes.len())
    }

    /// Whether this is the next byte; passes it then.
    #[inline]
    pub fn passes(&mut self, byte: u8) -> bool {
        match self.bytes.split_first() {
            Some((first, rest)) if *first == byte => {
                self.bytes = rest;
                true
            }
            _ => false,
        }
    }

    /// The next byte.
    #[inline(never)]
    pub fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((first, rest)) => {
                self.bytes = rest;
                *first
            }
            None => {
                self.fail();
                0
            }
        }
    }

    /// The next eight bytes as a number, which may be NaN.
    #[inline(never)]
    pub fn number(&mut self) -> f64 {
        self.take(8).try_into().map_or(0.0, f64::from_le_bytes)
    }

    /// The next bytes as text.
    #[inline(never)]
    pub fn text(&mut self, length: usize) -> &'a str {
        let bytes = self.take(length);
        self.utf8(bytes)
    }

    /// These bytes as text.
    pub fn utf8(&mut self, bytes: &'a [u8]) -> &'a str {
        match core::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => {
                self.fail();
                ""
            }
        }
    }

    /// The length of a list of which every item takes at least one byte, so that a hostile length
    /// can reserve no more than the input holds.
    #[inline(never)]
    fn length(&mut self) -> usize {
        let length = u32::read(self) as usize;
        if length > self.bytes.len() {
            self.fail();
            return 0;
        }
        length
    }

    /// One level deeper, if that is allowed.
    #[inline(never)]
    fn enter(&mut self) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.fail();
        }
    }
}

/// A shape that can be written to and read from a compiled scorecard.
pub trait Wire: Sized {
    /// Appends this value.
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>);
    /// Reads a value.
    fn read(input: &mut Input) -> Self;
}

impl Wire for u64 {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    #[inline(never)]
    fn read(input: &mut Input) -> Self {
        let mut value = 0;
        let mut shift = 0;
        while shift < 64 {
            let byte = input.byte();
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return value;
            }
            shift += 7;
        }
        input.fail();
        0
    }
}

impl Wire for i64 {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        (((self << 1) ^ (self >> 63)) as u64).write(out);
    }

    fn read(input: &mut Input) -> Self {
        let value = u64::read(input);
        (value >> 1) as i64 ^ -((value & 1) as i64)
    }
}

macro_rules! narrow {
    ($($narrow:ty as $wide:ty),+) => { $(
        impl Wire for $narrow {
            #[cfg(feature = "authoring")]
            fn write(&self, out: &mut Vec<u8>) {
                <$wide>::from(*self).write(out);
            }
            #[inline(never)]
            fn read(input: &mut Input) -> Self {
                <$narrow>::try_from(<$wide>::read(input)).unwrap_or_else(|_| {
                    input.fail();
                    0
                })
            }
        }
    )+ };
}
narrow!(u8 as u64, u16 as u64, u32 as u64, i32 as i64);

impl Wire for bool {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    #[inline(never)]
    fn read(input: &mut Input) -> Self {
        let byte = input.byte();
        if byte > 1 {
            input.fail();
        }
        byte == 1
    }
}

impl Wire for f64 {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    /// NaN is damage: no compiled scorecard has one, and it would defy every order.
    #[inline(never)]
    fn read(input: &mut Input) -> Self {
        let value = input.number();
        if value.is_nan() {
            input.fail();
        }
        value
    }
}

impl Wire for String {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        out.extend_from_slice(self.as_bytes());
    }

    #[inline(never)]
    fn read(input: &mut Input) -> Self {
        let length = u32::read(input) as usize;
        String::from(input.text(length))
    }
}

impl<T: Wire> Wire for Vec<T> {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        self.iter().for_each(|item| item.write(out));
    }

    #[inline(never)]
    fn read(input: &mut Input) -> Self {
        input.enter();
        let length = input.length();
        let mut items = Vec::new();
        while items.len() < length && !input.is_damaged() {
            items.push(T::read(input));
        }
        input.depth -= 1;
        items
    }
}

impl<T: Wire> Wire for Option<T> {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            None => out.push(0),
            Some(value) => {
                out.push(1);
                value.write(out);
            }
        }
    }

    fn read(input: &mut Input) -> Self {
        bool::read(input).then(|| T::read(input))
    }
}

impl<T: Wire> Wire for Box<T> {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        self.as_ref().write(out);
    }

    fn read(input: &mut Input) -> Self {
        input.enter();
        let value = Box::new(T::read(input));
        input.depth -= 1;
        value
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(input: &mut Input) -> Self {
        (A::read(input), B::read(input))
    }
}

/// Declares structs together with their binary form: the fields in order.
macro_rules! wire_struct {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident: $type:ty,)* })+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }

        impl $crate::wire::Wire for $name {
            #[cfg(feature = "authoring")]
            fn write(&self, out: &mut Vec<u8>) {
                $($crate::wire::Wire::write(&self.$field, out);)*
            }
            #[inline(never)]
            fn read(input: &mut $crate::wire::Input) -> Self {
                $name { $($field: $crate::wire::Wire::read(input),)* }
            }
        }
    )+ };
}
pub(crate) use wire_struct;

/// Declares an enum together with its binary form: a tag, then the content if any.
macro_rules! wire_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $tag:literal = $variant:ident $(($type:ty))?,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name { $($(#[$vmeta])* $variant $(($type))?,)+ }

        impl $crate::wire::Wire for $name {
            #[cfg(feature = "authoring")]
            fn write(&self, out: &mut Vec<u8>) {
                match self { $(
                    wire_enum!(@pattern $name $variant content $($type)?) => {
                        out.push($tag);
                        wire_enum!(@write content out $($type)?);
                    }
                )+ }
            }
            #[inline(never)]
            fn read(input: &mut $crate::wire::Input) -> Self {
                match input.byte() {
                    $($tag => $name::$variant $((<$type as $crate::wire::Wire>::read(input)))?,)+
                    _ => {
                        input.fail();
                        // Reads as the first variant with nothing in it.
                        <Self as $crate::wire::Wire>::read(input)
                    }
                }
            }
        }
    };
    (@pattern $name:ident $variant:ident $content:ident $type:ty) => { $name::$variant($content) };
    (@pattern $name:ident $variant:ident $content:ident) => { $name::$variant };
    (@write $content:ident $out:ident $type:ty) => { $crate::wire::Wire::write($content, $out) };
    (@write $content:ident $out:ident) => {};
}
pub(crate) use wire_enum;
