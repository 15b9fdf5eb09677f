//! Questions: answers that suit the fact, and conditions that read only what is settled before.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{Place, Read, reads};
use super::kind::Kind;
use super::{At, Checker};
use crate::problem::Code;
use crate::scorecard::file::{Criterion, Field, Question, QuestionOption, Range, Subject};
use crate::scorecard::shape::{missing_key, quoted};
use crate::scorecard::standard::signal_facts;

impl<'a> Checker<'a> {
    pub(super) fn questions(&mut self) {
        let file = self.file;
        let mut edges: BTreeMap<&str, Vec<Edges>> = BTreeMap::new();
        for criterion in &file.criteria {
            if let Subject::Fact(id) = &criterion.on {
                edges.entry(id).or_default().push(Edges::of(criterion));
            }
        }
        let settled: Vec<BTreeSet<&str>> = file.questions.iter().map(settles).collect();
        for (index, question) in file.questions.iter().enumerate() {
            let at = format_args!("/questions/{index}");
            let kind = self.fact(format_args!("{at}/fact"), &question.fact);
            self.field(at, question, &kind);
            let criteria = edges
                .get(question.fact.as_str())
                .map_or(&[][..], Vec::as_slice);
            self.options(at, question, &kind, criteria);
            if let Some(when) = &question.when {
                let at = format_args!("{at}/when");
                self.condition(at, when, Place::BeforeScore);
                let mut found = Vec::new();
                reads(when, at, &mut |read, at| found.push((read, at)));
                let later = file.questions.iter().zip(&settled).skip(index);
                let later: Vec<_> = later.filter(|(other, _)| meet(question, other)).collect();
                for (read, at) in found {
                    self.settled_before(format_args!("{at}"), question, read, &later);
                }
            }
            let mut forms = BTreeSet::new();
            for (place, form) in question.forms.iter().enumerate() {
                let at = format_args!("{at}/forms/{place}");
                self.id(at, form);
                self.once(&mut forms, at, form.as_str(), "each form once");
            }
        }
    }

    /// Reports a condition that reads what the question itself or a later one settles: an answer
    /// would take back its own question.
    fn settled_before(
        &mut self,
        at: At<'_>,
        this: &Question,
        read: Read<'a>,
        later: &[(&Question, &BTreeSet<&str>)],
    ) {
        let (one, many);
        let facts: &[&str] = match read {
            Read::Fact(id) => {
                one = [id];
                &one
            }
            Read::Signal(signal) => {
                many = signal_facts(signal);
                many
            }
        };
        let later = later
            .iter()
            .find(|(_, settled)| facts.iter().any(|fact| settled.contains(fact)));
        let Some((later, _)) = later else { return };
        let name = match read {
            Read::Fact(id) => format!("fact {}", quoted(id)),
            Read::Signal(signal) => format!("signal \"{}\"", signal.id()),
        };
        let (found, help) = if later.id == this.id {
            (
                format!("{name}, which this question settles"),
                "take the test out: a known fact is never asked again",
            )
        } else {
            (
                format!(
                    "{name}, which the later question {} settles",
                    quoted(&later.id)
                ),
                "move this question behind the other one",
            )
        };
        self.error(
            Code::NotAllowedHere,
            at,
            found,
            "facts that are settled before",
            help,
        );
    }

    fn field(&mut self, at: At<'_>, question: &Question, kind: &Kind) {
        let suits = match question.field {
            Some(Field::Number) => Some((Kind::Number, "number")),
            Some(Field::Date) => Some((Kind::Date, "date")),
            Some(Field::Consent) => Some((Kind::Boolean, "boolean")),
            Some(Field::Choices) => Some((Kind::List(None), "list")),
            _ => None,
        };
        if let (Some(field), Some((suits, name))) = (question.field, suits)
            && *kind != Kind::Lost
            && kind.name() != suits.name()
        {
            self.error(
                Code::WrongComparison,
                format_args!("{at}/field"),
                format!("field `{}` for a {}", field.id(), kind.name()),
                format!("a fact of type `{name}`"),
                "take `field` out: it follows the type of the fact",
            );
        }
        let choose = match question.field {
            Some(field) => matches!(field, Field::Choice | Field::Choices),
            None => matches!(kind, Kind::Choice(_) | Kind::List(_)),
        };
        // Choices that are not known here are taken to be there.
        let open = matches!(
            kind,
            Kind::Text | Kind::Number | Kind::Boolean | Kind::Date | Kind::List(None)
        );
        if choose && open && question.options.is_empty() {
            let help = "add the answers to choose from";
            self.report(missing_key(at, "options", help));
        }
        match (&question.consent, question.field) {
            (None, Some(Field::Consent)) => {
                let help = "add `consent` with `purpose`, `version` and `basis`";
                self.report(missing_key(at, "consent", help));
            }
            (Some(_), field) if field != Some(Field::Consent) => self.error(
                Code::NotAllowedHere,
                format_args!("{at}/consent"),
                "`consent` on another field",
                "`consent` on a field `consent` only",
                "write `\"field\": \"consent\"`, or take `consent` out",
            ),
            (Some(consent), _) => {
                for (key, text) in [
                    ("purpose", &consent.purpose),
                    ("version", &consent.version),
                    ("basis", &consent.basis),
                ] {
                    if text.trim().is_empty() {
                        let at = format_args!("{at}/consent/{key}");
                        self.error(
                            Code::MissingKey,
                            at,
                            "an empty text",
                            "a text",
                            format!("write the {key}"),
                        );
                    }
                }
            }
            (None, _) => {}
        }
    }

