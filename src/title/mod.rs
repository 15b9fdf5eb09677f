//! Reads job titles as people type them: level, departments, status and what else a title tells.
//!
//! A title goes through four steps: [`words`] splits it, [`lookup`] finds what each word or phrase
//! means in the vocabulary, [`sense`] makes level, flags and status of the meanings, and [`field`]
//! weighs departments, for which [`learned`] knows what the letters of other words suggest.
//! Everything about single words is a line of `vocab.csv`; the code knows only how titles are built.
//!
//! INVARIANT: whoever is merely named in a title ("Assistant to the CEO", "ex-VP") lends it
//! neither level nor department.

use alloc::string::String;
use alloc::vec::Vec;

mod field;
mod hash;
mod learned;
mod lookup;
mod meaning;
mod role;
mod sense;
#[cfg(feature = "authoring")]
pub mod systems;
mod table;
mod words;

#[cfg(test)]
mod tests;

pub use role::{buying_role, is_large};

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Seniority level, highest first.
    pub enum Level {
        /// Owns the company: owner, proprietor, Inhaber, gérant, titolare, self-employed.
        Owner = "owner",
        /// Founder or co-founder.
        Founder = "founder",
        /// Runs the company or one of its functions: chief … officer, president, Geschäftsführer.
        CSuite = "c_suite",
        /// Partner of a firm.
        Partner = "partner",
        /// Vice president of any kind.
        Vp = "vp",
        /// Heads a department: head of …, Leiter, jefe, hoofd, 部長.
        Head = "head",
        /// Director of any kind.
        Director = "director",
        /// Leads a team or manages a thing: manager, team lead, gerente, account manager.
        Manager = "manager",
        /// Experienced individual contributor: senior, lead, principal, architect.
        Senior = "senior",
        /// Individual contributor without a level word.
        Staff = "staff",
        /// Junior, associate, assistant, clerk.
        Entry = "entry",
        /// Intern, trainee, apprentice, student.
        Intern = "intern",
    }
}

impl Level {
    /// Height of the level, 11 (owner, founder) to 1 (intern).
    pub const fn rank(self) -> u8 {
        match self {
            Level::Owner | Level::Founder => 11,
            Level::CSuite => 10,
            Level::Partner => 9,
            Level::Vp => 8,
            Level::Head => 7,
            Level::Director => 6,
            Level::Manager => 5,
            Level::Senior => 4,
            Level::Staff => 3,
            Level::Entry => 2,
            Level::Intern => 1,
        }
    }
}

vocabulary! {
    /// Department, or the field a person works in.
    pub enum Department {
        /// General management, ownership, board, strategy office.
        Executive = "executive",
        /// Software, hardware, quality engineering, research and development.
        Engineering = "engineering",
        /// Systems, networks, information security, help desk, business applications.
        It = "it",
        /// Data science, data engineering, analytics.
        Data = "data",
        /// Product management.
        Product = "product",
        /// User experience, graphic and industrial design.
        Design = "design",
        /// Marketing, communications, brand, events.
        Marketing = "marketing",
        /// Sales, account management, business development, partnerships.
        Sales = "sales",
        /// Customer success, customer service, technical support.
        Support = "support",
        /// Accounting, controlling, treasury, tax, audit, banking, insurance.
        Finance = "finance",
        /// Recruiting, personnel, payroll, learning and development.
        Hr = "hr",
        /// Counsel, compliance, privacy, contracts.
        Legal = "legal",
        /// Operations, supply chain, production, quality, facilities, safety.
        Operations = "operations",
        /// Purchasing, sourcing.
        Procurement = "procurement",
        /// Project and program management.
        Project = "project",
        /// Consulting and advisory.
        Consulting = "consulting",
        /// Assistance, office management, reception.
        Admin = "admin",
        /// Science, laboratory, academic and clinical research.
        Research = "research",
        /// Physicians, nursing, pharmacy, therapy.
        Medical = "medical",
        /// Teaching and school leadership.
        Education = "education",
        /// Journalism, film, performing arts, translation.
        Media = "media",
        /// Government, military, police, social services, churches.
        Public = "public",
        /// Construction, transport, hospitality, shop floor, maintenance, agriculture.
        Trades = "trades",
    }
}

