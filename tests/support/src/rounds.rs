/// How many times as much as usual a test is to generate: `PLIMSOLL_ROUNDS`, or else 1.
pub fn rounds() -> u64 {
    std::env::var("PLIMSOLL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}
