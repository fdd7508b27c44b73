//! `plimsoll install`: what puts the admission server into a cluster.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use plimsoll_admission::install::{self, Demand, FailurePolicy, Installation, Part, chart_values, to_yaml};
use plimsoll_admission::serve::load_configuration;

use crate::exit::{Exit, Failure};
use crate::terminal::note;
use crate::{files, outputs};

#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub struct Install {
    /// Print the manifests instead of applying them
    #[arg(long)]
    dry_run: bool,
    /// The namespace of the server; nothing else should live there
    #[arg(long, short, value_name = "NAME", default_value_t = Installation::default().namespace)]
    namespace: String,
    /// The image, with a tag that isn't latest, or a digest
    #[arg(long, value_name = "IMAGE", default_value_t = Installation::default().image)]
    image: String,
    /// How many replicas answer
    #[arg(long, value_name = "N", default_value_t = Installation::default().replicas)]
    replicas: u32,
    /// The admission configuration: the webhooks are registered for what it looks at
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What becomes of a request that could be denied, when no server answers
    #[arg(long, value_enum, default_value_t, value_name = "POLICY")]
    failure_policy: Policy,
    /// Leave out this namespace, besides kube-system and the server's own; can be given several times
    #[arg(long, value_name = "NAME")]
    exclude_namespace: Vec<String>,
    /// Let cert-manager make the certificates
    #[arg(long)]
    cert_manager: bool,
    /// Print one part: the server, or the webhooks that are registered when it answers
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Only>,
    /// Print the values for the Helm chart instead
    #[arg(long, conflicts_with = "only")]
    values: bool,
}

const HELP: &str = "\
Nothing is contacted: the manifests go to standard output, and kubectl applies them.

Examples:
  plimsoll install --dry-run --only server | kubectl apply --server-side -f -
  kubectl -n plimsoll rollout status deployment/plimsoll
  plimsoll install --dry-run --only webhooks | kubectl apply --server-side -f -

  plimsoll install --dry-run --config admission.yaml --exclude-namespace gpu-drivers
  plimsoll install --values --config admission.yaml > values.yaml
  helm install plimsoll charts/plimsoll -n plimsoll -f values.yaml";

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Policy {
    /// Deny: nothing gets past an outage
    #[default]
    Fail,
    /// Admit: an outage holds nothing up
    Ignore,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Only {
    /// Everything but the webhook configurations
    Server,
    /// The webhook configurations
    Webhooks,
}

pub fn install(arguments: &Install) -> Result<Exit, Failure> {
    if !arguments.dry_run && !arguments.values {
        return Err(Failure::Error(
            "install does not apply anything yet: print the manifests and let kubectl do it\n\
             plimsoll install --dry-run | kubectl apply --server-side -f -"
                .to_owned(),
        ));
    }
    let mut installation = Installation {
        namespace: arguments.namespace.clone(),
        image: arguments.image.clone(),
        replicas: arguments.replicas,
        cert_manager: arguments.cert_manager,
        failure_policy: match arguments.failure_policy {
            Policy::Fail => FailurePolicy::Fail,
            Policy::Ignore => FailurePolicy::Ignore,
        },
        ..Installation::default()
    };
    for name in &arguments.exclude_namespace {
        if !installation.excluded_namespaces.contains(name) && *name != installation.namespace {
            installation.excluded_namespaces.push(name.clone());
        }
    }
    let problems = installation.problems();
    if !problems.is_empty() {
        return Err(Failure::Error(problems.join("\n")));
    }
    let demand = demand(arguments, &mut installation)?;
    let text = if arguments.values {
        to_yaml(&chart_values(&installation, &demand)) + "\n"
    } else {
        let only = arguments.only.map(|only| match only {
            Only::Server => Part::Server,
            Only::Webhooks => Part::Webhooks,
        });
        install::manifests(&installation, &demand, only)?
    };
    if installation.replicas == 1 {
        note("one replica: while its node is drained, nothing answers");
    }
    outputs::stdout(text.as_bytes())?;
    Ok(Exit::Clean)
}

/// Which requests the configuration wants to see; its text goes into the ConfigMap as it is.
fn demand(arguments: &Install, installation: &mut Installation) -> Result<Demand, Failure> {
    let configuration = load_configuration(arguments.config.as_deref())?;
    if let Some(path) = &arguments.config {
        let bytes = files::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let text = String::from_utf8(bytes).map_err(|_| format!("{}: it is not UTF-8", path.display()))?;
        installation.configuration = text;
    }
    Ok(Demand::of(&configuration))
}
