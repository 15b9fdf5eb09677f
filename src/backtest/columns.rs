//! What the columns of a file are: by name, else by what stands in them, and as people correct it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::dates::{self, Order};
use super::wording;
use crate::card::Card;
use crate::names::bare;
use crate::num::{self, Written};
use crate::program::FactType;
use crate::signals::email::{self, EmailKind};
use crate::table::{self, EVENTS, Slot};
use crate::texts::Texts;
use crate::title;

/// What a column is. As text: `fact:jobTitle`, `answer:role`, `aggregate:demoRequests`,
/// `lastAt:demoRequests`, `events`, `outcome`, …, and `` for a column that is left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A place in the lead that the scorecard reads: `fact:jobTitle`.
    Place(String),
    /// Names the lead.
    Id,
    /// What became of it.
    Outcome,
    /// When it came: the time at which it is judged.
    CreatedAt,
    /// When its outcome was known.
    ClosedAt,
    /// What it brought, in the currency of the file.
    Revenue,
    /// What it cost.
    Cost,
    /// Who had it.
    Owner,
    /// Where it came from.
    Channel,
    /// Shown in the table of leads, otherwise not read.
    Shown,
    /// Left out.
    Ignored,
}

const ROLES: &[(&str, Role)] = &[
    ("id", Role::Id),
    ("outcome", Role::Outcome),
    ("createdAt", Role::CreatedAt),
    ("closedAt", Role::ClosedAt),
    ("revenue", Role::Revenue),
    ("cost", Role::Cost),
    ("owner", Role::Owner),
    ("channel", Role::Channel),
    ("shown", Role::Shown),
    ("", Role::Ignored),
];

impl Role {
    /// Its text.
    pub fn id(&self) -> &str {
        match self {
            Role::Place(place) => place,
            other => ROLES
                .iter()
                .find(|(_, role)| role == other)
                .map_or("", |(id, _)| id),
        }
    }

    /// The role of this text, for a card with these texts.
    pub fn from_id(id: &str, texts: &Texts) -> Option<Role> {
        let role = ROLES.iter().find(|(of, _)| *of == id);
        role.map(|(_, role)| role.clone())
            .or_else(|| slot(texts, id).map(|_| Role::Place(id.to_owned())))
    }
}

/// Where in a lead a place such as `fact:jobTitle` is, if the card reads it.
pub fn slot(texts: &Texts, place: &str) -> Option<Slot> {
    if place == EVENTS {
        return Some(Slot::Events);
    }
    let (kind, id) = place.split_once(':')?;
    let aggregate = || texts.aggregates.iter().position(|name| name == id);
    match kind {
        "fact" => texts
            .facts
            .iter()
            .position(|fact| fact.id == id)
            .map(Slot::Fact),
        "answer" => {
            let question = texts
                .questions
                .iter()
                .position(|question| question.id == id);
            question.map(Slot::Question)
        }
        "aggregate" => aggregate().map(Slot::Aggregate),
        "lastAt" => aggregate().map(Slot::LastAt),
        _ => None,
    }
}

/// The text of a place.
pub fn place(texts: &Texts, slot: Slot) -> String {
    let aggregate = |kind, index: usize| {
        let name = texts.aggregates.get(index);
        format!("{kind}:{}", name.map_or("", String::as_str))
    };
    match slot {
        Slot::Fact(index) => {
            let fact = texts.facts.get(index);
            format!("fact:{}", fact.map_or("", |fact| fact.id.as_str()))
        }
        Slot::Question(index) => {
            let question = texts.questions.get(index);
            format!(
                "answer:{}",
                question.map_or("", |question| question.id.as_str())
            )
        }
        Slot::Aggregate(index) => aggregate("aggregate", index),
        Slot::LastAt(index) => aggregate("lastAt", index),
        Slot::Events => EVENTS.to_owned(),
    }
}

crate::vocabulary::vocabulary! {
    /// Why a column is taken for what it is.
    pub enum Because {
        /// Its name says so.
        Name = "name",
        /// What stands in it says so.
        Content = "content",
        /// Somebody said so.
        Choice = "choice",
        /// Nothing says what it is.
        Nothing = "nothing",
    }
}

