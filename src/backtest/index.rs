//! A hash index over things that stand elsewhere: from a hash to codes.
//!
//! Own code, since walking a hash table of the standard library has another order on every run; this
//! one is never walked, and hashes the same everywhere.

/// Free place.
const FREE: u32 = u32::MAX;

/// Codes by hash, with open addressing.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Upper half of the hash, and the code.
    places: Vec<(u32, u32)>,
    used: usize,
}

impl Index {
    /// The code of this hash that `is` the one looked for.
    pub fn find(&self, hash: u64, mut is: impl FnMut(u32) -> bool) -> Option<u32> {
        let mask = self.places.len().checked_sub(1)?;
        let (mark, mut at) = ((hash >> 32) as u32, hash as usize & mask);
        loop {
            let (of, code) = *self.places.get(at)?;
            if code == FREE {
                return None;
            }
            if of == mark && is(code) {
                return Some(code);
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a code that is not there yet.
    pub fn insert(&mut self, hash: u64, code: u32) {
        if self.used * 2 >= self.places.len() {
            self.grow();
        }
        self.used += 1;
        self.put((hash >> 32) as u32, hash, code);
    }

    fn put(&mut self, mark: u32, hash: u64, code: u32) {
        let mask = self.places.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(place) = self.places.get_mut(at) {
            if place.1 == FREE {
                *place = (mark, code);
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// Twice the places. The lower half of a hash is made anew from the upper one, so it is a
    /// function of it: see [`spread`].
    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(64);
        let before = core::mem::replace(&mut self.places, vec![(0, FREE); size]);
        for (mark, code) in before.into_iter().filter(|(_, code)| *code != FREE) {
            self.put(mark, u64::from(spread(mark)), code);
        }
    }
}

/// The lower half of a hash, made of the upper one.
fn spread(mark: u32) -> u32 {
    let mixed = (mark ^ (mark >> 15)).wrapping_mul(0x2c1b_3c6d);
    mixed ^ (mixed >> 13)
}

fn finish(hash: u64) -> u64 {
    let mark = ((hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32;
    u64::from(mark) << 32 | u64::from(spread(mark))
}

/// The hash of some bytes.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes.len() as u64;
    if let Some(last) = bytes.last_chunk() {
        for word in bytes.as_chunks::<8>().0 {
            hash = step(hash, u64::from_le_bytes(*word));
        }
        return finish(step(hash, u64::from_le_bytes(*last)));
    }
    finish(step(hash, short_word(bytes)))
}

/// The hash of a text of so many bytes that is given as numbers, with zeros behind.
#[inline]
pub fn hash_words(words: &[u64; 4], length: usize) -> u64 {
    let [first, second, third, fourth] = words;
    let product = |word: &u64, factor: u64| (word ^ (word >> 32)).wrapping_mul(factor);
    // Products that do not wait for each other.
    let low = product(first, 0xf135_7aea_2e62_a9c5) ^ product(second, 0x9e37_79b9_7f4a_7c15);
    let high = product(third, 0xd6e8_feb8_6659_fd93) ^ product(fourth, 0xa076_1d64_78bd_642f);
    finish(low.wrapping_add(high).wrapping_add(length as u64))
}

/// At most eight bytes as a number: those of one length have different ones. (Whatever is longer is
/// cut off.)
fn short_word(bytes: &[u8]) -> u64 {
    if let Some(word) = bytes.first_chunk() {
        return u64::from_le_bytes(*word);
    }
    // The two halves overlap where there are fewer than eight.
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    bytes
        .iter()
        .fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Whether two texts are the same, eight bytes at a time: most are short.
pub fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(last), Some(other)) => last == other && a.as_chunks::<8>().0 == b.as_chunks::<8>().0,
        _ => short_word(a) == short_word(b),
    }
}

/// The hash of a number.
pub fn hash_number(number: u64) -> u64 {
    finish(step(0, number))
}

fn step(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(0xf135_7aea_2e62_a9c5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found() {
        let mut index = Index::default();
        let numbers: Vec<u64> = (0..10_000).map(|n| n * n).collect();
        for (code, number) in (0..).zip(&numbers) {
            index.insert(hash_number(*number), code);
        }
        for (code, number) in (0..).zip(&numbers) {
            let found = index.find(hash_number(*number), |code| {
                numbers[code as usize] == *number
            });
            assert_eq!(found, Some(code));
        }
        assert_eq!(index.find(hash_number(3), |_| true), None);
    }

    #[test]
    fn texts_are_compared_and_hashed_by_all_their_letters() {
        let text = b"abcdefghijklmnopqrstuvwxyz";
        for from in 0..text.len() {
            for to in from..text.len() {
                let text = &text[from..to];
                assert!(is_same(text, text));
                for at in 0..text.len() {
                    let mut other = text.to_vec();
                    other[at] = b'-';
                    assert!(!is_same(text, &other));
                    assert_ne!(hash(text), hash(&other));
                }
                assert!(!is_same(text, &[text, b"-"].concat()));
            }
        }
    }
}
