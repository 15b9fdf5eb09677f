//! Closed vocabularies: enums whose variants are known by one text each, the same in scorecard
//! files, in compiled cards and in verdicts. Declared once, so that no spelling can drift.

/// Declares an enum whose variants stand for fixed texts.
///
/// Gives `ALL` (in order of declaration), `id()` and `from_id()`; reading and writing in compiled
/// cards; and with the `authoring` feature reading and writing by serde.
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "authoring", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(test, derive(schemars::JsonSchema, ts_rs::TS))]
        pub enum $name {
            $($(#[$vmeta])* #[cfg_attr(feature = "authoring", serde(rename = $id))] #[cfg_attr(test, ts(rename = $id))] $variant,)+
        }

        impl $name {
            /// Every value, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text that stands for this value on every wire.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The value that `id` stands for, if any.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }

            /// The value at `index` of [`Self::ALL`].
            pub fn from_index(index: usize) -> Option<Self> {
                Self::ALL.get(index).copied()
            }

            /// Index in [`Self::ALL`].
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl $crate::wire::Wire for $name {
            #[cfg(feature = "authoring")]
            fn write(&self, out: &mut alloc::vec::Vec<u8>) {
                out.push(*self as u8);
            }
            fn read(input: &mut $crate::wire::Input) -> Self {
                Self::from_index(usize::from(input.byte())).unwrap_or_else(|| {
                    input.fail();
                    let [first, ..] = [$(Self::$variant),+];
                    first
                })
            }
        }
    };
}
pub(crate) use vocabulary;
