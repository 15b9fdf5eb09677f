//! Addresses by what a scorecard makes of their domain.

use super::index::{Index, hash, is_same};
use super::lanes::{self, BLOCK, bits};
use crate::condition::{self, Value};
use crate::program::{Check, Criterion, CriterionSubject, Finder, Program, Subject};
use crate::score;
use crate::signals::{Signal, email};

/// Keys of addresses by their domain: a million addresses have far fewer.
pub struct Domains<'a> {
    program: &'a Program,
    index: Index,
    /// All domains and their keys, one after the other.
    bytes: Vec<u8>,
    /// Where each domain begins and ends, and where its key ends.
    spans: Vec<[u32; 3]>,
}

impl<'a> Domains<'a> {
    /// No addresses yet.
    pub fn new(program: &'a Program) -> Self {
        Domains {
            program,
            index: Index::default(),
            bytes: Vec::new(),
            spans: Vec::new(),
        }
    }

    /// Adds what an address means to a key.
    pub fn key(&mut self, text: &str, key: &mut Vec<u8>) {
        let program = self.program;
        let Some(domain) = domain_of_person(text) else {
            return email_key(program, text, key);
        };
        let of_domain = |key: &mut Vec<u8>| email_key(program, &format!("a.b@{domain}"), key);
        let Domains {
            index,
            bytes,
            spans,
            ..
        } = self;
        let part = |from: u32, to: u32| bytes.get(from as usize..to as usize);
        let hash = hash(domain.as_bytes());
        let is = |place: u32| {
            let span = spans.get(place as usize);
            let known = span.and_then(|[from, to, _]| part(*from, *to));
            known.is_some_and(|known| is_same(known, domain.as_bytes()))
        };
        let known = index
            .find(hash, is)
            .and_then(|place| spans.get(place as usize));
        if let Some([_, from, to]) = known {
            return key.extend_from_slice(part(*from, *to).unwrap_or_default());
        }
        let before = key.len();
        of_domain(key);
        let from = bytes.len();
        bytes.extend_from_slice(domain.as_bytes());
        let to = bytes.len();
        bytes.extend_from_slice(key.get(before..).unwrap_or_default());
        index.insert(hash, spans.len() as u32);
        spans.push([from, to, bytes.len()].map(|place| place as u32));
    }
}

/// Bits of [`Named::bits`]: so many that most stay unset.
const BITS: usize = 1 << 13;

/// Domains that the lists and the scorecard name, by bits of hashes: all others mean the same.
pub struct Named {
    bits: Vec<u64>,
    /// Those of fewer letters than are compared at an end, where what stands below them counts too; before
    /// each its last letters, which tell nearly all others from it at once.
    short: Vec<(Option<u32>, &'static str)>,
}

impl Named {
    /// `None` where a scorecard asks for more of a domain than whether it is one of some.
    pub fn new(program: &Program) -> Option<Named> {
        let mut named = Named {
            bits: vec![0; BITS / 64],
            short: Vec::new(),
        };
        for (domain, below) in email::listed() {
            match end_of(domain.as_bytes()) {
                Some(end) if below => named.add(end),
                None if below => named.short.push((last_four(domain.as_bytes()), domain)),
                _ => named.add(domain.as_bytes()),
            }
        }
        email::brands().for_each(|brand| named.add(brand.as_bytes()));
        for check in domain_tests(program) {
            match check {
                Check::Texts(texts) => texts.iter().for_each(|text| named.add(text.as_bytes())),
                Check::Contains(_)
                | Check::ContainsWord(_)
                | Check::StartsWith(_)
                | Check::EndsWith(_) => return None,
                // No text passes.
                Check::Within(_)
                | Check::Numbers(_)
                | Check::Choices(_)
                | Check::Is(_)
                | Check::Known(_) => {}
            }
        }
        for finder in domain_finders(program) {
            if let Finder::Texts(texts) = finder {
                let texts = texts.values.iter();
                texts.for_each(|(text, _)| named.add(text.as_bytes()));
            }
        }
        Some(named)
    }

    fn add(&mut self, bytes: &[u8]) {
        let place = hash(bytes) as usize % BITS;
        if let Some(bits) = self.bits.get_mut(place / 64) {
            *bits |= 1 << (place % 64);
        }
    }