impl Department {
    /// Ids of the department's sub-roles, separated by spaces: those that `vocab.csv` may name.
    const fn sub_roles(self) -> &'static str {
        match self {
            Department::Executive => "general_management founder_owner board strategy_office",
            Department::Engineering => {
                "software devops_sre qa_test hardware_electrical mechanical_civil_process architecture r_and_d"
            }
            Department::It => {
                "it_management infrastructure_network information_security helpdesk business_systems_erp_crm database"
            }
            Department::Data => "data_science_ml data_engineering bi_analytics governance",
            Department::Product => "product_management product_owner product_ops",
            Department::Design => "ux_ui graphic_brand creative_direction industrial",
            Department::Marketing => {
                "demand_gen digital_performance content_seo brand product_marketing communications_pr events marketing_ops"
            }
            Department::Sales => {
                "account_executive sdr_bdr account_management business_development partnerships_channel sales_engineering sales_ops_revops field_inside_retail"
            }
            Department::Support => {
                "customer_success customer_service technical_support implementation_onboarding contact_center"
            }
            Department::Finance => {
                "accounting controlling_fpna treasury tax audit_risk investment_banking insurance investor_relations"
            }
            Department::Hr => {
                "recruiting hrbp_generalist learning_development comp_benefits_payroll people_ops"
            }
            Department::Legal => "counsel compliance privacy_dpo contracts ip company_secretary",
            Department::Operations => {
                "general_operations supply_chain_logistics manufacturing_production quality facilities_realestate hse strategy_transformation"
            }
            Department::Procurement => "purchasing category_management supplier_management",
            Department::Project => "project_management program_management pmo agile_delivery",
            Department::Consulting => "management_consulting technical_consulting advisory",
            Department::Admin => "executive_assistant office_management reception administration",
            Department::Research => "scientist laboratory academic_research clinical_research",
            Department::Medical => {
                "physician nursing pharmacy therapy dental_vet medical_administration"
            }
            Department::Education => "teacher professor school_leadership training_provider",
            Department::Media => "journalism_editing broadcast_film performing_arts translation",
            Department::Public => "government military_police social_services politics ngo_church",
            Department::Trades => {
                "construction driving_transport hospitality_food retail_floor maintenance_mechanic agriculture personal_care"
            }
        }
    }
}

vocabulary! {
    /// What the title says of the person's working life.
    pub enum Status {
        /// Has a job or a company.
        Employed = "employed",
        /// At school or university, or in training: interns, trainees, apprentices.
        Student = "student",
        /// No longer works.
        Retired = "retired",
        /// Between jobs.
        Unemployed = "unemployed",
        /// Typed to get past the field: `asdf`, `n/a`, `123`.
        Junk = "junk",
        /// Nothing typed.
        Empty = "empty",
        /// Cannot be told from the words.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What else a title tells about its holder.
    pub enum Flag {
        /// Sits on a supervisory or advisory board.
        Board = "board",
        /// Stands in for the holder of the level: deputy, vice, adjoint, stellvertretend.
        Deputy = "deputy",
        /// Assists, or works in the office of, a boss whom the title names.
        AssistantTo = "assistant_to",
        /// Names a position that the person no longer holds.
        Former = "former",
        /// Holds the position for a time.
        Interim = "interim",
        /// Works on their own account.
        Freelance = "freelance",
        /// Names several positions.
        MultipleRoles = "multiple_roles",
        /// Leads people, by the words of the title; without it, it is not known.
        ManagesPeople = "manages_people",
    }
}

vocabulary! {
    /// Place in the buying decision.
    pub enum BuyingRole {
        /// Says yes or no.
        DecisionMaker = "decision_maker",
        /// Holds the budget.
        EconomicBuyer = "economic_buyer",
        /// Backs the purchase from above.
        ExecutiveSponsor = "executive_sponsor",
        /// Wants it and sells it inside.
        Champion = "champion",
        /// Has a say.
        Influencer = "influencer",
        /// Checks whether it works and fits in.
        TechnicalEvaluator = "technical_evaluator",
        /// Checks contract, privacy and rules.
        LegalCompliance = "legal_compliance",
        /// Would work with it.
        EndUser = "end_user",
        /// Guards the way to those who decide.
        Gatekeeper = "gatekeeper",
        /// Will not buy.
        NotABuyer = "not_a_buyer",
    }
}

vocabulary! {
    /// How firmly a title settles level or departments.
    pub enum Certainty {
        /// The words settle it.
        Resolved = "resolved",
        /// The same words mean different things in different companies.
        Ambiguous = "ambiguous",
        /// Words that the vocabulary lacks may have said it.
        UnknownWords = "unknownWords",
        /// Written in a script of which the vocabulary knows nothing that fits.
        OtherLanguage = "otherLanguage",
        /// Not a title.
        Junk = "junk",
        /// All words are known and none says it; a level then is a guess.
        Nothing = "nothing",
    }
}

/// What a title says about one aspect of its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<T> {
    /// What holds, primary first: at most one level, any number of departments. Unless
    /// [`certainty`](Self::certainty) is `Resolved` this is the best guess, if there is one.
    pub values: Vec<T>,
    /// What else the same words may mean; never repeats a value.
    pub alternatives: Vec<T>,
    /// Percent, 0 to 100. An order of trust, not a measured frequency.
    pub confidence: u8,
    /// The words of the title that it rests on, as typed, in order, separated by one space.
    pub evidence: String,
    /// How firmly the words settle it.
    pub certainty: Certainty,
}