/// A column of a file and what it is taken for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Column {
    /// Its header.
    pub name: String,
    /// What it is, as text.
    pub role: String,
    /// Why.
    pub because: Because,
    /// Some of its cells.
    pub examples: Vec<String>,
    /// What stands in it most often, where cells repeat: what bins could be made of.
    pub words: Vec<String>,
    /// Numbers that cut it into quarters, where it holds many numbers.
    pub quarters: Vec<f64>,
    /// Order of day and month, where it is a date.
    pub order: Option<Order>,
    /// Whether its decimal mark is a comma.
    pub decimal_comma: bool,
}

/// What people said of columns, by header.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Choices {
    /// Roles by header.
    pub roles: BTreeMap<String, String>,
    /// Orders of day and month by header.
    pub orders: BTreeMap<String, Order>,
    /// Whether the decimal mark is a comma.
    pub commas: BTreeMap<String, bool>,
    /// Outcomes by the text of the cell.
    pub outcomes: BTreeMap<String, wording::Outcome>,
}

/// Names of columns that no lead has, without case and punctuation. The first column that has one
/// of the names is it.
const NAMES: &[(Role, &str)] = &[
    (
        Role::Outcome,
        "outcome won iswon isconverted converted conversion leadstatus dealstatus opportunitystage dealstage result status purchased becamecustomer y label target",
    ),
    (
        Role::CreatedAt,
        "createdat createdate datecreated createddate createdon created leadcreated leadcreateddate leaddate firstcontactdate firstcontact firstseen firstseenat submittedat inquirydate contactdate engagedate signupdate date timestamp",
    ),
    (
        Role::ClosedAt,
        "closedat closedate closeddate closedon wondate wonat outcomedate convertedat converteddate conversiondate",
    ),
    (
        Role::Revenue,
        "amount dealamount dealvalue closevalue opportunityamount opportunityamountusd contractvalue wonamount wonrevenue dealrevenue orderrevenue arr acv mrr bookings revenuewon",
    ),
    (
        Role::Cost,
        "cost leadcost costperlead cpl spend adspend acquisitioncost",
    ),
    (
        Role::Owner,
        "owner leadowner contactowner ownerid ownername hubspotownerid hubspotowner salesrep rep salesagent seller assignedto sdr accountexecutive",
    ),
    (
        Role::Channel,
        "channel marketingchannel originalsource originalsourcetype origin leadorigin acquisitionchannel leadchannel",
    ),
];

/// Share of the cells that have to be of a kind, in percent, for a column to be of it.
const MOST: usize = 80;

/// What the columns of a file are, from its header and its first rows.
pub fn columns(
    card: &Card,
    header: &[String],
    rows: &[Vec<String>],
    choices: &Choices,
) -> Vec<Column> {
    let texts = &card.texts;
    let cells = |index: usize| {
        let cells = rows.iter().filter_map(move |row| row.get(index));
        cells.map(String::as_str).filter(|cell| !cell.is_empty())
    };
    let mut columns: Vec<Column> = header
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let (role, because) = match choices
                .roles
                .get(name)
                .and_then(|id| Role::from_id(id, texts))
            {
                Some(role) => (role, Because::Choice),
                None => match by_name(texts, name, cells(index)) {
                    Some(role) => (role, Because::Name),
                    None => (Role::Ignored, Because::Nothing),
                },
            };
            let mut examples: Vec<String> = Vec::new();
            for cell in cells(index) {
                if examples.len() < 3 && !examples.iter().any(|example| example == cell) {
                    examples.push(crate::problem::shorten(cell));
                }
            }
            let decimal_comma = choices.commas.get(name).copied();
            let decimal_comma =
                decimal_comma.unwrap_or_else(|| wording::has_decimal_comma(cells(index)));
            let quarters = quarters(cells(index), decimal_comma);
            Column {
                name: name.clone(),
                role: role.id().to_owned(),
                because,
                examples,
                words: match quarters.is_empty() {
                    true => words(cells(index)),
                    false => Vec::new(),
                },
                quarters,
                order: choices.orders.get(name).copied(),
                decimal_comma,
            }
        })
        .collect();
    once(&mut columns);
    for index in 0..columns.len() {
        let taken: Vec<String> = columns.iter().map(|column| column.role.clone()).collect();
        let is_taken = |role: &Role| taken.iter().any(|of| of == role.id());
        let Some(column) = columns.get_mut(index) else {
            break;
        };
        if column.because == Because::Nothing
            && let Some(role) = by_content(texts, cells(index)).filter(|role| !is_taken(role))
        {
            column.role = role.id().to_owned();
            column.because = Because::Content;
        }
        if column.order.is_none() && holds_dates(&column.role, card) {
            column.order = Some(Order::of(cells(index)));
        }
    }
    columns
}

