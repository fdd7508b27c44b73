use std::hash::{BuildHasher, RandomState};

/// Somebody that the API server knows by a token.
#[derive(Clone, Debug)]
pub struct User {
    pub name: String,
    pub groups: Vec<String>,
    /// What the user says to the API server. Made at random.
    pub token: String,
}

impl User {
    pub fn new(name: &str, groups: &[&str]) -> Self {
        // Each RandomState has keys of its own, from the system's randomness.
        let random = || RandomState::new().hash_one(name);
        Self {
            name: name.into(),
            groups: groups.iter().map(|&group| group.into()).collect(),
            token: format!("{:016x}{:016x}", random(), random()),
        }
    }

    /// A line of the token file.
    pub(crate) fn line(&self) -> String {
        format!("{},{name},{name},\"{}\"\n", self.token, self.groups.join(","), name = self.name)
    }
}
