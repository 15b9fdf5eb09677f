//! Which facts, event properties and aggregates a program reads.

use std::collections::{BTreeMap, BTreeSet};

use super::super::file::{self, Condition, Events, Measure, PropertyTest, Scorecard, Subject};
use super::super::standard::{self, STANDARD};
use crate::names::{Named, Names, bare};
use crate::program::{Choice, Fact, FactType, StandardFacts};
use crate::text::fold;
use crate::texts::FactTexts;

/// Facts that every verdict reads, whatever the scorecard scores.
const ALWAYS: &[&str] = &[
    "attribution.campaign",
    "attribution.clickId",
    "attribution.landingPage",
    "attribution.medium",
    "attribution.referrer",
    "attribution.source",
    "buyingRole",
    "company.domain",
    "company.employees",
    "department",
    "email",
    "jobTitle",
    "seniority",
    "stage",
];

/// The facts that a program reads, by id.
pub fn facts(card: &Scorecard) -> Vec<(Fact, FactTexts)> {
    let mut ids: BTreeSet<&str> = ALWAYS.iter().copied().collect();
    ids.extend(card.facts.iter().map(|fact| fact.id.as_str()));
    each_condition(card, &mut |condition| match condition {
        Condition::Fact(test) | Condition::DaysSince(test) => {
            ids.insert(&test.id);
        }
        _ => {}
    });
    for criterion in &card.criteria {
        if let Subject::Fact(id) | Subject::DaysSince(id) = &criterion.on {
            ids.insert(id);
        }
    }
    for question in &card.questions {
        ids.insert(&question.fact);
        let options = question.options.iter();
        ids.extend(options.flat_map(|option| option.sets.iter().map(|set| set.fact.as_str())));
    }
    let declared: BTreeMap<&str, &file::Fact> = card
        .facts
        .iter()
        .map(|fact| (fact.id.as_str(), fact))
        .collect();
    ids.into_iter()
        .map(|id| fact(card, id, declared.get(id).copied()))
        .collect()
}

fn fact(card: &Scorecard, id: &str, declared: Option<&file::Fact>) -> (Fact, FactTexts) {
    let standard = standard::standard(id);
    let mut names: Vec<String> = declared.map_or_else(Vec::new, |fact| fact.from.clone());
    // What the scorecard says of a name goes before what is usual.
    let is_claimed = |name: &str| {
        let others = card.facts.iter().filter(|fact| fact.id != id);
        let mut claims = others.flat_map(|fact| fact.from.iter().chain([&fact.id]));
        claims.any(|claim| bare(claim) == bare(name))
    };
    let usual = standard.iter().flat_map(|fact| fact.from.iter().copied());
    names.extend(usual.filter(|name| !is_claimed(name)).map(str::to_owned));
    let declared_choices = declared.map_or(&[][..], |fact| &fact.choices);
    let choices = if id == "stage" {
        card.stages
            .iter()
            .map(|stage| choice(&stage.id, stage.label.as_ref(), &[]))
            .collect()
    } else if let Some(words) = standard::fact_words(id) {
        words
            .iter()
            .map(|word| fixed_choice(word, declared_choices))
            .collect()
    } else {
        declared_choices
            .iter()
            .map(|declared| choice(&declared.value, declared.label.as_ref(), &declared.from))
            .collect::<Vec<_>>()
    };
    let declared_kind = declared.and_then(|fact| fact.kind);
    let kind = match standard
        .map(|fact| fact.kind)
        .or(declared_kind)
        .unwrap_or(FactType::Text)
    {
        // A text with choices is a choice.
        FactType::Text if !choices.is_empty() => FactType::Choice,
        kind => kind,
    };
    let texts = FactTexts {
        choices: choices.iter().map(|choice| choice.value.clone()).collect(),
        id: id.to_owned(),
        names,
    };
    (Fact { kind, choices }, texts)
}

/// Where the facts stand that every lead is read for.
pub fn standard_facts(facts: &[FactTexts]) -> StandardFacts {
    let index = |id: &str| {
        let index = facts.binary_search_by(|fact| fact.id.as_str().cmp(id));
        // All of them are in `ALWAYS`.
        index.map_or(0, |index| index as u16)
    };
    StandardFacts {
        campaign: index("attribution.campaign"),
        click_id: index("attribution.clickId"),
        landing_page: index("attribution.landingPage"),
        medium: index("attribution.medium"),
        referrer: index("attribution.referrer"),
        source: index("attribution.source"),
        buying_role: index("buyingRole"),
        domain: index("company.domain"),
        employees: index("company.employees"),
        department: index("department"),
        email: index("email"),
        job_title: index("jobTitle"),
        seniority: index("seniority"),
        stage: index("stage"),
    }
}

