//! A slow and plain evaluator of scorecard files, written from the rules and not from the engine:
//! the two must agree. It reads the JSON of file and lead as they are. What a job title means is
//! not its business: signals of words are taken from the verdict.

mod value;

use std::collections::BTreeMap;

use serde_json::Value;
use value::{bin, faded, property, strength, test};

const DAY: i64 = 86_400_000;

/// What the reference decides.
#[derive(Debug, PartialEq)]
pub struct Decided {
    pub fit: i64,
    pub engagement: i64,
    /// Points of criteria before limits, where they are not 0.
    pub criteria: BTreeMap<String, i64>,
    pub grade: String,
    pub disqualified: Vec<String>,
    pub stage: Option<String>,
    pub route: String,
    pub segment: Option<String>,
}

/// A known value.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    Number(f64),
    Range(f64, f64),
    Text(String),
    Boolean(bool),
    List(Vec<String>),
    Date(i64),
}

struct Event<'a> {
    kind: &'a str,
    at: i64,
    shape: &'a Value,
}

/// A lead as the rules see it.
struct Lead<'a> {
    card: &'a Value,
    now: i64,
    facts: BTreeMap<String, Known>,
    events: Option<Vec<Event<'a>>>,
    aggregates: &'a Value,
    signals: &'a Value,
}

/// What was decided before a condition is looked at.
#[derive(Default)]
struct Settled {
    fit: i64,
    engagement: i64,
    bands: (String, String),
    stage: Option<String>,
}

const FACTS: [&str; 8] = [
    "company.employees",
    "seats",
    "plan",
    "tools",
    "partner",
    "company.country",
    "renewal",
    "stage",
];

/// Decides on a lead; `signals` are those of the verdict.
pub fn decide(card: &Value, lead: &Value, now: i64, signals: &Value) -> Decided {
    let mut facts = BTreeMap::new();
    for id in FACTS {
        let path = format!("/{}", id.replace('.', "/"));
        if let Some(known) = lead.pointer(&path).and_then(|given| known(card, id, given)) {
            facts.insert(id.to_owned(), known);
        }
    }
    let events = lead["events"]
        .as_array()
        .map(|events| events.iter().filter_map(event).collect());
    let mut lead_now = Lead {
        card,
        now,
        facts,
        events,
        aggregates: &lead["aggregates"],
        signals,
    };
    for question in list(card, "questions") {
        let asked = question
            .get("when")
            .is_none_or(|when| lead_now.truth(when, &Settled::default()) == Some(true));
        let answer = lead["answers"].get(question["id"].as_str().unwrap());
        let answer =
            answer.filter(|answer| answer.as_str().is_none_or(|text| !text.trim().is_empty()));
        if let (true, Some(answer)) = (asked, answer) {
            let fact = question["fact"].as_str().unwrap();
            match known(card, fact, answer) {
                Some(value) => drop(lead_now.facts.insert(fact.to_owned(), value)),
                None => drop(lead_now.facts.remove(fact)),
            }
        }
    }
    lead_now.decide()
}

