//! The words of a violation, taken apart.

/// What a violation is about, without the names and values that it lists.
pub fn reasons(message: &str) -> Vec<String> {
    let (_, violations) = message.split_once(": ").unwrap_or(("", message));
    let mut reasons = Vec::new();
    let mut depth = 0;
    let mut reason = String::new();
    let mut is_quoted = false;
    for letter in violations.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '(' if !is_quoted => {
                depth += 1;
                if depth == 1 {
                    // A reason without a detail stands before it.
                    reasons.extend(reason.trim_start_matches(", ").trim().split(", ").map(str::to_owned));
                    reason.clear();
                }
            }
            ')' if !is_quoted => depth -= 1,
            letter if depth == 0 => reason.push(letter),
            _ => {}
        }
    }
    // Values that the server's validation refuses are all one to the policy.
    for reason in &mut reasons {
        *reason = reason.replace("AppArmor profiles", "AppArmor profile");
    }
    // Where there is no detail there are no brackets.
    reasons
        .extend(Some(reason.trim_start_matches(", ").trim().to_owned()).filter(|reason| !reason.is_empty()));
    reasons
}
