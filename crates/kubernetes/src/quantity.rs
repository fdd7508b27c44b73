//! Quantities: `500m`, `1Gi`, `2e3`.

use plimsoll_doc::Kind;

use crate::Field;

/// A resource quantity, as the API server understands one: exact to a billionth of a unit (a core, a byte), what
/// lies between is rounded away from zero. Equal quantities are equal, however they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(
    /// Billionths. What is too large is the largest there is.
    i128,
);

/// Decimal places of a billionth.
const PLACES: i64 = 9;

/// The most that a quantity with a binary suffix comes to.
const MOST_BINARY: i128 = i64::MAX as i128 * 1_000_000_000;

impl Quantity {
    pub const ZERO: Quantity = Quantity(0);

    /// The quantity in a field; `None` where absent or not a quantity.
    pub fn of(field: &Field<'_>) -> Option<Self> {
        let value = field.value()?;
        match value.kind() {
            Kind::String => Quantity::parse(value.as_str()?),
            Kind::Integer | Kind::Float => match value.as_i64() {
                Some(whole) => Some(Quantity(i128::from(whole) * 1_000_000_000)),
                // As JSON has it: the shortest decimal number that is this one.
                None => Quantity::parse(&value.as_f64()?.to_string()),
            },
            _ => None,
        }
    }

    /// A signed decimal number and one suffix of `n u m k M G T P E`, `Ki Mi Gi Ti Pi Ei`, or a decimal exponent
    /// `e3`, `E-3`. `ParseQuantity` of k8s.io/apimachinery is more generous than its documentation, and lets `1.`,
    /// `Gi` and `+` be. Spaces around it are let be too.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, rest) = digits(unsigned);
        let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), digits);
        let (exponent, shift) = match suffix {
            "" => (0, 0),
            "n" => (-9, 0),
            "u" => (-6, 0),
            "m" => (-3, 0),
            "k" => (3, 0),
            "M" => (6, 0),
            "G" => (9, 0),
            "T" => (12, 0),
            "P" => (15, 0),
            "E" => (18, 0),
            "Ki" => (0, 10),
            "Mi" => (0, 20),
            "Gi" => (0, 30),
            "Ti" => (0, 40),
            "Pi" => (0, 50),
            "Ei" => (0, 60),
            exponent => (exponent.strip_prefix(['e', 'E'])?.parse::<i64>().ok()?, 0),
        };
        // Without a digit it is 0 where the number is read as one of 64 bits, and none where it is too large or small.
        if whole.is_empty() && fraction.is_empty() && (exponent < -PLACES || shift > 40) {
            return None;
        }
        let number = whole.bytes().chain(fraction.bytes()).map(|digit| digit - b'0');
        let places = (whole.len() as i64).saturating_add(exponent).saturating_add(PLACES);
        let billionths = match shift {
            0 => billionths(number, places),
            _ if fraction.is_empty() => {
                billionths(number, places).saturating_mul(1 << shift).min(MOST_BINARY)
            }
            _ => {
                let product = product(number.rev(), 1 << shift);
                let more = product.len() - whole.len() - fraction.len();
                billionths(product.into_iter().rev(), places + more as i64).min(MOST_BINARY)
            }
        };
        Some(Quantity(if text.starts_with('-') { -billionths } else { billionths }))
    }

    pub fn is_zero(self) -> bool {
        self == Quantity::ZERO
    }
}

/// The digits that a text begins with, and the rest.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len()))
}

/// The number of so many of the digits, rounded up. Where there are fewer, noughts follow.
fn billionths(digits: impl Iterator<Item = u8>, places: i64) -> i128 {
    let (mut number, mut left, mut is_more) = (0i128, places, false);
    for digit in digits {
        if left > 0 {
            number = number.saturating_mul(10).saturating_add(digit.into());
            left -= 1;
        } else {
            is_more |= digit != 0;
        }
    }
    while left > 0 && number != 0 && number != i128::MAX {
        number = number.saturating_mul(10);
        left -= 1;
    }
    number.saturating_add(is_more.into())
}

/// The digits of a product, of a number by its digits; the last ones first.
fn product(digits: impl Iterator<Item = u8>, factor: u64) -> Vec<u8> {
    let mut product = Vec::new();
    let mut carried = 0u128;
    for digit in digits {
        carried += u128::from(digit) * u128::from(factor);
        product.push((carried % 10) as u8);
        carried /= 10;
    }
    while carried > 0 {
        product.push((carried % 10) as u8);
        carried /= 10;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Quantity {
        Quantity::parse(text).unwrap_or_else(|| panic!("{text} is a quantity"))
    }

    #[test]
    fn reads_the_grammar() {
        const ONE: i128 = 1_000_000_000;
        for (text, value) in [
            ("0", 0),
            ("500m", ONE / 2),
            ("1Gi", ONE << 30),
            ("2e3", 2000 * ONE),
            ("2E+3", 2000 * ONE),
            ("1E", ONE * ONE * ONE),
            (".5", ONE / 2),
            ("-1.5", -3 * ONE / 2),
            ("1.5Ki", 1536 * ONE),
            (" 1Gi ", ONE << 30),
            ("Gi", 0),
            // What is less than a billionth is one.
            ("0.1n", 1),
            ("-1e-30", -1),
            ("1.0000000001", ONE + 1),
            ("0.0000000001Ki", 103),
            // There is a most.
            ("8Ei", MOST_BINARY),
            ("7.9999999999999999999999999Ei", MOST_BINARY),
            ("1e99999999999", i128::MAX),
        ] {
            assert_eq!(read(text), Quantity(value), "{text}");
        }
        for text in ["", " ", "Ei", "e-10", "1 Gi", "1gi", "1e", "one", "--1", "1.2.3", "1_000", "NaN", "inf"]
        {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }

    #[test]
    fn spellings_of_one_quantity_are_equal() {
        for number in (0u64..5000).chain([123_456_789, u64::from(u32::MAX)]) {
            let (whole, thousandths) = (number / 1000, number % 1000);
            let quantity = read(&format!("{number}m"));
            for text in [
                format!("{whole}.{thousandths:03}"),
                format!("0{whole}.{thousandths:03}0"),
                format!("{number}000u"),
                format!("{number}000000n"),
                format!("{number}e-3"),
                format!("{number}.E-3"),
                format!("+.{number:012}G"),
            ] {
                assert_eq!(read(&text), quantity, "{text} and {number}m");
            }
            assert!(quantity < read(&format!("{number}.001m")), "{number}m");
            let kibibytes = read(&format!("{number}Ki"));
            for text in [
                format!("{}", number * 1024),
                format!("{number}.0Ki"),
                format!("{}.{:03}k", number * 1024 / 1000, number * 1024 % 1000),
            ] {
                assert_eq!(read(&text), kibibytes, "{text} and {number}Ki");
            }
            assert_eq!(
                read(&format!("{number}.5Mi")),
                read(&format!("{}Ki", number * 1024 + 512)),
                "{number}.5Mi"
            );
        }
    }
}
