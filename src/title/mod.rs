//! Job titles.
crate::vocabulary::vocabulary! {
    /// Department
    pub enum Department {
        /// x
        Marketing = "marketing",
    }
}
