//! The verdict: the whole answer for one lead, as data and as canonical JSON.

use alloc::string::String;
use alloc::vec::Vec;

mod answer;
mod explain;

pub use answer::*;

use crate::condition::{Look, Value};
use crate::json::{Ready, Share};
use crate::lead::{Lead, WarningCode};
use crate::program::{CriterionSubject, Program, Subject};
use crate::route::{Decision, Stage};
use crate::score::{self, Limited, Scored};
use crate::signals::Signal;
use crate::situation::{Applies, Situation};
use crate::title::{Finding, Reading};
use crate::vocabulary::Word;
use crate::wire::Damaged;
use crate::{lead, time};
use explain::{evidence, explain, found};

/// Version of the engine, as receipts name it.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// Judges the lead in a frame as seen at `now` (milliseconds since 1970) and gives the verdict to
/// `use_it`.
///
/// # Errors
/// Only where the bytes are no frame of this program.
pub fn evaluate<T>(
    program: &Program,
    frame: &[u8],
    now: i64,
    use_it: impl FnOnce(&Verdict) -> T,
) -> Result<T, Damaged> {
    let lead = lead::read(program, frame)?;
    Ok(judge(program, &lead, now, use_it))
}

fn judge<T>(program: &Program, lead: &Lead, now: i64, use_it: impl FnOnce(&Verdict) -> T) -> T {
    let (mut situation, applies) = Situation::new(program, lead, now);
    note_undated_aggregates(program, lead, &mut situation);
    let matches = score::matching(program, &situation);
    let scored = score::earn(program, &matches);
    let decision = Decision::new(program, &situation, &scored);
    let (route, passed) = decision.route();
    let total = scored.total();
    let grade = grade(program, &decision);
    let stage = stage(program, &decision);
    let probability = program.calibration.as_ref().map(|calibration| {
        let share = 1.0 / (1.0 + libm::exp(-(calibration.a + calibration.g * total.now as f64)));
        Share((share * 10_000.0 + 0.5) as u16)
    });
    let verdict = Verdict {
        disqualified: decision
            .disqualifiers
            .iter()
            .filter_map(|index| program.disqualifiers.get(*index))
            .map(|disqualifier| Disqualified {
                id: &disqualifier.id,
                reason: Ready(&disqualifier.reason),
                why: explain(program, &disqualifier.when, &decision),
            })
            .collect(),
        engagement: scored.engagement.now,
        fit: scored.fit.now,
        grade: grade.clone(),
        probability,
        questions: open_questions(program, &applies),
        range: Range {
            high: total.high,
            low: total.low,
        },
        reasons: reasons(program, &situation, &matches, &scored),
        receipt: Receipt {
            engagement: scored.engagement.now,
            engine: ENGINE,
            fit: scored.fit.now,
            grade,
            now: time::format(now),
            owner: None,
            route: &route.id,
            score: total.now,
            scorecard: ReceiptCard {
                hash: &program.card.hash,
                id: &program.card.id,
                revision: program.card.revision,
            },
            stage: stage.as_ref().map(|stage| stage.id),
        },
        route: Destination {
            action: Ready(&route.action),
            fallback: route.when.is_none(),
            follow_up: Ready(&route.follow_up),
            id: &route.id,
            not_matched: passed
                .into_iter()
                .map(|route| NotMatched {
                    id: &route.id,
                    why: why(program, route, &decision),
                })
                .collect(),
            why: why(program, route, &decision),
        },
        score: total.now,
        scorecard: CardOfVerdict {
            hash: &program.card.hash,
            id: &program.card.id,
            revision: program.card.revision,
            signed: program.card.signed,
        },
        signals: signals(&situation),
        stage,
        title: situation.title().map(title),
        unknown: unknown(program, &matches, &scored),
        value: value(program, &decision, probability),
        warnings: situation.warnings().as_list(),
    };
    use_it(&verdict)
}

fn why(program: &Program, route: &crate::program::Route, decision: &Decision) -> Vec<Evidence> {
    route
        .when
        .as_ref()
        .map_or_else(Vec::new, |when| explain(program, when, decision))
}

fn grade(program: &Program, decision: &Decision) -> String {
    let (fit, engagement) = decision.bands;
    let names = [program.bands.0.get(fit), program.bands.1.get(engagement)];
    names
        .into_iter()
        .flatten()
        .map(|band| band.name.as_str())
        .collect()
}

