//! Which token comes next, and which tokens turn out to be keys.

use super::{MAX_DEPTH, Mark, Scan, Scanner, SimpleKey, Token, TokenKind};

impl<'t> Scanner<'t> {
    pub(super) fn push(&mut self, kind: TokenKind<'t>, start: Mark) {
        self.tokens.push_back(Token { kind, start, end: self.mark });
    }

    /// Inserts a token at a place of the queue; at its end where that place is gone.
    pub(super) fn insert(&mut self, number: usize, kind: TokenKind<'t>, mark: Mark) {
        let token = Token { kind, start: mark, end: mark };
        match number.checked_sub(self.taken) {
            Some(at) if at <= self.tokens.len() => self.tokens.insert(at, token),
            _ => self.tokens.push_back(token),
        }
    }

    pub(super) fn fetch_more(&mut self) -> Scan {
        loop {
            if !self.tokens.is_empty() {
                // The first token may be a key: then a key token has to come before it.
                while self.keys_by_token.front().is_some_and(|&(token, _)| token < self.taken) {
                    self.keys_by_token.pop_front();
                }
                match self.keys_by_token.front() {
                    Some(&(token, key)) if token == self.taken => {
                        if !self.is_key_valid(key)? {
                            return Ok(());
                        }
                    }
                    _ => return Ok(()),
                }
            } else if self.ended {
                return Ok(());
            }
            self.fetch()?;
        }
    }

    pub(super) fn fetch(&mut self) -> Scan {
        self.need(1)?;
        self.pass_to_token()?;
        self.unroll(i64::from(self.mark.column));
        self.need(4)?;
        let byte = self.byte(0);
        if byte == 0 {
            return self.fetch_end();
        }
        if self.mark.column == 0 && byte == b'%' {
            return self.fetch_directive();
        }
        if self.is_document_indicator() {
            return self.fetch_document_indicator();
        }
        match byte {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if self.is_blank_or_end(1) => self.fetch_block_entry(),
            b'?' if self.flow > 0 || self.is_blank_or_end(1) => self.fetch_key(),
            b':' if self.flow > 0 || self.is_blank_or_end(1) => self.fetch_value(),
            b'*' | b'&' => self.fetch_anchor(),
            b'!' => self.fetch_tag(),
            b'|' | b'>' if self.flow == 0 => self.fetch_block_scalar(),
            b'\'' | b'"' => {
                self.save_key()?;
                self.key_allowed = false;
                self.scan_quoted()
            }
            b'-' | b'?' | b':' => self.fetch_plain(),
            b'\t' | b'|' | b'>' | b'%' | b'@' | b'`' => {
                self.fail("this character cannot begin a value; quote the value")
            }
            _ => self.fetch_plain(),
        }
    }

