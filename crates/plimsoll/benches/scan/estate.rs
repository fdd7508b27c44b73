//! Inputs of any size, the same in every run, each big in another way.

use std::fmt::Write;

/// A family of inputs.
pub struct Shape {
    pub name: &'static str,
    /// The text of the input of a size: objects, items or entries, as the name says.
    pub text: fn(usize) -> String,
}

pub const SHAPES: &[Shape] = &[
    Shape { name: "estate, 20 workloads a namespace", text: |n| estate(n, n.div_ceil(20)) },
    Shape { name: "estate, one namespace", text: |n| estate(n, 1) },
    Shape { name: "estate, no namespace named", text: |n| estate(n, 0) },
    Shape { name: "other kinds, 20 a namespace", text: |n| others(n, n.div_ceil(20)) },
    Shape { name: "other kinds, one namespace", text: |n| others(n, 1) },
    Shape { name: "pods with the same labels, in one namespace", text: alike },
    Shape { name: "pods on one line of JSON", text: line },
    Shape { name: "beginnings of credentials in one text", text: beginnings },
    Shape { name: "beginnings of credentials in one command", text: command },
    Shape { name: "lists within lists", text: lists },
    Shape { name: "documents without content", text: |n| "---\n# nothing\n".repeat(n) },
    Shape { name: "containers of one pod", text: containers },
    Shape { name: "volumes and mounts of one pod", text: volumes },
    Shape { name: "environment of one container", text: environment },
    Shape { name: "labels of one pod and its selectors", text: labels },
    Shape { name: "annotations of one object", text: annotations },
    Shape { name: "rules of one role", text: rules },
    Shape { name: "verbs and resources of one rule", text: verbs },
    Shape { name: "subjects of one binding", text: subjects },
    Shape { name: "bindings of one role", text: bindings },
    Shape { name: "aggregated roles", text: aggregated },
    Shape { name: "rules of one network policy", text: policy },
    Shape { name: "hosts of one ingress", text: ingress },
    Shape { name: "ports of one service", text: ports },
    Shape { name: "entries of one config map", text: entries },
    Shape { name: "entries of one secret", text: secret },
    Shape { name: "waivers in one file", text: waivers },
    Shape { name: "duplicate keys", text: duplicates },
    Shape {
        name: "a long text",
        text: |n| format!("{CONFIG_MAP}  a: |\n{}", "    some words of a log\n".repeat(n)),
    },
    Shape { name: "a long line", text: |n| format!("{CONFIG_MAP}  a: \"{}\"\n", "words of é ".repeat(n)) },
];

const CONFIG_MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  namespace: shop\ndata:\n";

/// Numbered text, one after another.
fn each(count: usize, write: impl Fn(&mut String, usize)) -> String {
    let mut text = String::new();
    for number in 0..count {
        write(&mut text, number);
    }
    text
}

/// `namespace: …`, of so many; nothing where there are none.
fn namespace(number: usize, of: usize) -> String {
    number.checked_rem(of).map_or(String::new(), |number| format!(", namespace: team-{number}"))
}

fn header(group: &str, kind: &str, name: &str, place: &str) -> String {
    format!(
        "---\napiVersion: {group}\nkind: {kind}\nmetadata: {{name: {name}{place}, labels: {{app: {name}}}}}\n"
    )
}

