//! The command line.

mod deferred;

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use plimsoll_engine::Severity;
use plimsoll_podsecurity::{Level, Version};
use plimsoll_vap::{Action, FailurePolicy, Scope as VapScope};

pub use self::deferred::Deferred;
use crate::break_glass::BreakGlass;
use crate::install::Install;
use crate::outputs::{Output, OutputParser};
use crate::pss::Pss;
use crate::terminal::Color;

const EXIT_CODES: &str = "\
Exit codes:
  0  clean
  1  findings at or above the threshold; wins over 4
  2  wrong usage, broken configuration or an internal error
  3  nothing to check
  4  not everything could be read or decided";

/// Tells whether a Kubernetes cluster is safe, with file, line and column, and mends what isn't.
#[derive(Debug, Parser)]
#[command(name = "plimsoll", version, max_term_width = 100, subcommand_required = true)]
#[command(after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    pub verb: Verb,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Check manifests, charts and kustomizations
    Scan(Deferred<Scan>),
    /// Mend what has a mechanical fix
    Fix(Deferred<Fix>),
    /// Evaluate PodSecurityPolicies, and write what takes their place
    Psp(Deferred<Psp>),
    /// Tell which Pod Security Standard each workload meets, and what keeps it from the next
    Pss(Deferred<Pss>),
    /// Tell what a control, a framework or another tool's check means
    Explain(Deferred<Explain>),
    /// List the controls
    Controls(Deferred<Controls>),
    /// Write controls for other programs to enforce
    #[command(subcommand)]
    Export(Export),
    /// Print documents as JSON, one a line, as the API server takes them
    Read(Deferred<Read>),
    /// Judge what reaches the API server, as an admission webhook
    Admit(Deferred<Admit>),
    /// Write and prune baselines of known findings
    #[command(subcommand)]
    Baseline(Baseline),
    /// Print the manifests of the admission server
    Install(Deferred<Install>),
    /// Print what takes the admission webhooks out of the way, and back
    BreakGlass(Deferred<BreakGlass>),
    /// Print a completion script
    #[command(after_long_help = COMPLETIONS)]
    Completions { shell: clap_complete::Shell },
    /// Print the manual page of the program, or of one of its commands
    #[command(after_long_help = MAN)]
    Man {
        /// The command, such as scan or export vap
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
    },
}

const COMPLETIONS: &str = "\
Examples:
  plimsoll completions bash > ~/.local/share/bash-completion/completions/plimsoll
  plimsoll completions fish > ~/.config/fish/completions/plimsoll.fish
  plimsoll completions zsh > \"${fpath[1]}/_plimsoll\"";

const MAN: &str = "\
Examples:
  plimsoll man > plimsoll.1
  plimsoll man scan > plimsoll-scan.1
  plimsoll man export vap > plimsoll-export-vap.1";

/// What to read.
#[derive(Debug, Clone, Args)]
pub struct Sources {
    /// Files, directories, globs, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Leave out paths that match this glob; can be given several times
    #[arg(long, value_name = "GLOB", value_parser = NonEmptyStringValueParser::new())]
    pub exclude: Vec<String>,
    /// Don't render charts and kustomizations
    #[arg(long)]
    pub no_render: bool,
    /// Let rendering fetch remote bases and chart dependencies
    #[arg(long)]
    pub allow_network: bool,
}

