//! A scorecard as a tree of parts, each with its place and its words.
//!
//! INVARIANT: every shape is taken apart field by field, so that a new field of the format cannot
//! be forgotten here without a compile error.

use crate::scorecard::file::{Condition, Text};
use crate::scorecard::words;

/// A part of a scorecard.
pub(super) struct Part {
    /// By what it is matched among its siblings.
    pub key: String,
    /// JSON pointer to it.
    pub at: String,
    /// What it is, for example `criterion "Company size"`.
    pub name: String,
    /// What it says.
    pub body: Body,
}

/// What a part says.
pub(super) enum Body {
    /// Nothing but its name.
    Flag,
    /// A value in words.
    Words(String),
    /// Points.
    Earns(i32),
    /// A condition.
    When(When),
    /// Something with parts of its own.
    Item(Vec<Part>),
    /// Several parts of one kind, and whether their order is meaning.
    List(Vec<Part>, Order),
}

/// Whether the order of a list is meaning.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Order {
    /// The first that matches wins, or people see it in this order.
    Meaning,
    /// A set.
    None,
}

/// A condition, so far apart that two can be compared part by part.
pub(super) struct When {
    /// The whole condition in words.
    pub whole: String,
    /// How its parts are joined.
    pub joint: Joint,
    /// Its parts in words; the condition itself where it has none.
    pub parts: Vec<String>,
}

/// How the parts of a condition are joined.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Joint {
    /// There is one part only.
    One,
    /// All must hold.
    All,
    /// One must hold.
    Any,
}

impl When {
    fn new(condition: &Condition) -> Self {
        let (joint, parts) = match condition {
            Condition::All(parts) if parts.len() > 1 => (Joint::All, words::conditions(parts)),
            Condition::Any(parts) if parts.len() > 1 => (Joint::Any, words::conditions(parts)),
            one => (Joint::One, vec![words::condition(one)]),
        };
        When {
            whole: words::condition(condition),
            joint,
            parts,
        }
    }
}

/// Collects the parts of one item.
pub(super) struct Outline<'a> {
    at: String,
    language: &'a str,
    pub parts: Vec<Part>,
}

impl<'a> Outline<'a> {
    /// The outline of a whole file; texts without a language are in `language`.
    pub fn new(language: &'a str) -> Self {
        Outline {
            at: String::new(),
            language,
            parts: Vec::new(),
        }
    }

    fn inner(&self, field: &str) -> Outline<'a> {
        let at = format!("{}/{field}", self.at);
        Outline {
            at,
            language: self.language,
            parts: Vec::new(),
        }
    }

    /// Parts that belong to this item, but lie deeper in the file.
    pub fn within(&mut self, field: &str, outline: impl FnOnce(&mut Outline)) {
        let mut inner = self.inner(field);
        outline(&mut inner);
        self.parts.append(&mut inner.parts);
    }

    fn push(&mut self, field: &str, name: &str, body: Body) {
        let at = format!("{}/{field}", self.at);
        self.parts.push(Part {
            key: field.to_owned(),
            at,
            name: name.to_owned(),
            body,
        });
    }

    /// A value in words.
    pub fn words(&mut self, field: &str, name: &str, words: impl Into<Option<String>>) {
        if let Some(words) = words.into() {
            self.push(field, name, Body::Words(words));
        }
    }

    /// A text of the author's, such as an id or a date, as it stands.
    pub fn quoted(&mut self, field: &str, name: &str, text: Option<&String>) {
        self.words(field, name, text.map(|text| words::quoted(text)));
    }

    /// Points.
    pub fn earns(&mut self, field: &str, name: &str, points: impl Into<Option<i32>>) {
        if let Some(points) = points.into() {
            self.push(field, name, Body::Earns(points));
        }
    }

    /// A switch.
    pub fn flag(&mut self, field: &str, name: &str, on: bool) {
        if on {
            self.push(field, name, Body::Flag);
        }
    }

    /// A condition; `name` is the word before it, such as `when`.
    pub fn when(&mut self, field: &str, name: &str, condition: Option<&Condition>) {
        if let Some(condition) = condition {
            self.push(field, name, Body::When(When::new(condition)));
        }
    }

    /// A text for people, language by language.
    pub fn text(&mut self, field: &str, name: &str, text: Option<&Text>) {
        let at = format!("{}/{field}", self.at);
        let part = |language: &str, at: String, text: &str| {
            let default = language == self.language;
            Part {
                key: language.to_owned(),
                at,
                name: if default {
                    name.to_owned()
                } else {
                    format!("{name} ({language})")
                },
                body: Body::Words(words::quoted(text)),
            }
        };
        let parts = match text {
            None => return,
            Some(Text::Plain(text)) => vec![part(self.language, at, text)],
            Some(Text::ByLanguage(texts)) => texts
                .iter()
                .map(|(language, text)| part(language, format!("{at}/{}", escaped(language)), text))
                .collect(),
        };
        self.push(field, name, Body::List(parts, Order::None));
    }

    /// Plain values of which each stands for itself.
    pub fn set(&mut self, field: &str, name: &str, values: impl IntoIterator<Item = String>) {
        let at = format!("{}/{field}", self.at);
        let part = |(index, words): (usize, String)| Part {
            key: words.clone(),
            at: format!("{at}/{index}"),
            name: name.to_owned(),
            body: Body::Words(words),
        };
        let parts = values.into_iter().enumerate().map(part).collect();
        self.push(field, name, Body::List(parts, Order::None));
    }

    /// Items with parts of their own. `outline` adds the parts of one and says what it is.
    pub fn list<T>(
        &mut self,
        field: &str,
        order: Order,
        items: &[T],
        outline: impl Fn(&T, &mut Outline) -> Named,
    ) {
        let part = |(index, item): (usize, &T)| {
            let mut inner = self.inner(&format!("{field}/{index}"));
            let Named { key, name } = outline(item, &mut inner);
            Part {
                key,
                at: inner.at,
                name,
                body: Body::Item(inner.parts),
            }
        };
        let parts = items.iter().enumerate().map(part).collect();
        self.push(field, field, Body::List(parts, order));
    }

    /// One item that is always there, or absent as a whole.
    pub fn item<T>(
        &mut self,
        field: &str,
        name: &str,
        item: Option<&T>,
        outline: impl Fn(&T, &mut Outline),
    ) {
        if let Some(item) = item {
            let mut inner = self.inner(field);
            outline(item, &mut inner);
            self.push(field, name, Body::Item(inner.parts));
        }
    }

    /// What an item with an id is called: by its label in the scorecard's language, else its id.
    pub fn named(&self, kind: &str, id: &str, label: Option<&Text>) -> Named {
        let label = label.map_or(id, |label| label.in_language(self.language));
        Named {
            key: id.to_owned(),
            name: format!("{kind} {}", words::quoted(label)),
        }
    }
}

/// By what an item is matched, and what it is called.
pub(super) struct Named {
    pub key: String,
    pub name: String,
}

impl Named {
    /// An item that is matched by what it is called.
    pub fn by_name(name: String) -> Self {
        Named {
            key: name.clone(),
            name,
        }
    }
}

/// A key as it stands in a JSON pointer (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
