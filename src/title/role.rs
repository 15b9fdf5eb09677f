//! Buying role: who decides, who pays, who merely uses.

use super::BuyingRole::{self, *};
use super::{Department, Flag, Level, Reading, Status};

/// Most employees of a company whose top still decides on purchases of any department. Up to
/// here one person or a handful signs everything; above, departments have budgets of their own.
const SMALL: f64 = 200.0;

/// Levels that play the same part in a purchase.
#[derive(Clone, Copy, PartialEq)]
enum Rung {
    /// Owner, founder, c_suite, partner.
    Top,
    /// Vp, head, director: own a budget.
    Lead,
    /// Manager: proposes, rarely signs.
    Manager,
    /// Senior.
    Senior,
    /// Staff and entry.
    Staff,
    Unknown,
}

/// Whether the person works where the scorecard sells to. Unknown departments or targets count
/// as [`In`](Place::In): they get the benefit of the doubt.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    In,
    Out,
}

/// Number of employees; unknown has rows of its own by counting as small.
#[derive(Clone, Copy, PartialEq)]
enum Size {
    Small,
    Large,
}

/// Departments that matter for themselves, outside the targets.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    /// Executive or nothing known: general management.
    General,
    /// Finance: holds budgets.
    Money,
    /// Procurement: holds contracts, and guards the way in.
    Purchasing,
    /// Legal: has a veto, no wish.
    Law,
    /// It, engineering, data: checks that it works and fits in.
    Technical,
    /// Admin: guards diaries and doors.
    Office,
    Other,
}

/// What a row asks for (`None` = anything) and the role it gives.
struct Row {
    field: Option<Field>,
    rung: Option<Rung>,
    place: Option<Place>,
    size: Option<Size>,
    role: BuyingRole,
}

/// Nothing known of the level: may have a say.
const ANY: Row = Row {
    field: None,
    rung: None,
    place: None,
    size: None,
    role: Influencer,
};

/// The first row that fits gives the role; who fits none is as [`ANY`].
#[rustfmt::skip]
const ROLES: &[Row] = &[
    // Lawyers examine whatever is bought; where they are the target they buy like anyone else.
    Row { field: Some(Field::Law), place: Some(Place::Out), role: LegalCompliance, ..ANY },
    // Buyers by profession: their heads hold the budget, their staff the door.
    Row { field: Some(Field::Purchasing), rung: Some(Rung::Top), place: Some(Place::Out), role: EconomicBuyer, ..ANY },
    Row { field: Some(Field::Purchasing), rung: Some(Rung::Lead), place: Some(Place::Out), role: EconomicBuyer, ..ANY },
    Row { field: Some(Field::Purchasing), rung: Some(Rung::Manager), place: Some(Place::Out), role: EconomicBuyer, ..ANY },
    Row { field: Some(Field::Purchasing), rung: Some(Rung::Unknown), place: Some(Place::Out), role: Influencer, ..ANY },
    Row { field: Some(Field::Purchasing), place: Some(Place::Out), role: Gatekeeper, ..ANY },
    // Offices run by managers and staff decide who gets through, not what is bought.
    Row { field: Some(Field::Office), rung: Some(Rung::Manager), place: Some(Place::Out), role: Gatekeeper, ..ANY },
    Row { field: Some(Field::Office), rung: Some(Rung::Senior), place: Some(Place::Out), role: Gatekeeper, ..ANY },
    Row { field: Some(Field::Office), rung: Some(Rung::Staff), place: Some(Place::Out), role: Gatekeeper, ..ANY },
    Row { field: Some(Field::Office), rung: Some(Rung::Unknown), place: Some(Place::Out), role: Gatekeeper, ..ANY },
    // The top of a small company, or one of unknown size, decides by itself.
    Row { rung: Some(Rung::Top), size: Some(Size::Small), role: DecisionMaker, ..ANY },
    // In a large one it decides for its own department, and else lends money or its name.
    Row { field: Some(Field::General), rung: Some(Rung::Top), size: Some(Size::Large), role: ExecutiveSponsor, ..ANY },
    Row { rung: Some(Rung::Top), place: Some(Place::In), size: Some(Size::Large), role: DecisionMaker, ..ANY },
    Row { field: Some(Field::Money), rung: Some(Rung::Top), size: Some(Size::Large), role: EconomicBuyer, ..ANY },
    Row { rung: Some(Rung::Top), size: Some(Size::Large), role: ExecutiveSponsor, ..ANY },
    // Heads of departments decide at home; elsewhere they pay, check, or have a say.
    Row { rung: Some(Rung::Lead), place: Some(Place::In), role: DecisionMaker, ..ANY },
    Row { field: Some(Field::Money), rung: Some(Rung::Lead), role: EconomicBuyer, ..ANY },
    Row { field: Some(Field::Technical), rung: Some(Rung::Lead), role: TechnicalEvaluator, ..ANY },
    Row { rung: Some(Rung::Lead), role: Influencer, ..ANY },
    // Managers want it for their team.
    Row { rung: Some(Rung::Manager), place: Some(Place::In), role: Champion, ..ANY },
    Row { field: Some(Field::Technical), rung: Some(Rung::Manager), role: TechnicalEvaluator, ..ANY },
    Row { rung: Some(Rung::Manager), role: Influencer, ..ANY },
    // Seniors are asked for their judgement.
    Row { field: Some(Field::Technical), rung: Some(Rung::Senior), role: TechnicalEvaluator, ..ANY },
    Row { rung: Some(Rung::Senior), role: Influencer, ..ANY },
    Row { rung: Some(Rung::Staff), role: EndUser, ..ANY },
];

