//! From findings to a proposal: evidence for each bin, and what the points are worth.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // Rows and levels are those of the same findings.

use super::column::Column;
use super::describe;
use super::emit;
use super::error::{Errors, errors};
use super::feature::{Bins, Both, Feature};
use super::history;
use super::leak;
use super::math::{NINETY, logistic, share_interval};
use super::measure;
use super::model;
use super::prepare::{About, Named};
use super::proposal::*;
use super::study::{Findings, HeldOut, deviation};
use crate::scorecard::file::{Calibration, Text};

/// Below this share of the log-loss a signal is weak.
const WEAK: f64 = 0.05;

/// What an author wishes of a proposal.
pub struct Setting {
    /// Share of the leads that sales can take up.
    pub capacity: f64,
    /// Date of the fit, `2026-10-01`.
    pub today: String,
}

/// Makes a proposal of findings.
pub fn propose(found: &mut Findings, about: &About, setting: Setting) -> Proposal {
    let signal = signal(
        &found.held_out,
        &found.past.outcomes.won,
        &found.past.outcomes.weight,
    );
    if signal.strength == Strength::None {
        keep_present(found);
    }
    let outcomes = &found.past.outcomes;
    let errors = errors(
        &found.past.features,
        &found.merged,
        &found.card.points,
        outcomes,
        &found.fit,
    );
    let evidence = model::by_feature(&found.past.features, &found.fit.evidence);
    let all: f64 = outcomes.weight.iter().sum();
    let wins = outcomes.wins();
    let won: f64 = wins.iter().sum();
    let overall = if all > 0.0 { won / all } else { 0.0 };
    let ids = names(found, about);
    let mut criteria: Vec<CriterionProposal> = (0..found.past.features.len())
        .filter_map(|index| {
            criterion(
                found,
                index,
                &ids,
                &errors,
                &evidence[index],
                (&wins, overall),
            )
        })
        .collect();
    criteria.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.id.cmp(&b.id)));
    let count = |which: f64| outcomes.won.iter().filter(|won| **won == which).count() as u32;
    let squares: f64 = outcomes.weight.iter().map(|weight| weight * weight).sum();
    let learned_from = LearnedFrom {
        won: count(1.0),
        lost: count(0.0),
        open: about.open,
        immature: about.immature,
        effective: if squares > 0.0 {
            round(all * all / squares, 1)
        } else {
            0.0
        },
        half_life_days: about.half_life_days,
        prior: round(prior_share(found, &evidence), 3),
    };
    let mut proposal = Proposal {
        learned_from,
        signal,
        criteria,
        measured: measured(found, setting.capacity),
        calibration: calibration(found, &errors, setting.today),
        volume: about
            .threshold
            .and_then(|threshold| volume(found, threshold)),
        money: money(found, &errors, about),
        leaks: leak::leaks(&found.past.features, &found.merged, outcomes, &ids),
        feedback: about.feedback.clone(),
        notes: about.notes.clone(),
        report: String::new(),
    };
    proposal.report = describe::report(&proposal);
    proposal
}

/// What the criteria are called: combinations after their two sides.
fn names(found: &Findings, about: &About) -> Vec<Named> {
    let mut ids = about.ids.clone();
    for feature in found.past.features.iter().skip(ids.len()) {
        let Bins::Both(Both { sides }) = &feature.bins else {
            continue;
        };
        let [a, b] = sides.each_ref().map(|(index, levels)| {
            let side = &ids[*index];
            (
                side.id.clone(),
                format!(
                    "{}: {}",
                    side.label,
                    emit::levels_in_words(&found.past.features[*index], levels)
                ),
            )
        });
        let taken: Vec<String> = ids.iter().map(|named| named.id.clone()).collect();
        let id: String = format!("{}-{}", a.0, b.0).chars().take(60).collect();
        ids.push(Named {
            id: emit::unused(id, &taken),
            label: format!("{} and {}", a.1, b.1),
            axis: crate::program::Axis::Fit,
            on: String::new(),
            fact: None,
            boolean: false,
        });
    }
    ids
}

