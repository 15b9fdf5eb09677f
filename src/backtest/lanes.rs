//! Bytes looked at many at once: which of sixty-four are of a kind, as the bits of one number.

use core::ops::BitOr;

/// Bytes that are looked at together.
pub const BLOCK: usize = 64;

/// Sixteen bytes beside each other; as an answer, all bits of a byte or none.
#[derive(Clone, Copy)]
pub struct Lanes(Sixteen);

/// A bit for each byte that `is` answers for, the first byte's lowest.
#[inline(always)]
pub fn bits(bytes: &[u8; BLOCK], is: impl Fn(Lanes) -> Lanes) -> u64 {
    let (sixteens, _) = bytes.as_chunks();
    let sixteens = sixteens.iter().rev();
    sixteens.fold(0, |bits, bytes| {
        bits << 16 | u64::from(is(Lanes::of(bytes)).bits())
    })
}

/// The first bytes of some; zeros in place of what is missing.
#[inline(always)]
pub fn block(bytes: &[u8]) -> [u8; BLOCK] {
    bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut block = [0; BLOCK];
        let places = block.iter_mut();
        places.zip(bytes).for_each(|(to, from)| *to = *from);
        block
    })
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use simd::Sixteen;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd {
    use super::{BitOr, Lanes};
    use core::arch::wasm32::{
        i64x2, u8x16_bitmask, u8x16_eq, u8x16_le, u8x16_splat, u8x16_sub, v128, v128_or,
    };

    pub type Sixteen = v128;

    impl Lanes {
        #[inline(always)]
        pub(super) fn of(bytes: &[u8; 16]) -> Self {
            let (halves, _) = bytes.as_chunks();
            let half = |at: usize| i64::from_le_bytes(halves.get(at).copied().unwrap_or_default());
            Lanes(i64x2(half(0), half(1)))
        }

        /// Which are this byte.
        #[inline(always)]
        pub fn are(self, byte: u8) -> Self {
            Lanes(u8x16_eq(self.0, u8x16_splat(byte)))
        }

        /// Which are one of these bytes.
        #[inline(always)]
        pub fn are_from(self, first: u8, last: u8) -> Self {
            let off = u8x16_sub(self.0, u8x16_splat(first));
            Lanes(u8x16_le(off, u8x16_splat(last - first)))
        }

        #[inline(always)]
        pub(super) fn bits(self) -> u16 {
            u8x16_bitmask(self.0)
        }
    }

    impl BitOr for Lanes {
        type Output = Self;
        #[inline(always)]
        fn bitor(self, other: Self) -> Self {
            Lanes(v128_or(self.0, other.0))
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use plain::Sixteen;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod plain {
    use super::{BitOr, Lanes};

    pub type Sixteen = [u8; 16];

    // Compilers make a few instructions for all bytes at once of these.
    impl Lanes {
        #[inline(always)]
        pub(super) fn of(bytes: &[u8; 16]) -> Self {
            Lanes(*bytes)
        }

        /// Which are this byte.
        #[inline(always)]
        pub fn are(self, byte: u8) -> Self {
            self.are_from(byte, byte)
        }

        /// Which are one of these bytes.
        #[inline(always)]
        pub fn are_from(self, first: u8, last: u8) -> Self {
            let is = |byte: u8| byte.wrapping_sub(first) <= last - first;
            Lanes(self.0.map(|byte| if is(byte) { u8::MAX } else { 0 }))
        }

        #[inline(always)]
        pub(super) fn bits(self) -> u16 {
            // The product brings the lowest bit of each byte together in the highest byte.
            const TOGETHER: u64 = 0x0102_0408_1020_4080;
            let (words, _) = self.0.as_chunks();
            words.iter().rev().fold(0, |bits, word| {
                let lowest = u64::from_le_bytes(*word) & 0x0101_0101_0101_0101;
                bits << 8 | (lowest.wrapping_mul(TOGETHER) >> 56) as u16
            })
        }
    }

    impl BitOr for Lanes {
        type Output = Self;
        #[inline(always)]
        fn bitor(self, other: Self) -> Self {
            let mut both = self.0;
            let bytes = both.iter_mut().zip(other.0);
            bytes.for_each(|(byte, other)| *byte |= other);
            Lanes(both)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_bit_for_each_byte(bytes in prop::collection::vec(any::<u8>(), 0..80), first in any::<u8>(), last in any::<u8>()) {
            let (first, last) = (first.min(last), first.max(last));
            let found = bits(&block(&bytes), |lanes| lanes.are_from(first, last) | lanes.are(b','));
            for at in 0..BLOCK {
                let byte = bytes.get(at).copied().unwrap_or(0);
                let is = (first..=last).contains(&byte) || byte == b',';
                prop_assert_eq!(found >> at & 1 == 1, is, "{}", at);
            }
        }
    }
}
