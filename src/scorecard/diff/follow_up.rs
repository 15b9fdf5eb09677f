//! The parts of what happens to a lead: who picks it up by when, routes, and what it is worth.

use super::outline::{Named, Order, Outline};
use crate::scorecard::file::*;
use crate::scorecard::words;

pub(super) fn calendar(calendar: &Calendar, out: &mut Outline) -> Named {
    let Calendar {
        id,
        time_zone,
        hours,
        days_off,
    } = calendar;
    out.words("timeZone", "time zone", time_zone.clone());
    out.set("hours", "hours", hours.iter().map(words::hours));
    out.set("daysOff", "day off", days_off.iter().cloned());
    out.named("calendar", id, None)
}

pub(super) fn owner(owner: &Owner, out: &mut Outline) -> Named {
    let Owner {
        id,
        name,
        email,
        crm_id,
        calendar,
        capacity_per_week,
        territory,
        absences,
        public_key,
    } = owner;
    out.quoted("name", "name", name.as_ref());
    out.words("email", "email", email.clone());
    out.quoted("crmId", "CRM id", crm_id.as_ref());
    out.quoted("calendar", "calendar", calendar.as_ref());
    let capacity = capacity_per_week
        .map(|leads| format!("{} leads per week", words::number(f64::from(leads))));
    out.words("capacityPerWeek", "capacity", capacity);
    out.when("territory", "where", territory.as_ref());
    out.set("absences", "absence", absences.iter().map(words::absence));
    out.quoted("publicKey", "public key", public_key.as_ref());
    let label = name.clone().map(Text::Plain);
    out.named("owner", id, label.as_ref())
}

pub(super) fn queue(queue: &Queue, out: &mut Outline) -> Named {
    let Queue {
        id,
        label,
        members,
        rotate_every,
    } = queue;
    out.text("label", "label", label.as_ref());
    out.list("members", Order::Meaning, members, |member, out| {
        let Member { owner, weight } = member;
        out.words("weight", "weight", words::number(f64::from(*weight)));
        out.named("member", owner, None)
    });
    let rotation = rotate_every.map(|period| format!("every {}", period.id()));
    out.words("rotateEvery", "new owners", rotation);
    out.named("queue", id, label.as_ref())
}

pub(super) fn account(account: &Account, out: &mut Outline) -> Named {
    let Account { domains, owner } = account;
    out.set("domains", "domain", domains.iter().cloned());
    out.quoted("owner", "owner", Some(owner));
    // An account has no id: its first domain, in order of the alphabet, stands for it.
    out.named(
        "account",
        domains.iter().min().map_or("", String::as_str),
        None,
    )
}

pub(super) fn response_time(sla: &Sla, out: &mut Outline) -> Named {
    let Sla {
        id,
        label,
        respond_within_minutes,
        calendar,
        attempts,
        escalate_to,
    } = sla;
    out.text("label", "label", label.as_ref());
    out.words(
        "respondWithinMinutes",
        "",
        words::working_time(*respond_within_minutes),
    );
    out.quoted("calendar", "by calendar", calendar.as_ref());
    out.words("attempts", "", attempts.as_ref().map(words::attempts));
    out.quoted("escalateTo", "escalation to", escalate_to.as_ref());
    out.named("response time", id, label.as_ref())
}

pub(super) fn route(route: &Route, out: &mut Outline) -> Named {
    let Route {
        id,
        label,
        when,
        for_disqualified,
        action,
        follow_up,
    } = route;
    out.text("label", "label", label.as_ref());
    out.when("when", "when", Some(when));
    out.flag(
        "forDisqualified",
        "for disqualified leads only",
        *for_disqualified,
    );
    self::action(action, out);
    steps(follow_up, out);
    out.named("route", id, label.as_ref())
}

