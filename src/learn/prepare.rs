//! From what was read to what is learned from: who counts, how much, and what is said of it.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // Rows are those of the same table.

use super::describe;
use super::emit;
use super::feature::Feature;
use super::fit::Outcomes;
use super::history::{self, History};
use super::limits::{Limits, Way};
use super::plain::{self, Schema};
use super::proposal::Feedback;
use super::sheet::Sheet;
use super::study::{Past, Present, deviation};
use super::task::Options;
use crate::program::{Axis, FactType};
use crate::scorecard::file::{Fact, Scorecard};
use crate::time::DAY;

/// Days to win of so many of all wins: a younger lead is not lost yet.
const MATURE: f64 = 0.9;
/// Fewest wins with dates that tell how long winning takes.
const LEAST_WINS: usize = 20;
/// Texts of new criteria together, in bytes.
const MAX_TEXT: usize = 32 * 1024;
/// Fewest leads that a reason must have to be listed, and most reasons listed.
const LEAST_REJECTED: usize = 3;
const MAX_REASONS: usize = 12;

/// What a proposal says of its leads beside what was learned.
pub struct About {
    /// Leads without an outcome.
    pub open: u32,
    /// Leads too young to be judged.
    pub immature: u32,
    /// Days after which the weight of a lead has halved.
    pub half_life_days: Option<f64>,
    /// For each feature what its criterion is called.
    pub ids: Vec<Named>,
    /// The MQL threshold on the score.
    pub threshold: Option<i32>,
    /// What sales said of rejected leads.
    pub feedback: Vec<Feedback>,
    /// What else an author should know.
    pub notes: Vec<String>,
    /// Leads without an outcome whose amount is known.
    pub open_leads: Option<Past>,
}

/// What the criterion of a feature is called.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its label for people.
    pub label: String,
    /// Its axis.
    pub axis: Axis,
    /// The fact it is on.
    pub on: String,
    /// The fact, where it has to be declared.
    pub fact: Option<Fact>,
    /// Whether its values are yes and no.
    pub boolean: bool,
}

/// What is learned from a plain table.
pub fn plain(schema: &Schema, sheet: Sheet) -> (Past, About) {
    let table = schema.table(sheet);
    let mut taken: Vec<String> = Vec::new();
    let mut ids = Vec::new();
    for feature in &table.features {
        let id = emit::unused(emit::id_of(&feature.name), &taken);
        taken.push(id.clone());
        let fact = Some(emit::fact(feature, &id));
        ids.push(Named {
            on: id.clone(),
            id,
            label: feature.name.clone(),
            axis: Axis::Fit,
            fact,
            boolean: false,
        });
    }
    let odd = table.odd.iter().map(|(name, odd)| {
        format!("{odd} cells of column `{name}` are no numbers; they count as unknown.")
    });
    let mut notes: Vec<String> = odd.collect();
    notes.extend(one_sided(&table.outcomes));
    let about = About {
        open: table.open as u32,
        immature: 0,
        half_life_days: None,
        ids,
        threshold: None,
        feedback: Vec::new(),
        notes,
        open_leads: None,
    };
    (
        Past {
            features: table.features,
            outcomes: table.outcomes,
            ..Past::default()
        },
        about,
    )
}

/// Says where outcomes are of one kind only, or there are none.
fn one_sided(outcomes: &Outcomes) -> Option<String> {
    let won = outcomes.won.iter().filter(|won| **won > 0.5).count();
    let lost = outcomes.won.len() - won;
    let what = match (won, lost) {
        (0, 0) => "No lead has an outcome",
        (_, 0) => "All leads were won",
        (0, _) => "All leads were lost",
        _ if won.min(lost) < 5 => "Fewer than 5 leads were won, or fewer than 5 lost",
        _ => return None,
    };
    Some(format!(
        "{what}: points cannot be learned from that. It takes some of each, and 5 of each to measure anything."
    ))
}

