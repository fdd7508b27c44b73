//! `plimsoll admit`.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use plimsoll_admission::cluster::certificates::Periods;
use plimsoll_admission::cluster::{Client, Credentials, Names};
use plimsoll_admission::configuration::{Action, Configuration};
use plimsoll_admission::known::Known;
use plimsoll_admission::manifests::Manifests;
use plimsoll_admission::review::{Request, read};
use plimsoll_admission::serve::{
    Certificate, Home, Limits, Options, OwnCertificates, Server, load_configuration,
};
use plimsoll_admission::{Gate, Part};
use plimsoll_doc::SourceFile;
use plimsoll_report::counted;

use crate::arguments::Admit;
use crate::exit::{Exit, Failure};
use crate::settings::today;
use crate::terminal::note;
use crate::{files, outputs};

/// More threads than this answer no more requests than API servers send.
const MOST_THREADS: usize = 4;

pub fn admit(arguments: &Admit) -> Result<Exit, Failure> {
    if arguments.check {
        return check(arguments);
    }
    if let Some(path) = &arguments.review {
        return review(path, arguments, &Arc::new(cluster(arguments)?));
    }
    let certificate = match (&arguments.tls_cert, &arguments.tls_key) {
        (Some(certificate), Some(key)) => {
            Certificate::Files { certificate: certificate.clone(), key: key.clone() }
        }
        _ if arguments.own_certificates => Certificate::Own,
        _ => {
            return Err(Failure::Error(
                "to serve, --tls-cert and --tls-key are needed, or --own-certificates".to_owned(),
            ));
        }
    };
    let home = if arguments.in_cluster { Some(home(arguments)?) } else { None };
    let cluster = match &home {
        Some(home) => home.cluster(),
        None => Arc::new(cluster(arguments)?),
    };
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(MOST_THREADS));
    let server = Server::new(
        Options {
            listen: arguments.listen,
            metrics_listen: arguments.metrics_listen,
            certificate,
            home,
            configuration: arguments.config.clone(),
            workers: arguments.threads.map_or(cores, |threads| threads.get()),
            limits: Limits::default(),
            reload_every: arguments.reload_every.max(Duration::from_millis(10)),
            drain_delay: arguments.drain_delay,
            grace: arguments.grace,
        },
        cluster,
    )?;
    // A panic is the end of one answer, and not of the server.
    std::panic::set_hook(Box::new(|panic| note(&format!("internal error: {panic}"))));
    let (address, metrics) = (server.address(), server.metrics_address());
    server.run_until_signal(|| {
        if let Some(address) = address {
            note(&format!("listening on https://{address}"));
        }
        if let Some(address) = metrics {
            note(&format!("metrics on http://{address}/metrics"));
        }
    })?;
    Ok(Exit::Clean)
}

/// The cluster that this runs in.
fn home(arguments: &Admit) -> Result<Home, String> {
    let failed = |error: plimsoll_admission::cluster::ApiError| error.to_string();
    let client = Client::new(Credentials::in_cluster().map_err(failed)?);
    if !arguments.own_certificates {
        return Ok(Home::new(client, None));
    }
    let identity = std::env::var("HOSTNAME").ok().filter(|name| !name.is_empty());
    let own = OwnCertificates {
        names: Names::in_namespace(&Credentials::namespace().map_err(failed)?),
        identity: identity.ok_or("HOSTNAME is not set: it tells one replica from another")?,
        periods: Periods::default(),
    };
    Ok(Home::new(client, Some(own)))
}

fn cluster(arguments: &Admit) -> Result<Manifests, String> {
    let mut sources = Vec::new();
    for path in &arguments.namespaces {
        let bytes = files::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        sources.push(SourceFile::new(path.display().to_string(), bytes));
    }
    Manifests::read(sources)
}

/// Says what a configuration does.
fn check(arguments: &Admit) -> Result<Exit, Failure> {
    let configuration = load_configuration(arguments.config.as_deref())?;
    let gate = Gate::new(configuration);
    outputs::stdout(summary(&gate).as_bytes())?;
    Ok(Exit::Clean)
}

fn summary(gate: &Gate) -> String {
    let configuration: &Configuration = gate.configuration();
    let on = |is_on: bool| if is_on { "on" } else { "off" };
    let mut lines = vec![
        format!("Pod Security: {}", on(configuration.pod_security.is_some())),
        format!(
            "exec and attach: {}",
            if configuration.exec.deny.is_empty() { "not looked at" } else { "judged" }
        ),
        format!("mutations: {}", on(!configuration.mutate.is_off())),
    ];
    for action in [Action::Enforce, Action::Warn, Action::Audit, Action::Ignore] {
        let rules = configuration.rules.iter().filter(|rule| rule.action == action);
        let controls: usize = rules
            .map(|rule| rule.controls.iter().filter(|control| control.severity >= rule.severity).count())
            .sum();
        if controls > 0 {
            lines.push(format!("rules that {}: {}", action.name(), counted(controls, "control")));
        }
    }
    let left_out = gate.left_out();
    if !left_out.is_empty() {
        lines.push(format!(
            "{} controls can't be decided from one object and don't run at admission (plimsoll scan runs them):",
            left_out.len()
        ));
        lines.extend(left_out.iter().map(|control| format!("  {}", control.id)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The largest review that is read from a file.
const LARGEST: u64 = 64 << 20;

/// Judges one review.
fn review(path: &Path, arguments: &Admit, cluster: &Manifests) -> Result<Exit, Failure> {
    let body = match path.as_os_str() == "-" {
        true => {
            let mut body = Vec::new();
            let read = std::io::stdin().lock().take(LARGEST).read_to_end(&mut body);
            read.map_err(|error| format!("cannot read standard input: {error}"))?;
            body
        }
        false => files::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?,
    };
    let gate = Gate::new(load_configuration(arguments.config.as_deref())?);
    let document = read(body).map_err(|error| format!("{}: {error}", path.display()))?;
    let request = Request::of(&document).map_err(|error| format!("{}: {error}", path.display()))?;
    let part = match arguments.path.as_str() {
        "/validate/enforce" => Some(Part::Enforce),
        "/validate/advise" => Some(Part::Advise),
        "/mutate" => None,
        _ => Some(Part::Whole),
    };
    let outcome = match part {
        None => gate.mutate(&request),
        Some(part) => {
            let known = Known::at_once(&gate.needs(&request), cluster);
            gate.validate(&request, &known, part, today())
        }
    };
    outcome.expired.iter().for_each(|told| note(told));
    let mut out = String::new();
    outcome.answer.write(request.uid, &mut out);
    out.push('\n');
    outputs::stdout(out.as_bytes())?;
    Ok(if outcome.answer.is_allowed() { Exit::Clean } else { Exit::Findings })
}
