//! From features and points to criteria and scorecards as they stand in a file.

use super::bins::NumberBins;
use super::describe;
use super::feature::{Bins, Feature};
use crate::program::{Axis, FactType};
use crate::scorecard::file::{
    Action, Bin, Condition, Criterion, Destination, FORMAT, Fact, Fallback, Message, Scalar,
    Scorecard, Subject, Test, Text,
};
use crate::scorecard::standard::standard;

/// Longest id made of a column's name.
const ID: usize = 48;

/// The fact and the criterion of one feature of a plain table; `None` where it earns nothing.
pub fn criterion(
    feature: &Feature,
    points: &[i32],
    id: &str,
    on: &str,
    label: Option<Text>,
    axis: Axis,
) -> Option<Criterion> {
    let (unknown, bins) = (
        points.last().copied().unwrap_or_default(),
        bins(feature, points),
    );
    let earns = unknown != 0 || bins.iter().any(|bin| bin.points != 0);
    (earns && !bins.is_empty()).then(|| Criterion {
        id: id.to_owned(),
        label,
        axis,
        group: None,
        on: Subject::Fact(on.to_owned()),
        bins: Some(bins),
        when_true: None,
        when_false: None,
        per_event: None,
        decay: None,
        unknown,
        limit: None,
        direction: feature.column.direction,
    })
}

/// Bins with the points of their levels: neighbours and words with the same points are one bin.
fn bins(feature: &Feature, points: &[i32]) -> Vec<Bin> {
    match &feature.bins {
        Bins::Numbers(numbers) => number_bins(numbers, points),
        Bins::Texts(levels) => text_bins(levels, points),
        Bins::Own(_) | Bins::Both(_) => Vec::new(),
    }
}

/// The criterion of a combination; `None` where it earns nothing.
pub fn combination(
    features: &[Feature],
    sides: &[(usize, Vec<u16>); 2],
    on: [&str; 2],
    points: i32,
    id: &str,
    label: &str,
    axis: Axis,
) -> Option<Criterion> {
    let test = |(index, levels): &(usize, Vec<u16>), fact: &str| {
        Some(Condition::Fact(test(features.get(*index)?, levels, fact)?))
    };
    let all = vec![test(&sides[0], on[0])?, test(&sides[1], on[1])?];
    (points != 0).then(|| Criterion {
        id: id.to_owned(),
        label: Some(Text::Plain(label.to_owned())),
        axis,
        group: None,
        on: Subject::Condition(Condition::All(all)),
        bins: None,
        when_true: Some(points),
        when_false: None,
        per_event: None,
        decay: None,
        unknown: 0,
        limit: None,
        direction: None,
    })
}

/// The test that a fact falls into some levels of its feature.
fn test(feature: &Feature, levels: &[u16], fact: &str) -> Option<Test> {
    let (mut one_of, mut at_least, mut below) = (None, None, None);
    let (first, last) = (usize::from(*levels.first()?), usize::from(*levels.last()?));
    match &feature.bins {
        Bins::Numbers(numbers) => {
            at_least = first
                .checked_sub(1)
                .and_then(|edge| numbers.edges.get(edge))
                .copied();
            below = numbers.edges.get(last).copied();
        }
        Bins::Texts(texts) => {
            let texts = levels
                .iter()
                .filter_map(|level| texts.get(usize::from(*level)));
            one_of = Some(texts.map(|text| Scalar::Text(text.clone())).collect());
        }
        Bins::Own(_) | Bins::Both(_) => return None,
    }
    Some(Test {
        id: fact.to_owned(),
        is: None,
        one_of,
        at_least,
        above: None,
        at_most: None,
        below,
        contains: None,
        contains_word: None,
        starts_with: None,
        ends_with: None,
        known: None,
    })
}

/// Some levels of a feature in words.
pub fn levels_in_words(feature: &Feature, levels: &[u16]) -> String {
    let Some(test) = test(feature, levels, "") else {
        return String::new();
    };
    describe::bin(&Bin {
        from: test.at_least,
        to: test.below,
        values: test.one_of,
        ..bin(0)
    })
}

fn bin(points: i32) -> Bin {
    Bin {
        label: None,
        from: None,
        to: None,
        values: None,
        otherwise: false,
        points,
    }
}

/// Adds a value to the bin of values with its points.
fn add_value(bins: &mut Vec<Bin>, value: Scalar, points: i32) {
    match bins.iter_mut().find(|bin| bin.points == points) {
        Some(Bin {
            values: Some(values),
            ..
        }) => values.push(value),
        _ => bins.push(Bin {
            values: Some(vec![value]),
            ..bin(points)
        }),
    }
}

fn number_bins(numbers: &NumberBins, points: &[i32]) -> Vec<Bin> {
    let (ranges, singles) = points.split_at(numbers.ranges().min(points.len()));
    let mut bins: Vec<Bin> = Vec::new();
    // Single values that earn what their range earns need no bin.
    let apart = numbers.exact.iter().zip(singles).filter(|(value, points)| {
        let range = numbers.range(**value).and_then(|range| ranges.get(range));
        range != Some(points)
    });
    for (value, points) in apart {
        let scalar = Scalar::Number(*value);
        add_value(&mut bins, scalar, *points);
    }
    let mut from = None;
    for (range, points) in ranges.iter().enumerate() {
        let edge = numbers.edges.get(range).copied();
        if edge.is_none() || ranges.get(range + 1) != Some(points) {
            bins.push(Bin {
                from,
                to: edge,
                ..bin(*points)
            });
            from = edge;
        }
    }
    // One range over all numbers has no end.
    if let [.., last] = bins.as_mut_slice()
        && last.from.is_none()
        && last.to.is_none()
    {
        last.otherwise = true;
    }
    bins
}

