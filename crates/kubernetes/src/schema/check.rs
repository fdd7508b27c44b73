//! What an object says that the API server would refuse to read.

use plimsoll_doc::{Document, Kind, Value};

use super::facts::{Life, Shape, Type};
use super::{malformed, table};
use crate::pod::each_template;
use crate::{Field, Object, has_partial_pods};

/// A field that isn't as the API has it.
#[derive(Clone, Copy)]
pub struct Problem<'d> {
    /// The field; for one that is missing, the absent field below the object that lacks it.
    pub field: Field<'d>,
    pub trouble: Trouble,
}

/// A problem as it is kept: by the number of its node.
#[derive(Debug)]
pub(crate) struct Found {
    node: u32,
    /// The absent field below it.
    missing: Option<&'static str>,
    trouble: Trouble,
}

impl Found {
    /// The problem in its document. `None` where it is another one's.
    pub(crate) fn in_document<'d>(&self, document: &'d Document) -> Option<Problem<'d>> {
        let field = Field::new(Value::at(document, self.node)?);
        let field = self.missing.map_or(field, |name| field.key(name));
        Some(Problem { field, trouble: self.trouble })
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// It is of another type.
    WrongType(Wanted),
    /// It is of the type, and not of the form or out of the range.
    Malformed(Wanted),
    /// It is none of the values that there are.
    NotOneOf(&'static [&'static str]),
    /// The type has no such field.
    Unknown { of: &'static Type },
    /// Not every release has it.
    Dated { of: &'static Type, life: Life },
    /// It is required, and absent.
    Missing { of: &'static Type },
}

/// What the API takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Any text.
    Text,
    /// Text of a set of words.
    Word,
    Boolean,
    /// From -2³¹ to 2³¹ - 1.
    Integer32,
    Integer,
    Number,
    Quantity,
    IntegerOrText,
    /// RFC 3339.
    Time,
    /// RFC 3339 with six digits after the second.
    MicroTime,
    Base64,
    Mapping,
    List,
}

/// Everything in an object that the API server would refuse to read, in the order of the text as far
/// as the text has it. Of a custom resource that is its name, its labels, its annotations and its pod templates.
/// `null` is as absent. A status must be readable, and nothing more: the server takes none from clients.
/// Text that another tool replaces first, by substitution (`${NAME}`) or decryption (`ENC[…]` of SOPS),
/// may become anything.
pub(crate) fn problems(object: &Object<'_>) -> Vec<Found> {
    let mut walk = Walk { problems: Vec::new(), is_lenient: false, is_status: false, takes_no_image: false };
    if let Some(known) = object.served() {
        walk.object(object.root(), known.of, None);
        return walk.problems;
    }
    // Files of other programs, which have groups without a dot, may have names of their own.
    if object.group().contains('.') {
        for text in ["metadata.name", "metadata.generateName", "metadata.namespace"] {
            if let Some(value) = object.get(text).value() {
                walk.value(value, Shape::Str, None);
            }
        }
    }
    for map in ["metadata.labels", "metadata.annotations"] {
        if let Some(value) = object.get(map).value() {
            walk.map(value, Shape::Str, None);
        }
    }
    // Their containers have fields of their own, and defaults for what a pod requires.
    walk.is_lenient = has_partial_pods(object.group(), object.kind());
    // OpenShift fills in images from its image streams.
    walk.takes_no_image = object.group() == "apps.openshift.io";
    each_template(*object, |template| {
        if template.anchor() == object.root() {
            if let Some(spec) = template.get("spec").value() {
                walk.value(spec, Shape::Object(table::POD_SPEC), None);
            }
        } else if let Some(template) = template.value() {
            walk.value(template, Shape::Object(table::POD_TEMPLATE_SPEC), None);
        }
    });
    walk.problems
}

struct Walk {
    problems: Vec<Found>,
    /// Whether only types are looked at: the object may have more fields and lack some.
    is_lenient: bool,
    /// Whether this is below the status.
    is_status: bool,
    takes_no_image: bool,
}

impl Walk {
    fn report(&mut self, value: Value<'_>, trouble: Trouble) {
        self.problems.push(Found { node: value.node(), missing: None, trouble });
    }

    fn value(&mut self, value: Value<'_>, shape: Shape, within: Option<&'static Type>) {
        let kind = value.kind();
        if let (Shape::Str, Kind::String) = (shape, kind) {
            return;
        }
        if kind == Kind::Null || value.as_str().is_some_and(is_replaced) {
            return;
        }
        let wanted = match (shape, kind) {
            (Shape::Any | Shape::SchemaOrBool | Shape::SchemaOrList | Shape::SchemaOrStrings, _)
            | (Shape::Raw, Kind::Mapping)
            | (Shape::Bool, Kind::Bool)
            | (Shape::Number | Shape::Quantity, Kind::Integer | Kind::Float) => return,
            (Shape::Object(of), Kind::Mapping) => {
                if let Some(of) = table::TYPES.get(usize::from(of)) {
                    self.object(value, of, within);
                }
                return;
            }
            (Shape::List(of), Kind::Sequence) => {
                if let Some(of) = table::ELEMENTS.get(usize::from(of)) {
                    for item in value.items() {
                        self.value(item, *of, within);
                    }
                }
                return;
            }
            (Shape::Map(of), Kind::Mapping) => {
                if let Some(of) = table::ELEMENTS.get(usize::from(of)) {
                    self.map(value, *of, within);
                }
                return;
            }
            (
                Shape::Enum(_)
                | Shape::Quantity
                | Shape::IntOrString
                | Shape::Time
                | Shape::MicroTime
                | Shape::Bytes,
                Kind::String,
            ) => return self.text(value, shape),
            (Shape::Int32 | Shape::IntOrString, Kind::Integer | Kind::Float) if is_whole(value) => {
                if value.as_i64().is_none_or(|number| i32::try_from(number).is_err()) {
                    self.report(value, Trouble::Malformed(Wanted::Integer32));
                }
                return;
            }
            (Shape::Int64, Kind::Integer | Kind::Float) if is_whole(value) => {
                if value.as_i64().is_none() {
                    self.report(value, Trouble::Malformed(Wanted::Integer));
                }
                return;
            }
            (Shape::Raw | Shape::Object(_) | Shape::Map(_), _) => Wanted::Mapping,
            (Shape::List(_), _) => Wanted::List,
            (Shape::Str, _) => Wanted::Text,
            (Shape::Enum(_), _) => Wanted::Word,
            (Shape::Bool, _) => Wanted::Boolean,
            (Shape::Int32 | Shape::Int64, _) => Wanted::Integer,
            (Shape::Number, _) => Wanted::Number,
            (Shape::Quantity, _) => Wanted::Quantity,
            (Shape::IntOrString, _) => Wanted::IntegerOrText,
            (Shape::Time, _) => Wanted::Time,
            (Shape::MicroTime, _) => Wanted::MicroTime,
            (Shape::Bytes, _) => Wanted::Base64,
        };
        self.report(value, Trouble::WrongType(wanted));
    }

    /// Text that must be of a form.
    fn text(&mut self, value: Value<'_>, shape: Shape) {
        let text = value.as_str().unwrap_or_default();
        let trouble = match shape {
            // Nothing is what is written where the default is wanted.
            Shape::Enum(set) => match table::ENUMS.get(usize::from(set)) {
                Some(words) if !self.is_status && !text.is_empty() && !words.contains(&text) => {
                    Trouble::NotOneOf(words)
                }
                _ => return,
            },
            Shape::Quantity if !malformed::is_quantity(text) => Trouble::Malformed(Wanted::Quantity),
            Shape::Time if !malformed::is_time(text) => Trouble::Malformed(Wanted::Time),
            Shape::MicroTime if !malformed::is_micro_time(text) => Trouble::Malformed(Wanted::MicroTime),
            Shape::Bytes if !malformed::is_base64(text) => Trouble::Malformed(Wanted::Base64),
            _ => return,
        };
        self.report(value, trouble);
    }

    fn map(&mut self, map: Value<'_>, of: Shape, within: Option<&'static Type>) {
        if map.kind() != Kind::Mapping {
            return self.report(map, Trouble::WrongType(Wanted::Mapping));
        }
        for value in map.children() {
            self.value(value, of, within);
        }
    }

    fn object(&mut self, object: Value<'_>, of: &'static Type, within: Option<&'static Type>) {
        let mut seen = 0u64;
        let mut is_patch = false;
        for value in object.children() {
            match of.field_of(value) {
                Some((at, fact)) => {
                    if !fact.life.is_whole() && !self.is_lenient {
                        self.report(value, Trouble::Dated { of, life: fact.life });
                    }
                    if value.kind() != Kind::Null {
                        seen |= 1 << at;
                        self.is_status |= within.is_none() && fact.name() == "status";
                        self.value(value, fact.shape, Some(of));
                        self.is_status &= within.is_some();
                    }
                }
                None => match value.key().unwrap_or_default() {
                    // Directives of a strategic merge patch (`$patch: delete`) are for who merges it.
                    key if key.starts_with('$') => is_patch = true,
                    // What SOPS needs to decrypt the object, and takes out.
                    key if self.is_lenient || (key == "sops" && within.is_none()) => {}
                    _ => self.report(value, Trouble::Unknown { of }),
                },
            }
        }
        let missing = of.required & !seen;
        if missing != 0 && !self.is_lenient && !self.is_status && !is_patch {
            for name in of.named(missing) {
                if name == "image" && self.takes_no_image {
                    continue;
                }
                let trouble = Trouble::Missing { of };
                self.problems.push(Found { node: object.node(), missing: Some(name), trouble });
            }
        }
    }
}

/// Whether text is one that another tool replaces before the API server sees it.
pub fn is_replaced(text: &str) -> bool {
    text.starts_with("ENC[") || (text.as_bytes().contains(&b'$') && text.contains("${"))
}

/// Whether a number is one that an integer field takes, however large: JSON knows one kind of number.
pub(super) fn is_whole(value: Value<'_>) -> bool {
    value.kind() == Kind::Integer || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::{Limits, SourceFile, parse};

    use super::*;
    use crate::objects;

    /// The problems of the objects in a text: path and what is wrong.
    fn found(text: &str) -> Vec<String> {
        let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
        let mut all = Vec::new();
        for document in parse(&file, &Limits::default()) {
            let document = document.expect("YAML");
            objects(document.root(), |object| {
                let object = object.expect("an object");
                for found in problems(&object) {
                    let problem = found.in_document(&document).expect("a place");
                    let what = match problem.trouble {
                        Trouble::WrongType(wanted) => format!("not {wanted:?}"),
                        Trouble::Malformed(wanted) => format!("malformed {wanted:?}"),
                        Trouble::NotOneOf(_) => "not one of".to_owned(),
                        Trouble::Dated { of, life } => {
                            format!("of {} from {:?} to {:?}", of.name(), life.since(), life.gone())
                        }
                        Trouble::Unknown { of, .. } => format!("unknown to {}", of.name()),
                        Trouble::Missing { of } => format!("missing in {}", of.name()),
                    };
                    all.push(format!("{} {what}", problem.field.path_from(object.root())));
                }
            });
        }
        all
    }

    /// The problems of a pod's spec with one good container and the given lines.
    fn of_pod(lines: &str) -> Vec<String> {
        found(&format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers: [{{name: a, image: a}}]\n  {}\n",
            lines.replace('\n', "\n  ")
        ))
    }

    fn nothing() -> Vec<String> {
        Vec::new()
    }

    #[test]
    fn integers_are_whole_and_of_their_size() {
        for taken in ["1", "1.0", "1e3", "-1", "2147483647", "null", "0x10", "0o17", "1_000"] {
            assert_eq!(of_pod(&format!("priority: {taken}")), nothing(), "{taken}");
        }
        for (value, what) in [
            ("1.5", "not Integer"),
            ("\"1\"", "not Integer"),
            ("true", "not Integer"),
            ("[]", "not Integer"),
            ("2147483648", "malformed Integer32"),
            ("1e300", "malformed Integer32"),
        ] {
            assert_eq!(of_pod(&format!("priority: {value}")), [format!("spec.priority {what}")], "{value}");
        }
        assert_eq!(of_pod("activeDeadlineSeconds: 2147483648"), nothing());
        let huge = of_pod("activeDeadlineSeconds: 18446744073709551615");
        assert_eq!(huge, ["spec.activeDeadlineSeconds malformed Integer"]);
    }

    #[test]
    fn ports_are_numbers_or_names() {
        let port = |port: &str| {
            of_pod(&format!(
                "initContainers: [{{name: b, image: b, startupProbe: {{tcpSocket: {{port: {port}}}}}}}]"
            ))
        };
        for taken in ["80", "http", "\"80\"", "80.0"] {
            assert_eq!(port(taken), nothing(), "{taken}");
        }
        let path = "spec.initContainers[0].startupProbe.tcpSocket.port";
        assert_eq!(port("80.5"), [format!("{path} not IntegerOrText")]);
        assert_eq!(port("true"), [format!("{path} not IntegerOrText")]);
        assert_eq!(port("3000000000"), [format!("{path} malformed Integer32")]);
        assert_eq!(port("null"), [format!("{path} missing in TCPSocketAction")]);
    }

    #[test]
    fn one_wrong_field_hides_no_other() {
        let problems = of_pod(
            "hostNetwork: 1\ntolerations: x\nvolumes: [1, {name: a, hostPath: {pth: a}}]\ndnsPolicy: a",
        );
        assert_eq!(
            problems,
            [
                "spec.hostNetwork not Boolean",
                "spec.tolerations not List",
                "spec.volumes[0] not Mapping",
                "spec.volumes[1].hostPath.pth unknown to HostPathVolumeSource",
                "spec.volumes[1].hostPath.path missing in HostPathVolumeSource",
                "spec.dnsPolicy not one of",
            ]
        );
    }

    #[test]
    fn null_is_absent() {
        assert_eq!(
            of_pod("volumes: [null]\nnodeSelector: {a: null}\nunknown: null\nhostIPC: null"),
            ["spec.unknown unknown to PodSpec"]
        );
    }

    #[test]
    fn a_status_must_be_readable_and_no_more() {
        let of = |status: &str| {
            found(&format!(
                "apiVersion: v1\nkind: Pod\nspec: {{containers: [{{name: a, image: a}}]}}\nstatus: {status}\n"
            ))
        };
        assert_eq!(of("{phase: Elsewhere, containerStatuses: [{}]}"), nothing());
        assert_eq!(
            of("{phase: 1, fase: a, containerStatuses: [{redy: true}]}"),
            [
                "status.phase not Word",
                "status.fase unknown to PodStatus",
                "status.containerStatuses[0].redy unknown to ContainerStatus"
            ]
        );
    }

    #[test]
    fn what_not_every_release_has_is_told_with_its_life() {
        assert_eq!(
            of_pod("hostUsers: false\nworkloadRef: {}"),
            [
                "spec.hostUsers of PodSpec from Some(25) to None",
                "spec.workloadRef of PodSpec from Some(35) to Some(36)",
                "spec.workloadRef.name missing in WorkloadReference",
                "spec.workloadRef.podGroup missing in WorkloadReference",
            ]
        );
    }

    #[test]
    fn what_other_tools_replace_may_become_anything() {
        assert_eq!(of_pod("priority: ${PRIORITY}\nhostIPC: \"${X:=true}\"\ndnsPolicy: ENC[abc]"), nothing());
        assert_eq!(of_pod("priority: $(PRIORITY)"), ["spec.priority not Integer"]);
    }

    #[test]
    fn templates_of_custom_resources_are_pod_templates() {
        let template = "template: {spec: {hostPID: 1, extra: 1, containers: [{name: a}]}}";
        let of = |api_version: &str, kind: &str| {
            found(&format!("apiVersion: {api_version}\nkind: {kind}\nspec:\n  replicas: a\n  {template}\n"))
        };
        let wrong = "spec.template.spec.hostPID not Boolean";
        let unknown = "spec.template.spec.extra unknown to PodSpec";
        let missing = "spec.template.spec.containers[0].image missing in Container";
        assert_eq!(of("argoproj.io/v1alpha1", "Rollout"), [wrong, unknown, missing]);
        assert_eq!(
            of("apps.openshift.io/v1", "DeploymentConfig"),
            [wrong, unknown],
            "images come from streams"
        );
        assert_eq!(of("serving.knative.dev/v1", "Service"), [wrong], "it has fields of its own");
        assert_eq!(of("example.com/v1", "Deployment"), nothing());
    }

    #[test]
    fn labels_of_every_object_are_text() {
        let metadata = "metadata: {labels: {a: 1, b: x}, annotations: [a], extra: 1}";
        assert_eq!(
            found(&format!("apiVersion: example.com/v1\nkind: Widget\n{metadata}\n")),
            ["metadata.labels.a not Text", "metadata.annotations not Mapping"]
        );
    }

    #[test]
    fn schemas_within_definitions_are_read_to_any_depth() {
        let mut schema = "{typ: a}".to_owned();
        for _ in 0..40 {
            schema = format!("{{type: object, properties: {{typ: {schema}}}}}");
        }
        let problems = found(&format!(
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: a\n  scope: Namespaced\n  \
             names: {{plural: a, kind: A}}\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    \
             schema: {{openAPIV3Schema: {schema}}}\n"
        ));
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems.iter().all(|problem| problem.ends_with(".typ unknown to JSONSchemaProps")));
    }
}
