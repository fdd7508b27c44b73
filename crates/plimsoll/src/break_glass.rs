//! `plimsoll break-glass`: what takes the webhooks out of the way, and back.

use clap::{Args, ValueEnum};

use crate::exit::{Exit, Failure};
use crate::outputs;

#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub struct BreakGlass {
    /// What to do
    #[arg(value_enum, default_value_t)]
    what: What,
    /// Why; noted on the namespace of the server, with who and when
    #[arg(long, value_name = "TEXT", default_value = "none given")]
    reason: String,
    /// The namespace of the server
    #[arg(long, short, value_name = "NAME", default_value = "plimsoll")]
    namespace: String,
}

const HELP: &str = "\
Nothing is contacted: a script for sh and kubectl goes to standard output. It works while the server is
down: the API server asks no webhook about webhook configurations, and Plimsoll's own namespace is passed
over. Whoever runs it needs to get and patch webhook configurations, and to annotate one namespace.

Examples:
  plimsoll break-glass --reason 'the server is down: INC-42' | sh
  plimsoll break-glass remove --reason 'wrong denials: INC-43' | sh
  plimsoll break-glass restore | sh";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum What {
    /// Admit when no server answers: for a server that is down
    #[default]
    Ignore,
    /// Empty the webhook configurations: for a server that answers wrongly
    Remove,
    /// Undo: what the others saved is registered again
    Restore,
}

/// No reason is longer; an annotation is no report.
const LONGEST_REASON: usize = 500;

pub fn break_glass(arguments: &BreakGlass) -> Result<Exit, Failure> {
    if arguments.reason.chars().count() > LONGEST_REASON || arguments.reason.chars().any(char::is_control) {
        return Err(Failure::Error(format!(
            "the reason is one line of at most {LONGEST_REASON} characters: write more into the incident"
        )));
    }
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if arguments.namespace.is_empty() || !arguments.namespace.chars().all(is_name) {
        return Err(Failure::Error(format!("{:?} is no name of a namespace", arguments.namespace)));
    }
    outputs::stdout(script(arguments).as_bytes())?;
    Ok(Exit::Clean)
}

fn script(arguments: &BreakGlass) -> String {
    let namespace = &arguments.namespace;
    let reason = quoted(&arguments.reason);
    let word = match arguments.what {
        What::Ignore => "ignore",
        What::Remove => "remove",
        What::Restore => "restore",
    };
    let record = format!(
        "\
# Who, when and why, where it can be found again. Failing to note it must not stop what follows.
who=$(kubectl auth whoami -o jsonpath='{{.status.userInfo.username}}' 2>/dev/null || echo unknown)
reason={reason}
kubectl annotate namespace {namespace} --overwrite \\
  \"plimsoll.dev/break-glass={word} by $who at $(date -u +%Y-%m-%dT%H:%M:%SZ): $reason\" || true
"
    );
    let body = match arguments.what {
        What::Ignore => IGNORE.to_owned(),
        What::Remove => REMOVE.to_owned(),
        What::Restore => RESTORE.replace("NAMESPACE", namespace),
    };
    let save = if arguments.what == What::Restore { "" } else { SAVE };
    format!("#!/bin/sh\nset -eu\n{record}{save}{body}")
}

/// What is registered, with its `caBundle` and its policy, so that restoring leaves no gap.
const SAVE: &str = "\
# What is registered is saved first, unless it was already; not being able to must not stop what follows.
for kind in validating mutating; do
  saved=plimsoll-$kind.json
  [ -s \"$saved\" ] || kubectl get \"${kind}webhookconfiguration\" plimsoll --ignore-not-found \\
    -o jsonpath='{.webhooks}' >\"$saved\" || echo \"the $kind webhooks were not saved\" >&2
  [ -s \"$saved\" ] || rm -f \"$saved\"
done
";

/// The webhook that denies comes first, which the patch makes sure of.
const IGNORE: &str = r#"# The API server admits when no server answers. What a server that does answer denies stays denied.
first=$(kubectl get validatingwebhookconfiguration plimsoll --ignore-not-found -o jsonpath='{.webhooks[0].name}') || {
  echo "what is registered could not be asked for: nothing is changed" >&2
  exit 1
}
case $first in
enforce.admission.plimsoll)
  kubectl patch validatingwebhookconfiguration plimsoll --type=json --patch \
    '[{"op":"test","path":"/webhooks/0/name","value":"enforce.admission.plimsoll"},{"op":"replace","path":"/webhooks/0/failurePolicy","value":"Ignore"}]'
  ;;
*) echo "no webhook is registered that fails closed" >&2 ;;
esac
# Undo, in this folder: plimsoll break-glass restore | sh
"#;

const REMOVE: &str = r#"# The API server asks nobody.
for kind in validating mutating; do
  there=$(kubectl get "${kind}webhookconfiguration" plimsoll --ignore-not-found -o name) || {
    echo "what is registered could not be asked for: the $kind webhooks are as they were" >&2
    exit 1
  }
  [ -n "$there" ] || continue
  kubectl patch "${kind}webhookconfiguration" plimsoll --type=merge --patch '{"webhooks":[]}'
done
# Undo, in this folder: plimsoll break-glass restore | sh
"#;

const RESTORE: &str = r#"# A server must answer before it is asked.
kubectl -n NAMESPACE rollout status deployment/plimsoll --timeout=120s
# What was saved in this folder before.
for kind in mutating validating; do
  saved=plimsoll-$kind.json
  if [ -s "$saved" ]; then
    kubectl patch "${kind}webhookconfiguration" plimsoll --type=merge --patch "{\"webhooks\":$(cat "$saved")}"
    mv "$saved" "$saved.restored"
  else
    echo "no $saved here: plimsoll install --dry-run --only webhooks writes what was installed" >&2
  fi
done
"#;

/// A word of the shell, whatever it holds.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_word_of_the_shell() {
        assert_eq!(quoted("it's $(x) `y` \"z\""), r#"'it'\''s $(x) `y` "z"'"#);
    }
}