/// Workloads, each with all that usually stands around one.
fn estate(count: usize, namespaces: usize) -> String {
    let mut text = each(namespaces, |text, n| {
        text.push_str(&header("v1", "Namespace", &format!("team-{n}"), ""));
    });
    text.push_str(&each(count, |text, n| {
        let place = &namespace(n, namespaces);
        let name = &format!("app-{n}");
        let mut add = |group, kind, rest: String| {
            text.push_str(&header(group, kind, name, place));
            text.push_str(&rest);
        };
        add("apps/v1", "Deployment", format!("spec:\n  replicas: 2\n  selector: {{matchLabels: {{app: {name}}}}}\n  template:\n{}", template(name)));
        add("v1", "Service", format!("spec:\n  selector: {{app: {name}}}\n  ports:\n  - {{name: http, port: 80, targetPort: 8080}}\n"));
        add("v1", "ServiceAccount", String::new());
        add("v1", "ConfigMap", "data:\n  level: info\n".into());
        add("v1", "PersistentVolumeClaim", "spec:\n  accessModes: [ReadWriteOnce]\n  storageClassName: fast\n  resources: {requests: {storage: 1Gi}}\n".into());
        add("rbac.authorization.k8s.io/v1", "Role", "rules:\n- apiGroups: [\"\"]\n  resources: [configmaps, pods]\n  verbs: [get, list, watch]\n".into());
        add("rbac.authorization.k8s.io/v1", "RoleBinding", format!("roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: Role, name: {name}}}\nsubjects:\n- {{kind: ServiceAccount, name: {name}}}\n"));
        add("networking.k8s.io/v1", "NetworkPolicy", format!("spec:\n  podSelector: {{matchLabels: {{app: {name}}}}}\n  policyTypes: [Ingress, Egress]\n  ingress:\n  - from:\n    - podSelector: {{matchLabels: {{app: app-0}}}}\n    ports:\n    - {{port: 8080}}\n  egress:\n  - to:\n    - namespaceSelector: {{matchLabels: {{app: team-1}}}}\n"));
        add("policy/v1", "PodDisruptionBudget", format!("spec:\n  minAvailable: 1\n  selector: {{matchLabels: {{app: {name}}}}}\n"));
        add("autoscaling/v2", "HorizontalPodAutoscaler", format!("spec:\n  minReplicas: 2\n  maxReplicas: 4\n  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {name}}}\n"));
        add("networking.k8s.io/v1", "Ingress", format!("spec:\n  ingressClassName: nginx\n  rules:\n  - host: {name}.example.com\n    http:\n      paths:\n      - {{path: /, pathType: Prefix, backend: {{service: {{name: {name}, port: {{number: 80}}}}}}}}\n"));
    }));
    text
}

fn template(name: &str) -> String {
    format!(
        "    metadata: {{labels: {{app: {name}}}}}
    spec:
      serviceAccountName: {name}
      containers:
      - name: app
        image: registry.example.com/{name}:1.2
        ports: [{{containerPort: 8080}}]
        envFrom: [{{configMapRef: {{name: {name}}}}}]
        resources: {{requests: {{cpu: 100m, memory: 64Mi}}}}
        volumeMounts: [{{name: data, mountPath: /data}}]
      volumes:
      - {{name: data, persistentVolumeClaim: {{claimName: {name}}}}}
"
    )
}

