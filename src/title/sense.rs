//! Makes one reading of the meanings found in a title.

use alloc::string::String;
use alloc::vec::Vec;

use super::field;
use super::lookup::Hit;
use super::meaning::{Kind, Mark};
use super::words::{Gap, Word};
use super::{Certainty, Finding, Flag, Level, Reading, Status};
use crate::text::{is_dropped, is_space};

/// Level words whose holder is a boss when someone assists them, by rank.
const BOSS: u8 = Level::Manager.rank();

/// Trust, in percent.
const FIRM: u8 = 96;
const FROM_GRADE: u8 = 92;
const FROM_JOB: u8 = 84;
const FORKED: u8 = 50;
const GUESSED: u8 = 40;

/// The reading of a title from its words and their meanings.
pub(super) fn make(text: &str, words: &[Word], hits: Vec<Hit>) -> Reading {
    let mut reading = Reading {
        level: Finding::none(Certainty::Nothing),
        departments: Finding::none(Certainty::Nothing),
        sub_role: None,
        flags: Vec::new(),
        status: Status::Empty,
    };
    if text.chars().all(|c| is_space(c) || is_dropped(c)) {
        return reading;
    }
    if is_junk(words, &hits) {
        reading.status = Status::Junk;
        reading.level.certainty = Certainty::Junk;
        reading.departments.certainty = Certainty::Junk;
        return reading;
    }
    let title = Title::new(text, words, hits);
    reading.level = title.level();
    reading.departments = field::departments(&title, reading.level.first());
    let first = reading.departments.first();
    reading.sub_role = title.own().find_map(|hit| {
        let is_first = hit.meaning.departments().next() == first;
        hit.meaning.sub_role().filter(|_| is_first)
    });
    reading.status = title.status(&reading);
    reading.flags = title.flags(reading.level.first());
    reading
}

/// Why an aspect is missing that no word tells.
fn missing(words: &[Word], hits: &[Hit]) -> Certainty {
    let mut unknown = hits.iter().filter(|hit| !hit.known).peekable();
    if unknown.peek().is_none() {
        return Certainty::Nothing;
    }
    let of = |hit: &Hit| words.get(hit.words.clone()).unwrap_or_default();
    let foreign = unknown.any(|hit| of(hit).iter().any(|word| !word.folded.is_ascii()));
    if foreign {
        Certainty::OtherLanguage
    } else {
        Certainty::UnknownWords
    }
}

/// Parts the holder's words from those of bosses, past positions and companies; tells whether the
/// holder assists a boss, or works in the boss's office.
fn part(hits: &mut [Hit]) -> bool {
    let mut assists = false;
    // Whether the holder's own words were left behind, and if for a boss.
    let (mut own, mut boss) = (true, false);
    // Before, without a comma or stronger between: an assistant, or right before, a boss.
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
        after_assistant |= has(Mark::Assistant);
        after_boss = is_boss(hit);
        has_assistant |= own && after_assistant;
        let ends = own && (has(Mark::Former) || has(Mark::Retired));
        hit.own = own;
        own &= !ends;
    }
    assists
}

fn is_boss(hit: &Hit) -> bool {
    let level = hit.meaning.level();
    hit.meaning.kind() == Some(Kind::Rank) && level.is_some_and(|level| level.rank() >= BOSS)
}

/// What was found, with the holder's own words marked.
pub(super) struct Title<'t> {
    text: &'t str,
    pub(super) words: &'t [Word],
    hits: Vec<Hit>,
    /// Whether the holder assists a boss whom the title names.
    pub(super) assists: bool,
    /// Why an aspect is missing that no word tells.
    pub(super) missing: Certainty,
}

impl<'t> Title<'t> {
    pub(super) fn new(text: &'t str, words: &'t [Word], mut hits: Vec<Hit>) -> Self {
        Title {
            text,
            words,
            assists: part(&mut hits),
            missing: missing(words, &hits),
            hits,
        }
    }

