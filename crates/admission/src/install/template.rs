//! The part of Helm's template language that the chart is written in.
//!
//! The chart's templates are the one source of the manifests: Helm renders them for those who use
//! Helm, and this does for `plimsoll install`. It knows fields (`.Values.image`, `$.Values.image`),
//! strings, numbers, pipelines, `if`, `else`, `range`, the trimming of white space, and the functions
//! of [`evaluate`]. Anything else is an error, which a test of the chart finds.

mod evaluate;
mod parse;
mod yaml;

use serde_json::Value;

pub use yaml::to_yaml;

/// The text that a template comes to.
///
/// # Errors
/// One line that says what of the template is not understood.
pub fn render(template: &str, data: &Value) -> Result<String, String> {
    let nodes = parse::parse(template)?;
    let mut out = String::with_capacity(template.len());
    evaluate::write(&nodes, data, data, &mut out)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn renders(template: &str, expected: &str) {
        let data = json!({
            "Values": {
                "name": "a", "none": [], "on": true, "off": false, "three": 3, "empty": "",
                "list": ["x", "y"], "map": {"k": {"b": "yes", "a": [1, {"c": null}]}},
            },
            "Release": {"Namespace": "ns"},
        });
        assert_eq!(render(template, &data).as_deref(), Ok(expected), "{template}");
    }

    #[test]
    fn fields_strings_and_pipes() {
        renders("a: {{ .Values.name }}/{{ .Release.Namespace }}", "a: a/ns");
        renders(
            "{{ .Values.three }} {{ 7 }} {{ \"s\" | quote }} {{ quote .Values.name }}",
            "3 7 \"s\" \"a\"",
        );
        renders("[{{ .Values.missing }}{{ .Values.missing.more }}]", "[]");
        renders(
            "a:{{ .Values.map | toYaml | nindent 2 }}",
            "a:\n  k:\n    a:\n    - 1\n    - c: null\n    b: \"yes\"",
        );
        renders("{{ toYaml .Values.none }}{{ .Values.name | indent 3 }}", "[]   a");
    }

    #[test]
    fn white_space_is_trimmed_where_asked() {
        renders("a \n {{- .Values.name -}} \n b", "aab");
        renders("a {{ .Values.name }} b", "a a b");
        renders("a {{- /* why */ -}} b", "ab");
    }

    #[test]
    fn choices() {
        renders("{{ if .Values.on }}1{{ else }}2{{ end }}", "1");
        renders("{{ if .Values.off }}1{{ else }}2{{ end }}", "2");
        for empty in ["none", "empty", "missing", "off"] {
            renders(&format!("{{{{ if .Values.{empty} }}}}1{{{{ end }}}}"), "");
        }
        renders("{{ if and .Values.on (or .Values.off .Values.list) }}1{{ end }}", "1");
        renders("{{ if not .Values.off }}{{ if eq .Values.name \"a\" }}1{{ end }}{{ end }}", "1");
    }

    #[test]
    fn ranges() {
        renders("{{ range .Values.list }}{{ . }}{{ $.Values.name }},{{ end }}", "xa,ya,");
        renders("{{ range .Values.none }}{{ . }}{{ end }}", "");
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for template in [
            "{{ .Values.name",
            "{{ if .Values.on }}",
            "{{ end }}",
            "{{ else }}",
            "{{ include \"x\" . }}",
            "{{ .Values.name | }}",
            "{{ range .Values.name }}{{ end }}",
            "{{ (.Values.name }}",
            "{{ \"open }}",
            "{{ nindent }}",
            "{{ .Values.map }}",
            "{{ if }}{{ end }}",
            "{{ $x }}",
        ] {
            assert!(
                render(template, &json!({"Values": {"name": "a", "map": {"a": 1}, "on": true}})).is_err(),
                "{template}"
            );
        }
    }
}