/// Kinds that fewer people have, many of each.
fn others(count: usize, namespaces: usize) -> String {
    each(count, |text, n| {
        let place = &namespace(n, namespaces);
        let name = &format!("app-{n}");
        let mut add = |group, kind, rest: String| {
            text.push_str(&header(group, kind, name, place));
            text.push_str(&rest);
        };
        add(
            "v1",
            "Pod",
            format!(
                "spec:\n  runtimeClassName: {name}\n  priorityClassName: {name}\n  containers: [{{name: app, image: nginx}}]\n"
            ),
        );
        add(
            "apps/v1",
            "StatefulSet",
            format!(
                "spec:\n  serviceName: {name}\n  selector: {{matchLabels: {{app: {name}}}}}\n  template:\n{}",
                template(name)
            ),
        );
        add("batch/v1", "CronJob", "spec:\n  schedule: \"0 0 * * *\"\n  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}\n".into());
        add("node.k8s.io/v1", "RuntimeClass", "handler: gvisor\n".into());
        add("scheduling.k8s.io/v1", "PriorityClass", "value: 1000\n".into());
        add("storage.k8s.io/v1", "StorageClass", "provisioner: disk.csi.azure.com\n".into());
        add(
            "v1",
            "PersistentVolume",
            "spec:\n  capacity: {storage: 1Gi}\n  hostPath: {path: /data}\n".into(),
        );
        add("v1", "ResourceQuota", "spec: {hard: {pods: 10}}\n".into());
        add("v1", "LimitRange", "spec: {limits: [{type: Container, default: {cpu: 1}}]}\n".into());
        add(
            "rbac.authorization.k8s.io/v1",
            "ClusterRole",
            "rules:\n- {apiGroups: [\"*\"], resources: [\"*\"], verbs: [\"*\"]}\n".into(),
        );
        add(
            "rbac.authorization.k8s.io/v1",
            "ClusterRoleBinding",
            format!(
                "roleRef: {{kind: ClusterRole, name: {name}}}\nsubjects:\n- {{kind: ServiceAccount, name: {name}, namespace: team-0}}\n"
            ),
        );
        add(
            "cilium.io/v2",
            "CiliumNetworkPolicy",
            format!("spec:\n  endpointSelector: {{matchLabels: {{app: {name}}}}}\n  ingress: [{{}}]\n"),
        );
        add(
            "projectcalico.org/v3",
            "GlobalNetworkPolicy",
            format!("spec: {{selector: \"app == '{name}'\", types: [Egress]}}\n"),
        );
        add(
            "admissionregistration.k8s.io/v1",
            "ValidatingAdmissionPolicy",
            format!(
                "spec:\n  paramKind: {{apiVersion: example.com/v1, kind: Limit{n}}}\n  matchConstraints: {{resourceRules: [{{apiGroups: [\"\"], apiVersions: [v1], resources: [pods], operations: [CREATE]}}]}}\n  validations: [{{expression: \"true\"}}]\n"
            ),
        );
        add(
            "admissionregistration.k8s.io/v1",
            "ValidatingAdmissionPolicyBinding",
            format!("spec: {{policyName: {name}, validationActions: [Deny], paramRef: {{name: {name}}}}}\n"),
        );
        add(
            "admissionregistration.k8s.io/v1",
            "ValidatingWebhookConfiguration",
            format!(
                "webhooks:\n- name: {name}.example.com\n  failurePolicy: Ignore\n  clientConfig: {{service: {{name: {name}, namespace: team-0}}}}\n  rules: [{{apiGroups: [\"\"], apiVersions: [v1], resources: [pods], operations: [CREATE]}}]\n"
            ),
        );
        add(
            "apiextensions.k8s.io/v1",
            "CustomResourceDefinition",
            format!(
                "spec: {{group: example.com, names: {{kind: Limit{n}, plural: limits{n}}}, scope: Namespaced}}\n"
            ),
        );
        add(
            "cert-manager.io/v1",
            "Certificate",
            format!(
                "spec: {{secretName: {name}, issuerRef: {{name: {name}, kind: Issuer}}, dnsNames: [{name}.example.com]}}\n"
            ),
        );
        add("cert-manager.io/v1", "Issuer", "spec: {selfSigned: {}}\n".into());
        add(
            "gateway.networking.k8s.io/v1",
            "Gateway",
            format!(
                "spec:\n  gatewayClassName: a\n  listeners: [{{name: http, port: 80, protocol: HTTP, hostname: {name}.example.com}}]\n"
            ),
        );
        add(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            format!(
                "spec:\n  parentRefs: [{{name: {name}}}]\n  rules: [{{backendRefs: [{{name: {name}, port: 80}}]}}]\n"
            ),
        );
        add("security.istio.io/v1", "PeerAuthentication", "spec: {mtls: {mode: PERMISSIVE}}\n".into());
        add(
            "security.istio.io/v1",
            "AuthorizationPolicy",
            format!("spec: {{selector: {{matchLabels: {{app: {name}}}}}, rules: [{{}}]}}\n"),
        );
        add(
            "policy.linkerd.io/v1beta1",
            "Server",
            format!("spec: {{podSelector: {{matchLabels: {{app: {name}}}}}, port: http}}\n"),
        );
        add(
            "policy.linkerd.io/v1alpha1",
            "ServerAuthorization",
            format!("spec: {{server: {{name: {name}}}, client: {{unauthenticated: true}}}}\n"),
        );
        add(
            "velero.io/v1",
            "Schedule",
            format!("spec: {{schedule: \"0 1 * * *\", template: {{includedNamespaces: [team-{n}]}}}}\n"),
        );
        add(
            "monitoring.coreos.com/v1",
            "ServiceMonitor",
            format!("spec: {{selector: {{matchLabels: {{app: {name}}}}}, endpoints: [{{port: http}}]}}\n"),
        );
        add("kyverno.io/v1", "ClusterPolicy", "spec: {validationFailureAction: Audit, rules: [{name: a, match: {any: [{resources: {kinds: [Pod]}}]}, validate: {message: no, pattern: {spec: {hostNetwork: false}}}}]}\n".into());
        add(
            "argoproj.io/v1alpha1",
            "Application",
            format!(
                "spec: {{project: default, source: {{repoURL: https://example.com/{name}}}, destination: {{namespace: team-0, server: https://kubernetes.default.svc}}}}\n"
            ),
        );
        add(
            "secrets-store.csi.x-k8s.io/v1",
            "SecretProviderClass",
            format!("spec: {{provider: azure, secretObjects: [{{secretName: {name}, type: Opaque}}]}}\n"),
        );
        add(
            "external-secrets.io/v1",
            "ExternalSecret",
            format!("spec: {{secretStoreRef: {{name: {name}}}, target: {{name: {name}}}}}\n"),
        );
    })
}