/// A number with so many decimals: what is shown is what is kept, so that bytes stay the same.
pub fn round(value: f64, decimals: i32) -> f64 {
    let scale = (0..decimals).fold(1.0, |scale, _| scale * 10.0);
    let rounded = libm::round(value * scale) / scale;
    if rounded.is_finite() {
        rounded + 0.0
    } else {
        0.0
    }
}

/// Without a signal present points stay, and new criteria earn nothing.
fn keep_present(found: &mut Findings) {
    for (points, feature) in found.card.points.iter_mut().zip(&found.past.features) {
        match &feature.present {
            Some(present) => points.clone_from(present),
            None => points.fill(0),
        }
    }
    let scores = match &found.past.present {
        Some(present) => present.scores.clone(),
        None => vec![0; found.past.outcomes.won.len()],
    };
    let slope = found
        .past
        .present
        .as_ref()
        .map_or(0.05, |present| present.worth);
    let table = super::calibrate::ScoreTable::of(&scores, &found.past.outcomes);
    found.curve = if found.past.present.is_some() {
        table.curve(slope)
    } else {
        table.through(slope)
    };
    found.scores = scores;
}

fn signal(held_out: &HeldOut, won: &[f64], weight: &[f64]) -> LearnedSignal {
    let (mut sum, mut squares, mut base, mut all) = (0.0, 0.0, 0.0, 0.0);
    for row in (0..won.len()).filter(|row| held_out.part[*row].is_some()) {
        let without = measure::lead_loss(held_out.base[row], won[row]);
        let gain = without - measure::lead_loss(held_out.proposed[row], won[row]);
        sum += weight[row] * gain;
        squares += weight[row] * gain * gain;
        base += weight[row] * without;
        all += weight[row];
    }
    if all <= 0.0 || base <= 0.0 {
        return LearnedSignal {
            strength: Strength::None,
            explained: 0.0,
            interval: [0.0, 0.0],
        };
    }
    let effective = all * all
        / weight
            .iter()
            .map(|weight| weight * weight)
            .sum::<f64>()
            .max(1e-300);
    let mean = sum / all;
    let error = ((squares / all - mean * mean).max(0.0) / effective).sqrt();
    let share = |gain: f64| round(gain * all / base, 4);
    let interval = [share(mean - NINETY * error), share(mean + NINETY * error)];
    let strength = match share(mean) {
        _ if interval[0] <= 0.0 => Strength::None,
        explained if explained < WEAK => Strength::Weak,
        _ => Strength::Clear,
    };
    LearnedSignal {
        strength,
        explained: share(mean),
        interval,
    }
}

/// Share of the card that is present points: by leads, over all bins of criteria that it has.
fn prior_share(found: &Findings, evidence: &[Vec<f64>]) -> f64 {
    let (mut prior, mut all) = (0.0, 0.0);
    for ((feature, column), evidence) in found.past.features.iter().zip(&found.merged).zip(evidence)
    {
        if feature.present.is_none() {
            continue;
        }
        for (mass, evidence) in column
            .sums(&found.past.outcomes.weight)
            .iter()
            .zip(evidence)
        {
            // A bin without leads counts a little, so that no outcomes at all means all is prior.
            prior += (mass + 1e-3) * (1.0 - evidence.clamp(0.0, 1.0));
            all += mass + 1e-3;
        }
    }
    if all > 0.0 { prior / all } else { 0.0 }
}

