//! The word of a list that was likely meant by another: so problems can say how to mend a slip.

/// The candidate that `word` was most likely meant to be.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = word.chars().count();
    if length > 64 {
        return None;
    }
    let most = (length / 3).max(1);
    let folded = word.to_lowercase();
    let letters = Letters::of(&folded);
    let begins = |other: &str| {
        let mut others = other.chars().flat_map(char::to_lowercase);
        length > 3 && folded.chars().all(|c| others.next() == Some(c))
    };
    candidates
        .into_iter()
        .filter(|other| {
            let near = other.len().abs_diff(word.len()) <= most + 2;
            (near && letters.missing(other) <= most) || begins(other)
        })
        .map(|other| {
            let distance = strsim::osa_distance(&folded, &other.to_lowercase());
            (distance, other)
        })
        .filter(|(distance, other)| {
            (*distance <= most && *distance < length.max(1)) || begins(other)
        })
        .min()
        .map(|(_, other)| other)
}

/// How often a word has each letter, with letters in drawers: a cheap look before the dear one.
struct Letters {
    counts: [u8; 128],
    length: usize,
}

impl Letters {
    fn of(word: &str) -> Self {
        let (mut counts, mut length) = ([0_u8; 128], 0);
        for c in word.chars() {
            if let Some(count) = counts.get_mut(c as usize % 128) {
                *count += 1;
                length += 1;
            }
        }
        Letters { counts, length }
    }

    /// Letters that `other` lacks; no fewer changes make one word of the other.
    fn missing(&self, other: &str) -> usize {
        let (mut left, mut missing) = (self.counts, self.length);
        for c in other.chars().flat_map(char::to_lowercase) {
            if let Some(count) = left.get_mut(c as usize % 128).filter(|count| **count > 0) {
                *count -= 1;
                missing -= 1;
            }
        }
        missing
    }
}