fn list<'a>(of: &'a Value, key: &str) -> &'a [Value] {
    of[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// What a given value means for a fact.
fn known(card: &Value, id: &str, given: &Value) -> Option<Known> {
    let choices: Option<Vec<&str>> = match id {
        "stage" => Some(
            list(card, "stages")
                .iter()
                .map(|stage| stage["id"].as_str().unwrap())
                .collect(),
        ),
        _ => {
            let fact = list(card, "facts").iter().find(|fact| fact["id"] == id);
            let choices = fact
                .map(|fact| list(fact, "choices"))
                .filter(|choices| !choices.is_empty());
            choices.map(|of| {
                of.iter()
                    .map(|choice| choice["value"].as_str().unwrap())
                    .collect()
            })
        }
    };
    match id {
        "company.employees" | "seats" => match given {
            Value::Number(number) => number.as_f64().map(Known::Number),
            Value::Object(ends) => {
                let end = |key, open| match ends.get(key) {
                    None => Some(open),
                    Some(end) => end.as_f64(),
                };
                let (from, to) = (end("from", f64::NEG_INFINITY)?, end("to", f64::INFINITY)?);
                (from < to).then_some(Known::Range(from, to))
            }
            _ => None,
        },
        "partner" => match given {
            Value::Bool(value) => Some(Known::Boolean(*value)),
            Value::Number(number) if number.as_f64() == Some(0.0) => Some(Known::Boolean(false)),
            Value::String(text) => match text.to_lowercase().as_str() {
                "yes" => Some(Known::Boolean(true)),
                "no" => Some(Known::Boolean(false)),
                _ => None,
            },
            _ => None,
        },
        "renewal" => match given {
            Value::Number(number) => number.as_i64().map(Known::Date),
            Value::String(text) if text == "2026-11-17T00:00:00Z" => {
                Some(Known::Date(1_794_873_600_000))
            }
            _ => None,
        },
        "tools" => {
            let members: Vec<String> = match given {
                Value::Array(members) => members.iter().filter_map(text).collect(),
                one => text(one)?
                    .split(';')
                    .map(|member| member.trim().to_owned())
                    .collect(),
            };
            let known: Vec<String> = members
                .iter()
                .filter(|member| choices.as_ref().unwrap().contains(&member.as_str()))
                .cloned()
                .collect();
            (members.is_empty() || !known.is_empty()).then_some(Known::List(known))
        }
        _ => {
            let text = text(given)?;
            let allowed = choices.is_none_or(|choices| choices.contains(&text.as_str()));
            allowed.then_some(Known::Text(text))
        }
    }
}

fn event(shape: &Value) -> Option<Event<'_>> {
    Some(Event {
        kind: shape["type"].as_str()?,
        at: shape["at"].as_i64()?,
        shape,
    })
}

