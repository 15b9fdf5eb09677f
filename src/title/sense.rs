//! Makes one reading of the meanings found in a title.

use super::lookup::{Hit, Kind, LookedUp, Mark, find};
use super::words::{Gap, Word};
use super::{Certainty, Department, Finding, Flag, Level, Reading, Status};
use crate::text::{fold, is_word};

/// Level words whose holder is a boss when someone assists them, by rank.
const BOSS: u8 = Level::Manager.rank();
/// Departments kept of one title.
const MOST_DEPARTMENTS: usize = 4;

/// Trust, in percent.
const FIRM: u8 = 95;
const FROM_JOB: u8 = 80;
const FORKED: u8 = 50;
const GUESSED: u8 = 40;

/// The reading of a title from its words and their meanings.
pub(super) fn make(text: &str, words: &[Word<'_>], found: &LookedUp<'_>) -> Reading {
    if text.chars().all(|c| fold(c.encode_utf8(&mut [0; 4])).is_empty()) {
        return nothing(Status::Empty, Certainty::Nothing);
    }
    if is_junk(text, words, found) {
        return nothing(Status::Junk, Certainty::Junk);
    }
    let scope = scope(&found.hits);
    let level = level(&scope, found);
    let departments = departments(&scope, found);
    let sub_role = departments
        .first()
        .and_then(|first| scope.own.iter().find_map(|hit| sub_role(hit, first)));
    let status = status(&scope, &level, &departments);
    let flags = flags(&scope, &level);
    Reading { level, departments, sub_role, flags, status }
}

fn nothing(status: Status, certainty: Certainty) -> Reading {
    Reading {
        level: Finding::none(certainty),
        departments: Finding::none(certainty),
        sub_role: None,
        flags: Vec::new(),
        status,
    }
}

/// Whose words are whose: those about the holder, and those about others whom the title names.
#[derive(Default)]
struct Scope<'h, 't> {
    own: Vec<&'h Hit<'t>>,
    /// Assists a boss, or works in the boss's office.
    assists: bool,
    /// Words of positions held in the past.
    past: Vec<&'h Hit<'t>>,
}

/// Whose are the words that follow.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    Own,
    Boss,
    Past,
    Company,
}

/// Parts the holder's words from those of bosses, past positions and companies.
fn scope<'h, 't>(hits: &'h [Hit<'t>]) -> Scope<'h, 't> {
    let mut scope = Scope::default();
    let mut whose = Whose::Own;
    // The word just before, if no comma or stronger stands between.
    let mut before: Option<&Hit<'_>> = None;
    for (at, hit) in hits.iter().enumerate() {
        // A boss stays the boss over commas ("EA to CEO, CFO"); the other scopes end there.
        if hit.gap == Gap::Break || hit.gap == Gap::Comma && whose != Whose::Boss {
            whose = Whose::Own;
        }
        if hit.gap >= Gap::Comma {
            before = None;
        }
        let boss_follows = || {
            let rest = hits.get(at + 1..).unwrap_or_default();
            rest.iter().take_while(|next| next.gap < Gap::Break).any(is_boss)
        };
        let has = |mark| hit.meaning.has(mark);
        if whose == Whose::Own {
            if has(Mark::Office) && boss_follows() {
                scope.assists = true;
                whose = Whose::Boss;
            } else if has(Mark::To) && boss_follows() {
                scope.assists |= scope.own.iter().any(|own| own.meaning.has(Mark::Assistant));
                whose = Whose::Boss;
            } else if has(Mark::Of)
                && before.is_some_and(|before| before.meaning.has(Mark::Assistant))
                && boss_follows()
            {
                scope.assists = true;
                whose = Whose::Boss;
            } else if has(Mark::At) {
                whose = Whose::Company;
            } else if has(Mark::Assistant)
                && hit.gap < Gap::And
                && before.is_some_and(is_boss)
                && scope.own.pop().is_some()
            {
                // "CEO assistant", "Vorstandsassistentin": the boss stands first.
                scope.assists = true;
            }
        }
        match whose {
            Whose::Own => scope.own.push(hit),
            Whose::Past => scope.past.push(hit),
            Whose::Boss | Whose::Company => {}
        }
        if whose == Whose::Own && (has(Mark::Former) || has(Mark::Retired)) {
            whose = Whose::Past;
        }
        before = Some(hit);
    }
    scope
}

