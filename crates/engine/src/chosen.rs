//! Which controls run, where, and how severe they are there.

use std::collections::{HashMap, HashSet};

use crate::{Configuration, Control, Finding, Names, Scope, Selected, Selection, Severity, Surroundings};

/// What the command line asks for. It wins over the configuration.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// Takes the place of the configuration's profile and of all that it selects.
    pub profile: Option<&'a str>,
    /// Exactly these controls, whatever the profile and the configuration's `ignore` say.
    pub select: &'a [String],
    /// Controls that run nowhere.
    pub ignore: &'a [String],
    /// The least severity that is shown.
    pub severity: Option<Severity>,
}

/// The controls of a run, with what holds for parts of the estate.
#[derive(Clone, Debug)]
pub struct Chosen<'c> {
    /// What to run: every control that is wanted somewhere.
    pub selection: Selection,
    pub configuration: &'c Configuration,
    /// Controls that are wanted wherever no scope says otherwise.
    everywhere: Ids,
    /// Controls that the command line leaves out.
    nowhere: Ids,
    /// Whether scopes can add controls.
    scopes_select: bool,
    /// Whether controls run that nobody asked for.
    runs_others: bool,
    /// The least severity that is shown.
    minimum: Severity,
}

/// Ids of controls.
type Ids = HashSet<&'static str, foldhash::fast::RandomState>;

/// Findings of a run, told apart by whether their control is wanted where they are.
#[derive(Debug, Default)]
pub struct Settled {
    /// As severe as their control is there.
    pub shown: Vec<Box<Finding>>,
    /// What isn't to be shown. It is there all the same: a baseline that knows it still does.
    pub hidden: Vec<Box<Finding>>,
}

/// The profile that holds where none is named.
const DEFAULT_PROFILE: &str = "recommended";

