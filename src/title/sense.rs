//! Makes one reading of the meanings found in a title.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

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
const FROM_GRADE: u8 = 90;
const FROM_JOB: u8 = 80;
const FORKED: u8 = 50;
const GUESSED: u8 = 40;

/// The reading of a title from its words and their meanings.
pub(super) fn make(text: &str, words: &[Word<'_>], found: &LookedUp<'_>) -> Reading {
    if fold(text).is_empty() {
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
    Reading {
        level,
        departments,
        sub_role,
        flags,
        status,
    }
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

impl<'h, 't> Scope<'h, 't> {
    fn says(&self, mark: Mark) -> bool {
        self.own.iter().any(|hit| hit.meaning.has(mark))
    }

    /// Whether it says that its holder does not work.
    fn says_otherwise(&self) -> bool {
        [Mark::Retired, Mark::Unemployed, Mark::Former]
            .iter()
            .any(|&mark| self.says(mark))
    }

    fn assistants(&self) -> Vec<&'h Hit<'t>> {
        self.own
            .iter()
            .copied()
            .filter(|hit| hit.meaning.has(Mark::Assistant))
            .take(1)
            .collect()
    }
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
            rest.iter()
                .take_while(|next| next.gap < Gap::Break)
                .any(is_boss)
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
    hit.meaning.kind() == Some(Kind::Rank)
        && hit
            .meaning
            .levels()
            .next()
            .is_some_and(|level| level.rank() >= BOSS)
}

fn sub_role(hit: &Hit<'_>, department: Department) -> Option<&'static str> {
    hit.meaning
        .departments()
        .next()
        .filter(|&first| first == department)?;
    hit.meaning.sub_role(department)
}

/// Words of one kind compete, and the highest level wins; of the kinds, a trainee stays one, a
/// position beats a grade, and a grade beats the usual level of a profession.
fn level(scope: &Scope<'_, '_>, found: &LookedUp<'_>) -> Finding<Level> {
    if let Some((chief, officer)) = chief_officer(scope) {
        let mut finding = settled(&[chief, officer], FIRM, false);
        finding.values = vec![Level::CSuite];
        return finding;
    }
    let best = |wanted| {
        let mut best: Option<(&Hit<'_>, u8)> = None;
        for hit in scope.own.iter().copied() {
            if hit.meaning.kind() == Some(wanted)
                && let Some(first) = hit.meaning.levels().next()
                && best.is_none_or(|(_, rank)| first.rank() > rank)
            {
                best = Some((hit, first.rank()));
            }
        }
        best.map(|(hit, _)| hit)
    };
    if let Some(hit) = best(Kind::Trainee) {
        return settled(&[hit], FIRM, true);
    }
    if let Some(hit) = best(Kind::Rank) {
        return settled(&[hit], FIRM, true);
    }
    if scope.assists {
        let mut finding = settled(&scope.assistants(), FROM_JOB, false);
        finding.values = vec![Level::Entry];
        finding.alternatives = vec![Level::Staff];
        return finding;
    }
    let job = best(Kind::Job);
    if let Some(hit) = best(Kind::Grade) {
        // Beside a profession a grade word is plain: "Lead" may be a manager, "Lead Engineer" not.
        return settled(&[hit], FROM_GRADE, job.is_none());
    }
    if let Some(hit) = job {
        let mut finding = settled(&[hit], FROM_JOB, true);
        if hit.meaning.has(Mark::Guess) {
            finding.certainty = Certainty::UnknownWords;
            finding.confidence = GUESSED;
        }
        return finding;
    }
    let mut finding = Finding::none(missing(found));
    if let Some(hit) = scope.past.iter().find(|hit| is_boss(hit)) {
        finding.alternatives = hit.meaning.levels().collect();
        finding.evidence = evidence(&[hit]);
        finding.certainty = Certainty::Ambiguous;
    } else if !found.foreign && !scope.says_otherwise() {
        // Whoever has a level usually writes it down.
        finding.values.push(Level::Staff);
        finding.confidence = GUESSED;
    }
    finding
}

/// "Chief … Officer" with anything in between is one position.
fn chief_officer<'h, 't>(scope: &Scope<'h, 't>) -> Option<(&'h Hit<'t>, &'h Hit<'t>)> {
    let chief = scope
        .own
        .iter()
        .position(|hit| hit.meaning.has(Mark::Chief))?;
    let mut rest = scope.own.iter().copied().skip(chief);
    let chief = rest.next()?;
    let officer = rest
        .take_while(|hit| hit.gap < Gap::Comma)
        .find(|hit| hit.meaning.has(Mark::Officer))?;
    Some((chief, officer))
}

/// The level that the first of `hits` means; its other levels are alternatives if `forks`.
fn settled(hits: &[&Hit<'_>], trust: u8, forks: bool) -> Finding<Level> {
    let mut finding = Finding::none(Certainty::Resolved);
    finding.evidence = evidence(hits);
    if let Some(hit) = hits.first() {
        let mut levels = hit.meaning.levels();
        finding.values.extend(levels.next());
        if forks {
            finding.alternatives.extend(levels);
        }
        finding.confidence = trust;
        if !finding.alternatives.is_empty() {
            finding.certainty = Certainty::Ambiguous;
            finding.confidence = FORKED;
        }
        finding.confidence = finding.confidence.saturating_sub(hit.doubt);
    }
    finding
}

/// Departments that words name outright come before those that they merely suggest; a fork counts
/// only where no other word decides it.
fn departments(scope: &Scope<'_, '_>, found: &LookedUp<'_>) -> Finding<Department> {
    let mut finding = Finding::none(Certainty::Resolved);
    let mut basis = Vec::new();
    finding.confidence = FIRM;
    for weak in [false, true] {
        if weak && finding.values.is_empty() {
            finding.confidence = FROM_JOB;
            if scope.assists {
                finding.values.push(Department::Admin);
                basis = scope.assistants();
            }
        }
        for hit in scope
            .own
            .iter()
            .copied()
            .filter(|hit| hit.meaning.is_weak() == weak)
        {
            let mut named = hit.meaning.departments();
            let (Some(only), None) = (named.next(), named.next()) else {
                continue;
            };
            let executive = only == Department::Executive;
            if finding.values.len() == MOST_DEPARTMENTS
                || executive && weak && !finding.values.is_empty()
            {
                continue;
            }
            if !finding.values.contains(&only) {
                finding.values.push(only);
            }
            finding.confidence = finding.confidence.min(FIRM.saturating_sub(hit.doubt));
            basis.push(hit);
        }
    }
    if finding.values.is_empty() {
        let fork = scope
            .own
            .iter()
            .copied()
            .find(|hit| hit.meaning.departments().next().is_some());
        let Some(hit) = fork else {
            return Finding::none(missing(found));
        };
        let mut named = hit.meaning.departments();
        finding.values.extend(named.next());
        finding.alternatives.extend(named);
        finding.certainty = Certainty::Ambiguous;
        finding.confidence = FORKED.saturating_sub(hit.doubt);
        basis.push(hit);
    }
    finding.evidence = evidence(&basis);
    finding
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
    let works = scope
        .own
        .iter()
        .any(|hit| matches!(hit.meaning.kind(), Some(Kind::Rank | Kind::Job)));
    if scope.says(Mark::Retired) {
        Status::Retired
    } else if scope.says(Mark::Student) && !works {
        Status::Student
    } else if scope.says(Mark::Unemployed) && !works {
        Status::Unemployed
    } else if level.confidence <= GUESSED && departments.values.is_empty() {
        Status::Unknown
    } else {
        Status::Employed
    }
}

fn flags(scope: &Scope<'_, '_>, level: &Finding<Level>) -> Vec<Flag> {
    let mut positions = 0;
    let mut counted = false;
    for hit in &scope.own {
        if hit.gap >= Gap::And {
            counted = false;
        }
        let names_position = matches!(hit.meaning.kind(), Some(Kind::Rank | Kind::Job));
        if names_position && !counted && !hit.meaning.has(Mark::Guess) {
            counted = true;
            positions += 1;
        }
    }
    let boss = level.first().is_some_and(|level| level.rank() >= BOSS);
    Flag::ALL
        .iter()
        .copied()
        .filter(|flag| match flag {
            Flag::Board => scope.says(Mark::Board),
            Flag::Deputy => boss && scope.says(Mark::Deputy),
            Flag::AssistantTo => scope.assists && !boss,
            Flag::Former => scope.says(Mark::Former),
            Flag::Interim => scope.says(Mark::Interim),
            Flag::Freelance => scope.says(Mark::Freelance),
            Flag::MultipleRoles => positions > 1,
            Flag::ManagesPeople => boss && scope.says(Mark::People),
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
        hit.meaning.kind().is_some()
            || hit.meaning.departments().next().is_some()
            || [Mark::Student, Mark::Retired, Mark::Unemployed]
                .iter()
                .any(|&m| hit.meaning.has(m))
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
    let rows = b"qwertyuiop asdfghjkl zxcvbnm qwertzuiop azertyuiop";
    let run = bytes.len() >= 4
        && (0..rows.len()).any(|at| rows.get(at..).is_some_and(|row| row.starts_with(bytes)));
    let repeats = |period: usize| {
        bytes.len() >= 2 * period
            && bytes
                .iter()
                .zip(bytes.iter().skip(period))
                .all(|(a, b)| a == b)
    };
    let voiceless = bytes.len() >= 5 && !bytes.iter().any(|b| b"aeiouy0123456789".contains(b));
    run || repeats(1) || repeats(2) || repeats(3) || voiceless
}