/// Which controls to run.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Controls")]
pub struct Choice {
    /// baseline, restricted, recommended (the default), all, or a framework
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Run these controls alone, separated by commas: ids, areas (pod/*), or other tools' names (CKV_K8S_16)
    #[arg(long, value_name = "CONTROL", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave these controls out, separated by commas
    #[arg(long, value_name = "CONTROL", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Look for findings of this severity and above [default: low]
    #[arg(long, value_name = "LEVEL", value_parser = severity(), ignore_case = true)]
    pub severity: Option<Severity>,
    /// Where objects go that name no namespace
    #[arg(long, short, value_name = "NAME", default_value = "default")]
    pub namespace: String,
    /// The Kubernetes version of the cluster, as 1.34; else the configuration's, else the newest known
    #[arg(long, value_name = "VERSION", value_parser = kubernetes_version)]
    pub kubernetes_version: Option<String>,
    /// The configuration; else plimsoll.yaml, looked for upwards from the working directory
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long)]
    pub no_config: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = SCAN)]
pub struct Scan {
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub choice: Choice,
    /// What to write, and where to; can be given several times
    #[arg(long, short, value_name = "FORMAT[=FILE]", value_parser = OutputParser)]
    #[arg(help_heading = "Reports")]
    pub output: Vec<Output>,
    /// Exit with 1 only for findings of this severity and above [default: low]
    #[arg(long, value_name = "LEVEL", value_parser = severity(), ignore_case = true)]
    #[arg(help_heading = "Reports")]
    pub fail_on: Option<Severity>,
    /// Fail on findings alone that this file doesn't know
    #[arg(long, value_name = "FILE", help_heading = "Reports")]
    pub baseline: Option<PathBuf>,
    /// Show how the requirements of this framework are met
    ///
    /// Its controls run, unless --profile or --select says which. The exit code is that of their findings:
    /// a requirement that only a person can decide doesn't change it.
    #[arg(long, value_name = "NAME", help_heading = "Reports")]
    pub framework: Option<String>,
}

const SCAN: &str = "\
Examples:
  plimsoll scan k8s/ charts/shop
  plimsoll scan 'apps/*/prod/**/*.yaml' --profile restricted
  kubectl get pods -o yaml | plimsoll scan -
  plimsoll scan k8s/ --output terminal --output sarif=plimsoll.sarif
  plimsoll scan k8s/ --fail-on high --baseline known.json
  plimsoll scan k8s/ --framework cis-kubernetes

Exit codes:
  0  clean
  1  findings at or above the threshold; wins over 4
  2  wrong usage, broken configuration or an internal error
  3  nothing to check
  4  not everything could be read or decided";

#[derive(Debug, Args)]
#[command(after_long_help = FIX)]
pub struct Fix {
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub choice: Choice,
    /// Show what would change (the default)
    #[arg(long, conflicts_with = "write", help_heading = "Fixes")]
    pub diff: bool,
    /// Write the changes
    #[arg(long, help_heading = "Fixes")]
    pub write: bool,
    /// Fixes too that can change how a workload behaves
    #[arg(long = "unsafe", help_heading = "Fixes")]
    pub allow_unsafe: bool,
}

const FIX: &str = "\
Each fix is applied, read again and checked again before it is shown or written. The diff is all that
goes to standard output.

Examples:
  plimsoll fix k8s/
  plimsoll fix k8s/ --write --unsafe --select pod/privileged
  plimsoll fix k8s/ --unsafe | patch --dry-run -p1

Exit codes:
  0  done, also when there was nothing to fix
  2  wrong usage, broken configuration, or a file could not be written
  3  nothing to check
  4  not everything could be read";

#[derive(Debug, Args)]
#[command(after_long_help = PSP)]
pub struct Psp {
    #[command(flatten)]
    pub sources: Sources,
    /// Where objects go that name no namespace
    #[arg(long, short, value_name = "NAME", default_value = "default")]
    pub namespace: String,
    /// The version of the Pod Security Standards: latest or v1.N
    #[arg(long, value_name = "VERSION", default_value = "latest")]
    pub version: Version,
    /// Who creates the pods that no controller makes
    #[arg(long = "as", value_name = "USER")]
    pub as_user: Option<String>,
    /// A group that this user is in; can be given several times
    #[arg(long = "as-group", value_name = "GROUP", requires = "as_user")]
    pub as_groups: Vec<String>,
    /// Write what takes the policies' place: labels, rules, a configuration, and the changes to make
    #[arg(long)]
    pub migrate: bool,
    /// Show the changes to make as a diff, for patch -p1
    #[arg(long, conflicts_with_all = ["migrate", "output"])]
    pub diff: bool,
    /// table (the default) or json, with =FILE for a file; with --migrate a file or a folder
    #[arg(long, short, value_name = "OUTPUT")]
    pub output: Option<String>,
}

const PSP: &str = "\
What is read should hold the policies, the pods and workloads, and the roles and bindings that say
who may use which policy.

Examples:
  plimsoll psp cluster/
  plimsoll psp cluster/ --output json
  plimsoll psp cluster/ --migrate --output migration/
  plimsoll psp k8s/ --diff | patch -p1
  kubectl get psp,pods,roles,rolebindings,clusterroles,clusterrolebindings -A -o yaml | plimsoll psp -

Exit codes:
  0  every pod is admitted, and none needs a change
  1  pods are denied, or need a change before policies go; wins over 4
  2  wrong usage or an internal error
  3  nothing to check
  4  not everything could be read or decided";

#[derive(Debug, Args)]
#[command(after_long_help = EXPLAIN)]
pub struct Explain {
    /// A control's id, an area (pod/*), another tool's name, a framework, or one of its requirements
    #[arg(value_name = "NAME")]
    pub name: String,
}

const EXPLAIN: &str = "\
Examples:
  plimsoll explain pod/privileged
  plimsoll explain CKV_K8S_16
  plimsoll explain cis-kubernetes
  plimsoll explain cis-kubernetes:5.2.2";

#[derive(Debug, Args)]
pub struct Controls {
    /// What to write
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT")]
    pub output: ListFormat,
    /// Only those of a profile or a framework
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    #[default]
    Table,
    Json,
}

#[derive(Debug, Args)]
#[command(after_long_help = READ)]
pub struct Read {
    #[command(flatten)]
    pub sources: Sources,
    /// Add file, line and column of every value
    #[arg(long)]
    pub positions: bool,
}

const READ: &str = "\
A document that doesn't parse is a line with error, file and line, and the exit code is 4.

Examples:
  plimsoll read web.yaml
  plimsoll read --positions web.yaml | jq .positions";

#[derive(Debug, Args)]
#[command(after_long_help = ADMIT)]
pub struct Admit {
    /// What to deny, warn of, audit and write; without one: Pod Security by the labels of namespaces
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The server's certificate, with its chain, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    #[arg(required_unless_present_any = ["check", "review", "own_certificates"])]
    pub tls_cert: Option<PathBuf>,
    /// The key of the certificate, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    #[arg(required_unless_present_any = ["check", "review", "own_certificates"])]
    pub tls_key: Option<PathBuf>,
    /// Make and rotate certificates in the cluster that this runs in, and keep its webhooks' caBundle true
    #[arg(long, requires = "in_cluster", conflicts_with_all = ["tls_cert", "tls_key"])]
    pub own_certificates: bool,
    /// Ask the API server of the cluster that this runs in about namespaces and pods
    #[arg(long, conflicts_with = "namespaces")]
    pub in_cluster: bool,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "0.0.0.0:8443")]
    pub listen: SocketAddr,
    /// Serve health and metrics without TLS here, too
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub metrics_listen: Option<SocketAddr>,
    /// Manifests of Namespaces and Pods that stand for the cluster
    #[arg(long, value_name = "FILE", alias = "objects")]
    pub namespaces: Vec<PathBuf>,
    /// Threads that answer [default: one for each core, at most 4]
    #[arg(long, value_name = "NUMBER")]
    pub threads: Option<NonZeroUsize>,
    /// How often the files are looked at for changes
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    pub reload_every: Duration,
    /// How long connections are still accepted when the end was asked for
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    pub drain_delay: Duration,
    /// How long requests may still take then
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    pub grace: Duration,
    /// Check the configuration, say what it does, and end
    #[arg(long, conflicts_with = "review")]
    pub check: bool,
    /// Judge the AdmissionReview of a file, or - for standard input, print the answer, and end
    #[arg(long, value_name = "FILE")]
    pub review: Option<PathBuf>,
    /// Answer it as this path of the server does
    #[arg(long, value_name = "PATH", default_value = "/validate", requires = "review")]
    #[arg(value_parser = ["/validate", "/validate/enforce", "/validate/advise", "/mutate"])]
    pub path: String,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "a number of seconds".to_owned())
}

