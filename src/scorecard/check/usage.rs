//! What nothing uses, and nobody reaches.

use super::Checker;
use crate::problem::Code;
use crate::scorecard::shape::quoted;
use crate::scorecard::standard::standard;

impl Checker<'_> {
    pub(super) fn usage(&mut self) {
        // What could not be read may use anything.
        if !self.lost.nothing() {
            return;
        }
        self.reachable();
        let file = self.file;
        macro_rules! unused {
            ($($section:ident $noun:literal)+) => { $(
                for (index, item) in file.$section.iter().enumerate() {
                    let section = stringify!($section);
                    if !self.used.contains(&(section, item.id.as_str())) && standard(&item.id).is_none() {
                        self.warn(
                            Code::Unused,
                            format_args!("/{section}/{index}"),
                            format!(concat!($noun, " {}, which nothing uses"), quoted(&item.id)),
                            concat!("a ", $noun, " that is used"),
                            "use it, or take it out",
                        );
                    }
                }
            )+ };
        }
        unused!(facts "fact" groups "group" calendars "calendar" queues "queue" sla "promise");
    }
}
