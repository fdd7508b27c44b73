//! Kustomizations.
#![cfg(unix)]

use super::*;

/// A base and an overlay that patches it.
fn overlay() -> Estate {
    Estate::new(&[
        ("base/kustomization.yaml", "resources:\n- web.yaml\n"),
        ("base/web.yaml", &manifest("web")),
        ("base/stray.yaml", &manifest("stray")),
        (
            "prod/kustomization.yaml",
            "resources:\n- ../base\nnamePrefix: prod-\npatches:\n- path: patch.yaml\n  target:\n    kind: ConfigMap\n\
             configMapGenerator:\n- name: made\n  files:\n  - key=settings.json\n",
        ),
        ("prod/patch.yaml", "- op: add\n  path: /data\n  value:\n    a: b\n"),
        ("prod/settings.json", "{ not json"),
    ])
}

/// Runs a test with each program that has kustomize in it.
fn with_each(estate: impl Fn() -> Estate, test: impl Fn(Estate)) {
    for program in ["kustomize", "kubectl"] {
        let mut estate = estate();
        if estate.uses(program) {
            test(estate);
        }
    }
}

/// What keeps a kustomization of this text from being rendered.
fn obstacle(kustomization: &str) -> String {
    let mut estate =
        Estate::new(&[("x/kustomization.yaml", kustomization), ("x/web.yaml", &manifest("web"))]);
    estate.program("kustomize", "echo it was called >&2; exit 1");
    let incomplete = incomplete(&estate.load(&["."]));
    assert_eq!(incomplete.len(), 1, "{incomplete:?}");
    incomplete[0].clone()
}

const CALLED: &str = "x: kustomize failed: it was called";

#[test]
fn only_roots_are_rendered_and_what_they_use_is_not_read() {
    with_each(overlay, |estate| {
        let loaded = estate.load(&["."]);
        assert_complete(&loaded);
        assert_eq!(files(&loaded), ["base/stray.yaml", "prod (kustomize)"]);
        let mut names = names(&loaded);
        names.retain(|name| !name.starts_with("prod-made-"));
        assert_eq!(names, ["stray", "prod-web"]);
        assert!(loaded.documents.iter().any(|document| document.root().get("data").is_some()));
        assert!(!loaded.documents.last().unwrap().file().is_verbatim());
    });
}

#[test]
fn a_base_that_is_scanned_alone_is_rendered() {
    with_each(overlay, |estate| {
        for path in ["base", "base/kustomization.yaml"] {
            let loaded = estate.load(&[path]);
            assert_complete(&loaded);
            assert!(files(&loaded).contains(&"base (kustomize)".to_owned()));
        }
        // One that lies outside of what is scanned is part of what is rendered.
        assert_eq!(estate.files(&["prod"]), ["prod (kustomize)"]);
    });
}

#[test]
fn every_name_of_the_file_is_known() {
    for name in ["kustomization.yaml", "kustomization.yml", "Kustomization"] {
        let mut estate = Estate::new(&[("web.yaml", &manifest("web"))]);
        estate.write(name, "resources: [web.yaml]");
        estate.program("kustomize", "echo 'kind: Rendered'");
        assert_eq!(estate.files(&["."]), [". (kustomize)"], "{name}");
        assert_eq!(estate.files(&[name]), [". (kustomize)"], "{name}");
    }
}

#[test]
fn kubectl_takes_the_place_of_kustomize() {
    let mut estate = Estate::new(&[("x/kustomization.yaml", "namePrefix: a-\n")]);
    estate.program("kubectl", "echo \"kubectl: $1\"");
    let verb = |estate: &Estate, program: &str| {
        let loaded = estate.load(&["x"]);
        assert_complete(&loaded);
        loaded.documents[0].root().get(program).and_then(|verb| verb.as_str()).map(str::to_owned)
    };
    assert_eq!(verb(&estate, "kubectl").as_deref(), Some("kustomize"));
    estate.program("kustomize", "echo \"kustomize: $1\"");
    assert_eq!(verb(&estate, "kustomize").as_deref(), Some("build"));
}

#[test]
fn without_a_program_the_resources_are_read_as_they_stand() {
    let loaded = overlay().load(&["."]);
    assert_incomplete(
        &loaded,
        "prod: a kustomization that was not rendered: neither kustomize nor kubectl is",
    );
    assert_eq!(files(&loaded), ["base/stray.yaml", "base/web.yaml"]);
}

