//! Scalars: plain, quoted and in blocks.

use std::borrow::Cow;

use super::{Scan, Scanner, Token, TokenKind, hex};
use crate::Style;

impl<'t> Scanner<'t> {
    /// Scans a block scalar; `known` is the indentation of its text, or 0 to find it.
    pub(super) fn scan_block_scalar(&mut self, known: i64) -> Scan {
        let start = self.mark;
        let literal = self.byte(0) == b'|';
        self.skip();
        self.need(1)?;
        let mut chomping = None;
        let mut increment = None;
        for _ in 0..2 {
            match self.byte(0) {
                sign @ (b'+' | b'-') if chomping.is_none() => chomping = Some(sign),
                b'0' if increment.is_none() => return self.fail("a block scalar cannot be indented by 0"),
                digit @ b'1'..=b'9' if increment.is_none() => increment = Some(i64::from(digit - b'0')),
                _ => break,
            }
            self.skip();
            self.need(1)?;
        }
        let mut end = self.mark;
        self.rest_of_line()?;
        let mut indent = match increment {
            _ if known > 0 => known,
            Some(increment) => self.indent.max(0) + increment,
            None => 0,
        };
        let mut text = String::new();
        let mut leading = "";
        let mut trailing = String::new();
        self.scan_block_breaks(&mut indent, &mut trailing)?;
        self.need(1)?;
        let mut leading_blank = false;
        while i64::from(self.mark.column) == indent && self.byte(0) != 0 {
            let blank = self.is_blank(0);
            if !literal && leading == "\n" && !leading_blank && !blank {
                if trailing.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(leading);
            }
            text.push_str(&trailing);
            trailing.clear();
            leading_blank = blank;
            let from = self.mark.offset;
            while !self.is_break_or_end(0) {
                self.skip();
                self.need(1)?;
            }
            text.push_str(self.slice(from, self.mark.offset));
            end = self.mark;
            self.need(2)?;
            leading = self.line_break();
            self.scan_block_breaks(&mut indent, &mut trailing)?;
        }
        if chomping != Some(b'-') {
            text.push_str(leading);
        }
        if chomping == Some(b'+') {
            text.push_str(&trailing);
        }
        let style = if literal { Style::Literal } else { Style::Folded };
        self.tokens.push_back(Token { kind: TokenKind::Scalar(Cow::Owned(text), style), start, end });
        Ok(())
    }

    /// Passes indentation and empty lines; finds the indentation where it isn't known (0).
    pub(super) fn scan_block_breaks(&mut self, indent: &mut i64, breaks: &mut String) -> Scan {
        let mut deepest = 0;
        loop {
            self.need(1)?;
            while (*indent == 0 || i64::from(self.mark.column) < *indent) && self.byte(0) == b' ' {
                self.skip();
                self.need(1)?;
            }
            deepest = deepest.max(i64::from(self.mark.column));
            if (*indent == 0 || i64::from(self.mark.column) < *indent) && self.byte(0) == b'\t' {
                return self.fail("a tab stands where a block scalar is indented; use spaces");
            }
            if !self.is_break(0) {
                break;
            }
            self.need(2)?;
            breaks.push_str(self.line_break());
        }
        if *indent == 0 {
            *indent = deepest.max(self.indent + 1).max(1);
        }
        Ok(())
    }

    pub(super) fn scan_quoted(&mut self) -> Scan {
        let start = self.mark;
        let quote = self.byte(0);
        let single = quote == b'\'';
        let style = if single { Style::SingleQuoted } else { Style::DoubleQuoted };
        self.skip();
        let from = self.mark.offset;
        // The text while it isn't verbatim; before that, everything since `from` is.
        let mut owned: Option<String> = None;
        loop {
            self.need(4)?;
            if self.is_document_indicator() {
                return self.fail("a document separator stands inside a quoted string");
            }
            if self.byte(0) == 0 {
                return self.fail("a quoted string lacks its closing quote");
            }
            let mut leading_blanks = false;
            while !self.is_blank_or_end(0) {
                let plain = self.plain_run(quote);
                if plain > 0 {
                    if let Some(text) = &mut owned {
                        text.push_str(self.slice(self.mark.offset, self.mark.offset + plain));
                    }
                    self.mark.index += plain as u32;
                    self.mark.column += plain as u32;
                    self.mark.offset += plain;
                    continue;
                }
                let byte = self.byte(0);
                if single && byte == quote && self.byte(1) == quote {
                    let text = owned.get_or_insert_with(|| self.slice(from, self.mark.offset).to_owned());
                    text.push('\'');
                    self.skip();
                    self.skip();
                } else if byte == quote {
                    break;
                } else if !single && byte == b'\\' && self.is_break(1) {
                    self.need(3)?;
                    owned.get_or_insert_with(|| self.slice(from, self.mark.offset).to_owned());
                    self.skip();
                    self.line_break();
                    leading_blanks = true;
                    break;
                } else if !single && byte == b'\\' {
                    let mut text =
                        owned.take().unwrap_or_else(|| self.slice(from, self.mark.offset).to_owned());
                    self.scan_escape(&mut text)?;
                    owned = Some(text);
                } else {
                    match &mut owned {
                        None => self.skip(),
                        Some(_) => {
                            let mut text = owned.take().unwrap_or_default();
                            self.read(&mut text);
                            owned = Some(text);
                        }
                    }
                }
                self.need(2)?;
            }
            self.need(1)?;
            if self.byte(0) == quote {
                break;
            }
            let blanks = self.mark.offset;
            let mut breaks = Breaks::default();
            let escaped = leading_blanks;
            let mut blanks_end = blanks;
            while self.is_blank(0) || self.is_break(0) {
                if self.is_blank(0) {
                    self.skip();
                    if !leading_blanks {
                        blanks_end = self.mark.offset;
                    }
                } else {
                    self.need(2)?;
                    owned.get_or_insert_with(|| self.slice(from, blanks).to_owned());
                    let stands_for = self.line_break();
                    if leading_blanks {
                        breaks.trailing.push_str(stands_for);
                    } else {
                        breaks.leading = stands_for;
                        leading_blanks = true;
                    }
                }
                self.need(1)?;
            }
            if let Some(text) = &mut owned {
                if leading_blanks || escaped {
                    breaks.fold(text);
                } else {
                    text.push_str(self.slice(blanks, blanks_end));
                }
            }
        }
        let text = match owned {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(self.slice(from, self.mark.offset)),
        };
        self.skip();
        self.push(TokenKind::Scalar(text, style), start);
        Ok(())
    }

