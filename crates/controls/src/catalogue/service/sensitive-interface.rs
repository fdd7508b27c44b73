//! A console that runs code for whoever reaches it stands open to the outside.
//!
//! ## What it checks
//! Services of type NodePort, and public load balancers, that select a workload known for such a console:
//! by its name or the name of an image (Jenkins, Apache NiFi, Argo Workflows, Kubeflow, the Kubernetes
//! dashboard, Weave Scope, Prometheus, Ollama, vLLM, KServe, Triton, Ray, MLflow, JupyterHub, Seldon,
//! BentoML and their like). What stands beside one by its last word isn't meant: its operator, an exporter,
//! an agent, a webhook, Alertmanager, Grafana.
//!
//! ## Why it matters
//! Many of these have no login as they come, and running commands is what they are for. They are
//! scanned for and taken over within hours.
//!
//! ## How to fix
//! Use type ClusterIP, and reach the console by an Ingress with a login in front, or by port forwarding.
//!
//! ## How others differ
//! Kubescape's C-0021 looks at the workload's name alone, and at load balancers only once they have an
//! address.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: ci
//! spec:
//!   type: NodePort # <- here
//!   selector: {app: ci}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: ci
//! spec:
//!   template:
//!     metadata:
//!       labels: {app: ci}
//!     spec:
//!       containers:
//!       - name: ci
//!         image: docker.io/jenkins/jenkins:2.541
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: board
//! spec:
//!   type: NodePort # <- here
//!   selector: {app: board}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: board
//!   labels: {app: board}
//! spec:
//!   containers:
//!   - name: board
//!     image: registry.example.com/mirror/kubernetesui/dashboard:v2.7.0
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: jenkins
//! spec:
//!   selector: {app: jenkins}
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: jenkins
//! spec:
//!   template:
//!     metadata:
//!       labels: {app: jenkins}
//!     spec:
//!       containers:
//!       - name: jenkins
//!         image: docker.io/jenkins/jenkins:2.541
//! ```
//! ```yaml near-miss
//! # Another workload, one beside a console, and an internal load balancer.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: nodes
//! spec:
//!   type: NodePort
//!   selector: {app: nodes}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: prometheus-node-exporter
//!   labels: {app: nodes}
//! spec:
//!   containers:
//!   - name: nodes
//!     image: quay.io/prometheus/node-exporter:v1.9.0
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: beside
//! spec:
//!   type: NodePort
//!   selector: {part: beside}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: jenkins-agent
//!   labels: {part: beside}
//! spec:
//!   containers:
//!   - name: agent
//!     image: docker.io/jenkins/inbound-agent:3355
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: prometheus-webhook
//!   labels: {part: beside}
//! spec:
//!   containers:
//!   - name: webhook
//!     image: registry.example.com/prometheus-webhook:1.4
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   type: NodePort
//!   selector: {app: array-head}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: array-head
//!   labels: {app: array-head}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: mlflow
//!   annotations:
//!     networking.gke.io/load-balancer-type: Internal
//! spec:
//!   type: LoadBalancer
//!   selector: {app: mlflow}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: mlflow
//!   labels: {app: mlflow}
//! spec:
//!   containers:
//!   - name: mlflow
//!     image: ghcr.io/mlflow/mlflow:v3.1
//! ```

use crate::prelude::*;
use crate::support::load_balancer;

pub const CONTROL: Control = Control {
    id: "service/sensitive-interface",
    title: "Sensitive console exposed by a Service",
    severity: High,
    frameworks: &[mitre("T1133"), microsoft("MS-TA9005")],
    aliases: &["kubescape:C-0021"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Service")], check),
};

/// Names of workloads and images, as whole words between dashes.
const CONSOLES: &[&str] = &[
    "argo-server",
    "argocli",
    "bentoml",
    "centraldashboard",
    "jenkins",
    "jupyterhub",
    "kserve",
    "kubeflow",
    "kubernetes-dashboard",
    "mlflow",
    "nifi",
    "ollama",
    "prometheus",
    "ray-dashboard",
    "ray-head",
    "seldon",
    "triton-inference-server",
    "tritonserver",
    "vllm",
    "vllm-openai",
    "weave-scope-app",
];

/// Repositories of consoles whose last part says nothing alone.
const REPOSITORIES: &[&str] = &[
    "jupyterhub/k8s-hub",
    "kubernetesui/dashboard",
    "rayproject/ray",
    "rayproject/ray-llm",
    "rayproject/ray-ml",
    "weaveworks/scope",
];

/// Last words of what stands beside a console, and is none.
const COMPANIONS: &[&str] = &[
    "-adapter",
    "-agent",
    "-alertmanager",
    "-exporter",
    "-grafana",
    "-metrics",
    "-operator",
    "-pushgateway",
    "-reloader",
    "-webhook",
];

fn check<'d>(service: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let kind = service.get("spec.type");
    let selector = LabelSelector::plain(service.get("spec.selector"));
    if selector.is_empty() || !(kind.is("NodePort") || load_balancer::is_public(service)) {
        return;
    }
    let inventory = found.inventory();
    let console = inventory.selected(inventory.namespace_of(service), selector).find_map(|pod| {
        let images = || pod.containers().filter_map(|container| container.image());
        std::iter::once(pod.object().name())
            .chain(images().map(|image| image.short_name()))
            .filter(|name| !COMPANIONS.iter().any(|last| name.ends_with(last)))
            .find_map(|name| CONSOLES.iter().find(|console| has_word(name, console)))
            .or_else(|| images().find_map(|image| of_repository(image.repository)))
    });
    if let Some(console) = console {
        found.at(&kind, format!("the console of {console} is open to the outside: use type ClusterIP"));
    }
}

/// The console that a repository holds, whatever stands in front as mirrors have it.
fn of_repository(repository: &str) -> Option<&'static &'static str> {
    REPOSITORIES.iter().find(|console| {
        repository.strip_suffix(**console).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    })
}

/// Whether a name has a word, with nothing or a dash on either side.
fn has_word(name: &str, word: &str) -> bool {
    let after_dashes = memchr::memchr_iter(b'-', name.as_bytes()).map(|dash| dash + 1);
    std::iter::once(0).chain(after_dashes).any(|start| {
        let rest = name.get(start..).and_then(|name| name.strip_prefix(word));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}
