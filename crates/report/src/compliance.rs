//! The compliance view: each requirement of a framework, and whether it is met.

pub(crate) mod markdown;
pub(crate) mod terminal;

use std::collections::HashMap;

use plimsoll_engine::Control;
use plimsoll_engine::framework::{Decided, Framework, Requirement};
use serde::Serialize;

use crate::Report;
use crate::text::counted;

/// Whether a requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// A control that speaks for it has a finding that isn't waived.
    Fail,
    /// It can be decided and wasn't: a control for it didn't run, none of them could find anything (what they look
    /// at wasn't there), a setting left out what one found, or not everything was read.
    Unknown,
    Pass,
    /// Only a person can decide that it is met.
    Manual,
}

impl State {
    pub const ALL: [State; 4] = [State::Fail, State::Unknown, State::Pass, State::Manual];

    pub const fn name(self) -> &'static str {
        match self {
            State::Fail => "fail",
            State::Unknown => "unknown",
            State::Pass => "pass",
            State::Manual => "manual",
        }
    }
}

/// A requirement, and what the report says of it.
#[derive(Debug, Serialize)]
pub struct Answer {
    pub id: &'static str,
    pub title: &'static str,
    pub section: &'static str,
    /// Whether manifests can decide it, at least in part.
    pub automated: bool,
    pub state: State,
    /// Findings that are not waived.
    pub findings: usize,
    pub waived: usize,
    /// The controls that ran and speak for it.
    pub controls: Vec<Voice>,
    /// The others that speak for it, which nobody asked for.
    pub not_run: Vec<&'static str>,
    #[serde(skip)]
    pub requirement: &'static Requirement,
}

/// A control that speaks for a requirement.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    pub id: &'static str,
    pub findings: usize,
    pub waived: usize,
    /// Findings that a setting (of a path, of a namespace, the least severity) keeps out of the report.
    pub hidden: usize,
    /// Whether it could find anything: what it looks at was there, and the parameters it needs are set.
    pub had_subject: bool,
}

/// Every requirement of a framework, in the framework's order.
pub fn answers(framework: &Framework, report: &Report<'_>) -> Vec<Answer> {
    let mut counts: HashMap<&str, [usize; 3]> = HashMap::new();
    for finding in report.findings {
        let [open, waived, _] = counts.entry(finding.control.id).or_default();
        *(if finding.waived.is_none() { open } else { waived }) += 1;
    }
    for finding in report.hidden {
        let [_, _, hidden] = counts.entry(finding.control.id).or_default();
        *hidden += 1;
    }
    // Findings that a baseline left out can't be told apart here: without them nothing is proved.
    let is_whole = report.coverage.incomplete.is_empty()
        && report.coverage.objects > 0
        && report.baseline.is_none_or(|baseline| baseline.known == 0);
    framework
        .requirements
        .iter()
        .map(|requirement| {
            let speaks = |control: &Control| {
                control.frameworks.iter().any(|reference| {
                    reference.framework == framework.id && requirement.holds(reference.requirement)
                })
            };
            let voice = |control: &'static Control| {
                let [findings, waived, hidden] = counts.get(control.id).copied().unwrap_or_default();
                let had_subject = report.coverage.with_subject.contains(control.id);
                Voice { id: control.id, findings, waived, hidden, had_subject }
            };
            let ran = report.controls.iter().map(|selected| selected.control);
            let controls: Vec<_> = ran.filter(|control| speaks(control)).map(voice).collect();
            let not_run = report.not_run.iter().filter(|control| speaks(control));
            let not_run: Vec<_> = not_run.map(|control| control.id).collect();
            let findings: usize = controls.iter().map(|voice| voice.findings).sum();
            let is_decided = is_whole
                && not_run.is_empty()
                && controls.iter().any(|voice| voice.had_subject)
                && controls.iter().all(|voice| voice.hidden == 0);
            let state = match () {
                () if findings > 0 => State::Fail,
                () if requirement.decided == Decided::Manual => State::Manual,
                () if is_decided => State::Pass,
                () => State::Unknown,
            };
            Answer {
                id: requirement.id,
                title: requirement.title,
                section: requirement.section,
                automated: requirement.decided == Decided::Automated,
                state,
                findings,
                waived: controls.iter().map(|voice| voice.waived).sum(),
                controls,
                not_run,
                requirement,
            }
        })
        .collect()
}

/// How many answers there are of a state.
pub fn count(answers: &[Answer], state: State) -> usize {
    answers.iter().filter(|answer| answer.state == state).count()
}

/// `19 requirements: 2 fail, 1 unknown, 16 pass`
pub(crate) fn in_words(answers: &[Answer]) -> String {
    let counts = State::ALL.map(|state| (count(answers, state), state.name()));
    let words: Vec<_> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    format!("{}: {}", counted(answers.len(), "requirement"), words.join(", "))
}

/// Why no requirement passes, where everything that there was could be read.
pub(crate) fn nothing_passes(report: &Report<'_>) -> Option<&'static str> {
    if report.coverage.objects == 0 {
        Some("There were no objects to look at, so nothing passes.")
    } else if report.baseline.is_some_and(|baseline| baseline.known > 0) {
        Some("A baseline left findings out, so nothing passes.")
    } else {
        None
    }
}

impl Answer {
    /// What its state rests on.
    pub(crate) fn why(&self) -> String {
        let voices: Vec<String> = self.controls.iter().map(Voice::in_words).collect();
        match self.state {
            State::Unknown if voices.is_empty() => "no control for it ran".to_owned(),
            State::Unknown if self.controls.iter().any(|voice| voice.hidden > 0) => {
                format!("a setting left findings out: {}", voices.join(", "))
            }
            State::Unknown if !self.not_run.is_empty() => format!("not run: {}", self.not_run.join(", ")),
            State::Unknown if !self.controls.iter().any(|voice| voice.had_subject) => {
                format!("nothing to decide it by: {}", voices.join(", "))
            }
            _ => voices.join(", "),
        }
    }
}

impl Voice {
    /// `pod/privileged (3 findings, 1 waived)`
    fn in_words(&self) -> String {
        let counts = [(self.waived, "waived"), (self.hidden, "left out")];
        let findings = (self.findings > 0).then(|| counted(self.findings, "finding"));
        let others =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        let words: Vec<_> = findings.into_iter().chain(others).collect();
        if words.is_empty() { self.id.to_owned() } else { format!("{} ({})", self.id, words.join(", ")) }
    }
}

/// What a framework is, and how much of it is met.
#[derive(Serialize)]
pub(crate) struct Standing {
    id: &'static str,
    name: &'static str,
    version: &'static str,
    url: &'static str,
    /// How many requirements are in each state.
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    fail: usize,
    unknown: usize,
    pass: usize,
    manual: usize,
}

impl Standing {
    pub fn of(framework: &Framework, answers: &[Answer]) -> Standing {
        Standing {
            id: framework.id,
            name: framework.name,
            version: framework.version,
            url: framework.url,
            summary: Summary {
                fail: count(answers, State::Fail),
                unknown: count(answers, State::Unknown),
                pass: count(answers, State::Pass),
                manual: count(answers, State::Manual),
            },
        }
    }
}
