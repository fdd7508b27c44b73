//! What people read: one line for kubectl, of bounded length.

use plimsoll_engine::Finding;

use crate::review::Answer;

/// A denial is shown up to about so many bytes.
const LONGEST_DENIAL: usize = 4096;
/// The API server cuts warnings to so many characters where all of them have more than [`ALL_WARNINGS`].
const LONGEST_WARNING: usize = 256;
/// Characters of all warnings of one request, after which the API server drops them.
const ALL_WARNINGS: usize = 4096;
/// Values of audit annotations are cut here: audit logs have lines of limited length.
const LONGEST_ANNOTATION: usize = 8192;

/// `spec.hostPID: the pod shares …: set it to false (pod/host-pid)`
pub(super) fn violation(finding: &Finding) -> String {
    let (path, message, control) = (&*finding.path, &*finding.message, finding.control.id);
    let colon = if path.is_empty() { "" } else { ": " };
    one_line([path, colon, message, " (", control, ")"].concat())
}

/// All that is wrong, in one line: `2 violations: …; …`.
pub(super) fn violations(all: &[String]) -> String {
    let mut told =
        String::with_capacity(all.iter().map(|one| one.len() + 2).sum::<usize>().min(LONGEST_DENIAL) + 24);
    if all.len() != 1 {
        told.push_str(&format!("{} violations: ", all.len()));
    }
    for (at, one) in all.iter().enumerate() {
        if at > 0 && told.len() + one.len() > LONGEST_DENIAL {
            told.push_str(&format!("; and {} more", all.len() - at));
            break;
        }
        told.push_str(if at > 0 { "; " } else { "" });
        told.push_str(one);
    }
    clipped(told, LONGEST_DENIAL + LONGEST_WARNING)
}

/// Brings warnings and audit annotations within what the API server keeps.
pub(super) fn bound(answer: &mut Answer) {
    let bytes: usize = answer.warnings.iter().map(String::len).sum();
    let characters = || answer.warnings.iter().map(|warning| warning.chars().count()).sum::<usize>();
    if bytes > ALL_WARNINGS && characters() > ALL_WARNINGS {
        let all = std::mem::take(&mut answer.warnings);
        let count = all.len();
        let mut left = ALL_WARNINGS - LONGEST_WARNING;
        for warning in all {
            let warning = clipped(warning, LONGEST_WARNING);
            let length = warning.chars().count();
            if length > left {
                let more = count - answer.warnings.len();
                answer.warnings.push(format!("and {more} more warnings: plimsoll scan shows them all"));
                break;
            }
            left -= length;
            answer.warnings.push(warning);
        }
    }
    for (_, value) in &mut answer.audit_annotations {
        *value = clipped(std::mem::take(value), LONGEST_ANNOTATION);
    }
}

/// Control characters and line breaks, which names may hold, as blanks.
fn one_line(text: String) -> String {
    // Those beyond ASCII begin with this byte.
    let may_be_control = |byte: u8| byte.is_ascii_control() || byte == 0xc2;
    if !text.bytes().any(may_be_control) {
        return text;
    }
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The first so many characters, and an ellipsis where there are more.
fn clipped(text: String, most: usize) -> String {
    if text.len() <= most {
        return text;
    }
    match text.char_indices().nth(most) {
        None => text,
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denials_are_one_line_of_bounded_length() {
        let one = "spec: x".to_owned();
        assert_eq!(violations(std::slice::from_ref(&one)), "spec: x");
        assert_eq!(violations(&[one.clone(), one.clone()]), "2 violations: spec: x; spec: x");
        let many = violations(&vec![one; 10_000]);
        assert!(many.starts_with("10000 violations: spec: x") && many.len() < 4200, "{}", many.len());
        assert!(many.ends_with(" more"));
        assert!(violations(&["x".repeat(100_000)]).len() < 4400);
        assert_eq!(one_line("a\nb\u{1b}c\u{85}d\u{a0}e".to_owned()), "a b c d\u{a0}e");
        assert_eq!(one_line("plain é".to_owned()), "plain é");
    }

    #[test]
    fn warnings_are_kept_as_they_are_while_they_fit() {
        let mut answer = Answer { warnings: vec!["é".repeat(1000); 4], ..Answer::default() };
        bound(&mut answer);
        assert_eq!(answer.warnings, vec!["é".repeat(1000); 4]);
        answer.warnings = vec!["é".repeat(1000); 100];
        answer.audit_annotations = vec![("plimsoll-audit", "x".repeat(1_000_000))];
        bound(&mut answer);
        let total: usize = answer.warnings.iter().map(|warning| warning.chars().count()).sum();
        assert!(total <= 4096 && answer.warnings.len() == 16, "{total}");
        assert!(answer.warnings[0].ends_with('…'));
        assert_eq!(answer.warnings[15], "and 85 more warnings: plimsoll scan shows them all");
        assert!(answer.audit_annotations[0].1.len() < 9000);
    }
}
