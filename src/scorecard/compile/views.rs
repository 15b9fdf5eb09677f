//! What a program only carries: questions as a form shows them, the follow-up as people read it.

use serde::Serialize;
use serde_json::Value;

use super::super::file::{self, Consent, Field, FollowUp, Text};
use super::{Audience, Compiler, json};
use crate::num::push_number;
use crate::program::{self, FactType, QuestionOption};
use crate::texts::QuestionTexts;

/// A question as a form shows it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct QuestionView<'a> {
    /// What the visitor consents to.
    #[cfg_attr(test, ts(type = "Consent | null"))]
    consent: Option<&'a Consent>,
    /// The kind of field.
    field: Field,
    /// A hint below the field.
    #[cfg_attr(test, ts(type = "Text | null"))]
    help: Option<&'a Text>,
    /// The question as the visitor reads it.
    #[cfg_attr(test, ts(type = "Text"))]
    label: &'a Text,
    /// The answers to choose from.
    options: Vec<OptionView<'a>>,
}

/// An answer as a form shows it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OptionView<'a> {
    /// The answer as the visitor reads it.
    #[cfg_attr(test, ts(type = "Text"))]
    label: std::borrow::Cow<'a, Text>,
    /// Its value in the form's data.
    value: String,
}

/// One step of the follow-up as it was agreed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlannedFollowUp<'a> {
    /// The owner, where the route names one.
    owner: Option<&'a str>,
    /// The queue, where the route names one.
    queue: Option<&'a str>,
    /// The promised response time.
    sla: Option<PlannedSla<'a>>,
    /// What is to be done; `null` on a page.
    #[cfg_attr(test, ts(type = "Text | null"))]
    task: Option<&'a Text>,
}

/// A promised response time.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename_all = "camelCase"))]
pub struct PlannedSla<'a> {
    /// How often and how long to try; `null` on a page.
    #[cfg_attr(test, ts(type = "Attempts | null"))]
    attempts: Option<&'a file::Attempts>,
    /// Who takes over when the time has passed; `null` on a page.
    escalate_to: Option<&'a str>,
    /// Its id.
    id: &'a str,
    /// Minutes of working time until the first response.
    respond_within_minutes: u32,
}

/// How to reach an owner; what the scorecard does not say is `null`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename_all = "camelCase"))]
pub struct Contact<'a> {
    /// Id in the CRM.
    crm_id: Option<&'a str>,
    /// Email address.
    email: Option<&'a str>,
    /// Name for people.
    name: Option<&'a str>,
    /// Public key by which a receiver can seal a handoff for this owner.
    public_key: Option<&'a str>,
}

impl<'a> Contact<'a> {
    pub(super) fn of(owner: &'a file::Owner) -> Self {
        Contact {
            crm_id: owner.crm_id.as_deref(),
            email: owner.email.as_deref(),
            name: owner.name.as_deref(),
            public_key: owner.public_key.as_deref(),
        }
    }
}