fn text_bins(levels: &[String], points: &[i32]) -> Vec<Bin> {
    let others = points.get(levels.len()).copied().unwrap_or_default();
    let mut bins: Vec<Bin> = Vec::new();
    for (level, points) in levels
        .iter()
        .zip(points)
        .filter(|(_, points)| **points != others)
    {
        let scalar = Scalar::Text(level.clone());
        add_value(&mut bins, scalar, *points);
    }
    bins.sort_by_key(|bin| -bin.points);
    bins.push(Bin {
        otherwise: true,
        ..bin(others)
    });
    bins
}

/// The levels of a feature that fall into one of the `bins` made of it.
pub fn levels_of(feature: &Feature, bin: &Bin, bins: &[Bin]) -> Vec<usize> {
    let holds = |bin: &Bin, scalar: &Scalar| {
        bin.values
            .as_ref()
            .is_some_and(|values| values.contains(scalar))
    };
    let listed = |scalar: &Scalar| bins.iter().any(|other| holds(other, scalar));
    match &feature.bins {
        Bins::Own(_) | Bins::Both(_) => Vec::new(),
        Bins::Numbers(numbers) => {
            let inside = |value: f64| {
                bin.otherwise
                    || (bin.values.is_none()
                        && bin.from.is_none_or(|from| from <= value)
                        && bin.to.is_none_or(|to| value < to))
            };
            let lower = |range: usize| {
                range
                    .checked_sub(1)
                    .and_then(|edge| numbers.edges.get(edge))
                    .copied()
                    .unwrap_or(f64::MIN)
            };
            let ranges = (0..numbers.ranges()).filter(|range| inside(lower(*range)));
            let singles = numbers.exact.iter().enumerate().filter(|(_, value)| {
                let scalar = Scalar::Number(**value);
                holds(bin, &scalar) || (!listed(&scalar) && inside(**value))
            });
            ranges
                .chain(singles.map(|(place, _)| numbers.ranges() + place))
                .collect()
        }
        Bins::Texts(levels) => {
            let own = levels.iter().enumerate().filter(|(_, level)| {
                let scalar = Scalar::Text((*level).clone());
                holds(bin, &scalar) || (bin.otherwise && !listed(&scalar))
            });
            let others = bin.otherwise.then_some(levels.len());
            own.map(|(level, _)| level).chain(others).collect()
        }
    }
}

/// A scorecard of a plain table, without criteria yet: a proposal brings them, and their facts.
pub fn empty(name: &str) -> Scorecard {
    let way = |id: &str, message: &str| Destination {
        id: id.to_owned(),
        label: None,
        action: Action::ThankYou(Message {
            message: Text::Plain(message.to_owned()),
        }),
        follow_up: Vec::new(),
    };
    Scorecard {
        schema: None,
        leadfit: FORMAT,
        id: id_of(name),
        revision: 1,
        title: Text::Plain(format!("{name}: learned from outcomes")),
        description: None,
        default_language: "en".to_owned(),
        agreement: None,
        facts: Vec::new(),
        titles: None,
        groups: Vec::new(),
        criteria: Vec::new(),
        limits: None,
        disqualify: Vec::new(),
        bands: None,
        stages: Vec::new(),
        questions: Vec::new(),
        ask_until: None,
        calendars: Vec::new(),
        owners: Vec::new(),
        queues: Vec::new(),
        accounts: Vec::new(),
        sla: Vec::new(),
        routes: Vec::new(),
        fallback: Fallback {
            unmatched: way("all-leads", "Thank you. We will be in touch."),
            disqualified: way("disqualified-leads", "Thank you for your interest."),
        },
        value: None,
        calibration: None,
    }
}

/// The fact that a column of a plain table becomes.
pub fn fact(feature: &Feature, id: &str) -> Fact {
    let kind = match feature.bins {
        Bins::Numbers(_) => FactType::Number,
        _ => FactType::Text,
    };
    Fact {
        id: id.to_owned(),
        kind: Some(kind),
        label: Some(Text::Plain(feature.name.clone())),
        choices: Vec::new(),
        from: vec![feature.name.clone()],
        axis: None,
    }
}

/// An id made of a name for people: `Total Visits` becomes `totalVisits`.
pub fn id_of(name: &str) -> String {
    let mut id = String::new();
    let mut upper = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            upper = !id.is_empty();
            continue;
        }
        match (id.is_empty(), upper) {
            (true, _) => id.push(c.to_ascii_lowercase()),
            (false, true) => id.push(c.to_ascii_uppercase()),
            (false, false) => id.push(c),
        }
        upper = false;
        if id.len() >= ID {
            break;
        }
    }
    if id.is_empty() {
        "column".to_owned()
    } else {
        id
    }
}

/// An id that is neither taken nor one of a standard fact, which may be of another type.
pub fn unused(id: String, taken: &[String]) -> String {
    let free = |id: &String| !taken.contains(id) && standard(id).is_none();
    if free(&id) {
        return id;
    }
    let mut others = (2..).map(|number| format!("{id}{number}"));
    others.find(free).unwrap_or(id)
}
