//! Makes one reading of the meanings found in a title.

use alloc::string::String;
use alloc::vec::Vec;

use super::lookup::{Hit, Kind, LookedUp, Mark, place};
use super::words::{Gap, Word};
use super::{Certainty, Department, Finding, Flag, Level, Reading, Status};

/// Level words whose holder is a boss when someone assists them, by rank.
const BOSS: u8 = Level::Manager.rank();
/// Departments kept of one title.
const MOST_DEPARTMENTS: usize = 4;

/// Trust, in percent.
const FIRM: u8 = 95;
const FROM_GRADE: u8 = 90;
const FROM_JOB: u8 = 80;
const FORKED: u8 = 50;
const GUESSED: u8 = 40;

/// The reading of a title from its words and their meanings.
pub(super) fn make(text: &str, words: &[Word<'_>], mut found: LookedUp<'_>) -> Reading {
    let mut reading = Reading {
        level: Finding::none(Certainty::Nothing),
        departments: Finding::none(Certainty::Nothing),
        sub_role: None,
        flags: Vec::new(),
        status: Status::Empty,
    };
    if crate::text::fold(text).is_empty() {
        return reading;
    }
    if is_junk(words, &found.hits) {
        reading.status = Status::Junk;
        reading.level.certainty = Certainty::Junk;
        reading.departments.certainty = Certainty::Junk;
        return reading;
    }
    let title = Title {
        assists: part(&mut found.hits),
        missing: match (found.unknown, found.foreign) {
            (false, _) => Certainty::Nothing,
            (true, true) => Certainty::OtherLanguage,
            (true, false) => Certainty::UnknownWords,
        },
        hits: found.hits,
    };
    reading.level = title.level();
    reading.departments = title.departments();
    let first = reading.departments.first();
    reading.sub_role = title.own().find_map(|hit| {
        let letter = hit.meaning.departments.first()?;
        let is_first = Department::from_index(place(*letter)) == first;
        hit.meaning.sub_role.filter(|_| is_first)
    });
    reading.status = title.status(&reading);
    reading.flags = title.flags(reading.level.first());
    reading
}

/// Parts the holder's words from those of bosses, past positions and companies; tells whether the
/// holder assists a boss, or works in the boss's office.
fn part(hits: &mut [Hit<'_>]) -> bool {
    let mut assists = false;
    // Whether the holder's own words were left behind, and if for a boss.
    let (mut own, mut boss) = (true, false);
    // The hits before, if no comma or stronger stands between: an assistant, a boss.
    let (mut after_assistant, mut after_boss) = (false, false);
    let mut has_assistant = false;
    for at in 0..hits.len() {
        let (before, rest) = hits.split_at_mut(at);
        let Some((hit, rest)) = rest.split_first_mut() else {
            break;
        };
        // A boss stays the boss over commas ("EA to CEO, CFO"); other words end there.
        if hit.gap == Gap::Break || hit.gap == Gap::Comma && !boss {
            (own, boss) = (true, false);
        }
        if hit.gap >= Gap::Comma {
            (after_assistant, after_boss) = (false, false);
        }
        let has = |mark| hit.meaning.has(mark);
        let mut following = rest.iter().take_while(|next| next.gap < Gap::Break);
        let boss_follows = following.any(is_boss);
        if own {
            let bound = has(Mark::Office) || has(Mark::To) || has(Mark::Of) && after_assistant;
            if bound && boss_follows {
                assists |= !has(Mark::To) || has_assistant;
                (own, boss) = (false, true);
            } else if has(Mark::At) {
                own = false;
            } else if has(Mark::Assistant) && hit.gap < Gap::And && after_boss {
                // "CEO assistant", "Vorstandsassistentin": the boss stands first.
                assists = true;
                if let Some(boss) = before.last_mut() {
                    boss.own = false;
                }
            }
        }
        after_assistant = has(Mark::Assistant);
        after_boss = is_boss(hit);
        has_assistant |= own && after_assistant;
        let ends = own && (has(Mark::Former) || has(Mark::Retired));
        hit.own = own;
        own &= !ends;
    }
    assists
}

fn is_boss(hit: &Hit<'_>) -> bool {
    let level = hit.meaning.level();
    hit.meaning.kind == Some(Kind::Rank) && level.is_some_and(|level| level.rank() >= BOSS)
}

/// What was found, with the holder's own words marked.
struct Title<'t> {
    hits: Vec<Hit<'t>>,
    /// Whether the holder assists a boss whom the title names.
    assists: bool,
    /// Why an aspect is missing that no word tells.
    missing: Certainty,
}

impl<'t> Title<'t> {
    fn own(&self) -> impl Iterator<Item = &Hit<'t>> {
        self.hits.iter().filter(|hit| hit.own)
    }

    fn saying(&self, mark: Mark) -> Option<&Hit<'t>> {
        self.own().find(|hit| hit.meaning.has(mark))
    }

    fn says(&self, mark: Mark) -> bool {
        self.saying(mark).is_some()
    }

    /// Words of one kind compete, and the highest level wins; of the kinds, a trainee stays one, a
    /// position beats a grade, and a grade beats the usual level of a profession.
    fn level(&self) -> Finding<Level> {
        let mut best: Option<(Kind, Level, &Hit<'_>)> = None;
        let mut has_job = false;
        let mut chief = None;
        for hit in self.own() {
            if hit.gap >= Gap::Comma {
                chief = None;
            }
            if hit.meaning.has(Mark::Chief) {
                chief = Some(hit);
            }
            if let Some(chief) = chief
                && hit.meaning.has(Mark::Officer)
            {
                // "Chief … Officer" with anything in between is one position.
                let mut finding = finding(Level::ALL, &[], FIRM, &[chief, hit]);
                finding.values.push(Level::CSuite);
                return finding;
            }
            if let Some(kind) = hit.meaning.kind
                && let Some(level) = hit.meaning.level()
            {
                has_job |= kind == Kind::Job;
                let height = (kind, level.rank());
                if best.is_none_or(|(kind, level, _)| height > (kind, level.rank())) {
                    best = Some((kind, level, hit));
                }
            }
        }
        match best {
            Some((kind, _, hit)) if kind >= Kind::Rank || !self.assists => {
                // Beside a profession a grade word is plain: "Lead" may be a manager, "Lead
                // Engineer" is not.
                let forks = kind != Kind::Grade || !has_job;
                let levels = match hit.meaning.levels {
                    [first, ..] if !forks => core::slice::from_ref(first),
                    levels => levels,
                };
                let trust = match kind {
                    Kind::Job => FROM_JOB,
                    Kind::Grade => FROM_GRADE,
                    Kind::Rank | Kind::Trainee => FIRM,
                };
                finding(Level::ALL, levels, trust, &[hit])
            }
            _ if self.assists => {
                let assistant = self.saying(Mark::Assistant);
                let mut finding = finding(Level::ALL, &[], FROM_JOB, assistant.as_slice());
                finding.values.push(Level::Entry);
                finding.alternatives.push(Level::Staff);
                finding
            }
            _ => self.unsaid_level(),
        }
    }

    fn unsaid_level(&self) -> Finding<Level> {
        let mut finding = Finding::none(self.missing);
        let left = self.says(Mark::Former) || self.says(Mark::Retired);
        if let Some(hit) = self.hits.iter().find(|hit| left && is_boss(hit)) {
            finding.alternatives.extend(hit.meaning.level());
            finding.evidence = evidence(&[hit]);
            finding.certainty = Certainty::Ambiguous;
        } else if self.missing != Certainty::OtherLanguage && !left && !self.says(Mark::Unemployed)
        {
            // Whoever has a level usually writes it down.
            finding.values.push(Level::Staff);
            finding.confidence = GUESSED;
        }
        finding
    }

    /// Departments that words name outright come before those that they merely suggest; a fork
    /// counts only where no other word decides it.
    fn departments(&self) -> Finding<Department> {
        let mut values = Vec::new();
        let mut basis = Vec::new();
        let mut trust = FIRM;
        let mut fork = None;
        for weak in [false, true] {
            if weak && values.is_empty() {
                trust = FROM_JOB;
                if self.assists {
                    values.push(Department::Admin);
                    basis.extend(self.saying(Mark::Assistant));
                }
            }
            for hit in self.own().filter(|hit| hit.meaning.is_weak == weak) {
                let only = match hit.meaning.departments {
                    [] => continue,
                    [only] => Department::from_index(place(*only)),
                    _ => None,
                };
                let Some(only) = only else {
                    fork.get_or_insert(hit);
                    continue;
                };
                let told = weak && only == Department::Executive && !values.is_empty();
                if told || values.len() == MOST_DEPARTMENTS {
                    continue;
                }
                if !values.contains(&only) {
                    values.push(only);
                }
                basis.push(hit);
            }
        }
        match fork {
            Some(fork) if values.is_empty() => {
                finding(Department::ALL, fork.meaning.departments, FIRM, &[fork])
            }
            None if values.is_empty() => Finding::none(self.missing),
            _ => {
                let mut finding = finding(Department::ALL, &[], trust, &basis);
                finding.values = values;
                finding
            }
        }
    }

    fn status(&self, reading: &Reading) -> Status {
        let mut kinds = self.own().map(|hit| hit.meaning.kind);
        let works = kinds.any(|kind| matches!(kind, Some(Kind::Rank | Kind::Job)));
        if self.says(Mark::Retired) {
            Status::Retired
        } else if self.says(Mark::Student) && !works {
            Status::Student
        } else if self.says(Mark::Unemployed) && !works {
            Status::Unemployed
        } else if reading.level.confidence <= GUESSED && reading.departments.values.is_empty() {
            Status::Unknown
        } else {
            Status::Employed
        }
    }

    fn flags(&self, level: Option<Level>) -> Vec<Flag> {
        let boss = level.is_some_and(|level| level.rank() >= BOSS);
        let mut flags = Vec::new();
        for flag in Flag::ALL.iter().copied() {
            let holds = match flag {
                Flag::Board => self.says(Mark::Board),
                Flag::Deputy => boss && self.says(Mark::Deputy),
                Flag::AssistantTo => self.assists && !boss,
                Flag::Former => self.says(Mark::Former),
                Flag::Interim => self.says(Mark::Interim),
                Flag::Freelance => self.says(Mark::Freelance),
                Flag::MultipleRoles => self.positions() > 1,
                Flag::ManagesPeople => boss && self.says(Mark::People),
            };
            if holds {
                flags.push(flag);
            }
        }
        flags
    }

    /// Positions and professions between which more than a space stands.
    fn positions(&self) -> usize {
        let mut positions = 0;
        let mut counted = false;
        for hit in self.own() {
            counted &= hit.gap < Gap::And;
            let names_one = matches!(hit.meaning.kind, Some(Kind::Rank | Kind::Job));
            if !counted && names_one && !hit.meaning.has(Mark::Officer) {
                counted = true;
                positions += 1;
            }
        }
        positions
    }
}

