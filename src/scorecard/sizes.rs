//! How much a scorecard may hold. The reference of the format lists what stands here.

macro_rules! sizes {
    ($(#[doc = $doc:literal] $name:ident = $most:literal;)+) => {
        $(#[doc = $doc] pub(super) const $name: usize = $most;)+

        /// What is limited, in words, and how much of it there may be.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, usize)] = &[$(($doc, $name)),+];
    };
}

sizes! {
    /// Values in the whole text: texts, numbers, lists, objects and all that is in them.
    VALUES = 100_000;
    /// Languages of one text.
    LANGUAGES = 500;
    /// Criteria.
    CRITERIA = 200;
    /// Groups.
    GROUPS = 200;
    /// Disqualifiers.
    DISQUALIFIERS = 200;
    /// Levels of conditions inside conditions.
    CONDITION_DEPTH = 16;
    /// Declared facts.
    FACTS = 500;
    /// Choices of a fact of type `choice`.
    CHOICES = 1_000;
    // They fit into one mask.
    /// Choices of a fact of type `list`.
    LIST_CHOICES = 64;
    /// Stages.
    STAGES = 50;
    /// Questions.
    QUESTIONS = 50;
    /// Options of one question.
    OPTIONS = 1_000;
    /// Forms of one question.
    FORMS = 1_000;
    /// Routes.
    ROUTES = 50;
    /// Steps of one follow-up.
    FOLLOW_UP = 10;
    /// Calendars.
    CALENDARS = 200;
    /// Entries in the hours of one calendar.
    HOURS = 200;
    /// Days off of one calendar.
    DAYS_OFF = 2_000;
    /// Owners.
    OWNERS = 1_000;
    /// Queues.
    QUEUES = 200;
    /// Members of one queue.
    MEMBERS = 1_000;
    /// Accounts.
    ACCOUNTS = 10_000;
    /// Email domains of all accounts together.
    ACCOUNT_DOMAINS = 10_000;
    /// Response times.
    SLA = 200;
    /// Characters of an id.
    ID = 64;
}