/// What is learned for a scorecard.
pub fn history(history: History, card: &Scorecard, options: &Options) -> (Past, About) {
    let (mature, immature) = mature(&history, options);
    let rows = history.rows.outcomes.len();
    let told: Vec<u32> = (0..rows as u32)
        .filter(|row| history.rows.outcomes[*row as usize].is_some() && mature[*row as usize])
        .collect();
    let open: Vec<u32> = (0..rows as u32)
        .filter(|row| history.rows.outcomes[*row as usize].is_none())
        .collect();
    let mut notes: Vec<String> = Vec::new();
    let unlearned =
        history.card.program.criteria.len() - history.learned.len() - history.candidates.len();
    if unlearned > 0 {
        notes.push(format!(
            "{unlearned} criteria keep their points: they count single events or fade with time."
        ));
    }
    let unread = history.unknown_columns();
    if !unread.is_empty() {
        let shown: Vec<&str> = unread.iter().take(8).map(String::as_str).collect();
        notes.push(format!("{} columns are no facts of this scorecard and were not used: {}. Declare a fact to learn from one.", unread.len(), shown.join(", ")));
    }
    if history.rows.created.iter().all(|created| created.is_nan()) {
        notes.push("No column says when leads came in: all are judged as of now, and none is left out as too young.".to_owned());
    }
    let weights = weights(&history, options);
    let pick = |values: &[f64]| {
        told.iter()
            .map(|row| values[*row as usize])
            .collect::<Vec<f64>>()
    };
    let outcomes = Outcomes {
        won: told
            .iter()
            .map(|row| f64::from(u8::from(history.rows.outcomes[*row as usize] == Some(true))))
            .collect(),
        weight: pick(&weights),
    };
    notes.extend(one_sided(&outcomes));
    let (features, ids, ways) = features(&history, card, options, &weights);
    // Criteria that are not learned, in the order of the program.
    let program = &history.card.program;
    let others = (0..program.criteria.len()).filter(|index| {
        !history
            .learned
            .iter()
            .any(|learned| learned.index == *index)
    });
    let others: Vec<Way> = others.map(|index| way(&history, index)).collect();
    let fixed: Vec<(Way, Vec<i32>)> = others
        .into_iter()
        .zip(history.rows.fixed.iter().cloned())
        .collect();
    let sums = (0..rows)
        .map(|row| fixed.iter().map(|(_, points)| f64::from(points[row])).sum())
        .collect();
    let spread = deviation(
        &history
            .rows
            .scores
            .iter()
            .map(|score| *score as f64)
            .collect::<Vec<f64>>(),
    );
    let worth = card.calibration.as_ref().map_or(
        if spread > 0.0 { 1.0 / spread } else { 0.05 },
        |calibration| calibration.g,
    );
    let has_amounts = history.rows.amounts.iter().any(|amount| amount.is_finite());
    let has_dates = told
        .iter()
        .all(|row| history.rows.created[*row as usize].is_finite())
        && !told.is_empty();
    let all = Past {
        features,
        outcomes: Outcomes {
            won: vec![0.0; rows],
            weight: vec![1.0; rows],
        },
        times: None,
        amounts: None,
        present: Some(Present {
            scores: history.rows.scores.clone(),
            fixed: sums,
            limits: Limits::of(program, ways, fixed),
            worth,
        }),
    };
    let mut past = all.of_rows(&told);
    past.outcomes = outcomes;
    past.times = has_dates.then(|| pick(&history.rows.created));
    past.amounts = has_amounts.then(|| pick(&history.rows.amounts));
    let open_leads = (has_amounts && !open.is_empty()).then(|| {
        let mut leads = all.of_rows(&open);
        leads.amounts = Some(
            open.iter()
                .map(|row| history.rows.amounts[*row as usize])
                .collect(),
        );
        leads
    });
    let about = About {
        open: open.len() as u32,
        immature,
        half_life_days: options.half_life_days,
        threshold: history::threshold(card),
        feedback: feedback(&history, &all.features, &ids),
        ids,
        notes,
        open_leads,
    };
    (past, about)
}

/// Which leads are old enough to be judged, and how many are not. Of young ones only quick wins and
/// quick losses are known, which is not how the rest will end.
fn mature(history: &History, options: &Options) -> (Vec<bool>, u32) {
    let rows = &history.rows;
    let count = rows.outcomes.len();
    let won = (0..count).filter(|row| rows.outcomes[*row] == Some(true));
    let mut days: Vec<f64> = won
        .map(|row| rows.closed[row] - rows.created[row])
        .filter(|days| days.is_finite() && *days >= 0.0)
        .collect();
    if days.len() < LEAST_WINS {
        return (vec![true; count], 0);
    }
    days.sort_by(f64::total_cmp);
    let horizon = days[((days.len() as f64 * MATURE) as usize).min(days.len() - 1)];
    let newest = rows
        .created
        .iter()
        .chain(&rows.closed)
        .copied()
        .filter(|at| at.is_finite())
        .fold(f64::MIN, f64::max);
    let now = options.now.unwrap_or(newest);
    // Where nobody is old enough the horizon says nothing.
    let mature: Vec<bool> = rows
        .created
        .iter()
        .map(|created| created.is_nan() || *created + horizon <= now)
        .collect();
    let young = (0..count)
        .filter(|row| !mature[*row] && rows.outcomes[*row].is_some())
        .count();
    let told = rows.outcomes.iter().flatten().count();
    if young * 2 > told {
        (vec![true; count], 0)
    } else {
        (mature, young as u32)
    }
}

/// What each lead counts: half as much for every half-life that it is older than the newest.
fn weights(history: &History, options: &Options) -> Vec<f64> {
    let rows = &history.rows;
    let at: Vec<f64> = rows
        .closed
        .iter()
        .zip(&rows.created)
        .map(|(closed, created)| {
            if closed.is_finite() {
                *closed
            } else {
                *created
            }
        })
        .collect();
    let newest = at
        .iter()
        .copied()
        .filter(|at| at.is_finite())
        .fold(f64::MIN, f64::max);
    let weight = |at: &f64| match options.half_life_days {
        Some(days) if at.is_finite() => libm::exp2(-(newest - at) / (days * DAY as f64)),
        _ => 1.0,
    };
    at.iter().map(weight).collect()
}