/// Most words of a column that are told.
const MOST_WORDS: usize = 12;

/// The most frequent cells, where each occurs twice at least on average.
fn words<'c>(cells: impl Iterator<Item = &'c str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0;
    for cell in cells {
        *counts.entry(cell).or_default() += 1;
        all += 1;
    }
    if counts.len() * 2 > all {
        return Vec::new();
    }
    let mut words: Vec<(&str, usize)> = counts.into_iter().collect();
    words.sort_by_key(|(_, count)| core::cmp::Reverse(*count));
    words.truncate(MOST_WORDS);
    words.into_iter().map(|(word, _)| word.to_owned()).collect()
}

/// Numbers that cut a column into quarters of about as many cells; none where it holds few numbers,
/// or other things.
fn quarters<'c>(cells: impl Iterator<Item = &'c str> + Clone, decimal_comma: bool) -> Vec<f64> {
    let number = |cell: &str| match num::read(&wording::with_point(cell, decimal_comma)) {
        Some(Written::Number(number)) => Some(number),
        _ => None,
    };
    let mut numbers: Vec<f64> = cells.clone().filter_map(number).collect();
    if numbers.len() * 100 < cells.count() * MOST {
        return Vec::new();
    }
    numbers.sort_by(f64::total_cmp);
    let mut distinct = numbers.clone();
    distinct.dedup();
    let Some(least) = numbers.first().filter(|_| distinct.len() > 6) else {
        return Vec::new();
    };
    let quarter = |quarter: usize| numbers.get(numbers.len() * quarter / 4).copied();
    let mut quarters: Vec<f64> = (1..4).filter_map(quarter).collect();
    quarters.retain(|edge| edge > least);
    quarters.dedup();
    quarters
}

/// Of roles that only one column can have, the first one with it keeps it; what people said goes
/// before what names say.
fn once(columns: &mut [Column]) {
    for (_, role) in ROLES
        .iter()
        .filter(|(_, role)| !matches!(role, Role::Shown | Role::Ignored))
    {
        let rank = |column: &Column| column.role == role.id() && column.because == Because::Choice;
        let chosen = columns.iter().position(rank);
        let first = chosen.or_else(|| columns.iter().position(|column| column.role == role.id()));
        for (index, column) in columns.iter_mut().enumerate() {
            if column.role == role.id() && Some(index) != first {
                column.role = Role::Shown.id().to_owned();
            }
        }
    }
}

/// Whether cells of this role are dates.
pub fn holds_dates(role: &str, card: &Card) -> bool {
    match slot(&card.texts, role) {
        Some(Slot::LastAt(_)) => true,
        Some(Slot::Fact(index)) => {
            let fact = card.program.facts.get(index);
            fact.is_some_and(|fact| fact.kind == FactType::Date)
        }
        _ => [Role::CreatedAt.id(), Role::ClosedAt.id()].contains(&role),
    }
}

fn by_name<'c>(
    texts: &Texts,
    name: &str,
    cells: impl Iterator<Item = &'c str> + Clone,
) -> Option<Role> {
    let key = bare(name);
    let special = NAMES
        .iter()
        .find(|(_, names)| names.split(' ').any(|name| name == key))
        .map(|(role, _)| role.clone());
    let (slot, column) = table::column(texts, name);
    // The stage that a CRM holds today was not known when the lead came.
    let stage = column.means.as_deref() == Some("stage");
    match slot.filter(|_| !stage) {
        Some(slot) => Some(Role::Place(place(texts, slot))),
        None if table::is_id(name) => Some(Role::Id),
        None => match special {
            // `status` and `stage` are many things; their words tell.
            None if stage => outcomes(cells)
                .then_some(Role::Outcome)
                .or(Some(Role::Shown)),
            Some(Role::Outcome) => outcomes(cells).then_some(Role::Outcome),
            None if column.means.is_some() => Some(Role::Shown),
            special => special,
        },
    }
}

/// Whether most cells name an outcome, and not all the same.
fn outcomes<'c>(cells: impl Iterator<Item = &'c str> + Clone) -> bool {
    most(cells, |cell| wording::outcome(cell).is_some())
}

fn most<'c>(cells: impl Iterator<Item = &'c str> + Clone, is: impl Fn(&str) -> bool) -> bool {
    let all = cells.clone().count();
    all > 0 && cells.filter(|cell| is(cell)).count() * 100 >= all * MOST
}

