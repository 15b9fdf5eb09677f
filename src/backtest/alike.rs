//! Which texts of a column mean the same to a scorecard: thousands of job titles come down to a few
//! hundred readings, a million addresses to their domains.

use super::cells::Cells;
use super::index::{Index, hash, is_same};
use crate::condition::{self, Value};
use crate::lead::Given;
use crate::program::{Check, Criterion, CriterionSubject, FactType, Finder, Program, Subject};
use crate::score;
use crate::signals::{Signal, email};
use crate::table::Slot;
use crate::title::{self, Department, Level, Reading};

/// For each text the number of what it means, where the column is looked at through signals or for
/// being known only; `None` where every text stands for itself. Nothing is 0.
pub fn alike(program: &Program, slot: Slot, cells: &Cells) -> Option<Vec<u32>> {
    let Slot::Fact(index) = slot else { return None };
    let fact = u16::try_from(index).ok()?;
    let standard = &program.standard;
    let of = |key: &mut dyn FnMut(&str, &mut Vec<u8>)| Some(meanings(cells, key));
    if fact == standard.job_title {
        return of(&mut |text, key| title_key(&title::read(text), key));
    }
    if fact == standard.email {
        let mut domains = Domains::new(program);
        return of(&mut |text, key| domains.key(text, key));
    }
    if fact == standard.employees {
        return of(&mut |text, key| {
            let fact = program.facts.get(index);
            let value = fact.map(|fact| {
                let mut warnings = crate::lead::Warnings::default();
                crate::lead::fact_value(0, fact, Given::Text(text), &mut warnings)
            });
            match value {
                Some(crate::lead::FactValue::Number(employees)) => {
                    key.push(u8::from(title::is_large(Some(employees))));
                }
                // Ranges are few.
                _ => key.extend_from_slice(text.as_bytes()),
            }
        });
    }
    let kind = program.facts.get(index)?.kind;
    // Any text makes a fact of texts known; the channel is read from its letters.
    (kind == FactType::Text && !program.standard.touch().contains(&fact))
        .then(|| meanings(cells, &mut |_, _| ()))
}

/// Texts by their keys, numbered in the order in which they first come. The empty text is like no
/// other.
fn meanings(cells: &Cells, write: &mut dyn FnMut(&str, &mut Vec<u8>)) -> Vec<u32> {
    let mut index = Index::default();
    let mut keys: Vec<u8> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut meanings = Vec::with_capacity(cells.texts());
    let (mut key, mut last) = (Vec::new(), (Vec::new(), 0));
    meanings.push(super::cells::EMPTY);
    for code in 1..cells.texts() as u32 {
        key.clear();
        let text = cells.text(code);
        let is_letter = text.as_bytes().first().is_some_and(u8::is_ascii_graphic);
        key.push(u8::from(!is_letter && Given::Text(text).is_blank()));
        write(text, &mut key);
        // Most often it is what the text before was.
        if key != last.0 {
            let hash = hash(&key);
            let of = |place: u32| {
                let place = place as usize;
                let from = place.checked_sub(1).and_then(|before| ends.get(before));
                keys.get(from.copied().unwrap_or(0)..ends.get(place).copied().unwrap_or(0))
            };
            let known = index.find(hash, |place| of(place) == Some(key.as_slice()));
            let place = known.unwrap_or_else(|| {
                index.insert(hash, ends.len() as u32);
                keys.extend_from_slice(&key);
                ends.push(keys.len());
                ends.len() as u32 - 1
            });
            last.0.clone_from(&key);
            last.1 = place + 1;
        }
        meanings.push(last.1);
    }
    meanings
}

/// All of a reading that decides anything: not the words that it rests on.
fn title_key(reading: &Reading, key: &mut Vec<u8>) {
    fn indices<T: Copy>(of: &[T], index: impl Fn(T) -> usize, key: &mut Vec<u8>) {
        key.push(of.len() as u8);
        key.extend(of.iter().map(|of| index(*of) as u8));
    }
    let (level, departments) = (&reading.level, &reading.departments);
    indices(&level.values, Level::index, key);
    indices(&level.alternatives, Level::index, key);
    indices(&departments.values, Department::index, key);
    indices(&departments.alternatives, Department::index, key);
    indices(&reading.flags, title::Flag::index, key);
    key.extend([
        level.certainty.index() as u8,
        departments.certainty.index() as u8,
        reading.status.index() as u8,
    ]);
}