fn stage<'a>(program: &'a Program, decision: &Decision) -> Option<StageOfVerdict<'a>> {
    if decision.stage == Stage::Disqualified {
        return Some(StageOfVerdict {
            id: "disqualified",
            kind: Word("disqualified"),
            suggested: true,
            team: None,
            why: Vec::new(),
        });
    }
    let stage = program.stages.get(decision.stage.index()?)?;
    let suggested = matches!(decision.stage, Stage::Suggested(_));
    let when = stage.when.as_ref().filter(|_| suggested);
    Some(StageOfVerdict {
        id: &stage.id,
        kind: Word(stage.kind.id()),
        suggested,
        team: Some(Word(stage.team.id())),
        why: when.map_or_else(Vec::new, |when| explain(program, when, decision)),
    })
}

/// Questions that apply and are not answered, in the order of the file.
fn open_questions<'a>(program: &'a Program, applies: &[Applies]) -> Vec<OpenQuestion<'a>> {
    let questions = program.questions.iter().zip(applies);
    let open = questions.filter(|(_, applies)| **applies == Applies::Open);
    open.map(|(question, _)| OpenQuestion {
        id: &question.id,
        required: question.required,
    })
    .collect()
}

/// Reasons with points, the weightiest first, then by id; limits after what they limit.
fn reasons<'a>(
    program: &'a Program,
    situation: &Situation,
    matches: &[score::Match],
    scored: &Scored,
) -> Vec<Reason<'a>> {
    let mut reasons = Vec::new();
    let criteria = program.criteria.iter().zip(matches).zip(&scored.criteria);
    for ((criterion, found), points) in criteria.filter(|(_, points)| points.now != 0) {
        let bin = found
            .bin
            .and_then(|bin| criterion.bins.get(usize::from(bin)));
        let per_event = criterion.bins.first().filter(|_| found.strength.is_some());
        let bin = bin.or(per_event).map_or("unknown", |bin| bin.name.as_str());
        place(
            &mut reasons,
            Reason {
                axis: Word(criterion.axis.id()),
                bin: Some(bin),
                evidence: evidence(program, criterion, situation),
                id: &criterion.id,
                kind: Word("criterion"),
                limit_of: None,
                points: points.now,
            },
        );
    }
    for clamp in &scored.clamps {
        let (limit_of, id) = match clamp.of {
            Limited::Criterion(index) => (
                "criterion",
                program.criteria.get(index).map(|c| c.id.as_str()),
            ),
            Limited::Group(index) => ("group", program.groups.get(index).map(|g| g.id.as_str())),
            Limited::Axis(axis) => ("axis", Some(axis.id())),
        };
        place(
            &mut reasons,
            Reason {
                axis: Word(clamp.axis.id()),
                bin: None,
                evidence: Vec::new(),
                id: id.unwrap_or_default(),
                kind: Word("limit"),
                limit_of: Some(Word(limit_of)),
                points: clamp.points,
            },
        );
    }
    reasons
}

/// Puts a reason where it belongs: the weightiest first, then by id, a limit after what it limits.
fn place<'a>(reasons: &mut Vec<Reason<'a>>, reason: Reason<'a>) {
    let before = |other: &Reason| {
        let (weight, others) = (reason.points.unsigned_abs(), other.points.unsigned_abs());
        let limits = |of: Option<Word>| of.map_or("", |word| word.0);
        (weight, other.id, limits(other.limit_of)) < (others, reason.id, limits(reason.limit_of))
    };
    let place = reasons
        .iter()
        .position(|other| !before(other))
        .unwrap_or(reasons.len());
    reasons.insert(place, reason);
}

/// Criteria whose bin is open, with the least and most points that they may bring.
fn unknown<'a>(
    program: &'a Program,
    matches: &[score::Match],
    scored: &Scored,
) -> Vec<UnknownCriterion<'a>> {
    let criteria = program.criteria.iter().zip(matches).zip(&scored.criteria);
    criteria
        .filter(|((_, found), points)| found.bin.is_none() && points.low != points.high)
        .map(|((criterion, _), points)| UnknownCriterion {
            high: points.high,
            id: &criterion.id,
            low: points.low,
        })
        .collect()
}

