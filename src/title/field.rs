//! Departments: what the words name is weighed against what their letters suggest.

use alloc::string::String;
use alloc::vec::Vec;

use super::learned::{Learned, Scores};
use super::lookup::Hit;
use super::meaning::{Kind, Mark};
use super::sense::Title;
use super::words::Gap;
use super::{Certainty, Department, Finding, Level};

/// What a word of the vocabulary adds for its department; 16 is one natural logarithm of odds.
const PROFESSION: i32 = 150;
const NAMED: i32 = 112;
/// For the last word of a run: in "product marketing" the last one says what it is.
const LAST: i32 = 5;
/// What a department loses if another one is named before a comma, an "and" or stronger: the first
/// is the main one.
const LATER: i32 = 40;
const SUGGESTED: i32 = 80;
const FORKED: [i32; 4] = [70, 50, 44, 38];
/// For general management, where words name it and no department.
const IN_CHARGE: i32 = 180;
/// For general management, where a manager or above names nothing else.
const AT_THE_TOP: i32 = 30;

/// Trust in a fork, at most, in percent.
const FORK: u8 = 60;
/// How far ahead letters alone must be to settle it.
const SURE: i32 = 40;
/// Departments kept of one title.
const MOST: usize = 4;

/// The departments of a title whose level is known.
pub(super) fn departments(title: &Title<'_>, level: Option<Level>) -> Finding<Department> {
    let mut finding = Finding::none(title.missing);
    let votes = votes(title, level);
    let mut scores = Learned::bias();
    let heard = listen(title, &mut scores);
    let voted = votes.iter().any(|vote| *vote > 0);
    if !voted && !heard || is_idle(title) {
        return finding;
    }
    for (score, vote) in scores.iter_mut().zip(votes) {
        *score += vote;
    }
    let (mut first, mut margin) = lead(&scores);
    // Letters of words that are known to name no department must be sure.
    let is_bare = votes.iter().all(|vote| *vote <= AT_THE_TOP);
    if is_bare && margin < SURE && title.own().all(|hit| hit.known) {
        if !voted {
            return finding;
        }
        (first, margin) = lead(&votes);
    }
    let others = Department::ALL.iter().copied().filter(|it| *it != first);
    let vote = of(&votes, first);
    let named: Vec<Department> = others
        .filter(|department| of(&votes, *department) >= NAMED)
        .collect();
    let assists = |hit: &Hit| {
        let marks = [Mark::Assistant, Mark::Office];
        title.assists
            && first == Department::Admin
            && marks.iter().any(|&mark| hit.meaning.has(mark))
    };
    let says = |hit: &&Hit| assists(hit) || hit.meaning.departments().any(|it| it == first);
    let basis: Vec<&Hit> = title.own().filter(says).collect();
    let fork = basis
        .iter()
        .find(|hit| hit.meaning.forks())
        .filter(|_| vote < SUGGESTED);

    finding.values.push(first);
    finding.confidence = trust(margin);
    finding.evidence = title.evidence(&basis);
    if let Some(fork) = fork {
        finding.certainty = Certainty::Ambiguous;
        finding.confidence = finding.confidence.min(FORK);
        finding.alternatives.extend(
            fork.meaning
                .departments()
                .filter(|department| *department != first),
        );
    } else if vote < SUGGESTED && !named.is_empty() {
        finding.certainty = Certainty::Ambiguous;
        finding.alternatives.extend(named);
        return finding;
    } else if vote >= SUGGESTED || margin >= SURE {
        finding.certainty = Certainty::Resolved;
    }
    if basis.is_empty() {
        finding.evidence = loudest(title, first);
    }
    let told = title.own().filter(|hit| !hit.meaning.forks());
    let told = told.filter_map(|hit| {
        let department = hit.meaning.departments().next()?;
        // Whoever manages something is not for that of the management.
        let manages = department == Department::Executive && hit.meaning.is_weak();
        (!manages).then_some(department)
    });
    for department in named.into_iter().chain(told) {
        let is_new =
            !finding.values.contains(&department) && !finding.alternatives.contains(&department);
        if is_new && finding.values.len() < MOST {
            finding.values.push(department);
        }
    }
    finding
}

