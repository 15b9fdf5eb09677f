//! What CRMs and sales databases call levels and buying roles.
//!
//! Source: the vendors' documentation of their fields (HubSpot `hs_seniority` and
//! `hs_buying_role`, Salesforce opportunity contact roles, Apollo `person_seniorities`, LinkedIn
//! Sales Navigator seniority levels). Their lists are shorter than ours, so that some names stand
//! for several of our values; where none fits, the nearest does. The page build does not have this
//! module.

use super::{BuyingRole, Level};

/// What one level is called elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelNames {
    /// Value of the HubSpot property `hs_seniority`.
    pub hubspot: &'static str,
    /// Value of Apollo's `person_seniorities`.
    pub apollo: &'static str,
    /// Seniority level of LinkedIn Sales Navigator.
    pub linkedin: &'static str,
    /// LinkedIn's number of that level.
    pub linkedin_id: u16,
}

/// What one buying role is called elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleNames {
    /// Value of the HubSpot property `hs_buying_role`.
    pub hubspot: &'static str,
    /// Salesforce opportunity contact role, from its default list.
    pub salesforce: &'static str,
}

/// The names of a level.
///
/// ```
/// use leadfit::title::{Level, systems};
///
/// assert_eq!(systems::level_names(Level::CSuite).hubspot, "executive");
/// ```
pub const fn level_names(level: Level) -> LevelNames {
    let (hubspot, apollo, linkedin, linkedin_id) = match level {
        Level::Owner => ("owner", "owner", "Owner / Partner", 320),
        Level::Founder => ("owner", "founder", "Owner / Partner", 320),
        Level::CSuite => ("executive", "c_suite", "CXO", 310),
        Level::Partner => ("partner", "partner", "Owner / Partner", 320),
        Level::Vp => ("vp", "vp", "Vice President", 300),
        Level::Head => ("director", "head", "Director", 220),
        Level::Director => ("director", "director", "Director", 220),
        Level::Manager => ("manager", "manager", "Experienced Manager", 210),
        Level::Senior => ("senior", "senior", "Senior", 120),
        Level::Staff => ("employee", "entry", "Senior", 120),
        Level::Entry => ("entry", "entry", "Entry Level", 110),
        Level::Intern => ("entry", "intern", "In Training", 100),
    };
    LevelNames {
        hubspot,
        apollo,
        linkedin,
        linkedin_id,
    }
}

/// The names of a buying role.
pub const fn role_names(role: BuyingRole) -> RoleNames {
    let (hubspot, salesforce) = match role {
        BuyingRole::DecisionMaker => ("DECISION_MAKER", "Decision Maker"),
        BuyingRole::EconomicBuyer => ("BUDGET_HOLDER", "Economic Buyer"),
        BuyingRole::ExecutiveSponsor => ("EXECUTIVE_SPONSOR", "Executive Sponsor"),
        BuyingRole::Champion => ("CHAMPION", "Evaluator"),
        BuyingRole::Influencer => ("INFLUENCER", "Influencer"),
        BuyingRole::TechnicalEvaluator => ("INFLUENCER", "Technical Buyer"),
        BuyingRole::LegalCompliance => ("LEGAL_AND_COMPLIANCE", "Other"),
        BuyingRole::EndUser => ("END_USER", "Business User"),
        BuyingRole::Gatekeeper => ("BLOCKER", "Other"),
        BuyingRole::NotABuyer => ("OTHER", "Other"),
    };
    RoleNames {
        hubspot,
        salesforce,
    }
}