impl<T: Copy> Finding<T> {
    /// The primary value, firm or guessed.
    pub fn first(&self) -> Option<T> {
        self.values.first().copied()
    }

    /// The values if the title settles them, else none.
    pub fn resolved(&self) -> &[T] {
        match self.certainty {
            Certainty::Resolved => &self.values,
            _ => &[],
        }
    }

    /// Whether words tell the values, be it ambiguously; else they are at most a guess.
    pub fn is_told(&self) -> bool {
        matches!(self.certainty, Certainty::Resolved | Certainty::Ambiguous)
    }

    /// A finding without values.
    const fn none(certainty: Certainty) -> Self {
        Finding {
            values: Vec::new(),
            alternatives: Vec::new(),
            confidence: 0,
            evidence: String::new(),
            certainty,
        }
    }
}

/// What one job title says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Seniority level; at most one value.
    pub level: Finding<Level>,
    /// Departments, primary first.
    pub departments: Finding<Department>,
    /// Id of the part of the primary department, where the title names it.
    pub sub_role: Option<&'static str>,
    /// What else it tells, in the order of [`Flag::ALL`], each at most once.
    pub flags: Vec<Flag>,
    /// What it says of the person's working life.
    pub status: Status,
}

/// Reads a job title as typed, in any language; case, accents and spacing do not matter.
///
/// Only the first 128 characters count. Never fails: what cannot be told is said to be unknown.
///
/// ```
/// use leadfit::title::{Department, Flag, Level, read};
///
/// let reading = read("Sr. Dir., IT Ops");
/// assert_eq!(reading.level.first(), Some(Level::Director));
/// assert_eq!(reading.departments.first(), Some(Department::It));
///
/// let assistant = read("Assistant to the CEO");
/// assert_eq!(assistant.level.first(), Some(Level::Entry));
/// assert_eq!(assistant.flags, [Flag::AssistantTo]);
/// ```
pub fn read(text: &str) -> Reading {
    let words = words::split(text);
    let hits = lookup::look_up(&words);
    sense::make(text, &words, hits)
}

/// For training: what the vocabulary adds for each department, and the features of the letters.
#[cfg(feature = "authoring")]
#[doc(hidden)]
pub fn features(text: &str) -> (Vec<i32>, Vec<u32>) {
    let words = words::split(text);
    let title = sense::Title::new(text, &words, lookup::look_up(&words));
    let mut features = Vec::new();
    title.own_words(|word| learned::features(&word.folded, |feature| features.push(feature)));
    (
        field::votes(&title, title.level().first()).to_vec(),
        features,
    )
}