impl<'c> Chosen<'c> {
    /// The error has a line for each name that isn't known.
    pub fn new(
        choice: &Choice<'_>,
        configuration: &'c Configuration,
        names: &dyn Names,
    ) -> Result<Chosen<'c>, String> {
        let mut errors = Vec::new();
        let mut resolve = |names_given: &[String], flag: &str| -> Vec<&'static Control> {
            let mut controls = Vec::new();
            for name in names_given {
                match names.controls(name) {
                    Ok(found) => controls.extend(found),
                    Err(error) => errors.push(format!("{flag}: {error}")),
                }
            }
            controls
        };
        let select = resolve(choice.select, "--select");
        let nowhere = resolve(choice.ignore, "--ignore");
        let profile = |name: &str| names.profile(name).map_err(|error| format!("--profile: {error}"));
        let asked = choice.profile.map(profile).transpose().unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        if !errors.is_empty() {
            return Err(errors.join("\n"));
        }

        let is_selected = !choice.select.is_empty();
        let mut wanted = match (is_selected, asked, &configuration.profile) {
            (true, _, _) => select,
            (false, Some(asked), _) => asked,
            (false, None, Some(profile)) => [profile.as_slice(), &configuration.select].concat(),
            (false, None, None) if configuration.select.is_empty() => names.profile(DEFAULT_PROFILE)?,
            (false, None, None) => configuration.select.clone(),
        };
        if !is_selected {
            let ignored = ids(&configuration.ignore);
            wanted.retain(|control| !ignored.contains(control.id));
        }
        let mut chosen = Chosen {
            selection: Selection { controls: Vec::new(), parameters: configuration.parameters.clone() },
            configuration,
            everywhere: ids(&wanted),
            nowhere: ids(&nowhere),
            runs_others: false,
            scopes_select: !is_selected && choice.profile.is_none(),
            minimum: choice.severity.or(configuration.severity).unwrap_or(Severity::Low),
        };
        if chosen.scopes_select {
            wanted.extend(chosen.scopes().flat_map(|scope| &scope.select));
        }
        wanted.retain(|control| {
            !chosen.nowhere.contains(control.id) && chosen.highest(control) >= chosen.minimum
        });
        wanted.sort_by_key(|control| control.id);
        wanted.dedup_by_key(|control| control.id);
        chosen.selection.controls =
            wanted.into_iter().map(|control| Selected { control, severity: chosen.base(control) }).collect();
        Ok(chosen)
    }

    /// The least severity that is shown.
    pub fn least(&self) -> Severity {
        self.minimum
    }

    /// The same, with other controls run besides. What they find is shown or hidden: who adds them asks for both.
    pub fn with(&self, others: &[&'static Control]) -> Chosen<'c> {
        let mut chosen = Chosen { runs_others: true, ..self.clone() };
        let controls = &mut chosen.selection.controls;
        let ran = self.selection.controls.iter().map(|selected| selected.control.id).collect::<Ids>();
        let missing = others.iter().filter(|control| !ran.contains(control.id));
        controls.extend(missing.map(|control| Selected { control, severity: self.base(control) }));
        controls.sort_by_key(|selected| selected.control.id);
        chosen
    }

    /// Hides findings of a run of the selection where their control isn't wanted or not severe enough
    /// to be shown, and gives the others the severity that holds there.
    pub fn settle(&self, findings: Vec<Box<Finding>>, surroundings: &Surroundings<'_>) -> Settled {
        // Without others and scopes, what ran is what is wanted everywhere, as severe as it ran.
        if !self.runs_others && self.scopes().next().is_none() {
            return Settled { shown: findings, hidden: Vec::new() };
        }
        let mut places = Places::new(self, surroundings);
        let mut settled = Settled::default();
        for mut finding in findings {
            let namespace = finding.object.as_deref().and_then(|object| surroundings.namespace_of(object));
            let place = places.of(finding.place.file.path(), namespace);
            match self.severity_at(finding.control, &place) {
                Some(severity) => {
                    finding.severity = severity;
                    settled.shown.push(finding);
                }
                None => settled.hidden.push(finding),
            }
        }
        settled
    }

    /// Whether a control's findings at a place are shown.
    pub(crate) fn runs_at(&self, control: &Control, place: &[&Scope]) -> bool {
        self.severity_at(control, place).is_some()
    }

    /// Whether an annotation waives at a place.
    pub(crate) fn annotations_waive_at(&self, place: &[&Scope]) -> bool {
        let settings = place.iter().rev().find_map(|scope| scope.waivers_by_annotation);
        settings.unwrap_or(self.configuration.waivers_by_annotation)
    }

    /// How severe a control is at a place; `None` where it isn't wanted or not severe enough.
    fn severity_at(&self, control: &Control, place: &[&Scope]) -> Option<Severity> {
        let mut is_wanted = self.everywhere.contains(control.id);
        let mut severity = self.base(control);
        let is_in = |controls: &[&'static Control]| controls.iter().any(|known| known.id == control.id);
        for scope in place {
            is_wanted |= self.scopes_select && is_in(&scope.select);
            is_wanted &= !is_in(&scope.ignore);
            severity = scope.severities.of(control.id).unwrap_or(severity);
        }
        let is_shown = is_wanted && !self.nowhere.contains(control.id) && severity >= self.minimum;
        is_shown.then_some(severity)
    }

    fn base(&self, control: &Control) -> Severity {
        self.configuration.severities.of(control.id).unwrap_or(control.severity)
    }

    /// The highest severity that a control has anywhere.
    fn highest(&self, control: &Control) -> Severity {
        let scoped = self.scopes().filter_map(|scope| scope.severities.of(control.id));
        scoped.fold(self.base(control), Severity::max)
    }

    fn scopes(&self) -> impl Iterator<Item = &'c Scope> + use<'c> {
        self.configuration.paths.iter().chain(&self.configuration.namespaces)
    }
}

/// The scopes that hold at places, each place looked up once.
pub(crate) struct Places<'c, 's> {
    configuration: &'c Configuration,
    surroundings: &'s Surroundings<'s>,
    paths: HashMap<String, Vec<&'c Scope>>,
    namespaces: HashMap<String, Vec<&'c Scope>>,
}

impl<'c, 's> Places<'c, 's> {
    pub fn new(chosen: &Chosen<'c>, surroundings: &'s Surroundings<'s>) -> Self {
        Places {
            configuration: chosen.configuration,
            surroundings,
            paths: HashMap::new(),
            namespaces: HashMap::new(),
        }
    }

    /// The scopes of a file and a namespace; those that count more stand later.
    pub fn of(&mut self, file: &str, namespace: Option<&str>) -> Vec<&'c Scope> {
        let mut place = Vec::new();
        if !self.configuration.paths.is_empty() {
            let scopes = &self.configuration.paths;
            if !self.paths.contains_key(file) {
                let found = matching(scopes, &self.surroundings.path(file));
                self.paths.insert(file.to_owned(), found);
            }
            place.extend(self.paths.get(file).into_iter().flatten());
        }
        if let Some(namespace) = namespace
            && !self.configuration.namespaces.is_empty()
        {
            let scopes = &self.configuration.namespaces;
            if !self.namespaces.contains_key(namespace) {
                self.namespaces.insert(namespace.to_owned(), matching(scopes, namespace));
            }
            place.extend(self.namespaces.get(namespace).into_iter().flatten());
        }
        place
    }
}

fn matching<'c>(scopes: &'c [Scope], text: &str) -> Vec<&'c Scope> {
    scopes.iter().filter(|scope| scope.matches.matches(text)).collect()
}