    fn options(&mut self, at: At<'_>, question: &'a Question, kind: &Kind<'a>, criteria: &[Edges]) {
        let mut seen = BTreeSet::new();
        let mut sum = 0.0;
        for (index, option) in question.options.iter().enumerate() {
            let at = format_args!("{at}/options/{index}");
            self.answer(at, option, kind, criteria);
            let (value, range) = (&option.value, &option.range);
            let key = serde_json::to_string(&(value, range)).unwrap_or_default();
            if (value.is_some() || range.is_some()) && !seen.insert(key) {
                let at = if value.is_some() {
                    format_args!("{at}/value")
                } else {
                    format_args!("{at}/range")
                };
                let help = "keep one of the two options";
                self.error(
                    Code::DuplicateId,
                    at,
                    "an answer again",
                    "each answer once",
                    help,
                );
            }
            if let Some(share) = option.share {
                self.within(format_args!("{at}/share"), share, 0.0, 1.0);
                sum += share;
            }
            let mut facts = BTreeSet::from([question.fact.as_str()]);
            for (place, setting) in option.sets.iter().enumerate() {
                let at = format_args!("{at}/sets/{place}");
                let kind = self.fact(format_args!("{at}/fact"), &setting.fact);
                self.value(format_args!("{at}/value"), &kind, &setting.value);
                self.once(
                    &mut facts,
                    format_args!("{at}/fact"),
                    &setting.fact,
                    "each fact settled once",
                );
            }
        }
        if sum > 1.000_001 {
            self.error(
                Code::OutOfRange,
                format_args!("{at}/options"),
                format!(
                    "shares that add up to {}",
                    (sum * 1_000.0).round() / 1_000.0
                ),
                "shares that add up to 1 at most",
                "lower the shares; what is left to 1 is for no answer",
            );
        }
    }

    fn answer(&mut self, at: At<'_>, option: &QuestionOption, kind: &Kind, criteria: &[Edges]) {
        match (&option.value, option.range) {
            (Some(value), None) => self.value(format_args!("{at}/value"), kind, value),
            (None, Some(range)) => self.range(format_args!("{at}/range"), range, kind, criteria),
            (None, None) => {
                let help = "add the `value` that the fact gets, or a `range` for a number";
                self.report(missing_key(at, "value", help));
            }
            (Some(_), Some(_)) => self.error(
                Code::NotAllowedHere,
                format_args!("{at}/range"),
                "both `value` and `range`",
                "one of the two",
                "take one of the two out",
            ),
        }
    }

    fn range(&mut self, at: At<'_>, range: Range, kind: &Kind, criteria: &[Edges]) {
        if !matches!(kind, Kind::Number | Kind::Lost) {
            let found = format!("a range for a {}", kind.name());
            self.error(
                Code::WrongComparison,
                at,
                found,
                "`value`",
                "write the `value` that the fact gets",
            );
            return;
        }
        let (from, to) = (
            range.from.unwrap_or(f64::NEG_INFINITY),
            range.to.unwrap_or(f64::INFINITY),
        );
        if range.from.is_none() && range.to.is_none() {
            self.problems
                .push(missing_key(at, "from", "add `from`, `to` or both"));
            return;
        }
        if from >= to {
            let found = format!("from {from} to {to}");
            let expected = "a lower number in `from` than in `to`";
            self.error(Code::OutOfOrder, at, found, expected, "swap the two");
            return;
        }
        for edges in criteria {
            if let Some(edge) = edges.inside(from, to).filter(|_| self.may_warn()) {
                self.warn(
                    Code::StraddlesEdge,
                    at,
                    format!(
                        "a range with {edge} inside, where bins of {} meet",
                        quoted(edges.criterion)
                    ),
                    "a range inside one bin",
                    format!("split the option at {edge}, or move the edge"),
                );
            }
        }
    }
}

/// Where the bins of a criterion meet.
struct Edges<'a> {
    criterion: &'a str,
    sorted: Vec<f64>,
}

impl<'a> Edges<'a> {
    fn of(criterion: &'a Criterion) -> Self {
        let bins = criterion.bins.iter().flatten();
        let mut sorted: Vec<f64> = bins.flat_map(|bin| [bin.from, bin.to]).flatten().collect();
        sorted.sort_by(f64::total_cmp);
        Edges {
            criterion: &criterion.id,
            sorted,
        }
    }

    /// The lowest edge between two numbers.
    fn inside(&self, from: f64, to: f64) -> Option<f64> {
        let above = self.sorted.partition_point(|edge| *edge <= from);
        self.sorted.get(above).copied().filter(|edge| *edge < to)
    }
}

/// The facts that an answer to this question can settle.
fn settles(question: &Question) -> BTreeSet<&str> {
    let further = question.options.iter().flat_map(|option| &option.sets);
    let further = further.map(|setting| setting.fact.as_str());
    further.chain([question.fact.as_str()]).collect()
}

/// Whether two questions may stand in one form.
fn meet(a: &Question, b: &Question) -> bool {
    let forms: BTreeSet<&String> = a.forms.iter().collect();
    a.forms.is_empty() || b.forms.is_empty() || b.forms.iter().any(|form| forms.contains(form))
}
