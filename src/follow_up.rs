//! The follow-up of a route: for each step who does it, by when, and how often to try.

use alloc::vec::Vec;

use crate::clock::{Clock, MINUTE};
use crate::condition::Look;
use crate::owner::{self, Key, Picked};
use crate::program::{Program, Promise};
use crate::time;

/// A step of the follow-up of one lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Who does it, if anybody serves such leads.
    pub picked: Option<Picked>,
    /// By when, in milliseconds, where a time is promised.
    pub due: Option<i64>,
    /// By when to try each time, the first by `due`.
    pub attempts: Vec<i64>,
    /// Index of the calendar, where the changes of its clock are no longer known when it is due.
    pub past_horizon: Option<u16>,
}

/// The tasks of the route of this index for a lead that came at `now`. The time of a step runs
/// from when the one before it is due.
pub fn tasks(program: &Program, route: usize, key: &Key, look: &dyn Look, now: i64) -> Vec<Task> {
    let steps = program.people.plans.get(route);
    let mut from = now.clamp(*time::RANGE.start(), *time::RANGE.end());
    let mut task = |step| {
        let picked = owner::pick(program, step, key, look, from);
        let promise = step.promise;
        let promise = promise.and_then(|index| program.people.promises.get(usize::from(index)));
        let own = picked.and_then(|picked| program.people.owners.get(usize::from(picked.owner)));
        let own = own.and_then(|owner| owner.calendar);
        let calendar = promise.and_then(|promise| promise.calendar.or(own));
        let clock = calendar.and_then(|calendar| program.clock(calendar));
        let mut task = Task {
            picked,
            due: None,
            attempts: Vec::new(),
            past_horizon: None,
        };
        if let (Some(promise), Some(clock)) = (promise, clock) {
            task.due = clock.after(from, i64::from(promise.minutes) * MINUTE);
            if let Some(due) = task.due {
                from = due;
                task.attempts = attempts(&clock, promise, due);
                let last = task.attempts.last().copied().unwrap_or(due);
                task.past_horizon = calendar.filter(|_| last > clock.horizon());
            }
        }
        task
    };
    steps.into_iter().flatten().map(&mut task).collect()
}

/// By when to try each time: evenly spread over the working time of so many working days, the
/// first of which is the day of the first attempt.
fn attempts(clock: &Clock, promise: &Promise, due: i64) -> Vec<i64> {
    let Some((count, days)) = promise.attempts else {
        return Vec::new();
    };
    let gaps = i64::from(count.max(1) - 1);
    let whole = clock.over_days(due, days) / MINUTE;
    let mut at = Some(due);
    let mut spent = 0;
    (0..=gaps)
        .map_while(|attempt| {
            // From the attempt before, so that no time is passed twice.
            let wanted = whole * attempt / gaps.max(1) - spent;
            spent += wanted;
            if wanted > 0 {
                at = at.and_then(|at| clock.after(at, wanted * MINUTE));
            }
            at
        })
        .collect()
}

#[cfg(test)]
mod tests;