fn alike(count: usize) -> String {
    each(count, |text, n| {
        let _ = write!(
            text,
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p-{n}, namespace: shop, labels: {{app: web}}}}\nspec:\n  containers: [{{name: a, image: nginx}}]\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: s-{n}, namespace: shop}}\nspec: {{selector: {{app: web}}, ports: [{{port: 22}}]}}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: b-{n}, namespace: shop}}\nspec: {{minAvailable: 1, selector: {{matchLabels: {{app: web}}}}}}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: n-{n}, namespace: shop}}\nspec: {{podSelector: {{matchLabels: {{app: web}}}}, policyTypes: [Egress], egress: [{{}}]}}\n"
        );
    })
}

fn line(count: usize) -> String {
    let pods = each(count, |text, n| {
        let comma = if n > 0 { "," } else { "" };
        let _ = write!(
            text,
            r#"{comma}{{"apiVersion":"v1","kind":"Pod","metadata":{{"name":"pod-{n}","namespace":"shop","labels":{{"é":"ü"}}}},"spec":{{"containers":[{{"name":"a","image":"nginx","env":[{{"name":"DB_PASSWORD","value":"correct-horse-{n}"}}]}}]}}}}"#
        );
    });
    format!(r#"{{"apiVersion":"v1","kind":"List","items":[{pods}]}}"#)
}

fn lists(count: usize) -> String {
    let mut text = String::from("apiVersion: v1\nkind: List\nitems:\n");
    text.push_str(&each(count, |text, n| {
        let _ = write!(text, "- apiVersion: v1\n  kind: List\n  items:\n  - {{apiVersion: v1, kind: ConfigMap, metadata: {{name: c-{n}, namespace: shop}}}}\n  - {{apiVersion: v1, kind: Pod, metadata: {{name: p-{n}}}, spec: {{containers: [{{name: a, image: b}}]}}}}\n");
    }));
    text
}

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n";

fn containers(count: usize) -> String {
    let containers = each(count, |text, n| {
        let _ = write!(
            text,
            "  - name: c-{n}\n    image: nginx\n    ports: [{{containerPort: {}}}]\n",
            n % 65535 + 1
        );
    });
    format!("{POD}  containers:\n{containers}")
}

fn volumes(count: usize) -> String {
    let volumes = each(count, |text, n| {
        let _ = writeln!(text, "  - {{name: v-{n}, hostPath: {{path: /data/{n}}}}}");
    });
    let mounts = each(count, |text, n| {
        let _ = writeln!(text, "    - {{name: v-{n}, mountPath: /data/{n}}}");
    });
    format!(
        "{POD}  volumes:\n{volumes}  containers:\n  - name: a\n    image: nginx\n    volumeMounts:\n{mounts}"
    )
}

fn environment(count: usize) -> String {
    let variables = each(count, |text, n| {
        let _ = writeln!(
            text,
            "    - {{name: API_TOKEN_{n}, value: kX9vT2mQ8sLpR4wZ7nB{n}}}\n    - {{name: E_{n}, valueFrom: {{secretKeyRef: {{name: s-{n}, key: k}}}}}}"
        );
    });
    let arguments = each(count, |text, n| {
        let _ = writeln!(text, "    - --option-{n}=value");
    });
    format!("{POD}  containers:\n  - name: a\n    image: nginx\n    args:\n{arguments}    env:\n{variables}")
}

fn labels(count: usize) -> String {
    let labels = |indent: &str| {
        each(count, |text, n| {
            let _ = writeln!(text, "{indent}label-{n}: value-{n}");
        })
    };
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\n  labels:\n{}spec:\n  containers: [{{name: a, image: b}}]\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: shop}}\nspec:\n  selector:\n{}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: web, namespace: shop}}\nspec:\n  podSelector:\n    matchLabels:\n{}",
        labels("    "),
        labels("    "),
        labels("      ")
    )
}