fn criterion(
    found: &Findings,
    index: usize,
    ids: &[Named],
    errors: &Errors,
    evidence: &[f64],
    (wins, overall): (&[f64], f64),
) -> Option<CriterionProposal> {
    let (feature, column, named) = (
        &found.past.features[index],
        &found.merged[index],
        &ids[index],
    );
    let points = &found.card.points[index];
    let outcomes = &found.past.outcomes;
    let leads = column.sums(&outcomes.weight);
    let wins = column.sums(wins);
    let bin = |place: BinPlace, label: String, points: i32, old: Option<i32>, levels: &[usize]| {
        let sum = |values: &[f64]| levels.iter().map(|level| values[*level]).sum::<f64>();
        let mass = sum(&leads);
        let told = levels
            .iter()
            .map(|level| evidence[*level].clamp(0.0, 1.0) * leads[*level])
            .sum::<f64>();
        let heaviest = levels
            .iter()
            .copied()
            .max_by(|a, b| leads[*a].total_cmp(&leads[*b]));
        let error = heaviest.and_then(|level| errors.levels[index][level]);
        let reach = error.map(|error| NINETY * error / found.card.slope);
        let mut bin = BinProposal {
            place,
            label,
            old,
            points,
            interval: reach.map(|reach| {
                [
                    round(f64::from(points) - reach, 1),
                    round(f64::from(points) + reach, 1),
                ]
            }),
            leads: round(mass, 1),
            won: round(sum(&wins), 1),
            evidence: round(if mass > 0.0 { told / mass } else { 0.0 }, 3),
            why: String::new(),
        };
        bin.why = describe::why(&bin, overall);
        bin
    };
    let spread: Vec<f64> = column
        .codes
        .iter()
        .map(|code| f64::from(points[usize::from(*code)]))
        .collect();
    let mut proposal = CriterionProposal {
        id: named.id.clone(),
        label: named.label.clone(),
        added: feature.present.is_none(),
        weight: round(deviation(&spread), 2),
        bins: Vec::new(),
        criterion: None,
        facts: Vec::new(),
    };
    if let Bins::Own(places) = &feature.bins {
        let present = feature.present.as_deref().unwrap_or_default();
        let levels = places.iter().enumerate();
        proposal.bins = levels
            .map(|(level, (place, label))| {
                bin(
                    *place,
                    label.clone(),
                    points[level],
                    present.get(level).copied(),
                    &[level],
                )
            })
            .collect();
        return Some(proposal);
    }
    if let Bins::Both(Both { sides }) = &feature.bins {
        let (a, b) = (&ids[sides[0].0], &ids[sides[1].0]);
        let earned = points[1] - points[0];
        let on = [a.on.as_str(), b.on.as_str()];
        proposal.criterion = Some(emit::combination(
            &found.past.features,
            sides,
            on,
            earned,
            &named.id,
            &named.label,
            named.axis,
        )?);
        proposal
            .bins
            .push(bin(BinPlace::True, named.label.clone(), earned, None, &[1]));
        proposal.facts = [a, b].iter().filter_map(|side| side.fact.clone()).collect();
        return Some(proposal);
    }
    let mut criterion = emit::criterion(
        feature,
        points,
        &named.id,
        &named.on,
        Some(Text::Plain(named.label.clone())),
        named.axis,
    )?;
    let places = criterion.bins.iter().flatten().enumerate();
    for (place, own) in places {
        let levels = emit::levels_of(feature, own, criterion.bins.as_deref().unwrap_or_default());
        proposal.bins.push(bin(
            BinPlace::Bin(place as u16),
            describe::bin(own),
            own.points,
            None,
            &levels,
        ));
    }
    let unknown = feature.unknown();
    proposal.bins.push(bin(
        BinPlace::Unknown,
        "unknown".to_owned(),
        criterion.unknown,
        None,
        &[unknown],
    ));
    if named.boolean {
        history::as_booleans(&mut criterion);
    }
    proposal.criterion = Some(criterion);
    proposal.facts.extend(named.fact.clone());
    Some(proposal)
}

/// Rows that were held out, by part.
fn held_out(found: &Findings) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for (row, part) in found.held_out.part.iter().enumerate() {
        if let Some(part) = part {
            let part = usize::from(*part);
            parts.resize(parts.len().max(part + 1), Vec::new());
            parts[part].push(row);
        }
    }
    parts
}

