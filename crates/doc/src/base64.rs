//! Base64, as Go's `base64.StdEncoding` reads and writes it.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Padded standard base64, on one line.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= chunk.len() { digit as char } else { '=' });
        }
    }
    text
}

/// Decodes padded standard base64, with line ends anywhere in it. `None` for anything else.
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut digits = text.iter().copied().filter(|byte| !matches!(byte, b'\n' | b'\r'));
    loop {
        let Some(first) = digits.next() else { return Some(bytes) };
        let quad = [first, digits.next()?, digits.next()?, digits.next()?];
        let padding = match quad {
            [_, _, b'=', b'='] => 2,
            [_, _, _, b'='] => 1,
            _ => 0,
        };
        let mut group = 0u32;
        for &digit in &quad[..4 - padding] {
            group = group << 6 | value(digit)?;
        }
        group <<= 6 * padding;
        bytes.extend_from_slice(&group.to_be_bytes()[1..4 - padding]);
        if padding > 0 {
            // Nothing may follow the padding.
            return if digits.next().is_none() { Some(bytes) } else { None };
        }
    }
}

fn value(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn what_is_encoded_decodes() {
        for (text, encoded) in
            [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj"), ("a?>~", "YT8+fg==")]
        {
            assert_eq!(encode(text.as_bytes()), encoded);
            assert_eq!(decode(encoded.as_bytes()).as_deref(), Some(text.as_bytes()));
        }
    }

    #[test]
    fn decodes_what_go_decodes() {
        assert_eq!(decode(b"aGVsbG8="), Some(b"hello".to_vec()));
        assert_eq!(decode(b"aGVs\nbG8=\n"), Some(b"hello".to_vec()));
        assert_eq!(decode(b"aGVsbA=="), Some(b"hell".to_vec()));
        assert_eq!(decode(b""), Some(Vec::new()));
        for text in ["aGVsbG8", "aGVsbG8==", "aGVs bG8=", "a===", "====", "aGVsbG8=aGVs"] {
            assert_eq!(decode(text.as_bytes()), None, "{text}");
        }
    }
}