pub(super) fn destination(destination: &Destination, out: &mut Outline) {
    let Destination {
        id,
        label,
        action,
        follow_up,
    } = destination;
    out.quoted("id", "route", Some(id));
    out.text("label", "label", label.as_ref());
    self::action(action, out);
    steps(follow_up, out);
}

fn steps(steps: &[FollowUp], out: &mut Outline) {
    let numbered: Vec<(usize, &FollowUp)> = steps.iter().enumerate().collect();
    out.list(
        "followUp",
        Order::Meaning,
        &numbered,
        |(index, step), out| {
            let FollowUp {
                queue,
                owner,
                sla,
                task,
            } = step;
            out.quoted("queue", "by queue", queue.as_ref());
            out.quoted("owner", "by owner", owner.as_ref());
            out.quoted("sla", "response time", sla.as_ref());
            out.text("task", "task", task.as_ref());
            Named::by_name(format!("follow-up {}", index + 1))
        },
    );
}

fn action(action: &Action, out: &mut Outline) {
    let (kind, does) = match action {
        Action::Redirect(_) => ("redirect", "go to another page"),
        Action::Book(_) => ("book", "book a meeting"),
        Action::SelfServe(_) => ("selfServe", "start by oneself"),
        Action::Show(_) => ("show", "show a part of the page"),
        Action::Nurture(_) => ("nurture", "put on a list for nurturing"),
        Action::ThankYou(_) => ("thankYou", "say thank you"),
    };
    out.words("action", "action", does.to_owned());
    out.within(&format!("action/{kind}"), |out| match action {
        Action::Redirect(Link { url }) => out.quoted("url", "address", Some(url)),
        Action::Book(Booking {
            url,
            prefill,
            message,
        }) => {
            out.quoted("url", "address", Some(url));
            out.flag("prefill", "with name and email filled in", *prefill);
            out.text("message", "message", message.as_ref());
        }
        Action::SelfServe(Offer { url, message }) => {
            out.quoted("url", "address", Some(url));
            out.text("message", "message", message.as_ref());
        }
        Action::Show(Show { element }) => out.quoted("element", "element", Some(element)),
        Action::Nurture(Nurture { list, message }) => {
            out.quoted("list", "list", Some(list));
            out.text("message", "message", message.as_ref());
        }
        Action::ThankYou(Message { message }) => out.text("message", "message", Some(message)),
    });
}

pub(super) fn value(value: &Value, out: &mut Outline) {
    let Value {
        currency,
        method,
        segments,
        otherwise,
    } = value;
    out.words("currency", "currency", currency.clone());
    out.words(
        "method",
        "method",
        method.unwrap_or(ValueMethod::Segment).id().to_owned(),
    );
    out.list("segments", Order::Meaning, segments, |segment, out| {
        let Segment { id, when, worth } = segment;
        out.when("when", "when", Some(when));
        out.within("worth", |out| self::worth(worth, currency, out));
        out.named("segment", id, None)
    });
    out.item("otherwise", "other leads", Some(otherwise), |worth, out| {
        self::worth(worth, currency, out)
    });
}

fn worth(worth: &Worth, currency: &str, out: &mut Outline) {
    let Worth {
        close_rate,
        average_revenue_minor,
        gross_margin,
        cost_per_attempt_minor,
        contact_odds,
    } = worth;
    let money = |minor: u64| words::money(minor, currency);
    out.words("closeRate", "close rate", words::percent(*close_rate));
    out.words(
        "averageRevenueMinor",
        "average revenue",
        money(*average_revenue_minor),
    );
    out.words(
        "grossMargin",
        "gross margin",
        gross_margin.map(words::percent),
    );
    out.words(
        "costPerAttemptMinor",
        "cost per attempt",
        cost_per_attempt_minor.map(money),
    );
    if !contact_odds.is_empty() {
        let odds = contact_odds
            .iter()
            .map(|odds| words::percent(*odds))
            .collect();
        out.words("contactOdds", "contact odds", words::joined(odds, "and"));
    }
}
