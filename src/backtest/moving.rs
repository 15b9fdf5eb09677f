//! Leads without the leads: what it takes to count them while one lever moves. A million leads are
//! some ten thousand bunches, few enough to be handed over to the page, which counts them in the very
//! event that moves a slider.

use super::cube::{Bunch, Cube, Lever};
use super::matches::Found;
use super::points;
use super::rules::{Rules, Told};
use super::tally::{self, Tally};
use super::{Backtest, matches_alike, stays};
use crate::card::Card;
use crate::program::Program;
use crate::wire::{Input, Wire};

/// A scorecard, a lever, and all leads in bunches.
pub struct Moving {
    /// Before anything moved.
    card: Card,
    rules: Rules,
    /// What leads found in the criterion that moves.
    found: Vec<Found>,
    cube: Cube,
}

/// Most bunches that are handed over: more of them take longer to count than a frame lasts.
const MOST: usize = 1 << 18;

impl Moving {
    /// What a backtest hands over, as bytes; none where nothing was counted yet, or too much.
    pub fn bytes_of(backtest: &Backtest) -> Vec<u8> {
        let mut bytes = Vec::new();
        let few = |cube: &&Cube| cube.bunches.len() <= MOST;
        let Some(cube) = backtest.cube.as_ref().filter(few) else {
            return bytes;
        };
        let card = backtest.card.to_bytes();
        (card.len() as u64).write(&mut bytes);
        bytes.extend(card);
        cube.lever.code().write(&mut bytes);
        let matched = cube.lever.criterion();
        let matched = matched.and_then(|index| backtest.matches.criteria.get(index));
        let found = matched.map(|matched| matched.found.clone());
        found.unwrap_or_default().write(&mut bytes);
        backtest.rules.classes().to_vec().write(&mut bytes);
        let bunches = cube.bunches.iter();
        bytes.extend(bunches.flat_map(Bunch::to_bytes).flatten());
        bytes
    }

    /// What was handed over; nothing where these are other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Moving> {
        let mut input = Input::new(bytes);
        let length = u64::read(&mut input);
        let card = Card::from_bytes(input.take(length as usize)).ok()?;
        let lever = Lever::of_code(Wire::read(&mut input));
        let found: Vec<Found> = Wire::read(&mut input);
        let classes: Vec<Told> = Wire::read(&mut input);
        let (words, _) = input.rest().as_chunks().0.as_chunks();
        let mut cube = Cube {
            lever,
            bunches: words.iter().map(Bunch::from_bytes).collect(),
        };
        input.finish(()).ok()?;
        let rules = Rules::of(&card.program, classes);
        cube.begin(&card.program, &rules, &points(&card.program, lever, &found));
        Some(Moving {
            card,
            rules,
            found,
            cube,
        })
    }

    /// The scorecard, before anything moved.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Counts all leads by a program in which the lever moved; nothing where anything else did.
    pub fn tally(&mut self, program: &Program) -> Option<Tally> {
        let (before, lever) = (&self.card.program, self.cube.lever);
        if !matches_alike(before, program) || !stays(lever, before, program) {
            return None;
        }
        self.rules.follow(program);
        let points = points(program, lever, &self.found);
        Some(tally::of_bunches(program, &self.rules, &self.cube, &points))
    }
}

/// Points of all that was found in the criterion that moves.
fn points(program: &Program, lever: Lever, found: &[Found]) -> Vec<i32> {
    let criterion = lever.criterion();
    let criterion = criterion.and_then(|index| program.criteria.get(index));
    criterion.map_or_else(Vec::new, |criterion| points::table(criterion, found))
}