#[test]
fn a_kustomization_is_left_alone_when_asked() {
    let mut estate = overlay();
    estate.program("kustomize", "exit 1");
    let loaded = estate.never().load(&["."]);
    assert_complete(&loaded);
    assert_eq!(files(&loaded), ["base/stray.yaml", "base/web.yaml"]);
    assert_eq!(
        loaded.notes,
        ["prod: a kustomization, left alone as asked; its resources were read as they stand"]
    );
}

#[test]
fn components_are_never_rendered_alone() {
    let component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [c.yaml]\n";
    let files = [("component/kustomization.yaml", component), ("component/c.yaml", &manifest("c"))];
    let mut estate = Estate::new(&files);
    estate.program("kustomize", "exit 1");
    let loaded = estate.load(&["."]);
    assert_complete(&loaded);
    assert_eq!(names(&loaded), ["c"]);
    assert_eq!(loaded.notes.len(), 1);
    assert!(loaded.notes[0].starts_with("component: a kustomize Component that no kustomization"));
    with_each(
        || {
            let estate = Estate::new(&files);
            estate.write("prod/kustomization.yaml", "components: [../component]\n");
            estate
        },
        |estate| {
            let loaded = estate.load(&["."]);
            assert_complete(&loaded);
            assert_eq!(
                (super::files(&loaded), names(&loaded)),
                (vec!["prod (kustomize)".into()], vec!["c".into()])
            );
            assert!(loaded.notes.is_empty());
        },
    );
}

#[test]
fn a_circle_is_not_passed_over() {
    let mut estate = Estate::new(&[
        ("a/kustomization.yaml", "resources: [../b]\n"),
        ("b/kustomization.yaml", "resources: [../a]\n"),
    ]);
    estate.program("kustomize", "echo 'Error: cycle' >&2; exit 1");
    assert_incomplete(&estate.load(&["."]), "a: kustomize failed: cycle");
}

#[test]
fn another_kind_of_the_same_name_is_a_manifest() {
    let flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: flux\n";
    let mut estate = Estate::new(&[("cluster/kustomization.yaml", flux)]);
    estate.program("kustomize", "exit 1");
    let loaded = estate.load(&["."]);
    assert_complete(&loaded);
    assert_eq!(names(&loaded), ["flux"]);
}

#[test]
fn remote_entries_are_not_fetched() {
    for (text, entry) in [
        ("resources: ['https://example.com/base.yaml']", "https://example.com/base.yaml"),
        ("resources: ['github.com/org/repo/base?ref=v1']", "github.com/org/repo/base?ref=v1"),
        ("bases: ['git@example.com:org/repo.git']", "git@example.com:org/repo.git"),
        ("components: ['ssh://git@example.com/org/repo']", "ssh://example.com/org/repo"),
        ("patches: [{path: 'https://example.com/patch.yaml'}]", "https://example.com/patch.yaml"),
        ("patchesStrategicMerge: ['https://example.com/patch.yaml']", "https://example.com/patch.yaml"),
        ("patchesJson6902: [{path: 'http://example.com/patch.yaml'}]", "http://example.com/patch.yaml"),
        ("configMapGenerator: [{name: a, files: ['k=https://example.com/f']}]", "https://example.com/f"),
        ("secretGenerator: [{name: a, envs: ['https://example.com/f']}]", "https://example.com/f"),
        ("transformers: ['https://example.com/t.yaml']", "https://example.com/t.yaml"),
        ("openapi: {path: 'https://example.com/s.json'}", "https://example.com/s.json"),
        ("crds: ['https://example.com/c.json']", "https://example.com/c.json"),
        ("replacements: [{path: 'https://example.com/r.yaml'}]", "https://example.com/r.yaml"),
    ] {
        let expected = format!("x: not rendered: {entry} is remote, and nothing is fetched");
        assert!(obstacle(text).starts_with(&expected), "{text}: {}", obstacle(text));
    }
    // An address that is only a value.
    for text in [
        "configMapGenerator: [{name: a, literals: ['URL=https://example.com/x']}]",
        "commonAnnotations: {docs: 'https://example.com'}",
        "images: [{name: github.com/org/image, newTag: v1}]",
        "resources: [web.yaml]",
    ] {
        assert_eq!(obstacle(text), CALLED, "{text}");
    }
}

