//! Which characters tokens are made of.

pub(super) fn upper_or_digit(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

pub(super) fn hexadecimal(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

pub(super) fn alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

pub(super) fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

pub(super) fn dotted(byte: u8) -> bool {
    word(byte) || byte == b'.'
}

pub(super) fn upper_digit_or_dot(byte: u8) -> bool {
    upper_or_digit(byte) || byte == b'.'
}

pub(super) fn hexadecimal_or_dash(byte: u8) -> bool {
    hexadecimal(byte) || byte == b'-'
}

/// Of base64, in both alphabets.
pub(super) fn base64_or_underscore(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_')
}
