//! Signals: facts derived from other facts.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// A fact that is derived from others.
    pub enum Signal {
        /// Level of the job: the explicit fact `seniority`, else read from the job title.
        Seniority = "seniority",
        /// Departments of the job, primary first: the explicit fact `department`, else read from
        /// the job title.
        Departments = "departments",
        /// Place in the decision: the explicit fact `buyingRole`, else computed from seniority,
        /// departments, target departments and company size.
        BuyingRole = "buyingRole",
        /// What the job title tells of the person's situation, such as `employed` or `student`.
        TitleStatus = "titleStatus",
        /// What else the job title tells, such as `interim` or `board`.
        TitleFlags = "titleFlags",
        /// Kind of the email address.
        EmailKind = "emailKind",
        /// Domain of the email address, in lower case.
        EmailDomain = "emailDomain",
        /// Marketing channel by Google Analytics' default channel grouping.
        Channel = "channel",
        /// How many events there are, of any type.
        EventCount = "eventCount",
        /// Days since the first event.
        DaysSinceFirstEvent = "daysSinceFirstEvent",
        /// Days since the last event.
        DaysSinceLastEvent = "daysSinceLastEvent",
    }
}
