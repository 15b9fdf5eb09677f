//! The binary form of a compiled scorecard: how each shape is written and read.
//!
//! Whole numbers are LEB128, signed ones zigzag, texts and lists carry their length. Reading trusts
//! nothing: it fails on bytes that run out, on unknown tags and on nesting beyond [`MAX_DEPTH`],
//! and never reserves more than the input could hold.

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
}

impl<'a> Input<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Input { bytes, depth: 0 }
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(Damaged)?;
        self.bytes = rest;
        Ok(taken)
    }

    pub fn byte(&mut self) -> Result<u8, Damaged> {
        let (&first, rest) = self.bytes.split_first().ok_or(Damaged)?;
        self.bytes = rest;
        Ok(first)
    }

    fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Damaged>,
    ) -> Result<T, Damaged> {
        if self.depth >= MAX_DEPTH {
            return Err(Damaged);
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }
}

/// A shape that can be written to and read from a compiled scorecard.
pub trait Wire: Sized {
    /// Appends this value.
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>);
    /// Reads a value.
    fn read(input: &mut Input) -> Result<Self, Damaged>;
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

    fn read(input: &mut Input) -> Result<Self, Damaged> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = input.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Damaged)
    }
}

impl Wire for i64 {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        (((self << 1) ^ (self >> 63)) as u64).write(out);
    }

    fn read(input: &mut Input) -> Result<Self, Damaged> {
        let value = u64::read(input)?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }
}

macro_rules! narrow {
    ($($narrow:ty as $wide:ty),+) => { $(
        impl Wire for $narrow {
            #[cfg(feature = "authoring")]
            fn write(&self, out: &mut Vec<u8>) {
                <$wide>::from(*self).write(out);
            }
            fn read(input: &mut Input) -> Result<Self, Damaged> {
                <$narrow>::try_from(<$wide>::read(input)?).map_err(|_| Damaged)
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

    fn read(input: &mut Input) -> Result<Self, Damaged> {
        match input.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Damaged),
        }
    }
}

impl Wire for f64 {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    /// NaN is damage: no compiled scorecard has one, and it would defy every order.
    fn read(input: &mut Input) -> Result<Self, Damaged> {
        let bytes = input.take(8)?.try_into().map_err(|_| Damaged)?;
        let value = f64::from_le_bytes(bytes);
        if value.is_nan() {
            Err(Damaged)
        } else {
            Ok(value)
        }
    }
}

impl Wire for String {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn read(input: &mut Input) -> Result<Self, Damaged> {
        let length = u32::read(input)? as usize;
        let bytes = input.take(length)?;
        core::str::from_utf8(bytes)
            .map(String::from)
            .map_err(|_| Damaged)
    }
}

impl<T: Wire> Wire for Vec<T> {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u64).write(out);
        self.iter().for_each(|item| item.write(out));
    }

    fn read(input: &mut Input) -> Result<Self, Damaged> {
        let length = u32::read(input)? as usize;
        // Every item takes at least one byte, so a hostile length cannot reserve more than the input.
        if length > input.bytes.len() {
            return Err(Damaged);
        }
        input.nested(|input| (0..length).map(|_| T::read(input)).collect())
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

    fn read(input: &mut Input) -> Result<Self, Damaged> {
        Ok(if bool::read(input)? {
            Some(T::read(input)?)
        } else {
            None
        })
    }
}

impl<T: Wire> Wire for Box<T> {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        self.as_ref().write(out);
    }

    fn read(input: &mut Input) -> Result<Self, Damaged> {
        input.nested(|input| T::read(input).map(Box::new))
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    #[cfg(feature = "authoring")]
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(input: &mut Input) -> Result<Self, Damaged> {
        Ok((A::read(input)?, B::read(input)?))
    }
}

/// Declares structs together with their binary form: the fields in order.
macro_rules! wire_struct {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident: $type:ty,)* })+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }

        impl $crate::program::wire::Wire for $name {
            #[cfg(feature = "authoring")]
            fn write(&self, out: &mut Vec<u8>) {
                $($crate::program::wire::Wire::write(&self.$field, out);)*
            }
            fn read(input: &mut $crate::program::wire::Input) -> Result<Self, $crate::program::wire::Damaged> {
                Ok($name { $($field: $crate::program::wire::Wire::read(input)?,)* })
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

        impl $crate::program::wire::Wire for $name {
            #[cfg(feature = "authoring")]
            fn write(&self, out: &mut Vec<u8>) {
                match self { $(
                    wire_enum!(@pattern $name $variant content $($type)?) => {
                        out.push($tag);
                        wire_enum!(@write content out $($type)?);
                    }
                )+ }
            }
            fn read(input: &mut $crate::program::wire::Input) -> Result<Self, $crate::program::wire::Damaged> {
                match input.byte()? {
                    $($tag => Ok($name::$variant $((<$type as $crate::program::wire::Wire>::read(input)?))?),)+
                    _ => Err($crate::program::wire::Damaged),
                }
            }
        }
    };
    (@pattern $name:ident $variant:ident $content:ident $type:ty) => { $name::$variant($content) };
    (@pattern $name:ident $variant:ident $content:ident) => { $name::$variant };
    (@write $content:ident $out:ident $type:ty) => { $crate::program::wire::Wire::write($content, $out) };
    (@write $content:ident $out:ident) => {};
}
pub(crate) use wire_enum;
