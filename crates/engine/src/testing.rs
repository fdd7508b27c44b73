//! A small catalogue and readers for tests.

use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::{GroupKind, Object};

use crate::{Check, Control, Findings, Names, Profile, Severity};

/// Three controls: `test/a` (`tool:T-1`), `test/b`, `other/c`, each finding the field `a`, `b` or `c`
/// of any object where it is true.
pub(crate) struct Known;

const ANY: &[GroupKind] = &[GroupKind { group: "*", kind: "Thing" }];

pub(crate) static A: Control = control("test/a", &["tool:T-1"], Severity::High, &[Profile::Recommended], a);
pub(crate) static B: Control = control("test/b", &[], Severity::Low, &[Profile::Recommended], b);
pub(crate) static C: Control = control("other/c", &[], Severity::Medium, &[Profile::Baseline], c);

type Checker = for<'a, 'd> fn(&Object<'d>, &mut Findings<'a, 'd>);

const fn control(
    id: &'static str,
    aliases: &'static [&'static str],
    severity: Severity,
    profiles: &'static [Profile],
    check: Checker,
) -> Control {
    let check = Check::Object(ANY, check);
    Control { id, title: "A test", severity, frameworks: &[], aliases, profiles, fix: None, check }
}

fn a<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    field(object, "spec.a", found);
}

fn b<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    field(object, "spec.b", found);
}

fn c<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    field(object, "spec.c", found);
}

fn field<'d>(object: &Object<'d>, path: &'static str, found: &mut Findings<'_, 'd>) {
    let field = object.get(path);
    for field in std::iter::once(field).chain(field.items()).filter(|field| field.is_true()) {
        found.at(&field, "it is true");
    }
}

impl Names for Known {
    fn controls(&self, name: &str) -> Result<Vec<&'static Control>, String> {
        let is_area = |control: &Control| name.strip_suffix("/*") == Some(control.area());
        let found: Vec<_> =
            all().into_iter().filter(|control| control.is_called(name) || is_area(control)).collect();
        if found.is_empty() { Err(format!("no control is called {name:?}")) } else { Ok(found) }
    }

    fn profile(&self, name: &str) -> Result<Vec<&'static Control>, String> {
        if name == "all" {
            return Ok(all().to_vec());
        }
        let profile = Profile::ALL.into_iter().find(|profile| profile.name() == name);
        let profile = profile.ok_or_else(|| format!("no profile is called {name:?}"))?;
        Ok(all().into_iter().filter(|control| control.in_profile(profile)).collect())
    }
}

fn all() -> [&'static Control; 3] {
    [&A, &B, &C]
}

/// The documents of a text that can be read.
pub(crate) fn documents(name: &str, text: &str) -> Vec<Document> {
    let file = Arc::new(SourceFile::new(name, text.into()));
    parse(&file, &Limits::default()).into_iter().flatten().collect()
}
