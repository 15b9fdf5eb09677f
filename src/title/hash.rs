//! Hashes of words: FNV-1a, so that a longer word goes on from a shorter one.

/// The hash of the letters so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(u32);

impl Hash {
    pub(super) const fn new() -> Self {
        Hash(0x811c_9dc5)
    }

    pub(super) const fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u32).wrapping_mul(0x0100_0193);
    }

    /// With one more letter.
    pub(super) const fn and(mut self, byte: u8) -> Self {
        self.add(byte);
        self
    }

    /// With more letters.
    pub(super) fn with(mut self, bytes: &[u8]) -> Self {
        bytes.iter().for_each(|byte| self.add(*byte));
        self
    }

    /// The upper `bits` of the hash, well mixed.
    pub(super) const fn value(self, bits: u32) -> u32 {
        let mixed = (self.0 ^ self.0 >> 15).wrapping_mul(0x2c1b_3c6d);
        (mixed ^ mixed >> 13) >> (32 - bits)
    }
}