const ADMIT: &str = "\
Serves /validate, /validate/enforce, /validate/advise, /mutate, /healthz, /readyz and /metrics. The
configuration and the certificate are taken anew when their files change.

Examples:
  plimsoll admit --config admission.yaml --tls-cert tls.crt --tls-key tls.key --namespaces ns.yaml
  plimsoll admit --config admission.yaml --check
  plimsoll admit --config admission.yaml --namespaces ns.yaml --review review.json

Exit codes:
  0  ended as asked; with --check: sound; with --review: allowed
  1  with --review: denied
  2  wrong usage, broken configuration, or it could not be served";

#[derive(Debug, Subcommand)]
pub enum Export {
    /// Write ValidatingAdmissionPolicies, for clusters that want no webhook
    Vap(Vap),
}

#[derive(Debug, Args)]
#[command(after_long_help = VAP)]
pub struct Vap {
    /// A Pod Security level, judged as the API server's own plugin does: baseline or restricted
    #[arg(long, value_name = "LEVEL", conflicts_with_all = ["profile", "select"])]
    pub level: Option<Level>,
    /// The version of the level: v1.N or latest
    #[arg(long, value_name = "VERSION", default_value = "latest", requires = "level")]
    pub version: Version,
    /// baseline, restricted, recommended (the default), all, or a framework
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// These controls: ids, areas (pod/*), or other tools' names (CKV_K8S_16)
    #[arg(long, value_name = "CONTROL", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave these controls out
    #[arg(long, value_name = "CONTROL", value_delimiter = ',', conflicts_with = "level")]
    pub ignore: Vec<String>,
    /// What happens to what a policy says no to: deny, warn, audit
    #[arg(long, value_name = "ACTION", value_delimiter = ',', default_value = "deny", value_parser = action())]
    pub action: Vec<Action>,
    /// The same for what makes pods: Deployments, Jobs … [default: warn,audit with --level, else as --action]
    #[arg(long, value_name = "ACTION", value_delimiter = ',', value_parser = action())]
    pub workload_action: Vec<Action>,
    /// Whether policies about pods speak for pods, for what makes them, or for both
    #[arg(long, value_name = "SCOPE", default_value = "all", value_parser = scope())]
    pub scope: VapScope,
    /// Judge nothing in this namespace; can be given several times, and an empty name excludes none
    #[arg(long, value_name = "NAME", default_value = "kube-system", value_delimiter = ',')]
    pub exclude_namespace: Vec<String>,
    /// Judge only where the labels of the namespace match, as in kubectl: team=web,stage in (test,prod)
    #[arg(long, value_name = "SELECTOR")]
    pub namespace_selector: Option<String>,
    /// What happens to a request when a policy can't be evaluated: fail or ignore
    #[arg(long, value_name = "POLICY", default_value = "fail", value_parser = failure_policy())]
    pub failure_policy: FailurePolicy,
    /// List what is exported and what isn't, with the reason, and write no policy
    #[arg(long)]
    pub list: bool,
    /// yaml writes the policies; json the list
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT")]
    pub output: VapFormat,
    /// The configuration; else plimsoll.yaml, looked for upwards from the working directory
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long)]
    pub no_config: bool,
}

