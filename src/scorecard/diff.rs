//! What changed between two scorecards, in words that two people can sign.
//!
//! Both are written out as trees of parts in words ([`outline`], [`shapes`], [`follow_up`]); the difference of two
//! trees is one piece of code for all shapes.
//!
//! INVARIANT: a change that decides differently has words; a mere reordering where order has no
//! meaning has none.

mod follow_up;
mod outline;
mod shapes;

use std::collections::{BTreeMap, VecDeque};

use self::outline::{Body, Joint, Order, Outline, Part, When};
use super::file::Scorecard;
use super::words;

crate::vocabulary::vocabulary! {
    /// What happened to a part of a scorecard.
    pub enum ChangeKind {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It says something else.
        Changed = "changed",
        /// It stands elsewhere in an order that is meaning.
        Moved = "moved",
    }
}

/// One change between two scorecards.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Change {
    /// RFC 6901 JSON pointer into the new file; into the old one for what was removed.
    pub at: String,
    /// What happened.
    pub kind: ChangeKind,
    /// The change in plain words.
    pub words: String,
}

/// What changed from `old` to `new`, in the order of the new file.
pub fn diff(old: &Scorecard, new: &Scorecard) -> Vec<Change> {
    difference(&parts(old), &parts(new))
}

fn parts(card: &Scorecard) -> Vec<Part> {
    let mut out = Outline::new(&card.default_language);
    shapes::scorecard(card, &mut out);
    out.parts
}

fn difference(old: &[Part], new: &[Part]) -> Vec<Change> {
    let mut changes = Vec::new();
    compare("", old, new, Order::None, &mut changes);
    changes
}

/// Compares the parts of one item. `path` names the items around them.
fn compare(path: &str, old: &[Part], new: &[Part], order: Order, out: &mut Vec<Change>) {
    let mut unmatched: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (index, part) in old.iter().enumerate() {
        unmatched.entry(&part.key).or_default().push_back(index);
    }
    let mut take = |part: &Part| unmatched.get_mut(part.key.as_str())?.pop_front();
    let was: Vec<Option<usize>> = new.iter().map(&mut take).collect();
    let moved = match order {
        Order::Meaning => moved(&was),
        Order::None => Vec::new(),
    };
    for (index, (part, was)) in new.iter().zip(&was).enumerate() {
        match was.and_then(|was| old.get(was)) {
            Some(old) => changed(path, old, part, out),
            None => added(path, part, out),
        }
        if moved.contains(&index) {
            let place = match new.get(index + 1) {
                Some(next) => format!("before {}", next.name),
                None => "last".to_owned(),
            };
            let words = format!("{} now comes {place}", join(path, &part.name));
            out.push(Change {
                at: part.at.clone(),
                kind: ChangeKind::Moved,
                words,
            });
        }
    }
    for (index, part) in old.iter().enumerate() {
        if !was.contains(&Some(index)) {
            removed(path, part, out);
        }
    }
}

fn changed(path: &str, old: &Part, new: &Part, out: &mut Vec<Change>) {
    let words = match (&old.body, &new.body) {
        (Body::Item(before), Body::Item(after)) => {
            return compare(&join(path, &new.name), before, after, Order::None, out);
        }
        (Body::List(before, _), Body::List(after, order)) => {
            return compare(path, before, after, *order, out);
        }
        (Body::Flag, Body::Flag) => return,
        (Body::Words(before), Body::Words(after)) => {
            if before == after {
                return;
            }
            join(path, &spaced(&new.name, &instead(after, before)))
        }
        (Body::Earns(before), Body::Earns(after)) => {
            if before == after {
                return;
            }
            let words = instead(&words::points(*after), &words::points(*before));
            earning(path, &new.name, &format!("earns {words}"))
        }
        (Body::When(before), Body::When(after)) => match condition(&new.name, before, after) {
            Some(words) => join(path, &words),
            None => return,
        },
        _ => join(path, &instead(&statement(new), &statement(old))),
    };
    out.push(Change {
        at: new.at.clone(),
        kind: ChangeKind::Changed,
        words,
    });
}

fn added(path: &str, part: &Part, out: &mut Vec<Change>) {
    let words = match &part.body {
        Body::List(parts, _) => {
            return parts.iter().for_each(|part| added(path, part, out));
        }
        Body::Item(parts) => {
            let mut says: Vec<String> = parts.iter().flat_map(statements).collect();
            // Most items are called by their label: once is enough.
            says.retain(|says| {
                let label = says
                    .strip_prefix("label ")
                    .or_else(|| says.strip_prefix("name "));
                !label.is_some_and(|label| part.name.ends_with(label))
            });
            join(path, &join(&format!("new {}", part.name), &says.join("; ")))
        }
        Body::Flag => join(path, &format!("now {}", part.name)),
        Body::Words(_) => join(path, &format!("now with {}", statement(part))),
        Body::Earns(points) => earning(
            path,
            &part.name,
            &format!("now earns {}", words::points(*points)),
        ),
        Body::When(_) => join(path, &format!("now only {}", statement(part))),
    };
    out.push(Change {
        at: part.at.clone(),
        kind: ChangeKind::Added,
        words,
    });
}

