//! The follow-up of a route: for each step who does it, by when, and how often to try.

use alloc::vec::Vec;

use crate::clock::MINUTE;
use crate::condition::Look;
use crate::owner::{self, Key, Picked};
use crate::program::{Calendar, NONE, Program, Promise};
use crate::time;

/// Most attempts of one promise.
const MAX_ATTEMPTS: i32 = 50;

/// A step of the follow-up of one lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Who does it, if anybody serves such leads.
    pub picked: Option<Picked>,
    /// By when to try each time, in milliseconds: the first is when it is due. Empty where no time
    /// is promised; no more than one where the program tells no attempts.
    pub times: Vec<i64>,
    /// Index of the calendar, where the changes of its clock are not known up to then, else
    /// [`NONE`].
    pub past_horizon: i32,
}

/// The tasks of the route of this index for a lead that came at `now`. The time of a step runs
/// from when the one before it is due.
pub fn tasks(program: &Program, route: usize, key: &Key, look: &dyn Look, now: i64) -> Vec<Task> {
    let people = &program.people;
    let mut from = now.clamp(*time::RANGE.start(), *time::RANGE.end());
    let mut tasks = Vec::new();
    for step in program.plan(route) {
        let picked = owner::pick(program, step, key, look, from);
        let mut times = Vec::new();
        let mut past_horizon = NONE;
        if let Some(promise) = people.promise(step[2]) {
            let own = picked.and_then(|picked| people.owner(picked.owner));
            let index = match (promise.calendar, own) {
                (NONE, Some(owner)) => owner.calendar,
                (index, _) => index,
            };
            if let Some(calendar) = people.calendar(index) {
                times = attempts(&calendar, &promise, from);
                if times.last().is_some_and(|last| *last > calendar.horizon()) {
                    past_horizon = index;
                }
            }
        }
        from = times.first().copied().unwrap_or(from);
        tasks.push(Task {
            picked,
            times,
            past_horizon,
        });
    }
    tasks
}

/// By when to try each time: first as soon as promised, then evenly spread over the working time
/// of so many working days, the first of which is the day of the first attempt.
fn attempts(calendar: &Calendar, promise: &Promise, from: i64) -> Vec<i64> {
    let mut times = Vec::new();
    let gaps = i64::from(promise.attempts.min(MAX_ATTEMPTS) - 1);
    let mut wanted = i64::from(promise.minutes);
    let (mut at, mut spent, mut whole) = (from, 0, 0);
    // From the attempt before, so that no time is passed twice.
    while let Some(then) = calendar.after(at, wanted * MINUTE) {
        let count = times.len() as i64;
        times.push(then);
        if count >= gaps {
            break;
        }
        if count == 0 {
            whole = calendar.over_days(then, promise.over_days) / MINUTE;
        }
        at = then;
        wanted = whole * (count + 1) / gaps - spent;
        spent += wanted;
    }
    times
}

#[cfg(test)]
mod tests;
