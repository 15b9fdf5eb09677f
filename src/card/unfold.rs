//! From a packed verdict to the whole answer, with the texts of the compiled card.
//!
//! INVARIANT: reads in the order in which `judge` packs; `pkg-config/verdict.js` is its equal.

// A card holds a text for every index of its program (`Texts::suit`).
#![allow(clippy::indexing_slicing)]

use serde_json::Value;

use super::answer::*;
use crate::lead::WarningCode;
use crate::num::push_number;
use crate::program::{Axis, PickedBy};
use crate::signals::{Signal, SignalType};
use crate::texts::Texts;
use crate::time;
use crate::title::{Certainty, Department, Flag, Level, Status};
use crate::verdict::ENGINE;
use crate::verdict::packed::{Packed, found, subject};

/// The whole answer of which `packed` holds the decisions.
pub fn unfold<'a>(packed: &Packed, texts: &'a Texts, now: i64) -> Verdict<'a> {
    Reader::new(packed, texts).verdict(now)
}

static NOTHING: Value = Value::Null;

/// The plan that `packed` holds.
pub fn unfold_plan<'a>(packed: &Packed, texts: &'a Texts) -> QuestionPlan<'a> {
    Reader::new(packed, texts).plan()
}

struct Reader<'p, 'a> {
    numbers: core::slice::Iter<'p, f64>,
    text: Vec<u16>,
    texts: &'a Texts,
}

impl<'p, 'a> Reader<'p, 'a> {
    fn new(packed: &'p Packed, texts: &'a Texts) -> Self {
        Reader {
            numbers: packed.numbers.iter(),
            text: packed.text.encode_utf16().collect(),
            texts,
        }
    }

    fn number(&mut self) -> f64 {
        self.numbers.next().copied().unwrap_or_default()
    }

    fn long(&mut self) -> i64 {
        self.number() as i64
    }

    fn index(&mut self) -> usize {
        self.number() as usize
    }

    fn maybe(&mut self) -> Option<usize> {
        let number = self.number();
        (number >= 0.0).then_some(number as usize)
    }

    fn flag(&mut self) -> bool {
        self.number() != 0.0
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let length = self.index();
        (0..length).map(|_| read(self)).collect()
    }

