//! Taking over what was proposed: scorecard + proposal + choice → scorecard. The old one is still
//! there, which is how everything can be undone.

use super::proposal::{Accepted, BinPlace, CriterionProposal, Proposal};
use crate::problem::{Code, Problem};
use crate::scorecard::file::{Criterion, Scorecard};

/// The scorecard with what was chosen.
///
/// Only the choice of all takes over the calibration, which holds for all points together; after
/// another it is to be fitted again.
///
/// # Errors
/// Where the proposal has no such criterion or bin, or is for another scorecard.
pub fn accept(
    card: &Scorecard,
    proposal: &Proposal,
    choice: &Accepted,
) -> Result<Scorecard, Problem> {
    let mut card = card.clone();
    let of = |id: &str| {
        let found = proposal
            .criteria
            .iter()
            .find(|criterion| criterion.id == id);
        found.ok_or_else(|| unknown(format!("no criterion `{id}` in the proposal")))
    };
    match choice {
        Accepted::All => {
            for criterion in &proposal.criteria {
                whole(&mut card, criterion)?;
            }
            card.calibration = Some(proposal.calibration.curve.clone());
        }
        Accepted::Criterion(id) => whole(&mut card, of(id)?)?,
        Accepted::Bin(bin) => {
            let proposed = of(&bin.criterion)?;
            let points = proposed.bins.iter().find(|other| other.place == bin.place);
            let points = points
                .ok_or_else(|| unknown(format!("no such bin in `{}`", bin.criterion)))?
                .points;
            if proposed.added
                && !card
                    .criteria
                    .iter()
                    .any(|criterion| criterion.id == proposed.id)
            {
                // The new criterion comes with this bin only; the others earn nothing yet.
                let mut bare = proposed.clone();
                if let Some(criterion) = &mut bare.criterion {
                    criterion.unknown = 0;
                    criterion
                        .bins
                        .iter_mut()
                        .flatten()
                        .for_each(|bin| bin.points = 0);
                }
                add(&mut card, &bare)?;
            }
            set(existing(&mut card, &proposed.id)?, bin.place, points)?;
        }
    }
    Ok(card)
}

fn whole(card: &mut Scorecard, proposed: &CriterionProposal) -> Result<(), Problem> {
    let there = card
        .criteria
        .iter()
        .any(|criterion| criterion.id == proposed.id);
    if proposed.added && !there {
        return add(card, proposed);
    }
    let criterion = existing(card, &proposed.id)?;
    for bin in &proposed.bins {
        set(criterion, bin.place, bin.points)?;
    }
    Ok(())
}

fn add(card: &mut Scorecard, proposed: &CriterionProposal) -> Result<(), Problem> {
    let criterion = proposed.criterion.clone();
    card.criteria
        .push(criterion.ok_or_else(|| unknown(format!("no new criterion `{}`", proposed.id)))?);
    for fact in &proposed.facts {
        if !card.facts.iter().any(|other| other.id == fact.id) {
            card.facts.push(fact.clone());
        }
    }
    Ok(())
}

fn existing<'c>(card: &'c mut Scorecard, id: &str) -> Result<&'c mut Criterion, Problem> {
    let found = card
        .criteria
        .iter_mut()
        .find(|criterion| criterion.id == id);
    found.ok_or_else(|| unknown(format!("no criterion `{id}` in the scorecard")))
}

fn set(criterion: &mut Criterion, place: BinPlace, points: i32) -> Result<(), Problem> {
    match place {
        BinPlace::Bin(index) => {
            let bin = criterion
                .bins
                .as_mut()
                .and_then(|bins| bins.get_mut(usize::from(index)));
            bin.ok_or_else(|| {
                unknown(format!("no bin {index} in criterion `{}`", criterion.id))
            })?
            .points = points;
        }
        BinPlace::True => criterion.when_true = Some(points),
        BinPlace::False => criterion.when_false = Some(points).filter(|points| *points != 0),
        BinPlace::Unknown => criterion.unknown = points,
    }
    Ok(())
}

fn unknown(found: String) -> Problem {
    Problem::error(
        Code::UnknownReference,
        "",
        found,
        "a part of this proposal, and the scorecard that it was made for",
        "learn again from the present scorecard",
    )
}
