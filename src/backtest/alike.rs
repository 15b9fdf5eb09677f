//! Which texts of a column mean the same to a scorecard: thousands of job titles come down to a few
//! hundred readings, a million addresses to their domains.

use super::addresses::{Domains, Named};
use super::cells::Cells;
use super::index::{Index, hash};
use crate::lead::Given;
use crate::program::{FactType, Program};
use crate::table::Slot;
use crate::title::{self, Department, Level, Reading};

/// For each text the number of what it means, where the column is looked at through signals or for
/// being known only; `None` where every text stands for itself. Nothing is 0.
pub fn alike(program: &Program, slot: Slot, cells: &Cells) -> Option<Vec<u32>> {
    let Slot::Fact(index) = slot else { return None };
    let fact = u16::try_from(index).ok()?;
    let standard = &program.standard;
    let of = |key: &mut dyn FnMut(&str, &mut Vec<u8>)| Some(meanings(cells, |_, _| false, key));
    if fact == standard.job_title {
        return of(&mut |text, key| title_key(&title::read(text), key));
    }
    if fact == standard.email {
        let mut domains = Domains::new(program);
        let mut key = |text: &str, key: &mut Vec<u8>| domains.key(text, key);
        return match Named::new(program) {
            Some(named) => Some(meanings(
                cells,
                |bytes, length| named.is_unnamed(bytes, length),
                &mut key,
            )),
            None => of(&mut key),
        };
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
        .then(|| of(&mut |_, _| ()))
        .flatten()
}

/// Texts by their keys, numbered in the order in which they first come. The empty text is like no
/// other. Of texts that `are_usual`, which is asked of their bytes and whatever stands behind, all
/// have the same key.
fn meanings(
    cells: &Cells,
    are_usual: impl Fn(&[u8], usize) -> bool,
    write: &mut dyn FnMut(&str, &mut Vec<u8>),
) -> Vec<u32> {
    let mut index = Index::default();
    let mut keys: Vec<u8> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut meanings = Vec::with_capacity(cells.texts());
    let (mut key, mut last) = (Vec::new(), (Vec::new(), 0));
    let mut usual = None;
    meanings.push(super::cells::EMPTY);
    for (code, (bytes, length)) in (1..).zip(cells.letters()) {
        let is_usual = are_usual(bytes, length);
        if let Some(meaning) = usual.filter(|_| is_usual) {
            meanings.push(meaning);
            continue;
        }
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
        usual = usual.or(is_usual.then_some(last.1));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::{self, compile};

    #[test]
    fn addresses_are_alike_by_their_keys() {
        let card = scorecard::read(include_str!("../../www/sample/b2b-software.json"));
        let card = compile::compiled(&card.scorecard.unwrap(), compile::Audience::Server);
        let mut cells = Cells::default();
        let texts = [
            "ann.lee@gmail.com",
            "ann.lee@orchard-energy-167.example",
            "info@orchard-energy-167.example",
            "\u{a0}",
            "bob.ray2@umber-foods-3.example",
            "no address",
            "Ann.Lee@orchard-energy-167.example",
            "joe.w@mailinator.com",
            "eve.b@plannerwerk.example",
            "eve.b@zephyr-media-97.example",
        ];
        texts.iter().for_each(|text| assert!(cells.push(text)));
        let slot = Slot::Fact(usize::from(card.program.standard.email));
        let while_reading = alike(&card.program, slot, &cells).unwrap();
        cells.settle();
        let found = alike(&card.program, slot, &cells).unwrap();
        assert_eq!(found, while_reading);
        let mut domains = Domains::new(&card.program);
        let keys: Vec<_> = (1..cells.texts() as u32)
            .map(|code| {
                let text = cells.text(code);
                let mut key = vec![u8::from(Given::Text(text).is_blank())];
                domains.key(text, &mut key);
                key
            })
            .collect();
        for (one, key) in found.iter().skip(1).zip(&keys) {
            for (other, others) in found.iter().skip(1).zip(&keys) {
                assert_eq!(one == other, key == others, "{keys:?} {found:?}");
            }
        }
        assert!(
            found
                .iter()
                .skip(1)
                .all(|of| *of != super::super::cells::EMPTY)
        );
        // Of those that nothing names there are several.
        assert_eq!((found[2], found[5]), (found[10], found[10]));
    }
}