#[test]
fn the_network_can_be_allowed() {
    let mut estate = Estate::new(&[("x/kustomization.yaml", "resources: ['https://example.com/base.yaml']")]);
    estate.program("kustomize", "echo \"kind: Rendered\"");
    estate.request.allow_network = true;
    let loaded = estate.load(&["."]);
    assert_complete(&loaded);
    assert_eq!(files(&loaded), ["x (kustomize)"]);
}

#[test]
fn what_is_not_there_is_not_looked_for_elsewhere() {
    let told = obstacle("resources: [web.yaml, example.com/org/base]");
    assert!(told.starts_with("x: not rendered: example.com/org/base is not there"), "{told}");
}

#[test]
fn plugins_and_charts_are_not_run() {
    for (text, told) in [
        ("helmCharts: [{name: a, repo: 'https://example.com'}]", "helmCharts are not inflated"),
        (
            "generators:\n- |\n  apiVersion: builtin\n  kind: HelmChartInflationGenerator\n",
            "helmCharts are not inflated",
        ),
        (
            "generators:\n- |\n  apiVersion: example.com/v1\n  kind: Mint\n",
            "Mint would be run, and no plugin is",
        ),
        (
            "transformers:\n- |\n  apiVersion: builtin\n  kind: Mint\n  metadata:\n    annotations:\n      \
             config.kubernetes.io/function: |\n        exec: {path: ./x}\n",
            "Mint would be run",
        ),
        ("validators: [plugin.yaml]", "plugin.yaml is not there"),
        (
            "resources: [web.yaml]\n---\nresources: [web.yaml]",
            "the kustomization file cannot be read: it has more",
        ),
        ("resources: [", "the kustomization file cannot be read: line"),
    ] {
        let expected = format!("x: not rendered: {told}");
        assert!(obstacle(text).starts_with(&expected), "{text}: {}", obstacle(text));
    }
    let text =
        "transformers:\n- |\n  apiVersion: builtin\n  kind: PrefixTransformer\n  metadata: {name: x}\n";
    assert_eq!(obstacle(text), CALLED);
}

#[test]
fn an_obstacle_in_a_base_counts_for_its_overlay() {
    let mut estate = overlay();
    estate.write("base/kustomization.yaml", "resources: [web.yaml, 'https://example.com/x.yaml']\n");
    estate.program("kustomize", "echo 'kind: Rendered'");
    let loaded = estate.load(&["."]);
    assert_incomplete(&loaded, "prod: not rendered: in base, https://example.com/x.yaml is remote");
    assert_eq!(files(&loaded), ["base/stray.yaml", "base/web.yaml"]);
}

#[test]
fn what_kustomize_says_is_the_reason() {
    with_each(
        || Estate::new(&[("x/kustomization.yaml", "resourcess: []\n")]),
        |estate| {
            let loaded = estate.load(&["."]);
            assert_eq!(incomplete(&loaded).len(), 1);
            let reason = &loaded.coverage.incomplete[0].reason;
            assert!(
                reason.ends_with("failed: invalid Kustomization: json: unknown field \"resourcess\""),
                "{reason}"
            );
        },
    );
}

#[test]
fn files_from_outside_the_root_are_not_let_in() {
    with_each(
        || {
            Estate::new(&[
                ("x/kustomization.yaml", "resources: [../outside.yaml]\n"),
                ("outside.yaml", &manifest("out")),
            ])
        },
        |estate| {
            let loaded = estate.load(&["."]);
            assert_incomplete(&loaded, "x: k");
            // Then it is read as it stands.
            assert_eq!(files(&loaded), ["outside.yaml"]);
        },
    );
}

#[test]
fn a_named_resource_is_read_all_the_same() {
    let mut estate = overlay();
    estate.program("kustomize", "echo 'kind: Rendered'");
    assert_eq!(estate.files(&["base/web.yaml", "prod"]), ["base/web.yaml", "prod (kustomize)"]);
    // A glob matches what a walk finds.
    assert_eq!(estate.files(&["**/*.yaml"]), ["base/stray.yaml", "prod (kustomize)"]);
}