/// Kleene: false decides, then unknown.
fn all(parts: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<_> = parts.into_iter().collect();
    if parts.contains(&Some(false)) {
        Some(false)
    } else if parts.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn clamp(points: i64, limit: &Value) -> i64 {
    let points = limit["max"].as_i64().map_or(points, |max| points.min(max));
    limit["min"].as_i64().map_or(points, |min| points.max(min))
}

impl Lead<'_> {
    fn decide(&self) -> Decided {
        let card = self.card;
        let mut criteria = BTreeMap::new();
        let mut axes = BTreeMap::from([("fit", 0), ("engagement", 0)]);
        let mut groups: BTreeMap<&str, i64> = BTreeMap::new();
        for criterion in list(card, "criteria") {
            let points = self.points(criterion);
            if points != 0 {
                criteria.insert(criterion["id"].as_str().unwrap().to_owned(), points);
            }
            let points = clamp(points, &criterion["limit"]);
            match criterion["group"].as_str() {
                Some(group) => *groups.entry(group).or_default() += points,
                None => *axes.get_mut(criterion["axis"].as_str().unwrap()).unwrap() += points,
            }
        }
        for group in list(card, "groups") {
            let sum = groups
                .get(group["id"].as_str().unwrap())
                .copied()
                .unwrap_or(0);
            *axes.get_mut(group["axis"].as_str().unwrap()).unwrap() += clamp(sum, &group["limit"]);
        }
        let [fit, engagement] =
            ["fit", "engagement"].map(|axis| clamp(axes[axis], &card["limits"][axis]));
        let facts_only = Settled::default();
        let disqualified: Vec<String> = list(card, "disqualify")
            .iter()
            .filter(|of| self.truth(&of["when"], &facts_only) == Some(true))
            .map(|of| of["id"].as_str().unwrap().to_owned())
            .collect();
        let bands = (self.band("fit", fit), self.band("engagement", engagement));
        let grade = format!("{}{}", bands.0, bands.1);
        let mut settled = Settled {
            fit,
            engagement,
            bands,
            stage: None,
        };
        settled.stage = match self.facts.get("stage") {
            Some(Known::Text(given)) => Some(given.clone()),
            _ if !disqualified.is_empty() => Some("disqualified".to_owned()),
            _ => {
                let holds = |stage: &&Value| {
                    stage
                        .get("when")
                        .is_some_and(|when| self.truth(when, &settled) == Some(true))
                };
                let last = list(card, "stages").iter().rfind(holds);
                last.map(|stage| stage["id"].as_str().unwrap().to_owned())
            }
        };
        let class = !disqualified.is_empty();
        let route = list(card, "routes").iter().find(|route| {
            (route["forDisqualified"] == true) == class
                && self.truth(&route["when"], &settled) == Some(true)
        });
        let fallback = &card["fallback"][if class { "disqualified" } else { "unmatched" }];
        let segments = list(&card["value"], "segments");
        let segment = segments
            .iter()
            .find(|of| self.truth(&of["when"], &settled) == Some(true));
        let id = |of: &Value| of["id"].as_str().unwrap().to_owned();
        Decided {
            fit,
            engagement,
            criteria,
            grade,
            disqualified,
            stage: settled.stage.clone(),
            route: id(route.unwrap_or(fallback)),
            segment: segment.map(id),
        }
    }

    fn band(&self, axis: &str, points: i64) -> String {
        let of_card = list(&self.card["bands"], axis);
        let own = of_card
            .iter()
            .find(|band| band["from"].as_i64().is_none_or(|from| points >= from));
        if let Some(band) = own {
            return band["name"].as_str().unwrap().to_owned();
        }
        let step = [75, 50, 25].iter().filter(|from| points < **from).count();
        let names = if axis == "fit" {
            ["A", "B", "C", "D"]
        } else {
            ["1", "2", "3", "4"]
        };
        names[step].to_owned()
    }

    /// Points of a criterion before its limit.
    fn points(&self, criterion: &Value) -> i64 {
        let unknown = criterion["unknown"].as_i64().unwrap_or(0);
        let bins = list(criterion, "bins");
        let on = &criterion["on"];
        if let Some(condition) = on.get("condition") {
            return match self.truth(condition, &Settled::default()) {
                Some(true) => criterion["true"].as_i64().unwrap(),
                Some(false) => criterion["false"].as_i64().unwrap_or(0),
                None => unknown,
            };
        }
        if let Some(events) = on.get("events") {
            let aggregate = &self.aggregates[criterion["id"].as_str().unwrap()];
            let Some((value, ages)) = self.measure(events, Some(aggregate)) else {
                return unknown;
            };
            let strength = |age: &i64| strength(&criterion["decay"], *age);
            if let Some(each) = criterion["perEvent"]["points"].as_i64() {
                let sum: i64 = match self.aggregate(aggregate) {
                    Some((count, last)) => {
                        count.trunc() as i64 * last.map_or(64, |age| strength(&age))
                    }
                    None => ages.iter().map(strength).sum(),
                };
                return faded(each, sum);
            }
            let Some(value) = value else { return unknown };
            return match bin(bins, &Known::Number(value)) {
                Some(points) => faded(points, ages.iter().min().map_or(64, strength)),
                None => unknown,
            };
        }
        let value = if let Some(fact) = on["fact"].as_str() {
            self.facts.get(fact).cloned()
        } else if let Some(fact) = on["daysSince"].as_str() {
            self.days_since(fact)
        } else {
            self.signals[on["signal"].as_str().unwrap()]
                .as_str()
                .map(|word| Known::Text(word.to_owned()))
        };
        value.and_then(|value| bin(bins, &value)).unwrap_or(unknown)
    }

    fn days_since(&self, fact: &str) -> Option<Known> {
        match self.facts.get(fact) {
            Some(Known::Date(at)) => Some(Known::Number((self.now - at) as f64 / DAY as f64)),
            _ => None,
        }
    }

    /// A count that somebody else made, and the age of its newest event.
    fn aggregate(&self, given: &Value) -> Option<(f64, Option<i64>)> {
        let value = given.get("value").unwrap_or(given);
        let number = value
            .as_f64()
            .or_else(|| value.as_str()?.parse().ok())
            .filter(|number| *number >= 0.0)?;
        Some((
            number,
            given["lastAt"].as_i64().map(|at| (self.now - at).max(0)),
        ))
    }

    /// The measure and the ages of the events that count; nothing where nobody observed them.
    fn measure(&self, of: &Value, aggregate: Option<&Value>) -> Option<(Option<f64>, Vec<i64>)> {
        if let Some((value, last)) = aggregate.and_then(|given| self.aggregate(given)) {
            return Some((Some(value), last.into_iter().collect()));
        }
        let types = list(of, "types");
        let counted: Vec<&Event> = self
            .events
            .as_ref()?
            .iter()
            .filter(|event| types.iter().any(|kind| kind == event.kind))
            .filter(|event| {
                let days = of["withinDays"].as_f64();
                days.is_none_or(|days| self.age(event) as f64 <= days * DAY as f64)
            })
            .filter(|event| {
                list(of, "where")
                    .iter()
                    .all(|test| property(test, event.shape))
            })
            .collect();
        let ages: Vec<i64> = counted.iter().map(|event| self.age(event)).collect();
        let value = if of["measure"] == "daysSinceLast" {
            ages.iter().min().map(|age| *age as f64 / DAY as f64)
        } else if let Some(property) = of["measure"]["distinct"].as_str() {
            let mut values: Vec<&str> = counted
                .iter()
                .filter_map(|event| event.shape[property].as_str())
                .collect();
            values.sort_unstable();
            values.dedup();
            Some(values.len() as f64)
        } else {
            Some(ages.len() as f64)
        };
        Some((value, ages))
    }

    fn age(&self, event: &Event) -> i64 {
        (self.now - event.at).max(0)
    }

    /// Truth of a condition; `None` is unknown.
    fn truth(&self, condition: &Value, settled: &Settled) -> Option<bool> {
        let (key, of) = condition.as_object().unwrap().iter().next().unwrap();
        let parts = |of: &Value| -> Vec<Option<bool>> {
            of.as_array()
                .unwrap()
                .iter()
                .map(|part| self.truth(part, settled))
                .collect()
        };
        let named = |name: &str| {
            Some(
                of["in"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|wanted| wanted == name),
            )
        };
        match key.as_str() {
            "all" => all(parts(of)),
            "any" => {
                all(parts(of).into_iter().map(|part| part.map(|truth| !truth))).map(|none| !none)
            }
            "not" => self.truth(of, settled).map(|truth| !truth),
            "atLeast" => {
                let (n, parts) = (of["n"].as_u64().unwrap() as usize, parts(&of["of"]));
                let count = |truth| parts.iter().filter(|part| **part == truth).count();
                match (count(Some(true)), count(None)) {
                    (hold, _) if hold >= n => Some(true),
                    (hold, open) if hold + open < n => Some(false),
                    _ => None,
                }
            }
            "fact" => {
                let id = of["id"].as_str().unwrap();
                test(of, self.facts.get(id))
            }
            "daysSince" => test(of, self.days_since(of["id"].as_str().unwrap()).as_ref()),
            "signal" => {
                let days = || {
                    self.events
                        .as_ref()?
                        .iter()
                        .map(|event| self.age(event))
                        .min()
                };
                let value = match of["id"].as_str().unwrap() {
                    "eventCount" => self
                        .events
                        .as_ref()
                        .map(|events| Known::Number(events.len() as f64)),
                    "daysSinceLastEvent" => {
                        days().map(|age| Known::Number(age as f64 / DAY as f64))
                    }
                    words => self.signals[words]
                        .as_str()
                        .map(|word| Known::Text(word.to_owned())),
                };
                test(of, value.as_ref())
            }
            "events" => {
                let value = self.measure(of, None).and_then(|(value, _)| value);
                let mut bounds = of.clone();
                if bounds.get("atLeast").is_none() && bounds.get("below").is_none() {
                    bounds["atLeast"] = 1.into();
                }
                test(&bounds, value.map(Known::Number).as_ref())
            }
            "score" => test(
                of,
                Some(&Known::Number((settled.fit + settled.engagement) as f64)),
            ),
            "fit" => test(of, Some(&Known::Number(settled.fit as f64))),
            "engagement" => test(of, Some(&Known::Number(settled.engagement as f64))),
            "band" if of["axis"] == "fit" => named(&settled.bands.0),
            "band" => named(&settled.bands.1),
            "grade" => named(&format!("{}{}", settled.bands.0, settled.bands.1)),
            // That there is none is known too, and that disqualified is none of the scorecard.
            "stage" => named(settled.stage.as_deref().unwrap_or_default()),
            other => panic!("the reference knows no `{other}`"),
        }
    }
}
