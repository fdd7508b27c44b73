//! Scalars: from how they are written to their text, when that is asked for.

use crate::Style;
use crate::scanner::Scanner;

/// How a scalar is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Columns of indentation of the text of a block scalar.
    pub indent: u32,
    /// A string of JSON, which has other escapes than YAML.
    pub json: bool,
}

/// Decodes the scalar that a text begins with. It is known to be sound.
pub(crate) fn decode(text: &str, style: Style, block: Block) -> String {
    if block.json {
        return crate::json_reader::decode(text);
    }
    Scanner::scalar(text, style, i64::from(block.indent)).unwrap_or_default()
}