fn annotations(count: usize) -> String {
    let annotations = each(count, |text, n| {
        let _ = writeln!(text, "    example.com/annotation-{n}: value-{n}");
    });
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n{annotations}spec:\n  template:\n    spec:\n      containers: [{{name: a, image: b}}]\n"
    )
}

fn rules(count: usize) -> String {
    let rules = each(count, |text, n| {
        let _ = writeln!(text, "- {{apiGroups: [\"\"], resources: [secrets, r-{n}], verbs: [get, list]}}");
    });
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: a}}\nrules:\n{rules}"
    )
}

fn verbs(count: usize) -> String {
    let words = |word: &str| {
        each(count, |text, n| {
            let _ = write!(text, "{word}-{n}, ");
        })
    };
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: a}}\nrules:\n- {{apiGroups: [\"\"], resources: [{}pods], verbs: [{}get], resourceNames: [{}a]}}\n",
        words("resource"),
        words("verb"),
        words("name")
    )
}

fn subjects(count: usize) -> String {
    let subjects = each(count, |text, n| {
        let _ = writeln!(
            text,
            "- {{kind: ServiceAccount, name: a-{n}, namespace: shop}}\n- {{kind: Group, name: 'system:authenticated'}}"
        );
    });
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {{name: a}}\nroleRef: {{kind: ClusterRole, name: cluster-admin}}\nsubjects:\n{subjects}"
    )
}

fn bindings(count: usize) -> String {
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules:\n- {apiGroups: [\"*\"], resources: [pods, secrets], verbs: [\"*\"]}\n";
    let bindings = each(count, |text, n| {
        let _ = write!(
            text,
            "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {{name: b-{n}, namespace: team-{}}}\nroleRef: {{kind: ClusterRole, name: a}}\nsubjects: [{{kind: ServiceAccount, name: a-{n}}}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p-{n}, namespace: team-{}}}\nspec: {{serviceAccountName: a-{n}, containers: [{{name: a, image: b}}]}}\n",
            n % 7,
            n % 7
        );
    });
    format!("{role}{bindings}")
}

/// Roles that select one another, and bindings to them.
fn aggregated(count: usize) -> String {
    each(count, |text, n| {
        let _ = write!(
            text,
            "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: r-{n}, labels: {{of: r-{}}}}}\naggregationRule: {{clusterRoleSelectors: [{{matchLabels: {{of: r-{n}}}}}]}}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {{name: b-{n}}}\nroleRef: {{kind: ClusterRole, name: r-{n}}}\nsubjects: [{{kind: Group, name: 'system:authenticated'}}]\n",
            n / 10
        );
    })
}

fn policy(count: usize) -> String {
    let rules = each(count, |text, n| {
        let _ = writeln!(
            text,
            "  - from:\n    - ipBlock: {{cidr: 10.{}.{}.0/24}}\n    - podSelector: {{matchLabels: {{app: a-{n}}}}}\n    ports: [{{port: {}}}]",
            n / 256 % 256,
            n % 256,
            n % 65535 + 1
        );
    });
    format!(
        "{POD}  containers: [{{name: a, image: b}}]\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a, namespace: shop}}\nspec:\n  podSelector: {{}}\n  policyTypes: [Ingress]\n  ingress:\n{rules}"
    )
}

fn ingress(count: usize) -> String {
    let rules = each(count, |text, n| {
        let _ = writeln!(
            text,
            "  - host: h-{n}.example.com\n    http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: s-{n}, port: {{number: 80}}}}}}}}]}}"
        );
    });
    let hosts = each(count, |text, n| {
        let _ = writeln!(text, "  - {{secretName: t-{n}, hosts: [h-{n}.example.com]}}");
    });
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: a, namespace: shop}}\nspec:\n  tls:\n{hosts}  rules:\n{rules}"
    )
}