    /// Bytes from here on that stand for themselves in quotes, as far as that is plain to see.
    pub(super) fn plain_run(&self, quote: u8) -> usize {
        // Before a wall each character counts.
        if self.wall.is_some() {
            return 0;
        }
        let rest = self.bytes.get(self.mark.offset..).unwrap_or(&[]);
        rest.iter().take_while(|&&byte| byte.is_ascii_graphic() && byte != quote && byte != b'\\').count()
    }

    pub(super) fn scan_escape(&mut self, text: &mut String) -> Scan {
        let digits = match self.byte(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            simple => {
                let stands_for = match simple {
                    b'0' => "\0",
                    b'a' => "\x07",
                    b'b' => "\x08",
                    b't' | b'\t' => "\t",
                    b'n' => "\n",
                    b'v' => "\x0b",
                    b'f' => "\x0c",
                    b'r' => "\r",
                    b'e' => "\x1b",
                    b' ' => " ",
                    b'"' => "\"",
                    b'\'' => "'",
                    b'\\' => "\\",
                    b'N' => "\u{85}",
                    b'_' => "\u{a0}",
                    b'L' => "\u{2028}",
                    b'P' => "\u{2029}",
                    _ => return self.fail("this escape (\\) is unknown; double the backslash to mean one"),
                };
                text.push_str(stands_for);
                0
            }
        };
        self.skip();
        self.skip();
        if digits > 0 {
            self.need(digits)?;
            let mut value: u32 = 0;
            for at in 0..digits {
                let Some(digit) = hex(self.byte(at)) else {
                    return self.fail("an escape (\\x, \\u, \\U) lacks hexadecimal digits");
                };
                value = value << 4 | digit;
            }
            let Some(character) = char::from_u32(value) else {
                return self.fail("an escape (\\u, \\U) names no Unicode character");
            };
            text.push(character);
            for _ in 0..digits {
                self.skip();
            }
        }
        Ok(())
    }

    pub(super) fn scan_plain(&mut self) -> Scan {
        let start = self.mark;
        let mut end = start;
        let indent = self.indent + 1;
        let mut owned: Option<String> = None;
        let mut leading_blanks = false;
        let mut breaks = Breaks::default();
        loop {
            self.need(4)?;
            if self.is_document_indicator() || self.byte(0) == b'#' {
                break;
            }
            while !self.is_blank_or_end(0) {
                let byte = self.byte(0);
                if (byte == b':' && self.is_blank_or_end(1))
                    || (self.flow > 0 && matches!(byte, b',' | b'?' | b'[' | b']' | b'{' | b'}'))
                {
                    break;
                }
                if leading_blanks {
                    let text = owned.get_or_insert_with(|| self.slice(start.offset, end.offset).to_owned());
                    breaks.fold(text);
                    breaks = Breaks::default();
                    leading_blanks = false;
                } else if let Some(text) = &mut owned {
                    text.push_str(self.slice(end.offset, self.mark.offset));
                }
                let from = self.mark.offset;
                self.skip();
                if let Some(text) = &mut owned {
                    text.push_str(self.slice(from, self.mark.offset));
                }
                end = self.mark;
                self.need(2)?;
            }
            if !(self.is_blank(0) || self.is_break(0)) {
                break;
            }
            self.need(1)?;
            while self.is_blank(0) || self.is_break(0) {
                if self.is_blank(0) {
                    if leading_blanks && i64::from(self.mark.column) < indent && self.byte(0) == b'\t' {
                        return self.fail("a tab stands in the indentation; use spaces");
                    }
                    self.skip();
                } else {
                    self.need(2)?;
                    let stands_for = self.line_break();
                    if leading_blanks {
                        breaks.trailing.push_str(stands_for);
                    } else {
                        breaks.leading = stands_for;
                        leading_blanks = true;
                    }
                }
                self.need(1)?;
            }
            if self.flow == 0 && i64::from(self.mark.column) < indent {
                break;
            }
        }
        let text = match owned {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(self.slice(start.offset, end.offset)),
        };
        self.tokens.push_back(Token { kind: TokenKind::Scalar(text, Style::Plain), start, end });
        if leading_blanks {
            self.key_allowed = true;
        }
        Ok(())
    }
}

/// The line breaks between two lines of a plain or quoted scalar.
#[derive(Default)]
struct Breaks {
    leading: &'static str,
    trailing: String,
}

impl Breaks {
    /// One break is a space, more are one less; a separator of lines or paragraphs stays.
    fn fold(&self, text: &mut String) {
        if self.leading == "\n" {
            if self.trailing.is_empty() {
                text.push(' ');
            }
        } else {
            text.push_str(self.leading);
        }
        text.push_str(&self.trailing);
    }
}
