//! Questions: which one to ask next, and when to stop.
//!
//! A question is worth asking as long as an answer to it may change where the lead goes. Each
//! answer that may be given is assumed in turn; the destinations that are then still possible tell
//! how far it narrows them.
//!
//! INVARIANT: `prospect` drops no destination that answers can still reach, so stopping at one
//! destination stops where asking everything would have led.

mod outlook;
mod prospect;

use alloc::vec::Vec;

use crate::lead;
use crate::program::Program;
use crate::verdict::Packed;
use crate::wire::Damaged;
use outlook::{Assumed, Outlook};
use prospect::Destinations;

/// How a form asks.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// Questions that the form asks and that the visitor has not passed over, as a mask.
    pub asked: u64,
    /// Most questions in all, those answered among them. Required ones are asked all the same.
    pub budget: usize,
    /// Most questions at a time.
    pub per_step: usize,
}

/// What is known of a question that may be asked now.
struct Candidate {
    question: usize,
    required: bool,
    /// Expected number of remaining destinations in thousandths.
    left: u64,
    /// Routes that hang on it, as a mask.
    separates: u64,
    /// Whether it changes what routes rest on by itself.
    tells: bool,
    /// Whether it had its turn.
    taken: bool,
}

/// Plans what to ask of the lead in a frame as seen at `now`, and puts it in the place of what
/// `out` held: whether no answer can change the destination any more, the routes that are still
/// possible, most questions that are yet to be asked, and what to ask now, the best first: each
/// with the routes that hang on it and its options in the order to offer.
///
/// # Errors
/// Only where the bytes are no frame of this program.
pub fn plan(
    program: &Program,
    frame: &[u8],
    now: i64,
    asking: &Asking,
    out: &mut Packed,
) -> Result<(), Damaged> {
    let lead = lead::read(program, frame)?;
    out.clear();
    Outlook::new(program, lead, now, asking.asked).plan(asking, out);
    Ok(())
}

