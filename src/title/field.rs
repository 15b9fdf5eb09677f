//! Departments: what the words name is weighed against what their letters suggest.

use alloc::vec::Vec;

use super::learned::{Learned, Scores};
use super::lookup::Hit;
use super::meaning::{Kind, Mark};
use super::sense::Title;
use super::words::Gap;
use super::{Certainty, Department, Finding, Level};

/// What a word of the vocabulary adds for its department; 16 is one natural logarithm of odds.
const PROFESSION: i32 = 84;
const NAMED: i32 = 66;
/// For the last word of a run: in "product marketing" the last one says what it is.
const LAST: i32 = 10;
const SUGGESTED: i32 = 26;
const FORKED: [i32; 4] = [22, 18, 16, 14];
/// For general management, where a high level names nothing else.
const AT_THE_TOP: i32 = 40;

/// Departments kept of one title.
const MOST: usize = 4;

/// The departments of a title whose level is known.
pub(super) fn departments(title: &Title<'_>, level: Option<Level>) -> Finding<Department> {
    let votes = votes(title, level);
    let mut scores = Learned::bias();
    let heard = listen(title, &mut scores);
    for (score, vote) in scores.iter_mut().zip(votes) {
        *score += vote;
    }
    let voted = votes.iter().any(|vote| *vote > 0);
    if !voted && !heard || is_idle(title) {
        return Finding::none(title.missing);
    }
    let mut order: Vec<Department> = Department::ALL.to_vec();
    order.sort_by_key(|department| core::cmp::Reverse(of(&scores, *department)));
    let &[first, second, ..] = order.as_slice() else {
        return Finding::none(title.missing);
    };
    let margin = of(&scores, first) - of(&scores, second);
    let mut basis: Vec<&Hit> = Vec::new();
    let mut finding = Finding::none(Certainty::Resolved);
    finding.values.push(first);
    finding.confidence = trust(margin);
    finding.evidence = title.evidence(&basis);
    finding
}

fn of(scores: &Scores, department: Department) -> i32 {
    scores.get(department.index()).copied().unwrap_or_default()
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
    let mut hits = title.own().peekable();
    while let Some(hit) = hits.next() {
        let is_named = |hit: &&&Hit| {
            hit.gap == Gap::Space && !hit.meaning.is_weak() && hit.meaning.departments().count() == 1
        };
        let is_last = hits.peek().filter(is_named).is_none();
        let forks = hit.meaning.departments().count() > 1;
        for (department, forked) in hit.meaning.departments().zip(FORKED) {
            let vote = match hit.meaning.kind() {
                _ if forks => forked,
                _ if hit.meaning.is_weak() => SUGGESTED,
                Some(Kind::Job) => PROFESSION,
                _ if is_last => NAMED + LAST,
                _ => NAMED,
            };
            raise(&mut votes, department, vote);
        }
    }
    if title.assists {
        raise(&mut votes, Department::Admin, PROFESSION);
    }
    if level.is_some_and(|level| level.rank() >= Level::Director.rank()) {
        raise(&mut votes, Department::Executive, AT_THE_TOP / 2);
    }
    votes
}

/// Trust in the winner, in percent, by how far it is ahead.
fn trust(margin: i32) -> u8 {
    (40 + margin).clamp(0, 97) as u8
}

/// Whether the title says that its holder does not work.
fn is_idle(title: &Title<'_>) -> bool {
    [Mark::Retired, Mark::Unemployed].iter().any(|&mark| title.saying(mark).is_some())
}

/// A department counts by its strongest word.
fn raise(votes: &mut Scores, department: Department, vote: i32) {
    if let Some(score) = votes.get_mut(department.index()) {
        *score = vote.max(*score);
    }
}