fn is_boss(hit: &Hit<'_>) -> bool {
    hit.meaning.level().is_some_and(|(kind, mut levels)| {
        kind == Kind::Rank && levels.next().is_some_and(|level| level.rank() >= BOSS)
    })
}

fn sub_role(hit: &Hit<'_>, department: Department) -> Option<&'static str> {
    let (_, mut departments) = hit.meaning.departments();
    departments.next().filter(|&first| first == department)?;
    hit.meaning.sub_role(department)
}

/// Words of the same kind compete: the highest level wins, and forks lose against plain words.
fn level(scope: &Scope<'_, '_>, found: &LookedUp<'_>) -> Finding<Level> {
    let of_kind = |wanted| {
        let levels = scope.own.iter().filter_map(move |hit| {
            let (kind, mut levels) = hit.meaning.level()?;
            let first = levels.next().filter(|_| kind == wanted)?;
            let alternatives: Vec<Level> = levels.collect();
            Some((hit, first, alternatives))
        });
        // The first of the highest, so that order decides only between equals.
        levels.reduce(|best, next| if next.1.rank() > best.1.rank() { next } else { best })
    };
    if let Some((hit, from, to)) = chief_officer(scope) {
        return Finding {
            values: vec![Level::CSuite],
            alternatives: Vec::new(),
            confidence: FIRM - hit.doubt,
            evidence: [from, " … ", to].concat(),
            certainty: Certainty::Resolved,
        };
    }
    if let Some((hit, level, _)) = of_kind(Kind::Trainee) {
        return settled(hit, level, Vec::new(), FIRM);
    }
    if scope.assists {
        let words = scope.own.iter().find(|hit| hit.meaning.has(Mark::Assistant));
        if !scope.own.iter().any(|hit| is_boss(hit)) {
            let evidence = words.map_or_else(String::new, |hit| evidence(&[hit]));
            return Finding {
                values: vec![Level::Entry],
                alternatives: vec![Level::Staff],
                confidence: FROM_JOB,
                evidence,
                certainty: Certainty::Resolved,
            };
        }
    }
    if let Some((hit, level, alternatives)) = of_kind(Kind::Rank) {
        return settled(hit, level, alternatives, FIRM);
    }
    let job = of_kind(Kind::Job);
    if let Some((hit, level, alternatives)) = of_kind(Kind::Grade) {
        // Beside a profession a grade word is plain: "Lead" may be a manager, "Lead Engineer" not.
        return match job {
            Some(_) => settled(hit, level, Vec::new(), FIRM - 5),
            None => settled(hit, level, alternatives, FROM_JOB),
        };
    }
    if let Some((hit, level, alternatives)) = job {
        let mut finding = settled(hit, level, alternatives, FROM_JOB);
        if hit.meaning.has(Mark::Guess) {
            finding.certainty = Certainty::UnknownWords;
            finding.confidence = GUESSED;
        }
        return finding;
    }
    let past = scope.past.iter().find(|hit| is_boss(hit));
    if let Some((hit, (_, levels))) = past.and_then(|hit| Some((hit, hit.meaning.level()?))) {
        return Finding {
            alternatives: levels.collect(),
            evidence: evidence(&[hit]),
            ..Finding::none(Certainty::Ambiguous)
        };
    }
    Finding::none(missing(found))
}

/// "Chief … Officer" with anything in between is one position.
fn chief_officer<'h, 't>(scope: &Scope<'h, 't>) -> Option<(&'h Hit<'t>, &'t str, &'t str)> {
    let chief = scope.own.iter().position(|hit| hit.meaning.has(Mark::Chief))?;
    let rest = scope.own.get(chief..)?;
    let first = rest.first()?;
    let officer = rest.iter().skip(1).take_while(|hit| hit.gap < Gap::Comma);
    let officer = officer.clone().find(|hit| hit.meaning.has(Mark::Officer))?;
    Some((first, first.text, officer.text))
}

fn settled(hit: &Hit<'_>, level: Level, alternatives: Vec<Level>, trust: u8) -> Finding<Level> {
    let forked = !alternatives.is_empty();
    let trust = if forked { FORKED } else { trust };
    Finding {
        values: vec![level],
        alternatives,
        confidence: trust.saturating_sub(hit.doubt),
        evidence: evidence(&[hit]),
        certainty: if forked { Certainty::Ambiguous } else { Certainty::Resolved },
    }
}

/// Departments that words name outright come before those that they merely suggest; a fork counts
/// only where no other word decides it.
fn departments(scope: &Scope<'_, '_>, found: &LookedUp<'_>) -> Finding<Department> {
    let mut strong: Vec<Department> = Vec::new();
    let mut weak: Vec<Department> = Vec::new();
    let mut forks: Vec<(Vec<Department>, &Hit<'_>)> = Vec::new();
    let mut basis = Vec::new();
    let mut doubt = 0;
    for hit in scope.own.iter().copied() {
        let (is_weak, named) = hit.meaning.departments();
        let named: Vec<Department> = named.collect();
        match named.as_slice() {
            [] => continue,
            &[only] => {
                let list = if is_weak { &mut weak } else { &mut strong };
                if !list.contains(&only) {
                    list.push(only);
                }
                basis.push(hit);
                doubt = doubt.max(hit.doubt);
            }
            _ => forks.push((named, hit)),
        }
    }
    let boss_only = scope.assists && strong.is_empty();
    if boss_only && !weak.contains(&Department::Admin) {
        strong.push(Department::Admin);
        basis.extend(scope.own.iter().copied().filter(|hit| hit.meaning.has(Mark::Assistant)));
    }
    let trust = if strong.is_empty() { FROM_JOB } else { FIRM };
    let mut values = strong;
    values.extend(weak.into_iter().take(MOST_DEPARTMENTS));
    let mut seen = Vec::new();
    values.retain(|value| !seen.contains(value) && { seen.push(*value); true });
    values.truncate(MOST_DEPARTMENTS);
    if !values.is_empty() {
        return Finding {
            values,
            alternatives: Vec::new(),
            confidence: trust.saturating_sub(doubt),
            evidence: evidence(&basis),
            certainty: Certainty::Resolved,
        };
    }
    match forks.first() {
        Some((named, hit)) => Finding {
            values: named.iter().take(1).copied().collect(),
            alternatives: named.iter().skip(1).copied().collect(),
            confidence: FORKED.saturating_sub(hit.doubt),
            evidence: evidence(&[hit]),
            certainty: Certainty::Ambiguous,
        },
        None => Finding::none(missing(found)),
    }
}

/// Why an aspect is missing from a title that is not junk.
fn missing(found: &LookedUp<'_>) -> Certainty {
    match (found.unknown, found.foreign) {
        (0, _) => Certainty::Nothing,
        (_, true) => Certainty::OtherLanguage,
        (_, false) => Certainty::UnknownWords,
    }
}

fn evidence(hits: &[&Hit<'_>]) -> String {
    let mut text = String::new();
    let mut last = "";
    for hit in hits {
        // Both parts of a compound rest on the same word.
        if !core::ptr::eq(last, hit.text) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(hit.text);
        }
        last = hit.text;
    }
    text
}

fn status(
    scope: &Scope<'_, '_>,
    level: &Finding<Level>,
    departments: &Finding<Department>,
) -> Status {
    let says = |mark| scope.own.iter().any(|hit| hit.meaning.has(mark));
    let works = scope.own.iter().any(|hit| {
        hit.meaning.level().is_some_and(|(kind, _)| matches!(kind, Kind::Rank | Kind::Job))
    });
    if says(Mark::Retired) {
        Status::Retired
    } else if says(Mark::Student) && !works {
        Status::Student
    } else if says(Mark::Unemployed) && !works {
        Status::Unemployed
    } else if level.values.is_empty() && departments.values.is_empty() {
        Status::Unknown
    } else {
        Status::Employed
    }
}

fn flags(scope: &Scope<'_, '_>, level: &Finding<Level>) -> Vec<Flag> {
    let says = |mark| scope.own.iter().any(|hit| hit.meaning.has(mark));
    let mut positions = 0;
    let mut counted = false;
    for hit in &scope.own {
        if hit.gap >= Gap::And {
            counted = false;
        }
        let (kind, guess) = match hit.meaning.level() {
            Some((kind, _)) => (kind, hit.meaning.has(Mark::Guess)),
            None => continue,
        };
        if matches!(kind, Kind::Rank | Kind::Job) && !counted && !guess {
            counted = true;
            positions += 1;
        }
    }
    let boss = level.first().is_some_and(|level| level.rank() >= BOSS);
    Flag::ALL
        .iter()
        .copied()
        .filter(|flag| match flag {
            Flag::Board => says(Mark::Board),
            Flag::Deputy => boss && says(Mark::Deputy),
            Flag::AssistantTo => scope.assists && !boss,
            Flag::Former => says(Mark::Former),
            Flag::Interim => says(Mark::Interim),
            Flag::Freelance => says(Mark::Freelance),
            Flag::MultipleRoles => positions > 1,
            Flag::ManagesPeople => boss && says(Mark::People),
        })
        .collect()
}

/// Whether the text was typed to get past the field.
fn is_junk(text: &str, words: &[Word<'_>], found: &LookedUp<'_>) -> bool {
    let joined: String = text.chars().filter(|&c| is_word(c)).take(32).collect();
    let joined = fold(&joined);
    if joined.len() < 2 || find(&joined).is_some_and(|meaning| meaning.has(Mark::Junk)) {
        return true;
    }
    let says_something = found.hits.iter().any(|hit| {
        hit.meaning.level().is_some()
            || hit.meaning.departments().1.next().is_some()
            || [Mark::Student, Mark::Retired, Mark::Unemployed].iter().any(|&m| hit.meaning.has(m))
    });
    let has_junk = found.hits.iter().any(|hit| hit.meaning.has(Mark::Junk));
    !says_something && (has_junk || words.iter().all(|word| is_mash(&word.folded)))
}

/// Whether a word is mashed keys: a run along a row of the keyboard, one pattern over and over,
/// or Latin letters without a vowel.
fn is_mash(word: &str) -> bool {
    let bytes = word.as_bytes();
    if !word.is_ascii() || bytes.len() < 3 {
        return false;
    }
    let rows: [&[u8]; 5] = [b"qwertyuiop", b"qwertzuiop", b"asdfghjkl", b"zxcvbnm", b"azertyuiop"];
    let neighbours = |a: u8, b: u8| {
        rows.iter().any(|row| row.windows(2).any(|pair| pair == [a, b] || pair == [b, a]))
    };
    let run = bytes.windows(2).all(|pair| matches!(pair, &[a, b] if neighbours(a, b)));
    let repeats = |period: usize| {
        bytes.len() >= 2 * period && bytes.iter().zip(bytes.iter().skip(period)).all(|(a, b)| a == b)
    };
    let voiceless = bytes.len() >= 5 && !bytes.iter().any(|b| b"aeiouy0123456789".contains(b));
    run && bytes.len() >= 4 || repeats(1) || repeats(2) || repeats(3) || voiceless
}