fn removed(path: &str, part: &Part, out: &mut Vec<Change>) {
    let words = match &part.body {
        Body::List(parts, _) => {
            return parts.iter().for_each(|part| removed(path, part, out));
        }
        Body::Item(_) => format!("{} removed", join(path, &part.name)),
        Body::Flag => join(path, &format!("no longer {}", part.name)),
        Body::Words(_) => join(path, &format!("no longer with {}", statement(part))),
        Body::Earns(points) => earning(
            path,
            &part.name,
            &format!("no longer earns {}", words::points(*points)),
        ),
        Body::When(_) => join(path, &format!("no longer only {}", statement(part))),
    };
    out.push(Change {
        at: part.at.clone(),
        kind: ChangeKind::Removed,
        words,
    });
}

/// What changed in a condition, if anything did. Where both are plain lists of the same kind, a
/// single part counting as a list of one, only the parts that differ are told.
fn condition(name: &str, old: &When, new: &When) -> Option<String> {
    let missing = |parts: &[String], from: &[String]| -> Vec<String> {
        parts
            .iter()
            .filter(|part| !from.contains(part))
            .cloned()
            .collect()
    };
    if old.whole == new.whole {
        return None;
    }
    let whole = format!("{name} {} instead of {name} {}", new.whole, old.whole);
    let joint = match (old.joint, new.joint) {
        (Joint::One, joint) | (joint, Joint::One) => joint,
        (before, after) if before == after => after,
        _ => return Some(whole),
    };
    let (more, fewer) = (
        missing(&new.parts, &old.parts),
        missing(&old.parts, &new.parts),
    );
    if more.len() == new.parts.len() {
        return Some(whole);
    }
    Some(match (joint, more.as_slice(), fewer.as_slice()) {
        // The same parts in another order, or one of them twice.
        (_, [], []) => return None,
        (Joint::All, more, []) => {
            format!("only {name} also {}", words::joined(more.to_vec(), "and"))
        }
        (Joint::All, [], fewer) => {
            format!(
                "no longer only {name} {}",
                words::joined(fewer.to_vec(), "and")
            )
        }
        (Joint::Any | Joint::One, more, []) => {
            format!("also {name} {}", words::joined(more.to_vec(), "or"))
        }
        (Joint::Any | Joint::One, [], fewer) => {
            format!("no longer {name} {}", words::joined(fewer.to_vec(), "or"))
        }
        (joint, more, fewer) => {
            let word = if joint == Joint::All { "and" } else { "or" };
            format!(
                "{name} {} instead of {}, the rest as before",
                words::joined(more.to_vec(), word),
                words::joined(fewer.to_vec(), word)
            )
        }
    })
}

/// Indexes of the parts that moved: all that are not on the longest run of parts that kept their
/// order. Of several such runs the one that ends last stays, so that a moved part came forward.
fn moved(was: &[Option<usize>]) -> Vec<usize> {
    // For each matched part: its index, its old index, the longest run that ends with it.
    let mut runs: Vec<(usize, usize, Vec<usize>)> = Vec::new();
    for (index, old) in was.iter().enumerate() {
        let Some(old) = *old else { continue };
        let before = runs
            .iter()
            .filter(|(_, earlier, _)| *earlier < old)
            .map(|(.., run)| run);
        let mut run = before
            .max_by_key(|run| run.len())
            .cloned()
            .unwrap_or_default();
        run.push(index);
        runs.push((index, old, run));
    }
    let stays = runs.iter().map(|(.., run)| run).max_by_key(|run| run.len());
    let stayed = |index: &usize| stays.is_some_and(|run| run.contains(index));
    runs.iter()
        .map(|(index, ..)| *index)
        .filter(|index| !stayed(index))
        .collect()
}

/// What a part says, as part of a sentence.
fn statement(part: &Part) -> String {
    let name = part.name.as_str();
    match &part.body {
        Body::Flag => name.to_owned(),
        Body::Words(words) => spaced(name, words),
        Body::Earns(points) => spaced(name, &format!("earns {}", words::points(*points))),
        Body::When(when) => spaced(name, &when.whole),
        Body::Item(parts) => {
            let says: Vec<String> = parts.iter().flat_map(statements).collect();
            if says.is_empty() {
                name.to_owned()
            } else {
                format!("{name} ({})", says.join(", "))
            }
        }
        Body::List(..) => statements(part).join(", "),
    }
}

/// The same for a list, one statement for each of its parts.
fn statements(part: &Part) -> Vec<String> {
    match &part.body {
        Body::List(parts, _) => parts.iter().flat_map(statements).collect(),
        _ => vec![statement(part)],
    }
}

/// `path: words`.
fn join(path: &str, words: &str) -> String {
    match (path, words) {
        ("", words) => words.to_owned(),
        (path, "") => path.to_owned(),
        (path, words) => format!("{path}: {words}"),
    }
}

/// `name words`.
fn spaced(name: &str, words: &str) -> String {
    if name.is_empty() {
        words.to_owned()
    } else {
        format!("{name} {words}")
    }
}

/// Who earns points: the part by its name, or else the item around it.
fn earning(path: &str, name: &str, words: &str) -> String {
    if name.is_empty() {
        spaced(path, words)
    } else {
        join(path, &spaced(name, words))
    }
}

/// `15 points instead of 10`: a unit that both have is said once.
fn instead(new: &str, old: &str) -> String {
    let number = |words: &str| words.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    match (new.split_once(' '), old.split_once(' ')) {
        (Some((_, unit)), Some((value, same))) if unit == same && number(new) && number(old) => {
            format!("{new} instead of {value}")
        }
        _ => format!("{new} instead of {old}"),
    }
}

#[cfg(test)]
mod tests;