/// The department with the highest score, the first of equals, and how far it is ahead.
fn lead(scores: &Scores) -> (Department, i32) {
    let (mut first, mut most, mut second) = (Department::Executive, i32::MIN, i32::MIN);
    for department in Department::ALL.iter().copied() {
        let score = of(scores, department);
        if score > most {
            (first, most, second) = (department, score, most);
        } else {
            second = second.max(score);
        }
    }
    (first, most.saturating_sub(second))
}

fn of(scores: &Scores, department: Department) -> i32 {
    scores.get(department.index()).copied().unwrap_or_default()
}

/// The own word whose letters say most for a department.
fn loudest(title: &Title<'_>, department: Department) -> String {
    let learned = Learned::new();
    let (mut loudest, mut most) = (String::new(), 0);
    title.own_words(|word| {
        let mut scores = Scores::default();
        learned.add(&word.folded, &mut scores);
        if of(&scores, department) > most {
            most = of(&scores, department);
            loudest = title.typed(word.start, word.end);
        }
    });
    loudest
}

/// Adds what the letters of the own words tell; tells whether they tell anything.
fn listen(title: &Title<'_>, scores: &mut Scores) -> bool {
    let before = *scores;
    let learned = Learned::new();
    title.own_words(|word| learned.add(&word.folded, scores));
    before != *scores
}

/// What the own words of a title add for each department, before their letters are read.
pub(super) fn votes(title: &Title<'_>, level: Option<Level>) -> Scores {
    let mut votes = Scores::default();
    let mut manages = false;
    // Whether an earlier part of the title names a department, and whether any part so far does.
    let (mut earlier, mut named) = (false, false);
    let mut hits = title.own().peekable();
    while let Some(hit) = hits.next() {
        if hit.gap >= Gap::And {
            earlier |= named;
        }
        let is_last = !hits
            .peek()
            .is_some_and(|next| next.gap == Gap::Space && next.meaning.names());
        for (department, forked) in hit.meaning.departments().zip(FORKED) {
            let vote = match hit.meaning.kind() {
                _ if hit.meaning.forks() => forked,
                _ if hit.meaning.is_weak() => SUGGESTED,
                Some(Kind::Job | Kind::Rank) => PROFESSION,
                _ if is_last => NAMED + LAST,
                _ => NAMED,
            };
            manages |= department == Department::Executive && !hit.meaning.forks();
            let later = if earlier { LATER } else { 0 };
            raise(&mut votes, department, vote - later);
        }
        named |= hit.meaning.names();
    }
    if title.assists {
        raise(&mut votes, Department::Admin, PROFESSION);
    }
    // Who runs the company belongs to its management, unless a department is named.
    if manages && votes.iter().all(|vote| *vote < NAMED) {
        raise(&mut votes, Department::Executive, IN_CHARGE);
    } else if level.is_some_and(|level| level.rank() >= Level::Manager.rank()) {
        raise(&mut votes, Department::Executive, AT_THE_TOP);
    }
    votes
}

/// Trust in the winner, in percent, by how far it is ahead.
fn trust(margin: i32) -> u8 {
    (35 + margin * 2 / 5).clamp(0, 98) as u8
}

/// Whether the title says that its holder does not work.
fn is_idle(title: &Title<'_>) -> bool {
    [Mark::Retired, Mark::Unemployed]
        .iter()
        .any(|&mark| title.saying(mark).is_some())
}

/// A department counts by its strongest word.
fn raise(votes: &mut Scores, department: Department, vote: i32) {
    if let Some(score) = votes.get_mut(department.index()) {
        *score = vote.max(*score);
    }
}