    pub(super) fn own(&self) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(|hit| hit.own)
    }

    /// Calls `with` with each of the holder's own words.
    pub(super) fn own_words(&self, mut with: impl FnMut(&Word)) {
        let mut end = 0;
        for hit in self.own() {
            // Both parts of a compound are one word.
            if hit.words.end > end {
                let words = self.words.get(hit.words.clone()).unwrap_or_default();
                words.iter().for_each(&mut with);
                end = hit.words.end;
            }
        }
    }

    pub(super) fn saying(&self, mark: Mark) -> Option<&Hit> {
        self.own().find(|hit| hit.meaning.has(mark))
    }

    fn says(&self, mark: Mark) -> bool {
        self.saying(mark).is_some()
    }

    /// Words of one kind compete, and the highest level wins; of the kinds, a trainee stays one, a
    /// position beats a grade, and a grade beats the usual level of a profession.
    pub(super) fn level(&self) -> Finding<Level> {
        let mut best: Option<((Kind, u8), &Hit, u64)> = None;
        // Words between commas, as bits, and which of them name a profession.
        let (mut run, mut jobs) = (1_u64, 0);
        let mut chief = None;
        for hit in self.own() {
            if hit.gap >= Gap::Comma {
                chief = None;
                run = run.rotate_left(1);
            }
            if hit.meaning.has(Mark::Chief) {
                chief = Some(hit);
            }
            if let Some(chief) = chief
                && hit.meaning.has(Mark::Officer)
            {
                // "Chief … Officer" with anything in between is one position.
                return self.finding([Level::CSuite].into_iter(), FIRM, &[chief, hit]);
            }
            if let Some(kind) = hit.meaning.kind()
                && let Some(level) = hit.meaning.level()
            {
                if kind == Kind::Job {
                    jobs |= run;
                }
                let height = (kind, level.rank());
                if best.is_none_or(|(best, ..)| height > best) {
                    best = Some((height, hit, run));
                }
            }
        }
        match best {
            Some(((kind, _), hit, run)) if kind >= Kind::Rank || !self.assists => {
                let levels = hit.meaning.levels();
                match kind {
                    // Beside a profession a grade word is plain: a "Lead" may be a manager, a
                    // "Lead Engineer" is not.
                    Kind::Grade if jobs & run != 0 => {
                        let lowest = levels.min_by_key(|level| level.rank());
                        self.finding(lowest.into_iter(), FROM_GRADE, &[hit])
                    }
                    Kind::Grade => self.finding(levels, FROM_GRADE, &[hit]),
                    Kind::Job => self.finding(levels, FROM_JOB, &[hit]),
                    Kind::Rank | Kind::Trainee => self.finding(levels, FIRM, &[hit]),
                }
            }
            _ if self.assists => {
                let assistant = self.saying(Mark::Assistant);
                let mut finding =
                    self.finding([Level::Entry].into_iter(), FROM_JOB, assistant.as_slice());
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
            finding.evidence = self.evidence(&[hit]);
            finding.certainty = Certainty::Ambiguous;
        } else if self.missing != Certainty::OtherLanguage && !left && !self.says(Mark::Unemployed)
        {
            // Whoever has a level usually writes it down.
            finding.values.push(Level::Staff);
            finding.confidence = GUESSED;
        }
        finding
    }

    /// A finding of the first of `values`, the others as alternatives.
    pub(super) fn finding<T: Copy>(
        &self,
        values: impl Iterator<Item = T>,
        trust: u8,
        hits: &[&Hit],
    ) -> Finding<T> {
        let mut finding = Finding::none(Certainty::Resolved);
        finding.confidence = trust;
        for value in values {
            if finding.values.is_empty() {
                finding.values.push(value);
            } else {
                finding.alternatives.push(value);
                finding.certainty = Certainty::Ambiguous;
                finding.confidence = FORKED;
            }
        }
        let doubt = hits.iter().map(|hit| hit.doubt).max().unwrap_or_default();
        finding.confidence = finding.confidence.saturating_sub(doubt);
        finding.evidence = self.evidence(hits);
        finding
    }

    /// A part of the title as typed.
    pub(super) fn typed(&self, start: usize, end: usize) -> String {
        self.text.get(start..end).unwrap_or_default().into()
    }

    /// The words of `hits` as typed; those of a compound once.
    pub(super) fn evidence(&self, hits: &[&Hit]) -> String {
        let mut text = String::new();
        let mut end = 0;
        for hit in hits {
            let words = self.words.get(hit.words.clone()).unwrap_or_default();
            if hit.words.end > end
                && let [first, ..] = words
                && let [.., last] = words
            {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&self.typed(first.start, last.end));
                end = hit.words.end;
            }
        }
        text
    }

    fn status(&self, reading: &Reading) -> Status {
        let is_of = |kinds: &[Kind]| {
            let mut own = self.own().filter_map(|hit| hit.meaning.kind());
            own.any(|kind| kinds.contains(&kind))
        };
        let works = is_of(&[Kind::Rank, Kind::Job]);
        let trains = is_of(&[Kind::Trainee]);
        if self.says(Mark::Retired) {
            Status::Retired
        } else if trains || self.says(Mark::Student) && !works {
            Status::Student
        } else if self.says(Mark::Unemployed) && !works {
            Status::Unemployed
        } else if reading.level.confidence <= GUESSED && !reading.departments.is_told() {
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
            let names_one = matches!(hit.meaning.kind(), Some(Kind::Rank | Kind::Job));
            if !counted && names_one && !hit.meaning.has(Mark::Officer) {
                counted = true;
                positions += 1;
            }
        }
        positions
    }
}

/// Whether the text was typed to get past the field: nothing in it says anything, and it is a word
/// that people type for that, or mashed keys.
fn is_junk(words: &[Word], hits: &[Hit]) -> bool {
    let says_something = |hit: &Hit| {
        let marks = [Mark::Student, Mark::Retired, Mark::Unemployed];
        hit.meaning.kind().is_some()
            || hit.meaning.departments().next().is_some()
            || marks.iter().any(|&mark| hit.meaning.has(mark))
    };
    let is_mash = |hit: &Hit| {
        let words = words.get(hit.words.clone()).unwrap_or_default();
        !hit.known && words.iter().all(|word| is_mash(word.folded.as_bytes()))
    };
    let idle = |hit: &Hit| hit.meaning.has(Mark::Junk) || is_mash(hit);
    !hits.iter().any(says_something)
        && (hits.is_empty()
            || hits.iter().any(idle) && hits.iter().all(|hit| hit.known || is_mash(hit)))
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