impl Vap {
    /// What is chosen, as the commands that scan have it.
    pub fn choice(&self) -> Choice {
        Choice {
            profile: self.profile.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            severity: None,
            namespace: "default".to_owned(),
            kubernetes_version: None,
            config: self.config.clone(),
            no_config: self.no_config,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum VapFormat {
    #[default]
    Yaml,
    Json,
}

const VAP: &str = "\
A control is exported only where CEL says exactly the same of an object as the API server holds it; what
can't be said so is named on standard error and in the file, with the reason.

Examples:
  plimsoll export vap --level restricted --version v1.37 | kubectl apply -f -
  plimsoll export vap --level baseline --namespace-selector stage=prod --action audit
  plimsoll export vap --select pod/privileged,image/latest-tag --scope pods
  plimsoll export vap --profile recommended --list

Exit codes:
  0  everything that was chosen is exported
  2  wrong usage or broken configuration
  3  nothing was chosen
  4  something that was chosen has no exact form in CEL";

fn action() -> impl TypedValueParser<Value = Action> {
    PossibleValuesParser::new(["deny", "warn", "audit"]).map(|name| match name.as_str() {
        "warn" => Action::Warn,
        "audit" => Action::Audit,
        _ => Action::Deny,
    })
}

fn scope() -> impl TypedValueParser<Value = VapScope> {
    PossibleValuesParser::new(["pods", "workloads", "all"]).map(|name| match name.as_str() {
        "pods" => VapScope::Pods,
        "workloads" => VapScope::Workloads,
        _ => VapScope::All,
    })
}

fn failure_policy() -> impl TypedValueParser<Value = FailurePolicy> {
    PossibleValuesParser::new(["fail", "ignore"]).map(|name| match name.as_str() {
        "ignore" => FailurePolicy::Ignore,
        _ => FailurePolicy::Fail,
    })
}

#[derive(Debug, Subcommand)]
pub enum Baseline {
    /// Write a baseline of all findings of today
    Create(BaselineArguments),
    /// Drop from a baseline what was mended; nothing is added
    Prune(BaselineArguments),
}

#[derive(Debug, Args)]
pub struct BaselineArguments {
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub choice: Choice,
    /// The baseline
    #[arg(long, value_name = "FILE")]
    pub baseline: PathBuf,
}

/// A release of Kubernetes: `1.34`, `v1.34` or `1.34.2`.
fn kubernetes_version(text: &str) -> Result<String, String> {
    match plimsoll_kubernetes::lifecycle::minor(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("write a version such as 1.34".to_owned()),
    }
}

fn severity() -> impl TypedValueParser<Value = Severity> {
    PossibleValuesParser::new(Severity::ALL.map(Severity::name)).try_map(|name| name.parse::<Severity>())
}

/// The command line, under the name that it was called by: as `kubectl-plimsoll` it is a plugin of kubectl.
pub fn command() -> clap::Command {
    let called = std::env::args_os().next();
    let is_plugin = called
        .as_deref()
        .and_then(|called| Path::new(called).file_stem())
        .is_some_and(|name| name == "kubectl-plimsoll" || name == "kubectl_plimsoll");
    Arguments::command().bin_name(if is_plugin { "kubectl plimsoll" } else { "plimsoll" })
}
