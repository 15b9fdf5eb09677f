//! The parts of a scorecard, and what they are called.

use super::follow_up::{account, calendar, destination, owner, queue, response_time, route, value};
use super::outline::{Named, Order, Outline};
use crate::program::FactType;
use crate::scorecard::file::*;
use crate::scorecard::words;
use crate::signals::Signal;

/// The parts of a whole scorecard.
pub(super) fn scorecard(card: &Scorecard, out: &mut Outline) {
    let Scorecard {
        schema,
        leadfit,
        id,
        revision,
        title,
        description,
        default_language,
        agreement,
        facts,
        titles,
        groups,
        criteria,
        limits,
        disqualify,
        bands,
        stages,
        questions,
        ask_until,
        calendars,
        owners,
        queues,
        accounts,
        sla,
        routes,
        fallback,
        value,
        calibration,
    } = card;
    out.quoted("$schema", "schema", schema.as_ref());
    out.words("leadfit", "format", leadfit.to_string());
    out.quoted("id", "scorecard id", Some(id));
    out.words("revision", "revision", revision.to_string());
    out.text("title", "title", Some(title));
    out.text("description", "description", description.as_ref());
    out.quoted(
        "defaultLanguage",
        "default language",
        Some(default_language),
    );
    out.item(
        "agreement",
        "agreement",
        agreement.as_ref(),
        self::agreement,
    );
    out.list("facts", Order::None, facts, fact);
    out.item("titles", "job titles", titles.as_ref(), |titles, out| {
        let Titles { target_departments } = titles;
        let ids = target_departments
            .iter()
            .map(|department| department.id().to_owned());
        out.set("targetDepartments", "target department", ids);
    });
    out.list("groups", Order::None, groups, group);
    out.list("criteria", Order::None, criteria, |item, out| {
        let order = if has_list_bins(item, facts) {
            Order::Meaning
        } else {
            Order::None
        };
        criterion(item, order, out)
    });
    out.item("limits", "limits", limits.as_ref(), |limits, out| {
        let AxisLimits { fit, engagement } = limits;
        out.words("fit", "fit limit", fit.as_ref().map(words::limit));
        out.words(
            "engagement",
            "engagement limit",
            engagement.as_ref().map(words::limit),
        );
    });
    out.list("disqualify", Order::None, disqualify, disqualifier);
    out.item("bands", "bands", bands.as_ref(), |bands, out| {
        let Bands { fit, engagement } = bands;
        out.list("fit", Order::Meaning, fit, |item, out| {
            band("fit", item, out)
        });
        out.list("engagement", Order::Meaning, engagement, |item, out| {
            band("engagement", item, out)
        });
    });
    out.list("stages", Order::Meaning, stages, stage);
    out.list("questions", Order::Meaning, questions, question);
    out.words(
        "askUntil",
        "certain before no more is asked",
        ask_until.map(|certain| certain.id().to_owned()),
    );
    out.list("calendars", Order::None, calendars, calendar);
    out.list("owners", Order::None, owners, owner);
    out.list("queues", Order::None, queues, queue);
    out.list("accounts", Order::None, accounts, account);
    out.list("sla", Order::None, sla, response_time);
    out.list("routes", Order::Meaning, routes, route);
    out.item("fallback", "fallback", Some(fallback), |fallback, out| {
        let Fallback {
            unmatched,
            disqualified,
        } = fallback;
        out.item(
            "unmatched",
            "for leads without a route",
            Some(unmatched),
            destination,
        );
        out.item(
            "disqualified",
            "for disqualified leads",
            Some(disqualified),
            destination,
        );
    });
    out.item("value", "value", value.as_ref(), self::value);
    out.item(
        "calibration",
        "calibration",
        calibration.as_ref(),
        |calibration, out| {
            let Calibration { a, g, fitted_on, n } = calibration;
            out.words("a", "intercept", words::number(*a));
            out.words("g", "slope", words::number(*g));
            out.words("fittedOn", "fitted on", fitted_on.clone());
            out.words("n", "outcomes", words::number(f64::from(*n)));
        },
    );
}

