//! Writing canonical JSON (RFC 8785): keys in order, no white space, whole numbers only.
//!
//! The verdict is written by the same code on every platform, so its bytes are the same.

use alloc::string::String;
use alloc::vec::Vec;

use crate::num::push_integer;

/// A value that can be written as canonical JSON.
pub trait ToJson {
    /// Appends this value.
    fn json(&self, out: &mut String);

    /// This value as JSON text.
    fn to_json(&self) -> String {
        let mut out = String::new();
        self.json(&mut out);
        out
    }
}

/// Canonical JSON that stands ready, for example the action of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ready<'a>(pub &'a str);

impl ToJson for Ready<'_> {
    fn json(&self, out: &mut String) {
        out.push_str(self.0);
    }
}

/// A share in ten-thousandths, written as a decimal with at most four digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(pub u16);

impl ToJson for Share {
    fn json(&self, out: &mut String) {
        push_integer(out, i64::from(self.0 / 10_000));
        let fraction = self.0 % 10_000;
        if fraction > 0 {
            out.push('.');
            for (divisor, rest) in [(1000, 10_000), (100, 1000), (10, 100), (1, 10)] {
                if !fraction.is_multiple_of(rest) {
                    out.push(char::from(b'0' + (fraction / divisor % 10) as u8));
                }
            }
        }
    }
}

impl ToJson for i64 {
    fn json(&self, out: &mut String) {
        push_integer(out, *self);
    }
}

impl ToJson for u32 {
    fn json(&self, out: &mut String) {
        push_integer(out, i64::from(*self));
    }
}

impl ToJson for bool {
    fn json(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl ToJson for str {
    #[inline(never)]
    fn json(&self, out: &mut String) {
        out.push('"');
        for c in self.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\u{8}' => out.push_str("\\b"),
                '\t' => out.push_str("\\t"),
                '\n' => out.push_str("\\n"),
                '\u{c}' => out.push_str("\\f"),
                '\r' => out.push_str("\\r"),
                '\0'..='\u{1f}' => {
                    out.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                    out.extend(char::from_digit(c as u32 % 16, 16));
                }
                _ => out.push(c),
            }
        }
        out.push('"');
    }
}

impl ToJson for String {
    fn json(&self, out: &mut String) {
        self.as_str().json(out);
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn json(&self, out: &mut String) {
        (**self).json(out);
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn json(&self, out: &mut String) {
        match self {
            Some(value) => value.json(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn json(&self, out: &mut String) {
        out.push('[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            item.json(out);
        }
        out.push(']');
    }
}

/// Appends `"key":` with what separates it from the pair before.
#[inline(never)]
pub fn push_key(out: &mut String, key: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    key.json(out);
    out.push(':');
}

/// Declares structs together with their canonical JSON. Fields stand in the order of their keys;
/// a test of the verdict's bytes against a sorting writer holds that.
macro_rules! answer {
    ($($(#[$meta:meta])* pub struct $name:ident $(<$life:lifetime>)? {
        $($(#[$fmeta:meta])* pub $field:ident as $key:literal: $type:ty,)*
    })+) => { $(
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        $(#[$meta])*
        pub struct $name $(<$life>)? { $($(#[$fmeta])* #[cfg_attr(test, ts(rename = $key))] pub $field: $type,)* }

        impl $(<$life>)? $crate::json::ToJson for $name $(<$life>)? {
            #[inline(never)]
            fn json(&self, out: &mut String) {
                out.push('{');
                $(
                    $crate::json::push_key(out, $key);
                    $crate::json::ToJson::json(&self.$field, out);
                )*
                out.push('}');
            }
        }
    )+ };
}
pub(crate) use answer;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_are_written_as_serde_writes_them(text in any::<String>()) {
            prop_assert_eq!(text.to_json(), serde_json::to_string(&text).unwrap());
        }

        #[test]
        fn shares_are_written_as_serde_writes_them(share in 0_u16..=10_000) {
            let expected = serde_json::to_string(&(f64::from(share) / 10_000.0)).unwrap();
            prop_assert_eq!(Share(share).to_json(), expected.trim_end_matches(".0"));
        }
    }
}