fn ids(controls: &[&'static Control]) -> Ids {
    controls.iter().map(|control| control.id).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use plimsoll_doc::SourceFile;
    use plimsoll_kubernetes::{Inventory, objects};

    use super::*;
    use crate::run;
    use crate::testing::{Known, documents};

    fn configuration(text: &str) -> Configuration {
        let file = Arc::new(SourceFile::new("plimsoll.yaml", text.into()));
        Configuration::parse(&file, &Known).expect("a configuration")
    }

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    /// What runs, as `id severity`, by a configuration and the flags `profile`, `select` and `ignore`.
    #[track_caller]
    fn check(text: &str, [profile, select, ignore]: [&str; 3], expected: &[&str]) {
        let configuration = configuration(text);
        let (select, ignore) = (words(select), words(ignore));
        let profile = Some(profile).filter(|profile| !profile.is_empty());
        let choice = Choice { profile, select: &select, ignore: &ignore, severity: None };
        let chosen = Chosen::new(&choice, &configuration, &Known).expect("known names");
        let found: Vec<_> = chosen
            .selection
            .controls
            .iter()
            .map(|selected| format!("{} {}", selected.control.id, selected.severity))
            .collect();
        assert_eq!(found, expected, "{text:?} {profile:?} {select:?} {ignore:?}");
    }

    #[test]
    fn the_command_line_wins_over_the_file() {
        let (a, b, c) = ("test/a high", "test/b low", "other/c medium");
        // Nothing said: recommended.
        check("", ["", "", ""], &[a, b]);
        check("", ["all", "", ""], &[c, a, b]);
        check("", ["", "other/c", ""], &[c]);
        check("", ["", "T-1 other/* T-1", ""], &[c, a]);
        check("", ["", "", "test/a"], &[b]);
        check("", ["all", "test/*", "test/a"], &[b]);
        // The file alone.
        check("profile: baseline", ["", "", ""], &[c]);
        check("select: other/c", ["", "", ""], &[c]);
        check("{profile: baseline, select: test/a}", ["", "", ""], &[c, a]);
        check("{select: test/*, ignore: test/a}", ["", "", ""], &[b]);
        check("ignore: test/*", ["", "", ""], &[]);
        // Both.
        check("{profile: baseline, select: test/a}", ["recommended", "", ""], &[a, b]);
        check("ignore: test/a", ["all", "", ""], &[c, b]);
        check("ignore: test/a", ["", "test/a", ""], &[a]);
        check("ignore: test/a", ["", "", "test/b"], &[]);
        check("severities: {test/a: low}", ["", "test/a", ""], &["test/a low"]);
        // What a scope asks for runs, unless the command line chooses.
        let scoped = "paths: [{match: x, select: other/c}]";
        check(scoped, ["", "", ""], &[c, a, b]);
        check(scoped, ["recommended", "", ""], &[a, b]);
        check(scoped, ["", "test/a", ""], &[a]);
        check(scoped, ["", "", "other/c"], &[a, b]);
    }

    #[test]
    fn what_is_too_mild_to_be_shown_does_not_run() {
        let run = |text: &str, severity| {
            let configuration = configuration(text);
            let choice = Choice { severity, profile: Some("all"), ..Choice::default() };
            let chosen = Chosen::new(&choice, &configuration, &Known).expect("known names");
            chosen.selection.controls.iter().map(|selected| selected.control.id).collect::<Vec<_>>()
        };
        assert_eq!(run("", Some(Severity::Medium)), ["other/c", "test/a"]);
        assert_eq!(run("severity: high", None), ["test/a"]);
        assert_eq!(run("severity: high", Some(Severity::Low)), ["other/c", "test/a", "test/b"]);
        assert_eq!(run("{severity: high, severities: {test/b: critical}}", None), ["test/a", "test/b"]);
        // Somewhere it is severe enough.
        let scoped = "{severity: high, namespaces: [{match: x, severities: {test/b: high}}]}";
        assert_eq!(run(scoped, None), ["test/a", "test/b"]);
    }

    #[test]
    fn every_unknown_name_is_said() {
        let configuration = Configuration::default();
        let (select, ignore) = (words("test/a nope"), words("neither"));
        let choice = Choice { profile: Some("none"), select: &select, ignore: &ignore, severity: None };
        let error = Chosen::new(&choice, &configuration, &Known).expect_err("unknown names");
        assert_eq!(
            error,
            "--select: no control is called \"nope\"\n--ignore: no control is called \"neither\"\n--profile: no \
             profile is called \"none\""
        );
    }

    /// Findings as `id severity file`, of a thing in `default` (k8s/one.yaml) and one in `shop`
    /// (k8s/test/two.yaml).
    #[track_caller]
    fn check_scopes(text: &str, choice: &Choice<'_>, expected: &[&str]) {
        let configuration = configuration(text);
        let chosen = Chosen::new(choice, &configuration, &Known).expect("known names");
        let thing = |namespace: &str| {
            format!(
                "apiVersion: example.com/v1\nkind: Thing\nmetadata: {{name: x{namespace}}}\nspec: {{a: true, c: true}}\n"
            )
        };
        let mut documents = documents("one.yaml", &thing(""));
        documents.extend(crate::testing::documents("test/two.yaml", &thing(", namespace: shop")));
        let mut found = Vec::new();
        for document in &documents {
            objects(document.root(), |object| found.extend(object.ok()));
        }
        let inventory = Inventory::new(found, "default");
        let surroundings = Surroundings {
            root: Path::new("/repo"),
            working_directory: Path::new("/repo/k8s"),
            namespace: "default",
        };
        let findings = chosen.settle(run(&documents, &inventory, &chosen.selection), &surroundings).shown;
        let found: Vec<_> = findings
            .iter()
            .map(|finding| {
                format!("{} {} {}", finding.control.id, finding.severity, finding.place.file.name())
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn scopes_hold_where_they_match() {
        let (one, two) = ("test/a high one.yaml", "test/a high test/two.yaml");
        let none = Choice::default();
        check_scopes("", &none, &[one, two]);
        check_scopes("paths: [{match: k8s/test, ignore: test/a}]", &none, &[one]);
        check_scopes("paths: [{match: test, ignore: test/a}]", &none, &[one, two]);
        check_scopes("namespaces: [{match: default, ignore: test/*}]", &none, &[two]);
        check_scopes("namespaces: [{match: sh*, ignore: test/b}]", &none, &[one, two]);
        check_scopes(
            "paths: [{match: k8s/test, select: other/c}]",
            &none,
            &[one, two, "other/c medium test/two.yaml"],
        );
        check_scopes(
            "namespaces: [{match: shop, severities: {test/*: low, test/a: critical}}]",
            &none,
            &[one, "test/a critical test/two.yaml"],
        );
        check_scopes(
            "{severity: high, namespaces: [{match: shop, severities: {test/a: low}}]}",
            &none,
            &[one],
        );
        // The later scope counts more, and namespaces more than paths; in one scope ignore does.
        check_scopes(
            "paths: [{match: '**', ignore: test/a}, {match: k8s/test, select: test/a}]",
            &none,
            &[two],
        );
        check_scopes(
            "{namespaces: [{match: shop, select: test/a}], paths: [{match: '**', ignore: test/a}]}",
            &none,
            &[two],
        );
        check_scopes("paths: [{match: '**', ignore: test/a, select: test/a}]", &none, &[]);
        // The command line chooses; what a scope ignores stays ignored.
        let select = words("other/c test/a");
        let chosen = Choice { select: &select, ..none };
        check_scopes(
            "paths: [{match: k8s/test, ignore: other/c, select: test/b}]",
            &chosen,
            &[one, "other/c medium one.yaml", two],
        );
    }
}
