//! Which texts of a column mean the same to a scorecard: thousands of job titles come down to a few
//! hundred readings, a million addresses to their domains.

use super::cells::Cells;
use super::index::{Index, hash, is_same};
use crate::condition::{self, Value};
use crate::lead::Given;
use crate::program::{CriterionSubject, FactType, Program, Subject};
use crate::score;
use crate::signals::{Signal, email};
use crate::table::Slot;
use crate::title::{self, Department, Level, Reading};

/// For each text the first one that means the same, where the column is looked at through signals
/// or for being known only; `None` where every text stands for itself.
pub fn alike(program: &Program, slot: Slot, cells: &Cells) -> Option<Vec<u32>> {
    let Slot::Fact(index) = slot else { return None };
    let fact = u16::try_from(index).ok()?;
    let standard = &program.standard;
    let of = |key: &mut dyn FnMut(&str, &mut Vec<u8>)| Some(first_of_each(cells, key));
    if fact == standard.job_title {
        return of(&mut |text, key| title_key(&title::read(text), key));
    }
    if fact == standard.email {
        let mut domains = Domains::default();
        return of(&mut |text, key| domains.key(program, text, key));
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
        .then(|| first_of_each(cells, &mut |_, _| ()))
}

/// The first text with the key of each text. The empty text is like no other.
fn first_of_each(cells: &Cells, write: &mut dyn FnMut(&str, &mut Vec<u8>)) -> Vec<u32> {
    let mut index = Index::default();
    let mut keys: Vec<u8> = Vec::new();
    let mut ends: Vec<(usize, u32)> = Vec::new();
    let mut first = Vec::with_capacity(cells.texts());
    let mut key = Vec::new();
    first.push(super::cells::EMPTY);
    for code in 1..cells.texts() as u32 {
        key.clear();
        let text = cells.text(code);
        key.push(u8::from(Given::Text(text).is_blank()));
        write(text, &mut key);
        let hash = hash(&key);
        let of = |place: u32| {
            let place = place as usize;
            let from = place.checked_sub(1).and_then(|before| ends.get(before));
            let end = ends.get(place).map_or(0, |(end, _)| *end);
            keys.get(from.map_or(0, |(end, _)| *end)..end)
        };
        let same = index.find(hash, |place| of(place) == Some(key.as_slice()));
        let representative = match same.and_then(|place| ends.get(place as usize)) {
            Some((_, code)) => *code,
            None => {
                index.insert(hash, ends.len() as u32);
                keys.extend_from_slice(&key);
                ends.push((keys.len(), code));
                code
            }
        };
        first.push(representative);
    }
    first
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

/// Keys of addresses by their domain: a million addresses have far fewer.
#[derive(Default)]
struct Domains {
    index: Index,
    /// All domains and their keys, one after the other.
    bytes: Vec<u8>,
    /// Where each domain begins and ends, and where its key ends.
    spans: Vec<[u32; 3]>,
}

impl Domains {
    fn key(&mut self, program: &Program, text: &str, key: &mut Vec<u8>) {
        let Some(domain) = domain_of_person(text) else {
            return email_key(program, text, key);
        };
        let Domains {
            index,
            bytes,
            spans,
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
        email_key(program, &format!("a.b@{domain}"), key);
        let from = bytes.len();
        bytes.extend_from_slice(domain.as_bytes());
        let to = bytes.len();
        bytes.extend_from_slice(key.get(before..).unwrap_or_default());
        index.insert(hash, spans.len() as u32);
        spans.push([from, to, bytes.len()].map(|place| place as u32));
    }
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
    let is_domain = |subject: &Subject| *subject == Subject::Signal(Signal::EmailDomain);
    let tests = program.tests.iter().filter(|test| is_domain(&test.subject));
    let finders = program.criteria.iter().filter(
        |criterion| matches!(&criterion.subject, CriterionSubject::Value(subject) if is_domain(subject)),
    );
    if tests.clone().next().is_none() && finders.clone().next().is_none() {
        return;
    }
    let Some(domain) = email::domain(text) else {
        return;
    };
    let value = Value::Text(&domain);
    key.extend(tests.map(|test| u8::from(condition::passes(&test.check, &value))));
    key.extend(finders.map(|criterion| score::find(&criterion.finder, &value).unwrap_or(u8::MAX)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// What an address is taken for by its domain is what it is on its own.
        #[test]
        fn addresses_go_by_their_domain(local in "[a-c.0-9_+-]{0,6}|info|sales[.1]?|no-?reply", domain in "(GMAIL|gmail|mailinator|acme|-x|a_b)[.](com|example|1)|acme|") {
            let address = format!("{local}@{domain}");
            if let Some(domain) = domain_of_person(&address) {
                prop_assert_eq!(email::kind(&address), email::kind(&format!("a.b@{domain}")));
            }
        }
    }
}