/// A finding of the first of the values that `letters` stand for, the others as alternatives.
fn finding<T: Copy>(all: &[T], letters: &[u8], trust: u8, hits: &[&Hit<'_>]) -> Finding<T> {
    let mut finding = Finding::none(Certainty::Resolved);
    finding.confidence = trust;
    for value in letters.iter().filter_map(|letter| all.get(place(*letter))) {
        if finding.values.is_empty() {
            finding.values.push(*value);
        } else {
            finding.alternatives.push(*value);
            finding.certainty = Certainty::Ambiguous;
            finding.confidence = FORKED;
        }
    }
    let doubt = hits.iter().map(|hit| hit.doubt).max().unwrap_or_default();
    finding.confidence = finding.confidence.saturating_sub(doubt);
    finding.evidence = evidence(hits);
    finding
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

/// Whether the text was typed to get past the field: nothing in it says anything, and it is a word
/// that people type for that, or mashed keys.
fn is_junk(words: &[Word<'_>], hits: &[Hit<'_>]) -> bool {
    let says_something = |hit: &Hit<'_>| {
        let marks = [Mark::Student, Mark::Retired, Mark::Unemployed];
        hit.meaning.kind.is_some()
            || !hit.meaning.departments.is_empty()
            || marks.iter().any(|&mark| hit.meaning.has(mark))
    };
    !hits.iter().any(says_something)
        && (hits.iter().any(|hit| hit.meaning.has(Mark::Junk))
            || words.iter().all(|word| is_mash(word.folded.as_bytes())))
}

/// Whether a word is mashed keys: a run along a row of the keyboard, one pattern over and over,
/// or Latin letters without a vowel.
fn is_mash(word: &[u8]) -> bool {
    let rows = b"qwertyuiop asdfghjkl zxcvbnm qwertzuiop azertyuiop";
    let run = word.len() >= 4 && rows.windows(word.len()).any(|row| row == word);
    let repeats = |period: usize| {
        let pairs = || word.iter().zip(word.iter().skip(period));
        word.len() >= (2 * period).max(3) && pairs().all(|(a, b)| a == b)
    };
    let voiced = |b: &u8| !b.is_ascii_alphabetic() || b"aeiouy".contains(b);
    run || repeats(1) || repeats(2) || repeats(3) || word.len() >= 5 && !word.iter().any(voiced)
}
