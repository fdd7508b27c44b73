//! Helm charts.
#![cfg(unix)]

use super::*;

const CHART: &str = "apiVersion: v2\nname: shop\nversion: 0.1.0\n";

const TEMPLATE: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-{{ .Values.part }}\n\
    {{- if .Values.off }}\n  broken: [\n{{- end }}\n";

/// A chart with a template, a definition, values and a file of its own.
fn shop() -> Estate {
    let definition =
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: crd\n";
    Estate::new(&[
        ("charts/shop/Chart.yaml", CHART),
        ("charts/shop/values.yaml", "part: web\noff: false\n"),
        ("charts/shop/templates/web.yaml", TEMPLATE),
        ("charts/shop/templates/_helpers.tpl", "{{ define \"x\" }}{{ end }}"),
        ("charts/shop/crds/definition.yaml", definition),
        ("charts/shop/ci/broken-values.yaml", "a: [\n"),
        ("plain.yaml", &manifest("plain")),
    ])
}

#[test]
fn a_chart_is_rendered_and_its_templates_are_not_read() {
    let mut estate = shop();
    if !estate.uses("helm") {
        return;
    }
    for paths in [&["."][..], &["plain.yaml", "charts/shop"], &["plain.yaml", "charts/shop/Chart.yaml"]] {
        let loaded = estate.load(paths);
        assert_complete(&loaded);
        assert_eq!(
            files(&loaded),
            [
                "plain.yaml",
                "charts/shop (helm) crds/definition.yaml",
                "charts/shop (helm) templates/web.yaml"
            ]
        );
        assert_eq!(names(&loaded), ["plain", "crd", "shop-web"]);
        assert!(loaded.notes.is_empty());
        let rendered = loaded.documents.last().unwrap();
        assert!(!rendered.file().is_verbatim());
    }
    assert!(estate.load(&["plain.yaml"]).documents[0].file().is_verbatim());
}

#[test]
fn a_template_that_is_named_is_covered_by_its_chart() {
    let mut estate = shop();
    let template = "charts/shop/templates/web.yaml";
    // Alone it cannot be read.
    assert_incomplete(&estate.load(&[template]), &format!("{template}:"));
    if estate.uses("helm") {
        assert_complete(&estate.load(&[template, "charts"]));
        assert_complete(&estate.load(&["charts/**/*.yaml"]));
    }
}

#[test]
fn subcharts_belong_to_their_chart() {
    let mut estate = shop();
    estate.write("charts/shop/charts/db/Chart.yaml", CHART.replace("shop", "db"));
    estate.write("charts/shop/charts/db/values.yaml", "part: data\noff: false\n");
    estate.write("charts/shop/charts/db/templates/db.yaml", TEMPLATE);
    // This one only lies below it.
    estate.write("charts/shop/examples/other/Chart.yaml", CHART.replace("shop", "other"));
    estate.write("charts/shop/examples/other/templates/x.yaml", manifest("other"));
    if !estate.uses("helm") {
        return;
    }
    let loaded = estate.load(&["charts"]);
    assert_complete(&loaded);
    assert_eq!(
        files(&loaded),
        [
            "charts/shop (helm) crds/definition.yaml",
            "charts/shop (helm) charts/db/templates/db.yaml",
            "charts/shop (helm) templates/web.yaml",
            "charts/shop/examples/other (helm) templates/x.yaml",
        ]
    );
}

#[test]
fn a_manifest_beside_a_chart_is_read_if_it_is_an_object() {
    let estate = shop();
    estate.write("charts/shop/extra/namespace.yaml", manifest("extra"));
    estate.write("charts/shop/extra/values-prod.yaml", "part: prod\n");
    estate.write("charts/shop/extra/dashboard.json", "{ {{ .Values.part }} }");
    estate.write("charts/shop/extra/broken.yaml", "apiVersion: v1\nkind: [\n");
    let loaded = estate.never().load(&["charts"]);
    assert_eq!(names(&loaded), ["crd", "extra"]);
    assert_incomplete(&loaded, "charts/shop/extra/broken.yaml:");
}

#[test]
fn without_helm_a_chart_is_not_covered() {
    let estate = shop();
    let loaded = estate.load(&["."]);
    assert_incomplete(&loaded, "charts/shop: a Helm chart that was not rendered: helm is not installed");
    // Its definitions are manifests as they stand.
    assert_eq!(names(&loaded), ["crd", "plain"]);
}

#[test]
fn a_chart_is_left_alone_when_asked() {
    let mut estate = shop();
    estate.program("helm", "exit 1");
    let loaded = estate.never().load(&["."]);
    assert_complete(&loaded);
    assert_eq!(names(&loaded), ["crd", "plain"]);
    assert_eq!(loaded.notes, ["charts/shop: a Helm chart, left alone as asked; its templates were not read"]);
}

#[test]
fn an_excluded_chart_is_not_rendered() {
    let mut estate = shop().exclude(&["charts"]);
    estate.program("helm", "exit 1");
    let loaded = estate.load(&["."]);
    assert_complete(&loaded);
    assert_eq!(names(&loaded), ["plain"]);
}

#[test]
fn what_helm_says_is_the_reason() {
    let mut estate = shop();
    estate.write("charts/shop/templates/bad.yaml", "{{ required \"set host\" .Values.host }}");
    if !estate.uses("helm") {
        return;
    }
    let loaded = estate.load(&["."]);
    assert_incomplete(
        &loaded,
        "charts/shop: helm failed: execution error at (shop/templates/bad.yaml:1:3): set host",
    );
    assert_eq!(names(&loaded), ["crd", "plain"]);
}

#[test]
fn a_library_has_nothing_to_render() {
    let mut estate = Estate::new(&[
        ("Chart.yaml", "apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n"),
        ("templates/_x.yaml", "{{ define \"x\" }}{{ end }}"),
    ]);
    estate.program("helm", "exit 1");
    let loaded = estate.load(&["."]);
    assert_complete(&loaded);
    assert!(loaded.documents.is_empty());
}

#[test]
fn dependencies_are_not_fetched() {
    let chart =
        format!("{CHART}dependencies:\n- name: redis\n  version: 1.x\n  repository: https://example.com\n");
    let mut estate = Estate::new(&[("shop/Chart.yaml", &chart)]);
    estate.program("helm", "echo helm was called >&2; exit 1");
    let reason = "shop: not rendered: redis is not in charts/, and nothing is fetched";
    assert_incomplete(&estate.load(&["."]), reason);
    // A name that only begins alike, and one that isn't what it says.
    estate.write("shop/charts/redisearch-1.0.0.tgz", "");
    estate.write("shop/charts/redis/Chart.yaml", "apiVersion: v2\nname: valkey\nversion: 1.0.0\n");
    assert_incomplete(&estate.load(&["."]), reason);
    for present in ["redis-1.0.0.tgz", "cache/Chart.yaml"] {
        estate.write(&format!("shop/charts/{present}"), "apiVersion: v2\nname: redis\nversion: 1.0.0\n");
        assert_incomplete(&estate.load(&["."]), "shop: helm failed: helm was called");
        fs::remove_file(estate.at("shop/charts").join(present)).unwrap();
    }
}

#[test]
fn a_dependency_that_is_a_directory_is_there() {
    let chart = format!("{CHART}dependencies:\n- name: db\n  version: 0.1.0\n  repository: file://../db\n");
    let db = CHART.replace("shop", "db");
    let mut estate = Estate::new(&[
        ("shop/Chart.yaml", &chart),
        ("shop/templates/web.yaml", &manifest("web")),
        ("db/Chart.yaml", &db),
        ("db/templates/db.yaml", &manifest("db")),
    ]);
    if !estate.uses("helm") {
        return;
    }
    let loaded = estate.load(&["shop"]);
    assert_complete(&loaded);
    assert_eq!(files(&loaded), ["shop (helm) charts/db/templates/db.yaml", "shop (helm) templates/web.yaml"]);
    assert!(!estate.at("shop/charts").exists() && !estate.at("shop/Chart.lock").exists());
    fs::remove_dir_all(estate.at("db")).unwrap();
    assert_incomplete(&estate.load(&["shop"]), "shop: helm failed: directory ");
}

#[test]
fn dependencies_are_fetched_into_a_copy_when_the_network_is_allowed() {
    let chart =
        format!("{CHART}dependencies:\n- name: redis\n  version: 1.x\n  repository: https://example.com\n");
    let mut estate = Estate::new(&[("shop/Chart.yaml", &chart), ("shop/values.yaml", "a: b\n")]);
    // Stands for Helm: brings a file, and then says what is there.
    estate.program(
        "helm",
        "case $1 in\ndependency) mkdir \"$3/charts\"; echo fetched > \"$3/charts/it\";;\n\
         template) echo \"it: $(cat \"$3/charts/it\")\"; cat \"$3/values.yaml\";;\nesac",
    );
    estate.request.allow_network = true;
    let loaded = estate.load(&["."]);
    assert_complete(&loaded);
    let root = loaded.documents[0].root();
    assert_eq!(root.get("it").and_then(|it| it.as_str()), Some("fetched"));
    assert_eq!(root.get("a").and_then(|a| a.as_str()), Some("b"));
    assert!(!estate.at("shop/charts").exists());
    // A message about the copy speaks of the chart.
    for verb in ["dependency", "template"] {
        estate.program("helm", &format!("if [ $1 = {verb} ]; then echo \"no luck in $3\" >&2; exit 1; fi"));
        assert_incomplete(&estate.load(&["."]), "shop: helm failed: no luck in shop");
    }
}

#[test]
fn a_first_version_chart_has_its_dependencies_in_a_file_of_their_own() {
    let mut estate = Estate::new(&[
        ("shop/Chart.yaml", "apiVersion: v1\nname: shop\nversion: 1.0.0\n"),
        ("shop/requirements.yaml", "dependencies:\n- name: redis\n- name: mysql\n"),
    ]);
    estate.program("helm", "exit 1");
    assert_incomplete(&estate.load(&["."]), "shop: not rendered: redis, mysql are not in charts/");
}

#[test]
fn an_object_in_a_file_of_that_name_is_no_chart() {
    let mut estate = Estate::new(&[("Chart.yaml", &manifest("chart")), ("templates/a.yaml", &manifest("a"))]);
    estate.program("helm", "exit 1");
    let loaded = estate.load(&["."]);
    assert_complete(&loaded);
    assert_eq!(names(&loaded), ["chart", "a"]);
}

#[test]
fn a_broken_chart_is_told() {
    let mut estate = Estate::new(&[("shop/Chart.yaml", "name: [\n"), ("shop/templates/a.yaml", "{{ x }}")]);
    estate.program("helm", "exit 1");
    assert_incomplete(&estate.load(&["."]), "shop: not rendered: Chart.yaml cannot be read: line");
}

#[test]
fn output_is_taken_apart_by_template() {
    let mut estate = shop();
    estate.write(
        "output",
        "---\n# Source: shop/templates/b.yaml\nkind: A\n---\n# Source: shop/templates/a.yaml\nkind: B\n\
         text: |\n  ---\n  # Source: shop/not/one.yaml\n---\n# Source: shop/templates/b.yaml\nkind: C\n---\n{{\n",
    );
    let output = estate.at("output");
    estate.program("helm", &format!("/bin/cat '{}'", output.display()));
    let loaded = estate.load(&["charts"]);
    assert_eq!(
        files(&loaded),
        ["charts/shop (helm) templates/b.yaml", "charts/shop (helm) templates/a.yaml"]
    );
    assert_eq!(loaded.documents.len(), 3);
    assert_incomplete(
        &loaded,
        "charts/shop (helm) templates/b.yaml:8: rendered, and still with braces in it:",
    );
}

#[test]
fn the_release_has_the_name_of_the_chart_where_it_can() {
    for (name, release) in
        [("shop", "shop"), ("Shop", "release-name"), ("-h", "release-name"), ("a.b", "release-name")]
    {
        let mut estate = Estate::new(&[("x/Chart.yaml", &CHART.replace("shop", &format!("\"{name}\"")))]);
        estate.program("helm", "echo \"verb: $1\"; echo \"release: $2\"; shift 3; echo \"rest: $*\"");
        let loaded = estate.load(&["."]);
        let root = loaded.documents[0].root();
        assert_eq!(root.get("verb").and_then(|verb| verb.as_str()), Some("template"));
        assert_eq!(root.get("release").and_then(|release| release.as_str()), Some(release));
        let rest = root.get("rest").and_then(|rest| rest.as_str());
        assert_eq!(rest, Some("--include-crds --namespace default --kube-version 1.34.0"));
    }
}