fn way(history: &History, index: usize) -> Way {
    let criterion = &history.card.program.criteria[index];
    Way {
        limit: criterion.limit.clone(),
        group: criterion.group.map(usize::from),
        axis: criterion.axis,
    }
}

/// Criteria of the scorecard, then those to be; what they are called; where their points go.
fn features(
    history: &History,
    card: &Scorecard,
    options: &Options,
    weights: &[f64],
) -> (Vec<Feature>, Vec<Named>, Vec<Way>) {
    let (mut features, mut ids, mut ways) = (Vec::new(), Vec::new(), Vec::new());
    for (learned, codes) in history.learned.iter().zip(&history.rows.codes) {
        let mut feature = learned.feature.clone();
        feature.column.codes.clone_from(codes);
        features.push(feature);
        let criterion = &card.criteria[learned.file];
        let label = criterion
            .label
            .as_ref()
            .map_or(criterion.id.as_str(), |label| {
                label.in_language(&card.default_language)
            });
        ids.push(Named {
            id: criterion.id.clone(),
            label: label.to_owned(),
            axis: criterion.axis,
            on: String::new(),
            fact: None,
            boolean: false,
        });
        ways.push(way(history, learned.index));
    }
    if options.new_criteria == Some(false) {
        return (features, ids, ways);
    }
    let all: Vec<u32> = (0..weights.len() as u32).collect();
    let mut room = MAX_TEXT;
    let mut taken: Vec<String> = card
        .criteria
        .iter()
        .map(|criterion| criterion.id.clone())
        .collect();
    for ((fact, index), read) in history.candidates.iter().zip(&history.rows.values) {
        let Some(read) = read.clone() else { continue };
        features.push(plain::feature(read, &all, weights, None, &mut room));
        let id = if taken.contains(&fact.id) {
            emit::unused(fact.id.replace('.', "-"), &taken)
        } else {
            fact.id.clone()
        };
        taken.push(id.clone());
        let label = fact.label.as_ref().map_or(fact.id.as_str(), |label| {
            label.in_language(&card.default_language)
        });
        let axis = fact.axis.unwrap_or(Axis::Fit);
        let boolean = history.card.program.facts[*index].kind == FactType::Boolean;
        ids.push(Named {
            id,
            label: label.to_owned(),
            axis,
            on: fact.id.clone(),
            fact: None,
            boolean,
        });
        ways.push(Way {
            limit: crate::program::Limit {
                min: None,
                max: None,
            },
            group: None,
            axis,
        });
    }
    (features, ids, ways)
}

/// For each reason of rejection the bin in which such leads are over-represented most.
fn feedback(history: &History, features: &[Feature], ids: &[Named]) -> Vec<Feedback> {
    let rows = &history.rows;
    let texts = rows.reason_texts.all();
    let mut counts = vec![0_usize; texts.len()];
    for reason in rows.reasons.iter().filter(|reason| **reason > 0) {
        counts[*reason as usize - 1] += 1;
    }
    let mut order: Vec<usize> = (0..texts.len())
        .filter(|reason| counts[*reason] >= LEAST_REJECTED)
        .collect();
    order.sort_by(|a, b| counts[*b].cmp(&counts[*a]).then(texts[*a].cmp(&texts[*b])));
    order.truncate(MAX_REASONS);
    let all = rows.reasons.len() as f64;
    let of_reason = |reason: usize| {
        let count = counts[reason] as f64;
        let mark: Vec<f64> = rows
            .reasons
            .iter()
            .map(|other| f64::from(u8::from(*other as usize == reason + 1)))
            .collect();
        let ones = vec![1.0; mark.len()];
        let mut best: Option<(f64, usize, usize, f64, f64)> = None;
        for (index, feature) in features
            .iter()
            .enumerate()
            .filter(|(_, feature)| feature.present.is_some())
        {
            let (with, leads) = (feature.column.sums(&mark), feature.column.sums(&ones));
            for level in 0..leads.len() {
                let expected = count * leads[level] / all;
                let apart = (with[level] - expected)
                    / (expected * (1.0 - leads[level] / all)).max(1e-9).sqrt();
                if apart > 2.0 && best.is_none_or(|(most, ..)| apart > most) {
                    best = Some((apart, index, level, with[level], leads[level]));
                }
            }
        }
        let reason = texts[reason].to_string();
        let said = format!("“{reason}”: {count} leads");
        let (criterion, words) = match best {
            None => (None, format!("{said}, in no bin more than elsewhere.")),
            Some((_, index, level, with, leads)) => {
                let bin = match &features[index].bins {
                    super::feature::Bins::Own(places) => places[level].1.clone(),
                    _ => String::new(),
                };
                let label = &ids[index].label;
                (
                    Some(ids[index].id.clone()),
                    format!(
                        "{said}; {with} of them in {label}: {bin}, which holds {} of all leads.",
                        describe::percent(leads / all)
                    ),
                )
            }
        };
        Feedback {
            reason,
            leads: count as u32,
            criterion,
            words,
        }
    };
    order.into_iter().map(of_reason).collect()
}