fn ports(count: usize) -> String {
    let ports = each(count, |text, n| {
        let port = n % 65535 + 1;
        let _ = writeln!(text, "  - {{name: p-{n}, port: {port}, targetPort: p-{n}}}");
    });
    let declared = each(count, |text, n| {
        let _ = writeln!(
            text,
            "    - {{name: p-{n}, containerPort: {}, hostPort: {}}}",
            n % 65535 + 1,
            n % 65535 + 1
        );
    });
    format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: a, namespace: shop}}\nspec:\n  selector: {{app: web}}\n  ports:\n{ports}---\napiVersion: v1\nkind: Pod\nmetadata: {{name: a, namespace: shop, labels: {{app: web}}}}\nspec:\n  containers:\n  - name: a\n    image: b\n    ports:\n{declared}"
    )
}

fn entries(count: usize) -> String {
    let entries = each(count, |text, n| {
        let _ = writeln!(text, "  key-{n}: value-{n}\n  password-{n}: kX9vT2mQ8sLpR4wZ7nB{n}");
    });
    format!("{CONFIG_MAP}{entries}")
}

fn secret(count: usize) -> String {
    let entries = each(count, |text, n| {
        let _ = writeln!(text, "  key-{n}: c2VjcmV0LXZhbHVlLW9mLXRoaXM=");
    });
    format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: a, namespace: shop}}\ndata:\n{entries}")
}

fn waivers(count: usize) -> String {
    let containers = each(count, |text, n| {
        let _ = write!(
            text,
            "  # plimsoll: waive image/latest-tag until=2099-01-31 owner=web reason=\"tested\"\n  - name: c-{n}\n    image: nginx\n"
        );
    });
    format!("{POD}  containers:\n{containers}")
}

fn duplicates(count: usize) -> String {
    let labels = each(count, |text, n| {
        let _ = writeln!(text, "    label: value-{n}\n    label-{n}: a\n    label-{n}: b");
    });
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n{labels}spec:\n  containers: [{{name: a, image: b}}]\n"
    )
}

/// What credentials begin with, in texts and in commands, and what makes a search look far ahead or back.
const BEGINNINGS: &[&str] = &[
    "-xoxb",
    "eyJ.",
    "eyJhbGciOiJub25lIn0.",
    "?sig=abc",
    "AccountKey=",
    "/LS0tLS1CRUdJTi",
    "a:p{@tcp(",
    "-----BEGIN PRIVATE KEY-----",
    "://a:{b@",
    "://hooks.slack.com/services/T",
    "\"auth\":\"",
    "password=",
    "password: ",
    "Authorization: Bearer ",
    "<password>",
    "name=\"password\">",
    "'password' => '",
    "curl -u ",
    "mysql -h ",
    "a|chpasswd;",
    "$(",
    "` ",
    "x\u{a0}",
];

/// Each beginning over and over, in a text of its own.
fn beginnings(count: usize) -> String {
    let mut text = header("v1", "ConfigMap", "a", "");
    text.push_str("data:\n");
    for (number, beginning) in BEGINNINGS.iter().enumerate() {
        let _ = writeln!(text, "  a{number}: {}", quoted(&beginning.repeat(count)));
    }
    text
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn command(count: usize) -> String {
    let mut text = header("v1", "Pod", "a", "");
    text.push_str("spec:\n  containers:\n  - name: a\n    image: a:1\n    args:\n");
    for beginning in BEGINNINGS {
        let _ = writeln!(text, "    - {}", quoted(&beginning.repeat(count)));
    }
    text
}