    fn text(&mut self) -> String {
        let (start, length) = (self.index(), self.index());
        let units = self.text.get(start..start + length).unwrap_or_default();
        String::from_utf16_lossy(units)
    }
    fn plan(&mut self) -> QuestionPlan<'a> {
        let settled = self.flag();
        let destinations = self.route_ids();
        let remaining = self.index();
        let ask = self.list(|reader| {
            let (texts, question) = (reader.texts, reader.index());
            let separates = reader.route_ids();
            let options = reader.list(Self::index);
            let of = &texts.questions[question];
            let value = |index: usize| {
                of.view["options"][index]["value"]
                    .as_str()
                    .unwrap_or_default()
            };
            QuestionToAsk {
                id: &of.id,
                options: (!options.is_empty()).then(|| options.into_iter().map(value).collect()),
                required: of.required,
                separates,
            }
        });
        QuestionPlan {
            ask,
            destinations,
            remaining,
            settled,
        }
    }

    fn route_ids(&mut self) -> Vec<&'a str> {
        let texts = self.texts;
        self.list(|reader| texts.routes[reader.index()].id.as_str())
    }

    fn verdict(&mut self, now: i64) -> Verdict<'a> {
        let texts = self.texts;
        let (fit, engagement, low, high) = (self.long(), self.long(), self.long(), self.long());
        let (fit_band, engagement_band) = (self.index(), self.index());
        let grade =
            name(&texts.bands.0, fit_band).to_owned() + name(&texts.bands.1, engagement_band);
        let probability = self.maybe().map(|share| Share(share as u16));
        let stage = self.stage();
        let (route, why) = (self.index(), self.evidence());
        let fallback = route + 2 >= texts.routes.len();
        let route = &texts.routes[route];
        let not_matched = self.list(|reader| NotMatched {
            id: &texts.routes[reader.index()].id,
            why: reader.evidence(),
        });
        let planned = route.follow_up.as_array().map_or(&[][..], Vec::as_slice);
        let mut planned = planned.iter();
        let follow_up = self.list(|reader| reader.follow_up(planned.next().unwrap_or(&NOTHING)));
        let disqualified = self.list(|reader| {
            let disqualifier = &texts.disqualifiers[reader.index()];
            Disqualified {
                id: &disqualifier.id,
                reason: &disqualifier.reason,
                why: reader.evidence(),
            }
        });
        let questions = self.list(|reader| {
            let question = &texts.questions[reader.index()];
            OpenQuestion {
                id: &question.id,
                required: question.required,
            }
        });
        let reasons = self.list(Self::reason);
        let unknown = self.list(|reader| {
            let id = &texts.criteria[reader.index()].id;
            let (low, high) = (reader.long(), reader.long());
            UnknownCriterion { high, id, low }
        });
        let signals = self.signals();
        let value = self.flag().then(|| {
            let amount_minor = self.long();
            let method = if self.flag() { "calibrated" } else { "segment" };
            let segment = self.maybe();
            let paying = texts
                .break_even
                .get(segment.unwrap_or(texts.segments.len()));
            ValueOfVerdict {
                amount_minor,
                break_even_attempts: paying.copied().flatten().map(|attempts| {
                    // Nobody calls a lead that is no buyer.
                    if disqualified.is_empty() { attempts } else { 0 }
                }),
                currency: texts.currency.as_deref().unwrap_or_default(),
                method,
                segment: segment.map(|index| name(&texts.segments, index)),
            }
        });
        let warnings = self.list(|reader| {
            let (kind, index) = (reader.index(), reader.index());
            let code = WarningCode::ALL[reader.index()];
            Warning {
                at: match kind {
                    0 => &texts.facts[index].id,
                    1 => "events",
                    2 => name(&texts.aggregates, index),
                    _ => name(&texts.calendars, index),
                },
                code,
                found: match kind {
                    3 => texts.time_zones.clone().unwrap_or_default(),
                    _ => reader.text(),
                },
            }
        });
        let title = self.flag().then(|| self.title());
        let (card, score) = (&texts.card, fit + engagement);
        Verdict {
            disqualified,
            engagement,
            fit,
            grade: grade.clone(),
            probability,
            questions,
            range: Range { high, low },
            reasons,
            receipt: Receipt {
                engagement,
                engine: ENGINE,
                fit,
                grade,
                now: time::format(now),
                owner: follow_up
                    .first()
                    .and_then(|step| Some(step.owner.as_ref()?.id)),
                route: &route.id,
                score,
                scorecard: ReceiptCard {
                    hash: &card.hash,
                    id: &card.id,
                    revision: card.revision,
                },
                stage: stage.as_ref().map(|stage| stage.id),
            },
            route: Destination {
                action: &route.action,
                fallback,
                follow_up,
                id: &route.id,
                not_matched,
                why,
            },
            score,
            scorecard: CardOfVerdict {
                hash: &card.hash,
                id: &card.id,
                revision: card.revision,
                signed: card.signed,
            },
            signals,
            stage,
            title,
            unknown,
            value,
            warnings,
        }
    }

    fn follow_up(&mut self, planned: &'a Value) -> FollowUp<'a> {
        let texts = self.texts;
        let owner = self.maybe().map(|index| PickedOwner {
            by: PickedBy::ALL[self.index()].id(),
            contact: &texts.owners[index].contact,
            id: &texts.owners[index].id,
            present: self.flag(),
            why: self.evidence(),
        });
        let times = self.list(|reader| time::format(reader.long()));
        let due = times.first().cloned();
        let told = !planned["sla"]["attempts"].is_null();
        FollowUp {
            attempts: told.then_some(times),
            due,
            owner,
            queue: &planned["queue"],
            sla: &planned["sla"],
            task: &planned["task"],
        }
    }

    fn stage(&mut self) -> Option<StageOfVerdict<'a>> {
        let index = self.number();
        let (suggested, why) = (self.flag(), self.evidence());
        if index == -2.0 {
            return Some(StageOfVerdict {
                id: "disqualified",
                kind: "disqualified",
                suggested,
                team: None,
                why,
            });
        }
        if index < 0.0 {
            return None;
        }
        let stage = self.texts.stages.get(index as usize)?;
        Some(StageOfVerdict {
            id: &stage.id,
            kind: stage.kind.id(),
            suggested,
            team: Some(stage.team.id()),
            why,
        })
    }

    fn reason(&mut self) -> Reason<'a> {
        let texts = self.texts;
        let (kind, index, points) = (self.index(), self.index(), self.long());
        let limit = |limit_of, axis: Axis, id| Reason {
            axis: axis.id(),
            bin: None,
            evidence: Vec::new(),
            id,
            kind: "limit",
            limit_of: Some(limit_of),
            points,
        };
        match kind {
            0 => {
                let criterion = &texts.criteria[index];
                let bin = self.maybe();
                Reason {
                    axis: criterion.axis.id(),
                    bin: Some(bin.map_or("unknown", |bin| name(&criterion.bins, bin))),
                    evidence: self.evidence(),
                    id: &criterion.id,
                    kind: "criterion",
                    limit_of: None,
                    points,
                }
            }
            1 => limit("axis", Axis::ALL[index], Axis::ALL[index].id()),
            2 => limit(
                "criterion",
                texts.criteria[index].axis,
                &texts.criteria[index].id,
            ),
            _ => limit("group", texts.groups[index].axis, &texts.groups[index].id),
        }
    }

    fn evidence(&mut self) -> Vec<Evidence<'a>> {
        let texts = self.texts;
        self.list(|reader| {
            let (truth, of) = (reader.index(), reader.index());
            let of = match truth {
                0 => subject_name(texts, of),
                _ => name(&texts.tests, of),
            };
            Evidence {
                found: reader.found(),
                of,
                truth: [None, Some("true"), Some("false"), Some("unknown")][truth],
            }
        })
    }

    /// What was found, in words.
    fn found(&mut self) -> Option<String> {
        match self.index() as i32 {
            found::NOTHING => None,
            found::NUMBER => {
                let mut text = String::new();
                push_number(&mut text, self.number());
                Some(text)
            }
            found::TEXT => Some(self.text()),
            found::FALSE => Some("false".to_owned()),
            found::TRUE => Some("true".to_owned()),
            found::WORD => {
                let (of, index) = (self.index(), self.index());
                let stages = self.texts.stages.len();
                let is_none = of as i32 >> 16 == subject::STAGE && index == stages;
                (!is_none).then(|| self.word(of, index).to_owned())
            }
            _ => Some(self.words().join(", ")),
        }
    }

    /// Words of a mask.
    fn words(&mut self) -> Vec<&'a str> {
        let of = self.index();
        let mask = self.number() as u64 | (self.number() as u64) << 32;
        let indices = (0..64).filter(|index| mask >> index & 1 == 1);
        indices.map(|index| self.word(of, index)).collect()
    }

    fn word(&self, of: usize, index: usize) -> &'a str {
        let (kind, which) = (of as i32 >> 16, of & 0xffff);
        let texts = self.texts;
        match kind {
            subject::SIGNAL => Signal::ALL[which].word(index).unwrap_or_default(),
            subject::FACT => name(&texts.facts[which].choices, index),
            subject::BAND => name([&texts.bands.0, &texts.bands.1][which], index),
            _ => texts
                .stages
                .get(index)
                .map_or("disqualified", |stage| &stage.id),
        }
    }

    fn signals(&mut self) -> Signals {
        let mut signals = Signals::default();
        for signal in Signal::ALL {
            match signal.kind() {
                SignalType::Words => {
                    let words = (self.index() as i32 != found::NOTHING).then(|| self.words());
                    let words = words.map(|words| words.into_iter().map(str::to_owned).collect());
                    match signal {
                        Signal::Departments => signals.departments = words,
                        _ => signals.title_flags = words,
                    }
                }
                SignalType::Number => {
                    let number = (self.index() as i32 != found::NOTHING).then(|| self.long());
                    match signal {
                        Signal::EventCount => signals.event_count = number,
                        Signal::DaysSinceFirstEvent => signals.days_since_first_event = number,
                        _ => signals.days_since_last_event = number,
                    }
                }
                SignalType::Word | SignalType::Text => {
                    let text = self.found();
                    match signal {
                        Signal::Seniority => signals.seniority = text,
                        Signal::BuyingRole => signals.buying_role = text,
                        Signal::TitleStatus => signals.title_status = text,
                        Signal::EmailKind => signals.email_kind = text,
                        Signal::EmailDomain => signals.email_domain = text,
                        _ => signals.channel = text,
                    }
                }
            }
        }
        signals
    }

    fn title(&mut self) -> Title {
        let level = self.finding(|index| Level::ALL[index].id());
        let departments = self.finding(|index| Department::ALL[index].id());
        let flags = self.list(|reader| Flag::ALL[reader.index()].id());
        let status = Status::ALL[self.index()].id();
        let sub_role = self.text();
        Title {
            departments,
            flags,
            level,
            status,
            sub_role: (!sub_role.is_empty()).then_some(sub_role),
        }
    }

    fn finding(&mut self, word: impl Fn(usize) -> &'static str) -> TitleFinding {
        let certainty = Certainty::ALL[self.index()].id();
        let confidence = self.index() as u32;
        let evidence = self.text();
        let mut list = || self.list(|reader| word(reader.index()));
        let (values, alternatives) = (list(), list());
        TitleFinding {
            alternatives,
            certainty,
            confidence,
            evidence,
            values,
        }
    }
}

fn name(names: &[String], index: usize) -> &str {
    names.get(index).map_or("", String::as_str)
}

/// The name of a subject behind points.
fn subject_name(texts: &Texts, of: usize) -> &str {
    let which = of & 0xffff;
    match of as i32 >> 16 {
        subject::FACT => &texts.facts[which].id,
        subject::SIGNAL => Signal::ALL[which].id(),
        subject::MEASURE => name(&texts.measures, which),
        subject::SCORE => "score",
        subject::AXIS | subject::BAND => Axis::ALL[which].id(),
        _ => "stage",
    }
}