/// Keys of addresses by their domain: a million addresses have far fewer, and most of them nothing
/// names.
struct Domains<'a> {
    program: &'a Program,
    named: Option<Named>,
    /// The key of domains that nothing names, once there was one.
    unnamed: Option<Vec<u8>>,
    index: Index,
    /// All domains and their keys, one after the other.
    bytes: Vec<u8>,
    /// Where each domain begins and ends, and where its key ends.
    spans: Vec<[u32; 3]>,
}

impl<'a> Domains<'a> {
    fn new(program: &'a Program) -> Self {
        Domains {
            program,
            named: Named::new(program),
            unnamed: None,
            index: Index::default(),
            bytes: Vec::new(),
            spans: Vec::new(),
        }
    }

    fn key(&mut self, text: &str, key: &mut Vec<u8>) {
        let program = self.program;
        if let Some(named) = &self.named
            && domain_as_most(text.as_bytes()).is_some_and(|domain| !named.may_name(domain))
        {
            let of_unnamed = || {
                let mut key = Vec::new();
                email_key(program, text, &mut key);
                key
            };
            return key.extend_from_slice(self.unnamed.get_or_insert_with(of_unnamed));
        }
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
struct Named {
    bits: Vec<u64>,
    /// Those of fewer letters than are compared at an end, where what stands below them counts too; before
    /// each its last letters, which tell nearly all others from it at once.
    short: Vec<(Option<u32>, &'static str)>,
}

impl Named {
    /// `None` where a scorecard asks for more of a domain than whether it is one of some.
    fn new(program: &Program) -> Option<Named> {
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

    /// Whether something may name a domain.
    fn may_name(&self, domain: &[u8]) -> bool {
        let last = last_four(domain);
        let lies_below = |(end, short): &(Option<u32>, &str)| {
            (end.is_none() || *end == last) && domain.ends_with(short.as_bytes())
        };
        self.may_hold(domain)
            || end_of(domain).is_some_and(|end| self.may_hold(end))
            || self.short.iter().any(lies_below)
            || self.may_hold(
                domain
                    .split(|byte| *byte == b'.')
                    .next()
                    .unwrap_or_default(),
            )
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

/// The domain of an address as most are: that of a person ([`domain_of_person`]), at a sound domain, in
/// small letters. Asked of many bytes at once, of a million addresses.
fn domain_as_most(address: &[u8]) -> Option<&[u8]> {
    let is_mark = |byte: u8| byte == b'.' || byte == b'-' || byte == b'@';
    let is_sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || is_mark(byte);
    let (first, behind) = address.split_first()?;
    let (last, before) = address.split_last()?;
    let are_parted = !any_of(before, behind, |byte, next| is_mark(byte) & is_mark(next));
    let all_sound = !any(address, |byte| !is_sound(byte));
    if !all_sound || !are_parted || is_mark(*first) || !last.is_ascii_lowercase() {
        return None;
    }
    let at = address.iter().position(|byte| *byte == b'@')?;
    let (local, domain) = (address.get(..at)?, address.get(at + 1..)?);
    let is_person = local
        .iter()
        .any(|byte| *byte == b'.' || byte.is_ascii_digit());
    let is_domain = any(domain, |byte| byte == b'.') && !any(domain, |byte| byte == b'@');
    (is_person && is_domain && local.len() <= 64 && domain.len() <= 63).then_some(domain)
}

/// Whether `is` holds for any byte.
fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    any_of(bytes, bytes, |byte, _| is(byte))
}

/// Whether `is` holds for any two bytes at the same place. Compilers make a few instructions for
/// sixteen of them.
fn any_of(bytes: &[u8], others: &[u8], is: impl Fn(u8, u8) -> bool) -> bool {
    let both = |(bytes, others): (&[u8; 16], &[u8; 16])| {
        let both = bytes.iter().zip(others);
        both.fold(0, |any, (byte, other)| any | u8::from(is(*byte, *other))) != 0
    };
    match bytes.last_chunk().zip(others.last_chunk()) {
        // The last ones may be looked at twice.
        Some(last) => {
            both(last)
                || bytes
                    .as_chunks()
                    .0
                    .iter()
                    .zip(others.as_chunks().0)
                    .any(both)
        }
        None => bytes
            .iter()
            .zip(others)
            .any(|(byte, other)| is(*byte, *other)),
    }
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
            domain_as_most(address.as_bytes()).is_none_or(|domain| named.may_name(domain))
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
            for (local, domain) in &addresses {
                let address = format!("{local}@{domain}");
                let found = key_of(|key| domains.key(&address, key));
                prop_assert_eq!(found, key_of(|key| email_key(&PROGRAM, &address, key)), "{}", address);
            }
        }
    }
}