impl Outlook<'_> {
    fn plan(&mut self, asking: &Asking, out: &mut Packed) {
        let mut open = self.assume(Assumed::Nothing);
        let (mut destinations, _) = self.destinations();
        let questions = &self.program.questions;
        let is_required = |question: usize| questions.get(question).is_some_and(|q| q.required);
        if self.askable == 0 {
            // Only answers change anything, and none is to come.
            destinations = self.now;
        }
        let mut candidates: Vec<Candidate> = bits(self.askable)
            .map(|question| self.candidate(question, is_required(question), &mut destinations))
            .collect();
        let settled = destinations.count() <= 1;
        if settled {
            open = self.must_be_asked();
        }
        // What no answer changes alone, several may change together.
        let none_tells = !candidates.iter().any(|candidate| candidate.tells);
        for candidate in &mut candidates {
            candidate.tells = !settled && (candidate.tells || none_tells);
            candidate.separates &= destinations.routes;
            if candidate.tells && candidate.separates == 0 {
                candidate.separates = destinations.routes;
            }
        }
        let count = |mask: u64| mask.count_ones() as usize;
        let must = bits(open).filter(|question| is_required(*question)).count();
        let spare = asking.budget.saturating_sub(count(self.answered) + must);
        let remaining = count(open).min(must + spare);
        let waits_for_title = self.waits_for_title(&candidates);
        let mut spare = spare;
        let mut ask = Vec::new();
        while ask.len() < asking.per_step
            && let Some(best) = best(&mut candidates)
        {
            best.taken = true;
            // An answer to a question of this step may tell its fact.
            let fact = |question: usize| questions.get(question).map(|question| question.fact);
            if ask
                .iter()
                .any(|(asked, _)| fact(*asked) == fact(best.question))
            {
                continue;
            }
            let waits = waits_for_title >> best.question & 1 == 1;
            let optional = best.tells && !waits && spare > 0;
            if !best.required && !optional {
                continue;
            }
            spare -= usize::from(!best.required);
            ask.push((best.question, best.separates));
        }
        out.int(i32::from(settled));
        list(destinations.routes, out);
        out.index(if ask.is_empty() { 0 } else { remaining });
        out.list(|out| {
            for (question, separates) in &ask {
                out.index(*question);
                list(*separates, out);
                self.offer(*question, out);
            }
            ask.len()
        });
    }

    /// What an answer to a question would tell; narrows `destinations` to those that some answer
    /// leaves.
    fn candidate(
        &mut self,
        question: usize,
        required: bool,
        destinations: &mut Destinations,
    ) -> Candidate {
        let base = *destinations;
        let of = self.program.questions.get(question);
        let options = of.map_or(&[][..], |of| &of.options);
        let must = of.is_some_and(|of| of.required && of.when.is_none())
            && !self.is_settled_elsewhere(question);
        let thousand = |left: Destinations| u64::from(left.count()) * 1000;

        self.assume(Assumed::Unanswered(question));
        let (mut unanswered, mut tells) = self.destinations();
        unanswered = unanswered.and(base);
        let (mut some, mut all) = (Destinations::default(), base);
        let (mut worst, mut expected, mut shares) = (0, 0, 0);
        for index in 0..self.tries(question) {
            self.assume(Assumed::Option(question, index));
            let (left, changes) = self.destinations();
            let left = left.and(base);
            // Typical answers in free text are taken as equally frequent.
            let share = options.get(index).map_or(Some(1), |option| option.share);
            let share = u64::from(share.unwrap_or(0));
            worst = worst.max(thousand(left));
            expected += share * thousand(left);
            shares += share;
            some = some.or(left);
            all = all.and(left);
            tells |= changes;
        }
        if self.is_one_of(question) {
            if must {
                unanswered = some;
            }
            *destinations = base.and(some.or(unanswered));
            // Each answer may decide among whom it is dealt, and each another way.
            destinations.open = base.open;
        } else {
            // An answer that cannot be tried settles its fact as being passed over does, and may
            // narrow as little as none.
            worst = worst.max(thousand(unanswered).midpoint(thousand(base)));
            some = base;
        }
        let (some, all) = (some.or(unanswered), all.and(unanswered));
        Candidate {
            question,
            required,
            left: expected.checked_div(shares).unwrap_or(worst),
            separates: some.routes & !all.routes | base.open & !all.open,
            tells,
            taken: false,
        }
    }

    /// Questions for a part in the decision that the job title may answer: they wait for it.
    fn waits_for_title(&self, candidates: &[Candidate]) -> u64 {
        let facts = &self.program.standard;
        let fact_of = |candidate: &&Candidate| {
            let question = self.program.questions.get(candidate.question);
            question.map(|question| question.fact)
        };
        let asks_title = |candidate: &Candidate| {
            (candidate.tells || candidate.required) && fact_of(&candidate) == Some(facts.job_title)
        };
        if !candidates.iter().any(asks_title) {
            return 0;
        }
        let part = [facts.seniority, facts.department, facts.buying_role].map(Some);
        candidates
            .iter()
            .filter(|candidate| part.contains(&fact_of(candidate)))
            .fold(0, |mask, candidate| mask | 1 << candidate.question)
    }
}

/// The next candidate that was not taken yet. Required ones are asked anyway, so what they tell
/// comes for nothing; those that tell nothing come last.
fn best(candidates: &mut [Candidate]) -> Option<&mut Candidate> {
    let turn = |candidate: &Candidate| match (candidate.required, candidate.tells) {
        (true, true) => 0,
        (false, _) => 1,
        (true, false) => 2,
    };
    let left = candidates.iter_mut().filter(|candidate| !candidate.taken);
    left.min_by_key(|candidate| (turn(candidate), candidate.left, candidate.question))
}

/// Appends the indices of the bits of a mask.
fn list(mask: u64, out: &mut Packed) {
    out.list(|out| bits(mask).map(|index| out.index(index)).count());
}

/// Indices of the bits of a mask.
fn bits(mask: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |index| mask >> index & 1 == 1)
}