fn measured(found: &Findings, capacity: f64) -> Option<Measured> {
    let parts = held_out(found);
    let rows: Vec<usize> = parts.iter().flatten().copied().collect();
    if rows.is_empty() {
        return None;
    }
    let outcomes = &found.past.outcomes;
    let measures = |p: &[f64]| {
        // Scores of different cards do not compare: ranks are measured within each part.
        let (mut auc, mut recall, mut money, mut all) = (0.0, 0.0, 0.0, 0.0);
        for rows in &parts {
            let of = |values: &[f64]| rows.iter().map(|row| values[*row]).collect::<Vec<f64>>();
            let (p, won, weight) = (of(p), of(&outcomes.won), of(&outcomes.weight));
            let mass: f64 = weight.iter().sum();
            auc += mass * measure::auc(&p, &won, &weight).unwrap_or(0.5);
            recall += mass * measure::recall(&p, &won, &weight, capacity);
            if let Some(amounts) = &found.past.amounts {
                let worth: Vec<f64> = of(amounts)
                    .iter()
                    .zip(&won)
                    .map(|(amount, won)| {
                        if amount.is_finite() {
                            amount * won
                        } else {
                            0.0
                        }
                    })
                    .collect();
                money += mass * measure::recall(&p, &worth, &weight, capacity);
            }
            all += mass;
        }
        let of = |values: &[f64]| rows.iter().map(|row| values[*row]).collect::<Vec<f64>>();
        let (p, won, weight) = (of(p), of(&outcomes.won), of(&outcomes.weight));
        Measures {
            auc: round(auc / all, 4),
            log_loss: round(measure::log_loss(&p, &won, &weight), 4),
            calibration_error: round(
                measure::calibration_error(&measure::reliability(&p, &won, &weight)),
                4,
            ),
            recall: round(recall / all, 4),
            money_recall: found.past.amounts.as_ref().map(|_| round(money / all, 4)),
        }
    };
    let present = found
        .past
        .present
        .as_ref()
        .map(|_| measures(&found.held_out.present));
    let gain = found.past.present.as_ref().map(|_| {
        let (mut sum, mut squares, mut all, mut weights) = (0.0, 0.0, 0.0, 0.0);
        for row in &rows {
            let loss = |p: &[f64]| measure::lead_loss(p[*row], outcomes.won[*row]);
            let (gain, weight) = (
                loss(&found.held_out.present) - loss(&found.held_out.proposed),
                outcomes.weight[*row],
            );
            sum += weight * gain;
            squares += weight * gain * gain;
            all += weight;
            weights += weight * weight;
        }
        let mean = sum / all;
        let error = ((squares / all - mean * mean).max(0.0) * weights / (all * all)).sqrt();
        [
            round(mean - NINETY * error, 4),
            round(mean + NINETY * error, 4),
        ]
    });
    Some(Measured {
        forward: found.held_out.forward,
        leads: rows.len() as u32,
        capacity,
        present,
        proposed: measures(&found.held_out.proposed),
        gain,
    })
}

