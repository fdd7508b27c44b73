//! Directives and tags.

use std::borrow::Cow;

use super::{Scan, Scanner, Token, TokenKind, hex};

impl<'t> Scanner<'t> {
    pub(super) fn scan_directive(&mut self) -> Scan {
        let start = self.mark;
        self.skip();
        self.need(1)?;
        let name = self.word()?;
        if name.is_empty() {
            return self.fail("a directive (%) lacks its name");
        }
        if !self.is_blank_or_end(0) {
            return self.fail("the name of a directive is letters");
        }
        let (kind, end) = match name {
            "YAML" => {
                self.blanks()?;
                let major = self.scan_version()?;
                if self.byte(0) != b'.' {
                    return self.fail("the version of a %YAML directive is a number, a point and a number");
                }
                self.skip();
                let minor = self.scan_version()?;
                (TokenKind::VersionDirective(major, minor), self.mark)
            }
            "TAG" => {
                self.blanks()?;
                let handle = self.scan_tag_handle(true)?;
                self.need(1)?;
                if !self.is_blank(0) {
                    return self
                        .fail("a blank belongs between the handle and the prefix of a %TAG directive");
                }
                while self.is_blank(0) {
                    self.skip();
                }
                let prefix = self.scan_tag_uri("", false)?;
                self.need(1)?;
                if !self.is_blank_or_end(0) {
                    return self.fail("the prefix of a %TAG directive has a character that it cannot have");
                }
                (TokenKind::TagDirective(handle, prefix), self.mark)
            }
            _ => return self.fail("only the directives %YAML and %TAG are known"),
        };
        self.rest_of_line()?;
        self.tokens.push_back(Token { kind, start, end });
        Ok(())
    }

    pub(super) fn scan_version(&mut self) -> Scan<u8> {
        self.need(1)?;
        let mut value = 0;
        let mut length = 0;
        while self.byte(0).is_ascii_digit() {
            length += 1;
            if length > 2 {
                return self.fail("the version of a %YAML directive is too long");
            }
            value = value * 10 + (self.byte(0) - b'0');
            self.skip();
            self.need(1)?;
        }
        if length == 0 {
            return self.fail("a %YAML directive lacks its version");
        }
        Ok(value)
    }

    pub(super) fn scan_tag(&mut self) -> Scan {
        let start = self.mark;
        self.need(2)?;
        let (handle, suffix) = if self.byte(1) == b'<' {
            self.skip();
            self.skip();
            let suffix = self.scan_tag_uri("", false)?;
            if self.byte(0) != b'>' {
                return self.fail("a tag lacks its '>'");
            }
            self.skip();
            (Cow::Borrowed(""), suffix)
        } else {
            let handle = self.scan_tag_handle(false)?;
            if handle.len() > 1 && handle.ends_with('!') {
                let suffix = self.scan_tag_uri("", false)?;
                (handle, suffix)
            } else {
                let suffix = self.scan_tag_uri(&handle[1..], true)?;
                if suffix.is_empty() {
                    (Cow::Borrowed(""), "!".to_owned())
                } else {
                    (Cow::Borrowed("!"), suffix)
                }
            }
        };
        self.need(1)?;
        if !self.is_blank_or_end(0) {
            return self.fail("a blank belongs after a tag");
        }
        self.push(TokenKind::Tag(handle, suffix), start);
        Ok(())
    }

    pub(super) fn scan_tag_handle(&mut self, directive: bool) -> Scan<Cow<'t, str>> {
        self.need(1)?;
        if self.byte(0) != b'!' {
            return self.fail("the handle of a tag begins with '!'");
        }
        let from = self.mark.offset;
        self.skip();
        self.need(1)?;
        self.word()?;
        if self.byte(0) == b'!' {
            self.skip();
        } else if directive && self.mark.offset - from != 1 {
            return self.fail("the handle of a %TAG directive ends with '!'");
        }
        Ok(Cow::Borrowed(self.slice(from, self.mark.offset)))
    }

    pub(super) fn scan_tag_uri(&mut self, head: &str, mut found: bool) -> Scan<String> {
        let mut uri = head.as_bytes().to_vec();
        self.need(1)?;
        while self.is_alpha() || b";/?:@&=+$,.!~*'()[]%".contains(&self.byte(0)) {
            if self.byte(0) == b'%' {
                self.scan_uri_escapes(&mut uri)?;
            } else {
                uri.push(self.byte(0));
                self.skip();
            }
            self.need(1)?;
            found = true;
        }
        if !found {
            return self.fail("a tag lacks its name");
        }
        Ok(String::from_utf8_lossy(&uri).into_owned())
    }

    pub(super) fn scan_uri_escapes(&mut self, uri: &mut Vec<u8>) -> Scan {
        const MESSAGE: &str = "an escape (%) in a tag is two hexadecimal digits for each byte of UTF-8";
        let mut left: Option<usize> = None;
        while left != Some(0) {
            self.need(3)?;
            let (high, low) = (hex(self.byte(1)), hex(self.byte(2)));
            let (b'%', Some(high), Some(low)) = (self.byte(0), high, low) else { return self.fail(MESSAGE) };
            let octet = (high << 4 | low) as u8;
            left = Some(match left {
                None => match octet {
                    0..0x80 => 0,
                    0xc0..0xe0 => 1,
                    0xe0..0xf0 => 2,
                    0xf0..0xf8 => 3,
                    _ => return self.fail(MESSAGE),
                },
                Some(_) if octet & 0xc0 != 0x80 => return self.fail(MESSAGE),
                Some(left) => left - 1,
            });
            uri.push(octet);
            for _ in 0..3 {
                self.skip();
            }
        }
        Ok(())
    }
}