fn by_content<'c>(texts: &Texts, cells: impl Iterator<Item = &'c str> + Clone) -> Option<Role> {
    let fact = |id: &str| Role::from_id(&format!("fact:{id}"), texts);
    let is_title = |cell: &str| {
        let reading = title::read(cell);
        !reading.level.resolved().is_empty() && cell.chars().any(char::is_lowercase)
    };
    let day = |cell: &str| {
        dates::read(cell, Order::DayFirst).or_else(|| dates::read(cell, Order::MonthFirst))
    };
    let is_date = |cell: &str| {
        day(cell).is_some() && cell.contains(|c: char| !c.is_ascii_digit() && c != '.')
    };
    if most(cells.clone(), |cell| {
        cell.contains('@') && email::kind(cell) != EmailKind::Invalid
    }) {
        return fact("email");
    }
    if most(cells.clone(), is_date) {
        return Some(Role::CreatedAt);
    }
    let words = most(cells.clone(), |cell| {
        cell.len() > 2 && wording::outcome(cell).is_some()
    });
    if words {
        return Some(Role::Outcome);
    }
    most(cells, is_title).then(|| fact("jobTitle")).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::{self, compile};

    fn of(csv: &str, choices: &Choices) -> Vec<(String, Because)> {
        let card = scorecard::read(include_str!("../../www/sample/b2b-software.json"));
        let card = compile::compiled(&card.scorecard.unwrap(), compile::Audience::Server);
        let mut rows = csv
            .lines()
            .map(|line| line.split(';').map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().unwrap();
        let found = columns(&card, &header, &rows.collect::<Vec<_>>(), choices);
        found
            .into_iter()
            .map(|column| (column.role, column.because))
            .collect()
    }

    #[track_caller]
    fn check(csv: &str, expected: &[(&str, Because)]) {
        let expected: Vec<_> = expected
            .iter()
            .map(|(role, because)| ((*role).to_owned(), *because))
            .collect();
        assert_eq!(of(csv, &Choices::default()), expected);
    }

    #[test]
    fn columns_are_known_by_name_and_by_content() {
        use Because::{Content, Name, Nothing};
        check(
            "Lead ID;Job Title;numemployees;Deal Amount;Close Date;Lead Owner;Foo\n1;CEO;5;12;2026-01-01;Ann;x",
            &[
                ("id", Name),
                ("fact:jobTitle", Name),
                ("fact:company.employees", Name),
                ("revenue", Name),
                ("closedAt", Name),
                ("owner", Name),
                ("", Nothing),
            ],
        );
        check(
            "a;b;c;d\nann@acme.com;Head of Sales;Closed Won;1 May 2026\nbob@acme.com;Sales Manager;Closed Lost;2 May 2026",
            &[
                ("fact:email", Content),
                ("fact:jobTitle", Content),
                ("outcome", Content),
                ("createdAt", Content),
            ],
        );
        // A stage is an outcome where its words are outcomes, and never a fact that was known.
        check("Stage\nwon\nlost", &[("outcome", Name)]);
        check("Stage\nhello\nworld", &[("shown", Name)]);
        check(
            "Demo requests;demoRequests.lastAt\n1;2026-01-01",
            &[
                ("aggregate:demoRequests", Name),
                ("lastAt:demoRequests", Name),
            ],
        );
    }

    #[test]
    fn what_bins_could_be_made_of_is_told() {
        assert_eq!(words(["b", "a", "b", "a", "b"].into_iter()), ["b", "a"]);
        assert!(words(["1", "2", "3"].into_iter()).is_empty());
        let numbers: Vec<String> = (0..40).map(|n| format!("{n},5")).collect();
        let cells = numbers.iter().map(String::as_str);
        assert_eq!(quarters(cells, true), [10.5, 20.5, 30.5]);
        assert!(quarters(["1", "0", "1", "x"].into_iter(), false).is_empty());
    }

    #[test]
    fn what_people_say_goes_first() {
        let roles = [
            ("Outcome".to_owned(), String::new()),
            ("Paid".to_owned(), "outcome".to_owned()),
        ];
        let choices = Choices {
            roles: roles.into(),
            ..Choices::default()
        };
        let found = of("Outcome;Paid\nwon;1\nlost;0", &choices);
        assert_eq!(found[0].0, "");
        assert_eq!(found[1], ("outcome".to_owned(), Because::Choice));
    }
}
