//! The facts that every scorecard has without declaring them, and the names under which common
//! forms and CRMs send them.

use crate::program::FactType;
use crate::signals::Signal;

/// A fact that exists without being declared.
#[derive(Clone, Copy, Debug)]
pub struct Standard {
    /// Its id.
    pub id: &'static str,
    /// Type of its values.
    pub kind: FactType,
    /// Label in English.
    pub label: &'static str,
    /// Names under which forms and CRMs send it. They are compared without case and punctuation.
    pub from: &'static [&'static str],
}

/// The words that a signal can be; `None` for numbers and free text.
pub fn signal_words(signal: Signal) -> Option<Vec<&'static str>> {
    let words: Vec<_> = signal.words().collect();
    (!words.is_empty()).then_some(words)
}

/// The choices of a standard fact that has fixed ones.
pub fn fact_words(id: &str) -> Option<Vec<&'static str>> {
    match id {
        "seniority" => signal_words(Signal::Seniority),
        "department" => signal_words(Signal::Departments),
        "buyingRole" => signal_words(Signal::BuyingRole),
        _ => None,
    }
}

/// The facts that a signal is read from.
pub fn signal_facts(signal: Signal) -> &'static [&'static str] {
    match signal {
        Signal::Seniority => &["seniority", "jobTitle"],
        Signal::Departments => &["department", "jobTitle"],
        Signal::BuyingRole => &[
            "buyingRole",
            "seniority",
            "department",
            "jobTitle",
            "company.employees",
        ],
        Signal::TitleStatus | Signal::TitleFlags => &["jobTitle"],
        Signal::EmailKind | Signal::EmailDomain => &["email"],
        Signal::Channel => &[
            "attribution.source",
            "attribution.medium",
            "attribution.campaign",
            "attribution.referrer",
            "attribution.landingPage",
            "attribution.clickId",
        ],
        Signal::EventCount | Signal::DaysSinceFirstEvent | Signal::DaysSinceLastEvent => &[],
    }
}

/// The standard fact with this id.
pub fn standard(id: &str) -> Option<&'static Standard> {
    STANDARD.iter().find(|fact| fact.id == id)
}

macro_rules! facts {
    ($($id:literal $kind:ident $label:literal [$($from:literal),*])+) => {
        /// All standard facts.
        pub const STANDARD: &[Standard] = &[$(Standard {
            id: $id,
            kind: FactType::$kind,
            label: $label,
            from: &[$($from),*],
        }),+];
    };
}

// HubSpot names are in lower case without separators, Salesforce names in PascalCase, Marketo
// names in camelCase; those with blanks are the headings of their exports and of Dynamics 365 where
// they differ; the rest is what hand-written forms use.
facts! {
    "email" Text "Email" ["emailAddress", "email_address", "e-mail", "work_email", "workEmail", "business_email", "your-email"]
    "firstName" Text "First name" ["firstname", "first_name", "first-name", "fname", "given_name", "given-name", "givenName"]
    "lastName" Text "Last name" ["lastname", "last_name", "last-name", "lname", "family_name", "family-name", "surname"]
    "phone" Text "Phone" ["phoneNumber", "phone_number", "mobilephone", "mobile_phone", "MobilePhone", "tel", "telephone"]
    "jobTitle" Text "Job title" ["jobtitle", "job_title", "job-title", "title", "organization-title", "position"]
    "seniority" Choice "Seniority" ["hs_seniority", "seniority_level", "job_level", "jobLevel"]
    "department" List "Department" ["departments", "job_function", "jobFunction", "hs_job_function", "Department__c"]
    "buyingRole" Choice "Role in the decision" ["hs_buying_role", "buying_role", "decision_role"]
    "company.name" Text "Company" ["company", "companyName", "company_name", "company-name", "organization", "organisation", "Account.Name"]
    "company.domain" Text "Company domain" ["domain", "company_domain", "companyDomain", "hs_email_domain", "website", "companyWebsite", "Website URL"]
    "company.employees" Number "Number of employees" ["numemployees", "numberofemployees", "numberOfEmployees", "number_of_employees", "num_employees", "company_size", "companySize", "company-size", "employees", "employee_count", "No. of Employees"]
    "company.revenue" Number "Annual revenue" ["annualrevenue", "annualRevenue", "annual_revenue", "revenue", "company_revenue"]
    "company.industry" Text "Industry" ["industry", "company_industry", "companyIndustry"]
    "company.country" Text "Country" ["country", "countryCode", "country_code", "hs_country_region_code", "company_country", "Country/Region"]
    "company.region" Text "State or region" ["state", "region", "province", "stateCode", "hs_state_code", "company_state", "State/Region", "State/Province"]
    "timeline" Text "Timeline" ["timeframe", "time_frame", "purchase_timeline", "purchaseTimeframe", "buying_timeframe", "when_to_buy"]
    "budget" Number "Budget" ["budget_amount", "budgetAmount", "Budget__c", "project_budget"]
    "language" Text "Language" ["lang", "locale", "hs_language", "preferred_language", "preferredLanguage"]
    "form" Text "Form" ["form_id", "formId", "formid", "hs_form_id", "form_name"]
    "offer" Text "Offer" ["offer_id", "offerId", "asset", "content_offer", "lead_magnet"]
    "stage" Text "Stage in the CRM" ["lifecyclestage", "lifecycle_stage", "lifecycleStage", "lead_status", "leadStatus", "hs_lead_status", "Status"]
    "consent" Boolean "Consent" ["opt_in", "optIn", "optin", "marketing_consent", "gdpr_consent", "legal_consent"]
    "attribution.source" Text "Source" ["utm_source", "utmSource", "UTM_Source__c", "LeadSource", "lead_source"]
    "attribution.medium" Text "Medium" ["utm_medium", "utmMedium", "UTM_Medium__c"]
    "attribution.campaign" Text "Campaign" ["utm_campaign", "utmCampaign", "UTM_Campaign__c"]
    "attribution.term" Text "Search term" ["utm_term", "utmTerm", "UTM_Term__c"]
    "attribution.content" Text "Content" ["utm_content", "utmContent", "UTM_Content__c"]
    "attribution.referrer" Text "Referrer" ["referrer", "referer", "hs_analytics_first_referrer", "http_referrer"]
    "attribution.landingPage" Text "Landing page" ["landing_page", "landingPage", "hs_analytics_first_url", "entry_page"]
    "attribution.clickId" Text "Click id" ["gclid", "wbraid", "gbraid", "msclkid", "fbclid", "li_fat_id", "ttclid", "hs_google_click_id"]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::bare;
    use std::collections::BTreeSet;

    #[test]
    fn no_name_stands_for_two_facts() {
        let mut seen = BTreeSet::new();
        for fact in STANDARD {
            let names: BTreeSet<_> = std::iter::once(&fact.id)
                .chain(fact.from)
                .map(|name| bare(name))
                .collect();
            for name in names {
                assert!(seen.insert(name.clone()), "{name} stands for two facts");
            }
        }
    }
}
