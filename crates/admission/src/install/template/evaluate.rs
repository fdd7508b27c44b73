//! From the nodes of a template to its text.

use serde_json::Value;

use super::parse::{Command, Node, Pipeline, Term};
use super::yaml::to_yaml;

/// Writes what the nodes come to, with `dot` as the value that fields are looked up in.
pub fn write(nodes: &[Node<'_>], root: &Value, dot: &Value, out: &mut String) -> Result<(), String> {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Put(pipeline) => out.push_str(&shown(&evaluate(pipeline, root, dot)?)?),
            Node::If { condition, then, otherwise } => {
                let branch = if is_true(&evaluate(condition, root, dot)?) { then } else { otherwise };
                write(branch, root, dot, out)?;
            }
            Node::Range { over, body } => match evaluate(over, root, dot)? {
                Value::Array(items) => {
                    for item in &items {
                        write(body, root, item, out)?;
                    }
                }
                Value::Null => {}
                _ => return Err("a range over what is no list".to_owned()),
            },
        }
    }
    Ok(())
}

fn evaluate(pipeline: &Pipeline<'_>, root: &Value, dot: &Value) -> Result<Value, String> {
    let mut result = None;
    for command in pipeline {
        result = Some(run(command, result, root, dot)?);
    }
    result.ok_or_else(|| "a pipeline with nothing in it".to_owned())
}

fn run(command: &Command<'_>, piped: Option<Value>, root: &Value, dot: &Value) -> Result<Value, String> {
    let value = |term: &Term<'_>| match term {
        Term::Field { from_root, names } => {
            let from = if *from_root { root } else { dot };
            Ok(names.iter().try_fold(from, |value, name| value.get(name)).cloned().unwrap_or_default())
        }
        Term::Text(text) => Ok(Value::from(*text)),
        Term::Number(number) => Ok(Value::from(*number)),
        Term::Group(pipeline) => evaluate(pipeline, root, dot),
        Term::Function(name) => Err(format!("{name} is not understood")),
    };
    match command.as_slice() {
        [Term::Function(name), arguments @ ..] => {
            let mut arguments = arguments.iter().map(value).collect::<Result<Vec<_>, _>>()?;
            arguments.extend(piped);
            call(name, &arguments)
        }
        [term] if piped.is_none() => value(term),
        _ => Err("arguments without a function".to_owned()),
    }
}

fn call(name: &str, arguments: &[Value]) -> Result<Value, String> {
    match (name, arguments) {
        ("quote", [value]) => Ok(Value::from(Value::from(shown(value)?).to_string())),
        ("toYaml", [value]) => Ok(Value::from(to_yaml(value))),
        ("indent", [Value::Number(by), text]) => Ok(Value::from(indented(by.as_u64(), text)?)),
        ("nindent", [Value::Number(by), text]) => {
            Ok(Value::from(format!("\n{}", indented(by.as_u64(), text)?)))
        }
        ("not", [value]) => Ok(Value::from(!is_true(value))),
        ("eq", [one, other]) => Ok(Value::from(one == other)),
        // Like Go's: the argument that decides, or the last.
        ("and", [first, rest @ ..]) => Ok(deciding(first, rest, false)),
        ("or", [first, rest @ ..]) => Ok(deciding(first, rest, true)),
        _ => Err(format!("{name} with {} arguments is not understood", arguments.len())),
    }
}

fn deciding(first: &Value, rest: &[Value], decides: bool) -> Value {
    let last = rest.last().unwrap_or(first);
    std::iter::once(first).chain(rest).find(|value| is_true(value) == decides).unwrap_or(last).clone()
}

fn indented(by: Option<u64>, text: &Value) -> Result<String, String> {
    let margin =
        " ".repeat(by.and_then(|by| usize::try_from(by).ok()).ok_or("an indentation below nothing")?);
    let lines = shown(text)?;
    Ok(lines.split('\n').map(|line| format!("{margin}{line}")).collect::<Vec<_>>().join("\n"))
}

fn shown(value: &Value) -> Result<String, String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Array(_) | Value::Object(_) => Err("a list or a mapping in the middle of text".to_owned()),
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
    }
}