impl Reading {
    /// The likeliest place in the buying decision, by [`buying_role`]. The likeliest reading of
    /// an ambiguous word counts here; in a verdict only what is settled does, and the rest stays
    /// open.
    ///
    /// ```
    /// use leadfit::title::{BuyingRole, Department, read};
    ///
    /// let head = read("Head of Sales");
    /// assert_eq!(head.role(&[Department::Sales], Some(500.0)), BuyingRole::DecisionMaker);
    /// assert_eq!(head.role(&[Department::It], Some(500.0)), BuyingRole::Influencer);
    /// ```
    pub fn role(&self, targets: &[Department], employees: Option<f64>) -> BuyingRole {
        let told = self
            .departments
            .is_told()
            .then_some(self.departments.values.as_slice());
        let departments = told.unwrap_or_default();
        let level = self.level.first();
        buying_role(
            level,
            departments,
            self.status,
            &self.flags,
            targets,
            employees,
        )
    }

    /// The place in the buying decision as a verdict computes it: from what the title settles.
    pub fn settled_role(&self, targets: &[Department], employees: Option<f64>) -> BuyingRole {
        buying_role(
            self.level.resolved().first().copied(),
            self.departments.resolved(),
            self.status,
            &self.flags,
            targets,
            employees,
        )
    }
}

/// Place in the buying decision. Always defined.
///
/// `targets` are the departments that the scorecard sells to; `employees` is the size of the
/// company. Nothing known of either still gives a role: without targets everyone may be one, and
/// a company of unknown size counts as small (up to 200 employees). The rules, in order:
///
/// 1. Students, retired and unemployed people, interns and junk are `not_a_buyer`.
/// 2. Who assists a boss is a `gatekeeper`.
/// 3. Whoever sits on a board and holds no other position is an `influencer`.
/// 4. Legal, procurement and office people outside the targets have a part of their own.
/// 5. Everyone else by level, being in a target department or not, and size.
pub fn buying_role(
    level: Option<Level>,
    departments: &[Department],
    status: Status,
    flags: &[Flag],
    targets: &[Department],
    employees: Option<f64>,
) -> BuyingRole {
    match status {
        Status::Student | Status::Retired | Status::Unemployed | Status::Junk => return NotABuyer,
        Status::Employed | Status::Empty | Status::Unknown => {}
    }
    if level == Some(Level::Intern) {
        return NotABuyer;
    }
    if flags.contains(&Flag::AssistantTo) {
        return Gatekeeper;
    }
    if flags.contains(&Flag::Board) && !flags.contains(&Flag::MultipleRoles) {
        return Influencer;
    }
    let rung = rung(level);
    let size = if is_large(employees) {
        Size::Large
    } else {
        Size::Small
    };
    let aimed = departments
        .iter()
        .any(|department| targets.contains(department));
    let field = field(departments);
    // Without targets, departments with a part of their own keep it.
    let place = match (aimed, targets, departments) {
        (true, _, _) | (_, _, []) => Place::In,
        (_, [], _) if !matches!(field, Field::Law | Field::Purchasing | Field::Office) => Place::In,
        _ => Place::Out,
    };
    let fits = |row: &&Row| {
        row.field.is_none_or(|it| it == field)
            && row.rung.is_none_or(|it| it == rung)
            && row.place.is_none_or(|it| it == place)
            && row.size.is_none_or(|it| it == size)
    };
    ROLES.iter().find(fits).unwrap_or(&ANY).role
}

/// Whether a company is so large that its departments decide; all that a role sees of its size.
pub fn is_large(employees: Option<f64>) -> bool {
    employees.is_some_and(|employees| employees > SMALL)
}

fn rung(level: Option<Level>) -> Rung {
    match level {
        Some(Level::Owner | Level::Founder | Level::CSuite | Level::Partner) => Rung::Top,
        Some(Level::Vp | Level::Head | Level::Director) => Rung::Lead,
        Some(Level::Manager) => Rung::Manager,
        Some(Level::Senior) => Rung::Senior,
        Some(Level::Staff | Level::Entry | Level::Intern) => Rung::Staff,
        None => Rung::Unknown,
    }
}

/// The field of the primary department.
fn field(departments: &[Department]) -> Field {
    match departments.first() {
        None | Some(Department::Executive) => Field::General,
        Some(Department::Finance) => Field::Money,
        Some(Department::Procurement) => Field::Purchasing,
        Some(Department::Legal) => Field::Law,
        Some(Department::Engineering | Department::It | Department::Data) => Field::Technical,
        Some(Department::Admin) => Field::Office,
        Some(_) => Field::Other,
    }
}