    pub(super) fn is_key_valid(&mut self, key: usize) -> Scan<bool> {
        let Some(&simple) = self.keys.get(key) else { return Ok(false) };
        if !simple.possible {
            return Ok(false);
        }
        if simple.mark.line < self.mark.line || simple.mark.index + 1024 < self.mark.index {
            if simple.required {
                return self.fail("a key lacks its ':'");
            }
            self.keys[key].possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    pub(super) fn save_key(&mut self) -> Scan {
        let required = self.flow == 0 && self.indent == i64::from(self.mark.column);
        if self.key_allowed {
            let token = self.taken + self.tokens.len();
            self.remove_key()?;
            let key = SimpleKey { possible: true, required, token, mark: self.mark };
            if let Some(last) = self.keys.last_mut() {
                *last = key;
            }
            if self.keys_by_token.back().is_some_and(|&(known, _)| known == token) {
                self.keys_by_token.pop_back();
            }
            self.keys_by_token.push_back((token, self.keys.len() - 1));
        }
        Ok(())
    }

    pub(super) fn remove_key(&mut self) -> Scan {
        let Some(&key) = self.keys.last() else { return Ok(()) };
        if key.possible {
            if key.required {
                return self.fail("a key lacks its ':'");
            }
            if let Some(last) = self.keys.last_mut() {
                last.possible = false;
            }
            self.forget_key(key.token);
        }
        Ok(())
    }

    pub(super) fn forget_key(&mut self, token: usize) {
        if let Some(at) = self.keys_by_token.iter().rposition(|&(known, _)| known <= token)
            && self.keys_by_token[at].0 == token
        {
            self.keys_by_token.remove(at);
        }
    }

    /// Opens a block collection where the column is deeper than the last one's.
    pub(super) fn roll(
        &mut self,
        column: u32,
        number: Option<usize>,
        kind: TokenKind<'t>,
        mark: Mark,
    ) -> Scan {
        let column = i64::from(column);
        if self.flow > 0 || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_DEPTH {
            return self.fail("collections are nested too deep");
        }
        match number {
            Some(number) => self.insert(number, kind, mark),
            None => self.tokens.push_back(Token { kind, start: mark, end: mark }),
        }
        Ok(())
    }

    /// Closes the block collections that are deeper than the column.
    pub(super) fn unroll(&mut self, column: i64) {
        if self.flow > 0 {
            return;
        }
        while self.indent > column {
            self.push(TokenKind::BlockEnd, self.mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    pub(super) fn fetch_end(&mut self) -> Scan {
        if self.mark.column != 0 {
            self.mark.column = 0;
            self.mark.line += 1;
        }
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.push(TokenKind::StreamEnd, self.mark);
        self.ended = true;
        Ok(())
    }

    pub(super) fn fetch_directive(&mut self) -> Scan {
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.scan_directive()
    }

    pub(super) fn fetch_document_indicator(&mut self) -> Scan {
        let kind = if self.byte(0) == b'-' { TokenKind::DocumentStart } else { TokenKind::DocumentEnd };
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        let start = self.mark;
        for _ in 0..3 {
            self.skip();
        }
        self.push(kind, start);
        Ok(())
    }

    pub(super) fn fetch_flow_start(&mut self, kind: TokenKind<'t>) -> Scan {
        self.save_key()?;
        let token = self.taken + self.tokens.len();
        self.keys.push(SimpleKey { token, mark: self.mark, ..SimpleKey::default() });
        self.flow += 1;
        if self.flow > MAX_DEPTH {
            return self.fail("collections are nested too deep");
        }
        self.key_allowed = true;
        self.indicator(kind);
        Ok(())
    }

    pub(super) fn fetch_flow_end(&mut self, kind: TokenKind<'t>) -> Scan {
        self.remove_key()?;
        if self.flow > 0 {
            self.flow -= 1;
            if let Some(key) = self.keys.pop() {
                self.forget_key(key.token);
            }
        }
        self.key_allowed = false;
        self.indicator(kind);
        Ok(())
    }

    pub(super) fn fetch_flow_entry(&mut self) -> Scan {
        self.remove_key()?;
        self.key_allowed = true;
        self.indicator(TokenKind::FlowEntry);
        Ok(())
    }

    pub(super) fn fetch_block_entry(&mut self) -> Scan {
        if self.flow == 0 {
            if !self.key_allowed {
                return self.fail("a sequence item (-) cannot stand here");
            }
            self.roll(self.mark.column, None, TokenKind::BlockSequenceStart, self.mark)?;
        }
        self.remove_key()?;
        self.key_allowed = true;
        self.indicator(TokenKind::BlockEntry);
        Ok(())
    }

    pub(super) fn fetch_key(&mut self) -> Scan {
        if self.flow == 0 {
            if !self.key_allowed {
                return self.fail("a key cannot stand here");
            }
            self.roll(self.mark.column, None, TokenKind::BlockMappingStart, self.mark)?;
        }
        self.remove_key()?;
        self.key_allowed = self.flow == 0;
        self.indicator(TokenKind::Key);
        Ok(())
    }

    pub(super) fn fetch_value(&mut self) -> Scan {
        let last = self.keys.len().saturating_sub(1);
        if self.is_key_valid(last)? {
            let key = self.keys[last];
            self.insert(key.token, TokenKind::Key, key.mark);
            self.roll(key.mark.column, Some(key.token), TokenKind::BlockMappingStart, key.mark)?;
            self.keys[last].possible = false;
            self.forget_key(key.token);
            self.key_allowed = false;
        } else {
            if self.flow == 0 {
                if !self.key_allowed {
                    return self
                        .fail("a mapping value cannot stand here; quote the value, or begin a new line");
                }
                self.roll(self.mark.column, None, TokenKind::BlockMappingStart, self.mark)?;
            }
            self.key_allowed = self.flow == 0;
        }
        self.indicator(TokenKind::Value);
        Ok(())
    }

    /// A token of one character.
    pub(super) fn indicator(&mut self, kind: TokenKind<'t>) {
        let start = self.mark;
        self.skip();
        self.push(kind, start);
    }

    pub(super) fn fetch_anchor(&mut self) -> Scan {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.mark;
        let alias = self.byte(0) == b'*';
        self.skip();
        self.need(1)?;
        let name = self.word()?;
        let ends = self.is_blank_or_end(0)
            || matches!(self.byte(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            return self.fail("the name of an anchor or alias is letters, digits, - and _");
        }
        self.push(if alias { TokenKind::Alias(name) } else { TokenKind::Anchor(name) }, start);
        Ok(())
    }

    pub(super) fn fetch_block_scalar(&mut self) -> Scan {
        self.remove_key()?;
        self.key_allowed = true;
        self.scan_block_scalar(0)
    }

    pub(super) fn fetch_plain(&mut self) -> Scan {
        self.save_key()?;
        self.key_allowed = false;
        self.scan_plain()
    }

    pub(super) fn fetch_tag(&mut self) -> Scan {
        self.save_key()?;
        self.key_allowed = false;
        self.scan_tag()
    }

    pub(super) fn pass_to_token(&mut self) -> Scan {
        loop {
            self.need(1)?;
            while self.byte(0) == b' ' || ((self.flow > 0 || !self.key_allowed) && self.byte(0) == b'\t') {
                self.skip();
                self.need(1)?;
            }
            self.comment()?;
            if !self.is_break(0) {
                return Ok(());
            }
            self.need(2)?;
            self.line_break();
            if self.flow == 0 {
                self.key_allowed = true;
            }
        }
    }

    pub(super) fn blanks(&mut self) -> Scan {
        self.need(1)?;
        while self.is_blank(0) {
            self.skip();
            self.need(1)?;
        }
        Ok(())
    }

    pub(super) fn comment(&mut self) -> Scan {
        if self.byte(0) == b'#' {
            while !self.is_break_or_end(0) {
                self.skip();
                self.need(1)?;
            }
        }
        Ok(())
    }

    /// Blanks and a comment, then the end of the line.
    pub(super) fn rest_of_line(&mut self) -> Scan {
        self.blanks()?;
        self.comment()?;
        if !self.is_break_or_end(0) {
            return self.fail("only a comment can stand here");
        }
        if self.is_break(0) {
            self.need(2)?;
            self.line_break();
        }
        Ok(())
    }
}
