//! Quantities: `500m`, `1Gi`, `2e3`.

use plimsoll_doc::Kind;

use crate::Field;

/// A resource quantity, in units of the resource (cores, bytes). Exact enough to compare and to tell
/// zero from something; not for arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Quantity(f64);

impl Quantity {
    /// The quantity in a field; `None` where absent or not a quantity.
    pub fn of(field: &Field<'_>) -> Option<Self> {
        let value = field.value()?;
        match value.kind() {
            Kind::String => Quantity::parse(value.as_str()?),
            Kind::Integer | Kind::Float => value.as_f64().map(Quantity),
            _ => None,
        }
    }

    /// The grammar of `resource.Quantity`: a signed decimal number and one suffix of
    /// `n u m k M G T P E`, `Ki Mi Gi Ti Pi Ei`, or a decimal exponent `e3`, `E-3`.
    pub fn parse(text: &str) -> Option<Self> {
        let end = text
            .bytes()
            .position(|byte| !(byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')))
            .unwrap_or(text.len());
        let (number, suffix) = text.split_at(end);
        if !number.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = match number.parse::<u32>() {
            Ok(whole) => f64::from(whole),
            Err(_) => number.parse().ok()?,
        };
        let factor = match suffix {
            "" => 1.0,
            "n" => 1e-9,
            "u" => 1e-6,
            "m" => 1e-3,
            "k" => 1e3,
            "M" => 1e6,
            "G" => 1e9,
            "T" => 1e12,
            "P" => 1e15,
            "E" => 1e18,
            "Ki" => f64::from(1u32 << 10),
            "Mi" => f64::from(1u32 << 20),
            "Gi" => f64::from(1u32 << 30),
            "Ti" => (1u64 << 40) as f64,
            "Pi" => (1u64 << 50) as f64,
            "Ei" => (1u64 << 60) as f64,
            exponent => {
                let digits = exponent.strip_prefix(['e', 'E'])?;
                10f64.powi(digits.parse().ok()?)
            }
        };
        Some(Quantity(number * factor))
    }

    pub fn is_zero(self) -> bool {
        self.0 == 0.0
    }

    /// In units of the resource: cores, bytes.
    pub fn as_f64(self) -> f64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_grammar() {
        for (text, value) in
            [("0", 0.0), ("500m", 0.5), ("1Gi", 1073741824.0), ("2e3", 2000.0), ("1E", 1e18), (".5", 0.5)]
        {
            assert_eq!(Quantity::parse(text), Some(Quantity(value)), "{text}");
        }
        for text in ["", "Gi", "1 Gi", "1gi", "1e", "one", "--1", "1.2.3"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }
}