    fn may_hold(&self, bytes: &[u8]) -> bool {
        let place = hash(bytes) as usize % BITS;
        let bits = self.bits.get(place / 64);
        bits.is_none_or(|bits| bits & 1 << (place % 64) != 0)
    }

    /// Whether an address is that of a person, at a sound domain that nothing names, in small letters: of
    /// such ones all mean the same. It is asked of a million, so it is answered by bits. `bytes` begin with
    /// the address.
    pub fn is_unnamed(&self, bytes: &[u8], length: usize) -> bool {
        if !(1..=BLOCK).contains(&length) {
            return false;
        }
        let block = lanes::block(bytes);
        let inside = u64::MAX >> (BLOCK - length);
        let bits_of =
            |first: u8, last: u8| bits(&block, |lanes| lanes.are_from(first, last)) & inside;
        let (at, dots, hyphens) = (
            bits_of(b'@', b'@'),
            bits_of(b'.', b'.'),
            bits_of(b'-', b'-'),
        );
        let (digits, letters) = (bits_of(b'0', b'9'), bits_of(b'a', b'z'));
        let marks = at | dots | hyphens;
        let is_sound = marks | digits | letters == inside
            && marks & (marks << 1 | 1) == 0
            && letters > inside >> 1
            && at.count_ones() == 1;
        // As in `domain_of_person`; and the domain has a dot.
        let is_person = (dots | digits) & at.wrapping_sub(1) != 0 && dots > at;
        if !is_sound || !is_person {
            return false;
        }
        let from = at.trailing_zeros() as usize + 1;
        let behind = dots & !at.wrapping_sub(1);
        let label = behind.trailing_zeros() as usize;
        let part = |to: usize| block.get(from..to).unwrap_or_default();
        !self.may_name(part(length), part(label))
    }

