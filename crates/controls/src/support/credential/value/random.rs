//! Values that nobody made up.

use super::{is_placeholder, is_reference};

/// Whether a value is as people make passwords that a form accepts: letters of both sizes, digits and a mark, which
/// names, addresses, patterns and formats don't have together.
pub(crate) fn has_signs_of_a_password(value: &str) -> bool {
    const MARKS: &[u8] = b"!#$&^~";
    // What patterns, formats, templates and addresses have.
    const OTHERS: &[u8] = b"(){}[]<>|\\/:*?%\"'`";
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
    (8..=64).contains(&value.len())
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && has(|byte| MARKS.contains(byte))
        && value.bytes().all(|byte| byte.is_ascii_graphic() && !OTHERS.contains(&byte))
        // A set of characters to choose from.
        && value.bytes().filter(|byte| MARKS.contains(byte)).count() < 4
        && !is_placeholder(value)
        && !is_reference(value)
}

/// Whether a value as a whole was made by chance, and so is no name that has something random at its end.
pub(crate) fn is_generated(value: &str) -> bool {
    let is_hexadecimal = value.len() >= 32
        && value.bytes().all(|b| b.is_ascii_hexdigit())
        && value.bytes().any(|b| b.is_ascii_alphabetic())
        && value.bytes().any(|b| b.is_ascii_digit());
    is_hexadecimal || is_random(value)
}

/// Whether one of the words of a value was made by chance: letters and digits by turns, or many hexadecimal ones.
pub(crate) fn has_random_word(value: &str) -> bool {
    value.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        let bytes = word.as_bytes();
        let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        let turns =
            bytes.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
        let is_hexadecimal =
            digits >= 3 && digits + 1 < bytes.len() && bytes.iter().all(u8::is_ascii_hexdigit);
        bytes.len() >= 8 && (turns >= 4 || is_hexadecimal || bytes.len() >= 20 && digits >= 2)
    })
}

/// Whether a value is as random as a generated key in letters of both cases and digits: at least 24 long,
/// and its classes change as often as they do by chance. Digests (hexadecimal) and UUIDs never are.
pub(crate) fn is_random(value: &str) -> bool {
    const SHORTEST: usize = 24;
    const LONGEST: usize = 128;
    let bytes = value.as_bytes();
    // Stripe's publishable keys are in every page of a shop.
    if bytes.len() < SHORTEST || bytes.len() > LONGEST || value.starts_with("pk_") {
        return false;
    }
    let mut counts = [0u8; 256];
    let (mut upper, mut lower, mut digit_runs, mut others, mut changes) = (0u32, 0u32, 0u32, 0u32, 0u32);
    let mut last = 0u8;
    for &byte in bytes {
        let class = match byte {
            b'A'..=b'Z' => {
                upper += 1;
                1
            }
            b'a'..=b'z' => {
                lower += 1;
                2
            }
            b'0'..=b'9' => {
                digit_runs += u32::from(last != 3);
                3
            }
            b'+' | b'/' | b'=' | b'_' | b'-' | b'~' => {
                others += 1;
                last
            }
            _ => return false,
        };
        changes += u32::from(class != last && last != 0);
        last = class;
        counts[usize::from(byte)] += 1;
    }
    let length = bytes.len() as u32;
    let distinct = counts.iter().filter(|count| **count > 0).count() as u32;
    let is_mixed = upper * 6 >= length && lower * 6 >= length && digit_runs >= 2;
    is_mixed && others * 8 <= length && changes * 5 >= length * 2 && distinct * 5 >= length.min(40) * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_values() {
        for value in ["q7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYz9KLQE2vB1"] {
            assert!(is_random(value), "{value}");
        }
        for value in [
            "",
            "short1A",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "3f786850e387550fdab836ed7e6dc881de23001b",
            "org.springframework.boot.loader",
            "ThisIsAVeryLongCamelCaseNameOf2026Things",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            "/usr/local/openjdk-21/bin/java",
            "aaaaaaaaBBBBBBBB1111111122222222",
            "DefaultPodTopologySpread2,PodSecurity",
        ] {
            assert!(!is_random(value), "{value}");
        }
    }
}