fn choice(value: &str, label: Option<&file::Text>, from: &[String]) -> Choice {
    let labels = match label {
        None => Vec::new(),
        Some(file::Text::Plain(text)) => vec![text.as_str()],
        Some(file::Text::ByLanguage(texts)) => texts.values().map(String::as_str).collect(),
    };
    let written = std::iter::once(value)
        .chain(labels)
        .chain(from.iter().map(String::as_str));
    let mut spellings: Vec<String> = written.map(fold).collect();
    spellings.sort();
    spellings.dedup();
    Choice {
        value: value.to_owned(),
        spellings,
    }
}

/// A choice of a fixed vocabulary, with the spellings that the scorecard adds.
fn fixed_choice(word: &str, declared: &[file::Choice]) -> Choice {
    let declared = declared.iter().find(|choice| choice.value == word);
    let mut made = choice(
        word,
        declared.and_then(|choice| choice.label.as_ref()),
        declared.map_or(&[], |choice| &choice.from),
    );
    let spaced = word.replace('_', " ");
    if !made.spellings.contains(&spaced) {
        made.spellings.push(spaced);
    }
    made
}

/// Under which names facts, answers and aggregates are sent. Standard facts that a program does
/// not read are among them: forms are understood whole.
pub fn sent_names(card: &Scorecard, read: &[FactTexts], aggregates: &BTreeSet<String>) -> Names {
    let unread: Vec<(&str, Vec<String>)> = STANDARD
        .iter()
        .filter(|fact| !read.iter().any(|read| read.id == fact.id))
        .map(|fact| {
            let names = fact.from.iter().map(|name| (*name).to_owned());
            (fact.id, names.collect())
        })
        .collect();
    let facts: Vec<(&str, &[String])> = read
        .iter()
        .map(|fact| (fact.id.as_str(), fact.names.as_slice()))
        .chain(unread.iter().map(|(id, names)| (*id, names.as_slice())))
        .collect();
    let questions: Vec<&str> = card
        .questions
        .iter()
        .map(|question| question.id.as_str())
        .collect();
    let aggregates: Vec<&str> = aggregates.iter().map(String::as_str).collect();
    Names::new(&Named {
        facts: &facts,
        questions: &questions,
        aggregates: &aggregates,
    })
}

/// Names of the event properties and of the aggregates that a program reads.
pub fn names(card: &Scorecard) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut properties, mut aggregates) = (BTreeSet::new(), BTreeSet::new());
    let mut read = |filter: &[PropertyTest], measure: Option<&Measure>, aggregate: Option<&str>| {
        properties.extend(filter.iter().map(|test| test.property.clone()));
        if let Some(Measure::Distinct(property)) = measure {
            properties.insert(property.clone());
        }
        aggregates.extend(aggregate.map(str::to_owned));
    };
    each_condition(card, &mut |condition| {
        if let Condition::Events(test) = condition {
            read(
                &test.filter,
                test.measure.as_ref(),
                test.aggregate.as_deref(),
            );
        }
    });
    for criterion in &card.criteria {
        if let Subject::Events(events) = &criterion.on {
            read(
                &events.filter,
                events.measure.as_ref(),
                Some(aggregate_name(events, &criterion.id)),
            );
        }
    }
    (properties, aggregates)
}

/// Name of the aggregate that may stand for a criterion's events: its id, unless it says another.
pub fn aggregate_name<'a>(events: &'a Events, criterion: &'a str) -> &'a str {
    events.aggregate.as_deref().unwrap_or(criterion)
}

/// Calls `visit` with every condition and every part of it.
fn each_condition<'a>(card: &'a Scorecard, visit: &mut impl FnMut(&'a Condition)) {
    fn within<'a>(condition: &'a Condition, visit: &mut impl FnMut(&'a Condition)) {
        visit(condition);
        match condition {
            Condition::All(of) | Condition::Any(of) => {
                of.iter().for_each(|part| within(part, visit))
            }
            Condition::AtLeast(of) => of.of.iter().for_each(|part| within(part, visit)),
            Condition::Not(of) => within(of, visit),
            _ => {}
        }
    }
    let subjects = card
        .criteria
        .iter()
        .filter_map(|criterion| match &criterion.on {
            Subject::Condition(condition) => Some(condition),
            _ => None,
        });
    let whens = card
        .disqualify
        .iter()
        .map(|disqualifier| &disqualifier.when);
    let stages = card.stages.iter().filter_map(|stage| stage.when.as_ref());
    let questions = card
        .questions
        .iter()
        .filter_map(|question| question.when.as_ref());
    let routes = card.routes.iter().map(|route| &route.when);
    let territories = card
        .owners
        .iter()
        .filter_map(|owner| owner.territory.as_ref());
    let segments = card
        .value
        .iter()
        .flat_map(|value| value.segments.iter().map(|segment| &segment.when));
    let all = subjects
        .chain(whens)
        .chain(stages)
        .chain(questions)
        .chain(routes);
    for condition in all.chain(territories).chain(segments) {
        within(condition, visit);
    }
}
