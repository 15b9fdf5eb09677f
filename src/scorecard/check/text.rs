//! Texts for people: never empty, with well-formed languages, the default one among them.

use super::{At, Checker};
use crate::problem::Code;
use crate::scorecard::file::{Action, FollowUp, Scorecard, Text};
use crate::scorecard::locate::escape;
use crate::scorecard::shape::{missing_key, quoted};
use crate::scorecard::sizes;

impl Checker<'_> {
    pub(super) fn texts(&mut self) {
        let file = self.file;
        self.language(format_args!("/defaultLanguage"), &file.default_language);
        all_texts(file, &mut |at, text| self.text(at, text));
    }

    fn text(&mut self, at: At<'_>, text: &Text) {
        let map = match text {
            Text::Plain(text) => return self.not_empty(at, text),
            Text::ByLanguage(map) => map,
        };
        self.at_most(at, map.len(), sizes::LANGUAGES, "languages");
        for (language, text) in map.iter().take(sizes::LANGUAGES) {
            let at = format_args!("{at}/{}", escape(language));
            self.language(at, language);
            self.not_empty(at, text);
        }
        let default = self.file.default_language.as_str();
        if !map.contains_key(default)
            && is_language(default)
            && !self.lost.is_vague("defaultLanguage")
        {
            let near = self.meant(default, map.keys().map(String::as_str));
            let help = match near {
                Some(near) => {
                    format!("write `{default}` in place of `{near}`, or add it")
                }
                None => "add the text in the scorecard's `defaultLanguage`".to_owned(),
            };
            self.report(missing_key(at, default, &help));
        }
    }

    fn not_empty(&mut self, at: At<'_>, text: &str) {
        if text.trim().is_empty() {
            let help = "write the text, or take the key out";
            self.error(
                Code::MissingKey,
                at,
                "an empty text",
                "a text for people",
                help,
            );
        }
    }

    fn language(&mut self, at: At<'_>, tag: &str) {
        if !is_language(tag) {
            self.error(
                Code::BadId,
                at,
                format!("text {}", quoted(tag)),
                "a BCP 47 language tag",
                "write a tag such as `en`, `pt-BR` or `zh-Hant`",
            );
        }
    }
}

/// Whether `tag` has the shape of a BCP 47 language tag.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    tag.len() <= 35
        && (2..=8).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
        })
}

/// Calls `see` with every text for people and where it stands.
fn all_texts<'a>(file: &'a Scorecard, see: &mut impl FnMut(At<'_>, &'a Text)) {
    let mut see = |at: At<'_>, text: Option<&'a Text>| {
        if let Some(text) = text {
            see(at, text);
        }
    };
    see(format_args!("/title"), Some(&file.title));
    see(format_args!("/description"), file.description.as_ref());
    if let Some(agreement) = &file.agreement {
        see(format_args!("/agreement/notes"), agreement.notes.as_ref());
    }
    for (index, fact) in file.facts.iter().enumerate() {
        see(format_args!("/facts/{index}/label"), fact.label.as_ref());
        for (place, choice) in fact.choices.iter().enumerate() {
            see(
                format_args!("/facts/{index}/choices/{place}/label"),
                choice.label.as_ref(),
            );
        }
    }
    for (index, group) in file.groups.iter().enumerate() {
        see(format_args!("/groups/{index}/label"), group.label.as_ref());
    }
    for (index, criterion) in file.criteria.iter().enumerate() {
        see(
            format_args!("/criteria/{index}/label"),
            criterion.label.as_ref(),
        );
        for (place, bin) in criterion.bins.iter().flatten().enumerate() {
            see(
                format_args!("/criteria/{index}/bins/{place}/label"),
                bin.label.as_ref(),
            );
        }
    }
    for (index, disqualifier) in file.disqualify.iter().enumerate() {
        see(
            format_args!("/disqualify/{index}/reason"),
            Some(&disqualifier.reason),
        );
    }
    for (index, stage) in file.stages.iter().enumerate() {
        see(format_args!("/stages/{index}/label"), stage.label.as_ref());
        see(
            format_args!("/stages/{index}/definition"),
            Some(&stage.definition),
        );
        see(format_args!("/stages/{index}/exit"), stage.exit.as_ref());
    }
    for (index, question) in file.questions.iter().enumerate() {
        see(
            format_args!("/questions/{index}/label"),
            Some(&question.label),
        );
        see(
            format_args!("/questions/{index}/help"),
            question.help.as_ref(),
        );
        for (place, option) in question.options.iter().enumerate() {
            see(
                format_args!("/questions/{index}/options/{place}/label"),
                Some(&option.label),
            );
        }
    }
    for (index, queue) in file.queues.iter().enumerate() {
        see(format_args!("/queues/{index}/label"), queue.label.as_ref());
    }
    for (index, sla) in file.sla.iter().enumerate() {
        see(format_args!("/sla/{index}/label"), sla.label.as_ref());
    }
    let mut route =
        |at: At<'_>, label: Option<&'a Text>, action: &'a Action, steps: &'a [FollowUp]| {
            see(format_args!("{at}/label"), label);
            let (key, message) = match action {
                Action::Book(booking) => ("book", booking.message.as_ref()),
                Action::SelfServe(offer) => ("selfServe", offer.message.as_ref()),
                Action::Nurture(nurture) => ("nurture", nurture.message.as_ref()),
                Action::ThankYou(thanks) => ("thankYou", Some(&thanks.message)),
                Action::Redirect(_) | Action::Show(_) => ("", None),
            };
            see(format_args!("{at}/action/{key}/message"), message);
            for (place, step) in steps.iter().enumerate() {
                see(
                    format_args!("{at}/followUp/{place}/task"),
                    step.task.as_ref(),
                );
            }
        };
    for (index, to) in file.routes.iter().enumerate() {
        route(
            format_args!("/routes/{index}"),
            to.label.as_ref(),
            &to.action,
            &to.follow_up,
        );
    }
    for (key, to) in [
        ("unmatched", &file.fallback.unmatched),
        ("disqualified", &file.fallback.disqualified),
    ] {
        route(
            format_args!("/fallback/{key}"),
            to.label.as_ref(),
            &to.action,
            &to.follow_up,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags() {
        for tag in ["en", "pt-BR", "zh-Hant-TW", "de-1996", "tlh"] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in [
            "",
            "e",
            "en_US",
            "english language",
            "en-",
            "e1",
            "-en",
            "en-toolongsubtag",
        ] {
            assert!(!is_language(tag), "{tag}");
        }
    }
}