impl Compiler<'_> {
    pub(super) fn follow_up(&self, steps: &[FollowUp], audience: Audience) -> Value {
        let told = audience.sees_texts();
        let sla = |id: &String| {
            let sla = self.card.sla.iter().find(|sla| sla.id == *id)?;
            Some(PlannedSla {
                attempts: sla.attempts.as_ref().filter(|_| told),
                escalate_to: sla.escalate_to.as_deref().filter(|_| told),
                id: &sla.id,
                respond_within_minutes: sla.respond_within_minutes,
            })
        };
        let planned: Vec<PlannedFollowUp> = steps
            .iter()
            .map(|step| PlannedFollowUp {
                owner: step.owner.as_deref(),
                queue: step.queue.as_deref(),
                sla: step.sla.as_ref().and_then(sla),
                task: step.task.as_ref().filter(|_| told),
            })
            .collect();
        json(&planned)
    }

    pub(super) fn question(
        &self,
        question: &file::Question,
        when: Option<program::Condition>,
    ) -> (program::Question, QuestionTexts) {
        let fact = self.fact(&question.fact);
        let kind = self
            .facts
            .get(usize::from(fact))
            .map_or(FactType::Text, |fact| fact.kind);
        let field = question
            .field
            .unwrap_or(match (kind, question.fact.as_str()) {
                _ if question.consent.is_some() => Field::Consent,
                (_, "email") => Field::Email,
                (_, "phone") => Field::Tel,
                (_, "jobTitle") => Field::JobTitle,
                (_, "company.country") => Field::Country,
                _ if !question.options.is_empty() && kind != FactType::List => Field::Choice,
                (FactType::Choice | FactType::Boolean, _) => Field::Choice,
                (FactType::List, _) => Field::Choices,
                (FactType::Number, _) => Field::Number,
                (FactType::Date, _) => Field::Date,
                (FactType::Text, _) => Field::Text,
            });
        let mut options: Vec<(QuestionOption, OptionView)> = question
            .options
            .iter()
            .map(|option| self.option(option))
            .collect();
        if options.is_empty() {
            options = self.choices(&question.fact);
        }
        let (options, views): (Vec<_>, Vec<_>) = options.into_iter().unzip();
        let texts = QuestionTexts {
            fact: question.fact.clone(),
            forms: question.forms.clone(),
            id: question.id.clone(),
            required: question.required,
            view: json(&QuestionView {
                consent: question.consent.as_ref(),
                field,
                help: question.help.as_ref(),
                label: &question.label,
                options: views,
            }),
        };
        let compiled = program::Question {
            fact,
            when,
            options,
            required: question.required,
        };
        (compiled, texts)
    }

    fn option<'o>(&self, option: &'o file::QuestionOption) -> (QuestionOption, OptionView<'o>) {
        let range = option.range.map(|range| {
            (
                range.from.unwrap_or(f64::NEG_INFINITY),
                range.to.unwrap_or(f64::INFINITY),
            )
        });
        let value = match (range, &option.value) {
            (Some((from, to)), _) => written_range(from, to),
            (None, Some(file::Scalar::Number(number))) => written(*number),
            (None, Some(value)) => value.to_string(),
            (None, None) => String::new(),
        };
        let compiled = QuestionOption {
            value: value.clone(),
            range,
            share: option.share.map(|share| (share * 1e6).round() as u32),
            sets: option
                .sets
                .iter()
                .map(|set| (self.fact(&set.fact), set.value.to_string()))
                .collect(),
        };
        (
            compiled,
            OptionView {
                label: std::borrow::Cow::Borrowed(&option.label),
                value,
            },
        )
    }

    /// The choices of a fact as options.
    fn choices(&self, fact: &str) -> Vec<(QuestionOption, OptionView<'static>)> {
        let declared = self.card.facts.iter().find(|declared| declared.id == fact);
        let choices = declared.map_or(&[][..], |fact| &fact.choices);
        choices
            .iter()
            .map(|choice| {
                let label = choice
                    .label
                    .clone()
                    .unwrap_or_else(|| Text::Plain(choice.value.clone()));
                let value = choice.value.clone();
                let option = QuestionOption {
                    value: value.clone(),
                    range: None,
                    share: None,
                    sets: Vec::new(),
                };
                (
                    option,
                    OptionView {
                        label: std::borrow::Cow::Owned(label),
                        value,
                    },
                )
            })
            .collect()
    }
}

fn written(number: f64) -> String {
    let mut text = String::new();
    push_number(&mut text, number);
    text
}

/// A range as people write it, which reads back as the same range: `51-200`, `500+`, `<50`.
fn written_range(from: f64, to: f64) -> String {
    if to == f64::INFINITY {
        return written(from) + "+";
    }
    if from == f64::NEG_INFINITY {
        return "<".to_owned() + &written(to);
    }
    // The end of a range of whole numbers counts when it is written.
    let last = if to == to.trunc() { to - 1.0 } else { to };
    written(from) + "-" + &written(last)
}