fn calibration(found: &Findings, errors: &Errors, today: String) -> CalibrationProposal {
    let outcomes = &found.past.outcomes;
    let rows: Vec<usize> = held_out(found).into_iter().flatten().collect();
    let of = |values: &[f64]| rows.iter().map(|row| values[*row]).collect::<Vec<f64>>();
    let tenths = measure::reliability(
        &of(&found.held_out.proposed),
        &of(&outcomes.won),
        &of(&outcomes.weight),
    );
    let tenth = |tenth: &measure::Tenth| TenthProposal {
        leads: round(tenth.leads, 1),
        predicted: round(tenth.predicted, 4),
        observed: round(tenth.won / tenth.leads, 4),
        interval: share_interval(tenth.won, tenth.leads - tenth.won).map(|share| round(share, 4)),
    };
    // Of some of the leads: the median needs no more.
    let stride = (found.scores.len() / 1000).max(1);
    let mut reaches: Vec<f64> = (0..found.scores.len())
        .step_by(stride)
        .filter_map(|row| {
            let (eta, reach) = (
                found.curve.a + found.curve.g * found.scores[row] as f64,
                NINETY * errors.lead(row)?,
            );
            Some((logistic(eta + reach) - logistic(eta - reach)) / 2.0)
        })
        .collect();
    reaches.sort_by(f64::total_cmp);
    CalibrationProposal {
        curve: Calibration {
            a: round(found.curve.a, 6),
            g: round(found.curve.g, 8).max(1e-8),
            fitted_on: today,
            n: (outcomes.won.len() as u32).max(1),
        },
        tenths: tenths.iter().map(tenth).collect(),
        typical_error: reaches.get(reaches.len() / 2).map(|reach| round(*reach, 3)),
    }
}

fn volume(found: &Findings, threshold: i32) -> Option<Volume> {
    let present = found.past.present.as_ref()?;
    let count = found.scores.len();
    if count == 0 {
        return None;
    }
    let share = |scores: &[i64]| {
        scores
            .iter()
            .filter(|score| **score >= i64::from(threshold))
            .count() as f64
            / count as f64
    };
    let now = share(&present.scores);
    let mut sorted = found.scores.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let keeps = sorted
        .get(((now * count as f64) as usize).saturating_sub(1))
        .map(|score| *score as i32);
    Some(Volume {
        present: round(now, 4),
        proposed: round(share(&found.scores), 4),
        threshold: Some(threshold),
        keeps: keeps.filter(|_| now > 0.0),
    })
}

/// Money of the leads that were held out: what was promised against what came; and of open leads.
fn money(found: &Findings, errors: &Errors, about: &About) -> Option<Money> {
    let amounts = found.past.amounts.as_ref()?;
    let rows: Vec<usize> = held_out(found)
        .into_iter()
        .flatten()
        .filter(|row| amounts[*row].is_finite())
        .collect();
    let (mut won, mut expected, mut variance) = (0.0, 0.0, 0.0);
    let mut by = vec![0.0; amounts.len()];
    for row in rows {
        let (p, amount) = (found.held_out.proposed[row], amounts[row]);
        won += found.past.outcomes.won[row] * amount;
        expected += p * amount;
        variance += amount * amount * p * (1.0 - p);
        by[row] = amount * p * (1.0 - p);
    }
    // The chance of each lead averages out; how sure the points are does not.
    let points = errors.sum(&by).unwrap_or_default();
    let reach = NINETY * (variance + points * points).sqrt();
    let open = about.open_leads.as_ref().map(|open| {
        let merged: Vec<Column> = open.features.iter().map(Feature::merged).collect();
        let scores = open.scores(&merged, &found.card.points);
        let amounts = open.amounts.as_deref().unwrap_or_default();
        let (mut sum, mut variance, mut slope) = (0.0, 0.0, 0.0);
        for (score, amount) in scores
            .iter()
            .zip(amounts)
            .filter(|(_, amount)| amount.is_finite())
        {
            let p = found.curve.at(*score as f64);
            sum += p * amount;
            variance += amount * amount * p * (1.0 - p);
            slope += amount * p * (1.0 - p);
        }
        // The points of open leads are as sure as those of a typical lead with an outcome.
        let typical = errors.lead(0).unwrap_or_default();
        let reach = NINETY * (variance + slope * slope * typical * typical).sqrt();
        (sum, [(sum - reach).max(0.0), sum + reach])
    });
    let whole = |value: f64| round(value, 2);
    Some(Money {
        won: whole(won),
        expected: whole(expected),
        interval: [whole((expected - reach).max(0.0)), whole(expected + reach)],
        open: open.map(|(sum, _)| whole(sum)),
        open_interval: open.map(|(_, interval)| interval.map(whole)),
    })
}