fn signals(situation: &Situation) -> Signals {
    let text = |signal| {
        let subject = Subject::Signal(signal);
        situation
            .look(&subject)
            .value
            .map(|value| found(None, &subject, &value))
    };
    let number = |signal| match situation.look(&Subject::Signal(signal)).value {
        Some(Value::Number(number)) => Some(number as i64),
        _ => None,
    };
    let words = |signal: Signal| match situation.look(&Subject::Signal(signal)).value {
        Some(Value::Choices(mask)) => Some(
            (0..64)
                .filter(|index| mask >> index & 1 == 1)
                .filter_map(|index| signal.word(index))
                .collect(),
        ),
        _ => None,
    };
    Signals {
        buying_role: text(Signal::BuyingRole),
        channel: text(Signal::Channel),
        days_since_first_event: number(Signal::DaysSinceFirstEvent),
        days_since_last_event: number(Signal::DaysSinceLastEvent),
        departments: words(Signal::Departments),
        email_domain: text(Signal::EmailDomain),
        email_kind: text(Signal::EmailKind),
        event_count: number(Signal::EventCount),
        seniority: text(Signal::Seniority),
        title_flags: words(Signal::TitleFlags),
        title_status: text(Signal::TitleStatus),
    }
}

/// A reading of a job title in the shape of a verdict.
pub fn title(reading: &Reading) -> Title<'_> {
    fn finding<T: Copy>(finding: &Finding<T>, id: impl Fn(T) -> &'static str) -> TitleFinding<'_> {
        TitleFinding {
            alternatives: finding
                .alternatives
                .iter()
                .map(|value| Word(id(*value)))
                .collect(),
            certainty: Word(finding.certainty.id()),
            confidence: u32::from(finding.confidence),
            evidence: &finding.evidence,
            values: finding
                .values
                .iter()
                .map(|value| Word(id(*value)))
                .collect(),
        }
    }
    Title {
        departments: finding(&reading.departments, |department| department.id()),
        flags: reading.flags.iter().map(|flag| Word(flag.id())).collect(),
        level: finding(&reading.level, |level| level.id()),
        status: Word(reading.status.id()),
        sub_role: reading.sub_role,
    }
}

/// Close rate × revenue, or probability × revenue; 0 for a lead that is no buyer.
fn value<'a>(
    program: &'a Program,
    decision: &Decision<'a>,
    probability: Option<Share>,
) -> Option<ValueOfVerdict<'a>> {
    let value = program.value.as_ref()?;
    let (segment, worth) = decision.worth()?;
    let calibrated = probability.filter(|_| value.calibrated);
    let rate = calibrated.map_or(u64::from(worth.close_rate), |share| {
        u64::from(share.0) * 100
    });
    // In two parts, so that no product overflows: whole millions, and the rest with rounding.
    const MILLION: u64 = 1_000_000;
    let (millions, rest) = (
        worth.average_revenue / MILLION,
        worth.average_revenue % MILLION,
    );
    let amount = match decision.is_disqualified() {
        true => 0,
        false => millions
            .saturating_mul(rate)
            .saturating_add((rest * rate + MILLION / 2) / MILLION),
    };
    Some(ValueOfVerdict {
        amount_minor: i64::try_from(amount).unwrap_or(i64::MAX),
        currency: &value.currency,
        method: Word(if calibrated.is_some() {
            "calibrated"
        } else {
            "segment"
        }),
        segment: segment.map(|segment| segment.id.as_str()),
    })
}

fn note_undated_aggregates(program: &Program, lead: &Lead, situation: &mut Situation) {
    for criterion in program
        .criteria
        .iter()
        .filter(|criterion| !criterion.decay.is_empty())
    {
        let (CriterionSubject::PerEvent(measure)
        | CriterionSubject::Value(Subject::Measure(measure))) = criterion.subject
        else {
            continue;
        };
        let measure = program.measures.get(usize::from(measure));
        let Some(index) = measure.and_then(|measure| measure.aggregate) else {
            continue;
        };
        let aggregate = lead
            .aggregates
            .get(usize::from(index))
            .and_then(Option::as_ref);
        if let (Some(aggregate), Some(name)) =
            (aggregate, program.aggregates.get(usize::from(index)))
            && aggregate.last_at.is_none()
        {
            situation.warn(name, WarningCode::AggregateWithoutDate, "no date");
        }
    }
}
