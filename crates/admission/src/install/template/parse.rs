//! From the text of a template to its nodes.

/// A part of a template.
#[derive(Debug)]
pub enum Node<'t> {
    Text(&'t str),
    Put(Pipeline<'t>),
    If { condition: Pipeline<'t>, then: Vec<Node<'t>>, otherwise: Vec<Node<'t>> },
    Range { over: Pipeline<'t>, body: Vec<Node<'t>> },
}

/// Commands, each of which takes the result of the one before as its last argument.
pub type Pipeline<'t> = Vec<Command<'t>>;

/// A function and its arguments, or one value.
pub type Command<'t> = Vec<Term<'t>>;

#[derive(Debug)]
pub enum Term<'t> {
    /// `.a.b`, or `$.a.b` from the root.
    Field {
        from_root: bool,
        names: Vec<&'t str>,
    },
    Text(&'t str),
    Number(i64),
    Function(&'t str),
    Group(Pipeline<'t>),
}

/// What ends a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Closed {
    Template,
    Else,
    End,
}

pub fn parse(template: &str) -> Result<Vec<Node<'_>>, String> {
    let mut reader = Reader { rest: template };
    match reader.block()? {
        (nodes, Closed::Template) => Ok(nodes),
        (_, Closed::Else) => Err("an else without an if".to_owned()),
        (_, Closed::End) => Err("an end without an if or a range".to_owned()),
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn block(&mut self) -> Result<(Vec<Node<'t>>, Closed), String> {
        let mut nodes = Vec::new();
        loop {
            let Some((text, after)) = self.rest.split_once("{{") else {
                nodes.push(Node::Text(self.rest));
                self.rest = "";
                return Ok((nodes, Closed::Template));
            };
            let (action, after) = after.split_once("}}").ok_or("an action that is not closed")?;
            // The minus and its space trim what is beside the action.
            let (text, action) = match action.strip_prefix("- ") {
                Some(action) => (text.trim_end(), action),
                None => (text, action),
            };
            let (after, action) = match action.strip_suffix(" -") {
                Some(action) => (after.trim_start(), action),
                None => (after, action),
            };
            self.rest = after;
            nodes.push(Node::Text(text));
            let action = action.trim();
            let (word, rest) = action.split_once(' ').unwrap_or((action, ""));
            match word {
                "/*" => {}
                "end" => return Ok((nodes, Closed::End)),
                "else" if rest.is_empty() => return Ok((nodes, Closed::Else)),
                "if" => {
                    let condition = pipeline(rest)?;
                    let (then, end) = self.block()?;
                    let (otherwise, end) =
                        if end == Closed::Else { self.block()? } else { (Vec::new(), end) };
                    closed(end, action)?;
                    nodes.push(Node::If { condition, then, otherwise });
                }
                "range" => {
                    let over = pipeline(rest)?;
                    let (body, end) = self.block()?;
                    closed(end, action)?;
                    nodes.push(Node::Range { over, body });
                }
                _ => nodes.push(Node::Put(pipeline(action)?)),
            }
        }
    }
}

fn closed(end: Closed, action: &str) -> Result<(), String> {
    if end == Closed::End { Ok(()) } else { Err(format!("{action:?} has no end")) }
}

fn pipeline(text: &str) -> Result<Pipeline<'_>, String> {
    let mut tokens = tokens(text)?.into_iter();
    let pipeline = commands(&mut tokens, false)?;
    Ok(pipeline)
}

#[derive(Debug, PartialEq, Eq)]
enum Token<'t> {
    Pipe,
    Open,
    Close,
    Quoted(&'t str),
    Word(&'t str),
}

fn tokens(mut rest: &str) -> Result<Vec<Token<'_>>, String> {
    let mut tokens = Vec::new();
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let after = &rest[first.len_utf8()..];
        match first {
            '|' => tokens.push(Token::Pipe),
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '"' => {
                let (text, after) = after.split_once('"').ok_or("a string that is not closed")?;
                tokens.push(Token::Quoted(text));
                rest = after;
                continue;
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "|()\"".contains(c)).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                tokens.push(Token::Word(word));
                rest = after;
                continue;
            }
        }
        rest = after;
    }
}

fn commands<'t>(
    tokens: &mut impl Iterator<Item = Token<'t>>,
    in_group: bool,
) -> Result<Pipeline<'t>, String> {
    let mut pipeline = Vec::new();
    let mut command = Vec::new();
    loop {
        let token = tokens.next();
        match token {
            Some(Token::Quoted(text)) => command.push(Term::Text(text)),
            Some(Token::Word(word)) => command.push(term(word)?),
            Some(Token::Open) => command.push(Term::Group(commands(tokens, true)?)),
            Some(Token::Pipe | Token::Close) | None => {
                if command.is_empty() {
                    return Err("a pipeline with nothing in it".to_owned());
                }
                pipeline.push(std::mem::take(&mut command));
                match token {
                    Some(Token::Pipe) => {}
                    Some(_) if in_group => return Ok(pipeline),
                    None if !in_group => return Ok(pipeline),
                    _ => return Err("parentheses that don't match".to_owned()),
                }
            }
        }
    }
}

fn term(word: &str) -> Result<Term<'_>, String> {
    let (from_root, path) = match word.strip_prefix('$') {
        Some(path) => (true, path),
        None => (false, word),
    };
    if let Some(path) = path.strip_prefix('.') {
        let names = path.split('.').filter(|name| !name.is_empty()).collect();
        return Ok(Term::Field { from_root, names });
    }
    if from_root {
        return Err(format!("variables are not understood: {word}"));
    }
    Ok(word.parse().map_or(Term::Function(word), Term::Number))
}