fn agreement(agreement: &Agreement, out: &mut Outline) {
    let Agreement {
        review_on,
        signatures,
        goals,
        notes,
    } = agreement;
    out.words("reviewOn", "review on", review_on.clone());
    out.list("signatures", Order::None, signatures, |signature, out| {
        let Signature {
            team,
            name,
            at,
            content_hash,
        } = signature;
        out.words("at", "at", at.clone());
        out.words("contentHash", "content", content_hash.clone());
        Named::by_name(format!(
            "signature of {} for {}",
            words::quoted(name),
            team.id()
        ))
    });
    out.item("goals", "goals", goals.as_ref(), |goals, out| {
        let Goals {
            period,
            currency,
            revenue_target_minor,
            marketing,
            sales,
            conversion,
        } = goals;
        let money = |minor: &u64| words::money(*minor, currency);
        out.words("period", "period", period.id().to_owned());
        out.words("currency", "currency", currency.clone());
        let target = revenue_target_minor.as_ref().map(money);
        out.words("revenueTargetMinor", "revenue target", target);
        out.item(
            "marketing",
            "marketing promises",
            marketing.as_ref(),
            |promise, out| {
                let MarketingPromise {
                    qualified_leads,
                    value_minor,
                } = promise;
                let leads = format!(
                    "{} qualified leads",
                    words::number(f64::from(*qualified_leads))
                );
                out.words("qualifiedLeads", "at least", leads);
                out.words("valueMinor", "worth", value_minor.as_ref().map(money));
            },
        );
        out.item("sales", "sales promises", sales.as_ref(), |promise, out| {
            let SalesPromise {
                respond_within_minutes,
                attempts,
            } = promise;
            let time = words::working_time(*respond_within_minutes);
            out.words("respondWithinMinutes", "response within", time);
            out.words("attempts", "attempts", words::number(f64::from(*attempts)));
        });
        out.list("conversion", Order::None, conversion, |goal, out| {
            let ConversionGoal {
                route,
                target_percent,
            } = goal;
            out.words(
                "targetPercent",
                "at",
                format!("{}%", words::number(*target_percent)),
            );
            Named::by_name(format!("conversion of route {}", words::quoted(route)))
        });
    });
    out.text("notes", "notes", notes.as_ref());
}

fn fact(fact: &Fact, out: &mut Outline) -> Named {
    let Fact {
        id,
        kind,
        label,
        choices,
        from,
        axis,
    } = fact;
    out.words("type", "type", kind.map(|kind| kind.id().to_owned()));
    out.text("label", "label", label.as_ref());
    out.list("choices", Order::None, choices, |choice, out| {
        let Choice { value, label, from } = choice;
        out.text("label", "label", label.as_ref());
        out.set(
            "from",
            "other spelling",
            from.iter().map(|name| words::quoted(name)),
        );
        out.named("choice", value, None)
    });
    out.set(
        "from",
        "other name",
        from.iter().map(|name| words::quoted(name)),
    );
    out.words("axis", "axis", axis.map(|axis| axis.id().to_owned()));
    out.named("fact", id, None)
}

fn group(group: &Group, out: &mut Outline) -> Named {
    let Group {
        id,
        label,
        axis,
        limit,
    } = group;
    out.text("label", "label", label.as_ref());
    out.words("axis", "axis", axis.id().to_owned());
    out.words("limit", "limit", words::limit(limit));
    out.named("group", id, label.as_ref())
}

/// Of a list the first bin with a member in it counts, so the order of its bins is meaning.
fn has_list_bins(criterion: &Criterion, facts: &[Fact]) -> bool {
    match &criterion.on {
        Subject::Signal(signal) => matches!(signal, Signal::Departments | Signal::TitleFlags),
        Subject::Fact(id) => {
            let declared = facts
                .iter()
                .find(|fact| fact.id == *id)
                .and_then(|fact| fact.kind);
            declared.map_or(id == "department", |kind| kind == FactType::List)
        }
        Subject::DaysSince(_) | Subject::Events(_) | Subject::Condition(_) => false,
    }
}