    /// Whether something may name a domain, whose first part this is.
    fn may_name(&self, domain: &[u8], first: &[u8]) -> bool {
        let last = last_four(domain);
        let lies_below = |(end, short): &(Option<u32>, &str)| {
            (end.is_none() || *end == last) && domain.ends_with(short.as_bytes())
        };
        self.may_hold(domain)
            || end_of(domain).is_some_and(|end| self.may_hold(end))
            || self.short.iter().any(lies_below)
            || self.may_hold(first)
    }
}

/// The last letters of a domain as a number, where there are so many.
fn last_four(domain: &[u8]) -> Option<u32> {
    domain.last_chunk().copied().map(u32::from_le_bytes)
}

/// The last letters of a domain, by which it is known that it lies below another one.
fn end_of(domain: &[u8]) -> Option<&[u8]> {
    domain.last_chunk::<8>().map(|end| end.as_slice())
}

/// The domain of an address that is, up to its domain, like any other: no mailbox of a department
/// has a dot or a digit in its name, or has another name for it.
fn domain_of_person(address: &str) -> Option<&str> {
    let mut last = b'.';
    let mut is_person = false;
    for (at, byte) in address.bytes().enumerate() {
        let before = core::mem::replace(&mut last, byte);
        match byte {
            b'.' if before == b'.' => return None,
            b'.' | b'0'..=b'9' => is_person = true,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'-' => {}
            b'@' if is_person && before != b'.' && at <= 64 && address.len() <= 250 => {
                return address.get(at + 1..);
            }
            _ => return None,
        }
    }
    None
}

/// Kind of an address, and what the scorecard tests of its domain.
fn email_key(program: &Program, text: &str, key: &mut Vec<u8>) {
    key.push(email::kind(text) as u8);
    let (tests, finders) = (domain_tests(program), domain_finders(program));
    if domain_tests(program).next().is_none() && domain_finders(program).next().is_none() {
        return;
    }
    let Some(domain) = email::domain(text) else {
        return;
    };
    let value = Value::Text(&domain);
    key.extend(tests.map(|check| u8::from(condition::passes(check, &value))));
    key.extend(finders.map(|finder| score::find(finder, &value).unwrap_or(u8::MAX)));
}

fn is_domain(subject: &Subject) -> bool {
    *subject == Subject::Signal(Signal::EmailDomain)
}

/// What the conditions of a scorecard test of the domain of an address.
pub fn domain_tests(program: &Program) -> impl Iterator<Item = &Check> {
    let tests = program.tests.iter();
    tests
        .filter(|test| is_domain(&test.subject))
        .map(|test| &test.check)
}

/// How its criteria sort that domain into bins.
pub fn domain_finders(program: &Program) -> impl Iterator<Item = &Finder> {
    let of = |criterion: &&Criterion| matches!(&criterion.subject, CriterionSubject::Value(subject) if is_domain(subject));
    let criteria = program.criteria.iter().filter(of);
    criteria.map(|criterion| &criterion.finder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::{self, compile};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static PROGRAM: LazyLock<Program> = LazyLock::new(|| {
        let card = scorecard::read(include_str!("../../www/sample/b2b-software.json"));
        let card = compile::compiled(&card.scorecard.unwrap(), compile::Audience::Server);
        assert!(domain_tests(&card.program).next().is_some());
        card.program
    });

    fn key_of(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut key = Vec::new();
        write(&mut key);
        key
    }

    #[test]
    fn a_domain_that_is_named_or_is_none_is_looked_at() {
        let named = Named::new(&PROGRAM).unwrap();
        let may = |domain: &str| {
            let address = format!("a.b@{domain}");
            !named.is_unnamed(address.as_bytes(), address.len())
        };
        assert!(!may("orchard-energy-167.example"));
        for (domain, below) in email::listed() {
            assert!(may(domain), "{domain}");
            assert!(!below || may(&format!("post.{domain}")), "{domain}");
        }
        for domain in [
            "plannerwerk.example",
            "hotmail.example",
            "acme-energy",
            "-acme.example",
            "acme-.example",
            "acme..example",
            "acme.12345678",
            "Acme.example",
            "müller-energie.de",
            "acme.example.",
        ] {
            assert!(may(domain), "{domain}");
        }
        assert!(may(&format!("{}.example", "a".repeat(64))));
    }

    #[test]
    fn what_stands_behind_an_address_is_not_its_own() {
        let named = Named::new(&PROGRAM).unwrap();
        let address = "ann.lee@orchard-energy-167.example";
        let is = |bytes: String, length| named.is_unnamed(bytes.as_bytes(), length);
        assert!(is(format!("{address}Bob@GMAIL.com"), address.len()));
        assert!(is(format!("{address}{}", "x".repeat(64)), address.len()));
        assert!(!is(format!("{address}.com"), address.len() + 1));
        assert!(!is(format!("{address}{}", "x".repeat(64)), 65));
        assert!(!is(address.to_owned(), 0));
        let full = format!("a.{}@orchard.example", "b".repeat(64 - 18));
        assert_eq!(full.len(), 64);
        assert!(is(full.clone(), 64));
        assert!(!is(full.replace("a.", "ab"), 64));
    }

    proptest! {
        /// An address is told from others by its domain as it is on its own.
        #[test]
        fn addresses_go_by_their_domain(
            addresses in prop::collection::vec((
                "[a-c.0-9_+-]{0,6}|[a-c]{0,20}[.1][a-c@]{0,9}|info|sales[.1]?|no-?reply",
                "(x[.]|a-b|-|)(GMAIL|gmail|mailinator|moakt|byom|grr|acme|plannerwerk|outlook|x|a_b)(-|)[.](com|com[.]br|de|la|example|1|)|acme|",
            ), 1..6)
        ) {
            let mut domains = Domains::new(&PROGRAM);
            let named = Named::new(&PROGRAM).unwrap();
            let unnamed = key_of(|key| email_key(&PROGRAM, "a.b@orchard-energy-167.example", key));
            for (local, domain) in &addresses {
                let address = format!("{local}@{domain}");
                let on_its_own = key_of(|key| email_key(&PROGRAM, &address, key));
                let found = key_of(|key| domains.key(&address, key));
                prop_assert_eq!(&found, &on_its_own, "{}", address);
                if named.is_unnamed(address.as_bytes(), address.len()) {
                    prop_assert_eq!(&unnamed, &on_its_own, "{}", address);
                }
            }
        }
    }
}