fn criterion(criterion: &Criterion, order: Order, out: &mut Outline) -> Named {
    let Criterion {
        id,
        label,
        axis,
        group,
        on,
        bins,
        when_true,
        when_false,
        per_event,
        decay,
        unknown,
        limit,
        direction,
    } = criterion;
    out.text("label", "label", label.as_ref());
    out.words("axis", "axis", axis.id().to_owned());
    out.quoted("group", "group", group.as_ref());
    match on {
        Subject::Condition(condition) => out.when("on", "if", Some(condition)),
        subject => out.words("on", "on", words::subject(subject)),
    }
    out.list(
        "bins",
        order,
        bins.as_deref().unwrap_or_default(),
        |bin, out| {
            let Bin {
                label,
                from: _,
                to: _,
                values: _,
                otherwise: _,
                points,
            } = bin;
            out.earns("points", "", *points);
            out.text("label", "label", label.as_ref());
            Named::by_name(format!("bin {}", words::bin(bin)))
        },
    );
    out.earns("true", "a match", *when_true);
    out.earns(
        "false",
        "no match",
        when_false.filter(|points| *points != 0),
    );
    out.earns(
        "perEvent",
        "each event",
        per_event.as_ref().map(|each| each.points),
    );
    out.words("decay", "decay", decay.as_ref().map(words::decay));
    out.earns(
        "unknown",
        "an unknown value",
        (*unknown != 0).then_some(*unknown),
    );
    out.words("limit", "limit", limit.as_ref().map(words::limit));
    out.words(
        "direction",
        "direction",
        direction.map(|direction| direction.id().to_owned()),
    );
    out.named("criterion", id, label.as_ref())
}

fn disqualifier(disqualifier: &Disqualifier, out: &mut Outline) -> Named {
    let Disqualifier { id, reason, when } = disqualifier;
    out.when("when", "when", Some(when));
    out.text("reason", "reason", Some(reason));
    out.named("disqualifier", id, None)
}

fn band(axis: &str, band: &Band, out: &mut Outline) -> Named {
    let Band { name, from } = band;
    out.words("from", "from", from.map(words::points));
    Named::by_name(format!("{axis} band {}", words::quoted(name)))
}

fn stage(stage: &Stage, out: &mut Outline) -> Named {
    let Stage {
        id,
        kind,
        label,
        definition,
        team,
        exit,
        when,
    } = stage;
    out.words("kind", "kind", kind.id().to_owned());
    out.text("label", "label", label.as_ref());
    out.text("definition", "definition", Some(definition));
    out.words("team", "owned by", team.id().to_owned());
    out.text("exit", "exit", exit.as_ref());
    match when {
        Some(when) => out.when("when", "when", Some(when)),
        None => out.words("when", "when", "people decide".to_owned()),
    }
    out.named("stage", id, label.as_ref())
}

fn question(question: &Question, out: &mut Outline) -> Named {
    let Question {
        id,
        fact,
        field,
        label,
        help,
        options,
        when,
        required,
        forms,
        consent,
    } = question;
    out.quoted("fact", "settles", Some(fact));
    out.words("field", "field", field.map(|field| field.id().to_owned()));
    out.text("label", "label", Some(label));
    out.text("help", "help", help.as_ref());
    out.list("options", Order::Meaning, options, |option, out| {
        let QuestionOption {
            value,
            range,
            label,
            share,
            sets,
        } = option;
        out.text("label", "label", Some(label));
        out.words("share", "share", share.map(words::percent));
        out.list("sets", Order::None, sets, |setting, out| {
            let Setting { fact, value } = setting;
            out.words("value", "to", words::scalar(value));
            Named::by_name(format!("sets {}", words::quoted(fact)))
        });
        let range = range.map(|Range { from, to }| words::range(from, to));
        let means: Vec<String> = value.iter().map(words::scalar).chain(range).collect();
        Named::by_name(format!("option {}", words::joined(means, "and")))
    });
    out.when("when", "when", when.as_ref());
    out.flag("required", "required", *required);
    out.set(
        "forms",
        "form",
        forms.iter().map(|form| words::quoted(form)),
    );
    out.item("consent", "consent", consent.as_ref(), |consent, out| {
        let Consent {
            purpose,
            version,
            basis,
        } = consent;
        out.quoted("purpose", "for", Some(purpose));
        out.quoted("version", "version", Some(version));
        out.quoted("basis", "basis", Some(basis));
    });
    out.named("question", id, Some(label))
}
