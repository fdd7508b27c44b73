//! Keeps the certificates: reads the Secret and serves from it, and while it leads, rotates what is in it
//! and repairs what trusts it.

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;

use std::fmt;
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::Value;
use tokio::sync::watch;

use super::calls::{self, Call};
use super::certificates::{
    self, IssueError, Key, Material, Periods, Problem, Step, add_authority, issue_serving, plan, retire,
};
use super::lease::{Candidate, Decision, Record};
use super::patch::ca_bundle;
use super::{Api, ApiError, Request, Response};

/// What things are called in the cluster.
#[derive(Clone, Debug)]
pub struct Names {
    /// The namespace of the Secret, the Lease and the Service.
    pub namespace: String,
    pub secret: String,
    pub lease: String,
    pub service: String,
    /// Both webhook configurations.
    pub webhooks: String,
}

/// What the server serves with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serving {
    /// The certificate, as DER.
    pub certificate: Vec<u8>,
    pub key: Key,
    /// Seconds since 1970.
    pub until: i64,
}

/// What a turn did, for the log and the metrics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    pub leads: bool,
    /// What was wrong with the Secret.
    pub problems: Vec<Problem>,
    /// What was made, or forgotten.
    pub steps: Vec<Step>,
    /// The Secret was written.
    pub wrote: bool,
    /// Webhook configurations whose `caBundle` was repaired.
    pub repaired: usize,
    /// When the serving certificate ends, in seconds since 1970; `None` without one.
    pub until: Option<i64>,
}

/// Why a turn ended early. The next one tries again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TickError {
    Api(ApiError),
    Issue(IssueError),
}

/// One replica's keeper of certificates.
pub struct Manager<A> {
    api: A,
    names: Names,
    server_names: Vec<String>,
    periods: Periods,
    candidate: Candidate,
    serving: watch::Sender<Option<Serving>>,
    /// What was last whole: from it a Secret is made anew that somebody deleted or broke.
    good: Option<Material>,
}

/// A turn makes an authority, a certificate, and forgets old authorities, at most.
const MOST_STEPS: usize = 4;

/// How long a replica waits from turn to turn: what is overwritten is repaired within this time.
const PAUSE: Duration = Duration::from_secs(3);
/// The same, while there is nothing to serve with, or while something went wrong.
const SHORT_PAUSE: Duration = Duration::from_secs(1);

impl Names {
    /// What the manifests call things.
    pub fn in_namespace(namespace: &str) -> Self {
        Names {
            namespace: namespace.to_owned(),
            secret: "plimsoll-certificates".to_owned(),
            lease: "plimsoll".to_owned(),
            service: "plimsoll".to_owned(),
            webhooks: "plimsoll".to_owned(),
        }
    }

    /// The name that the API server asks for.
    pub fn server(&self) -> String {
        format!("{}.{}.svc", self.service, self.namespace)
    }
}

impl<A: Api> Manager<A> {
    /// A keeper, and what it serves: `None` until there is a certificate.
    ///
    /// `identity` says who this replica is, and no other is called the same: the name of its pod.
    pub fn new(
        api: A,
        names: Names,
        identity: &str,
        periods: Periods,
    ) -> (Self, watch::Receiver<Option<Serving>>) {
        let (serving, receiver) = watch::channel(None);
        let server_names = vec![names.server(), format!("{}.cluster.local", names.server())];
        let candidate = Candidate::new(identity);
        (Manager { api, names, server_names, periods, candidate, serving, good: None }, receiver)
    }

    /// Turn after turn until `end` becomes true; then the Lease is given up. `report` hears of each turn.
    pub async fn run(
        mut self,
        mut report: impl FnMut(&Result<Ticked, TickError>),
        mut end: watch::Receiver<bool>,
    ) {
        loop {
            let ticked = self.tick(Instant::now(), today()).await;
            report(&ticked);
            let is_well = ticked.is_ok_and(|ticked| ticked.until.is_some());
            let pause = if is_well { PAUSE } else { SHORT_PAUSE };
            let ended = tokio::time::timeout(pause, end.wait_for(|end| *end)).await.is_ok();
            if ended {
                if let Err(error) = self.release(today()).await {
                    report(&Err(error));
                }
                return;
            }
        }
    }

    /// One turn. `now` is the steady clock, `today` the time of day in seconds and microseconds since 1970,
    /// which counts only where the API server doesn't say what time it is: the API server is who judges
    /// whether a certificate holds.
    ///
    /// # Errors
    /// What could not be asked or made; what was served before is still served.
    pub async fn tick(&mut self, now: Instant, today: (i64, u32)) -> Result<Ticked, TickError> {
        let mut ticked = Ticked::default();
        // Whoever can't ask for the Lease doesn't lead; reading and serving goes on all the same.
        let led = self.lead(now, today).await;
        ticked.leads = *led.as_ref().unwrap_or(&false);
        let answer = self.get(calls::GET_SECRET, &self.names.secret).await?;
        let time = answer.date.unwrap_or(today.0);
        let secret = object(answer, calls::GET_SECRET)?;
        let server = self.names.server();
        let (mut material, problems) = certificates::read(secret.as_ref().unwrap_or(&Value::Null), &server);
        ticked.problems = if secret.is_some() { problems } else { Vec::new() };
        let is_whole = |material: &Material| {
            material.authority_key.is_some()
                && material.leaf.as_ref().is_some_and(|leaf| leaf.validity.holds(time))
        };
        let mut changed = false;
        if is_whole(&material) {
            self.serve(&material);
        } else if ticked.leads
            && let Some(good) = self.good.clone().filter(is_whole)
        {
            // Somebody deleted or broke it. What is served goes on being trusted while a new authority takes
            // over: the same as any other rotation, and new keys for whoever wanted these gone.
            material = Material { authority_key: None, ..good };
        } else if material.leaf.as_ref().is_some_and(|leaf| leaf.validity.holds(time)) {
            self.serve(&material);
        }
        if ticked.leads {
            let webhooks = self.webhooks().await?;
            let bundle = encoded(&material);
            let bundles_true = webhooks.iter().all(|(_, webhook)| self.repair(webhook, &bundle).is_none());
            for _ in 0..MOST_STEPS {
                let step = plan(&material.facts(), bundles_true && !changed, time, &self.periods);
                material = match step {
                    Step::Keep { .. } => break,
                    Step::AddAuthority => add_authority(material, time, &self.periods)?,
                    Step::IssueLeaf => issue_serving(material, &self.server_names, time, &self.periods)?,
                    Step::Retire => retire(material),
                };
                changed = true;
                ticked.steps.push(step);
            }
            if changed && !self.write(&material, secret.as_ref()).await? {
                // Somebody else wrote: what they wrote is read in the next turn.
                return Ok(ticked);
            }
            ticked.wrote = changed;
            // Who calls must trust a certificate before it is served.
            ticked.repaired = self.repair_all(&webhooks, &encoded(&material)).await?;
            if changed {
                self.serve(&material);
            }
        }
        ticked.until = self.serving.borrow().as_ref().map(|serving| serving.until);
        led?;
        Ok(ticked)
    }

    /// Gives the Lease up, so that another replica needn't wait for it to run out.
    ///
    /// # Errors
    /// The API server can't be asked; then the others wait.
    pub async fn release(&mut self, today: (i64, u32)) -> Result<(), TickError> {
        self.candidate.lost();
        let answer = self.get(calls::GET_LEASE, &self.names.lease).await?;
        let Some(lease) = object(answer, calls::GET_LEASE)? else { return Ok(()) };
        if let Some(record) = self.candidate.release(Record::read(&lease), today) {
            let body = record.write(&self.names.namespace, &self.names.lease);
            self.send(calls::MERGE_LEASE, &self.names.lease, &body).await?;
        }
        Ok(())
    }

    /// Takes or renews the Lease. Whether this replica leads.
    async fn lead(&mut self, now: Instant, today: (i64, u32)) -> Result<bool, TickError> {
        if self.candidate.is_fresh(now) {
            return Ok(true);
        }
        let answer = self.get(calls::GET_LEASE, &self.names.lease).await;
        let lease = match answer.and_then(|answer| object(answer, calls::GET_LEASE)) {
            Ok(lease) => lease,
            // It can't be renewed, but it is still ours for a while.
            Err(error) => return if self.candidate.leads(now) { Ok(true) } else { Err(error) },
        };
        let (call, record) = match self.candidate.decide(lease.as_ref().map(Record::read), now, today) {
            Decision::Create(record) => (calls::CREATE_LEASE, record),
            Decision::Update(record) => (calls::MERGE_LEASE, record),
            Decision::Wait => {
                self.candidate.lost();
                return Ok(false);
            }
        };
        let body = record.write(&self.names.namespace, &self.names.lease);
        let answer = self.send(call, &self.names.lease, &body).await?;
        if answer.is_conflict() {
            self.candidate.lost();
            return Ok(false);
        }
        answer.success(call)?;
        self.candidate.wrote(now);
        Ok(true)
    }

    /// Writes the Secret on the condition that it is as it was read. Whether it was.
    async fn write(&self, material: &Material, secret: Option<&Value>) -> Result<bool, TickError> {
        let version = secret.map(|secret| {
            let version = secret.get("metadata").and_then(|metadata| metadata.get("resourceVersion"));
            version.and_then(Value::as_str).unwrap_or_default()
        });
        let call = if version.is_some() { calls::MERGE_SECRET } else { calls::CREATE_SECRET };
        let body = certificates::write(material, &self.names.namespace, &self.names.secret, version);
        let answer = self.send(call, &self.names.secret, &body).await?;
        if answer.is_conflict() {
            return Ok(false);
        }
        answer.success(call)?;
        Ok(true)
    }

    /// The webhook configurations that are there, and how each is patched.
    async fn webhooks(&self) -> Result<Vec<(Call, Value)>, TickError> {
        let mut found = Vec::new();
        for (get, patch) in
            [(calls::GET_VALIDATING, calls::PATCH_VALIDATING), (calls::GET_MUTATING, calls::PATCH_MUTATING)]
        {
            let answer = self.get(get, &self.names.webhooks).await?;
            found.extend(object(answer, get)?.map(|webhook| (patch, webhook)));
        }
        Ok(found)
    }

    fn repair(&self, webhook: &Value, bundle: &str) -> Option<Value> {
        ca_bundle(webhook, &self.names.service, &self.names.namespace, bundle)
    }

    async fn repair_all(&self, webhooks: &[(Call, Value)], bundle: &str) -> Result<usize, TickError> {
        let mut repaired = 0;
        for (call, webhook) in webhooks {
            let Some(patch) = self.repair(webhook, bundle) else { continue };
            let answer = self.send(*call, &self.names.webhooks, &patch).await?;
            // The test of the version failed: it is read again in the next turn.
            if answer.is_conflict() || answer.status == 422 {
                continue;
            }
            answer.success(*call)?;
            repaired += 1;
        }
        Ok(repaired)
    }

    fn serve(&mut self, material: &Material) {
        let Some(leaf) = &material.leaf else { return };
        let serving =
            Serving { certificate: leaf.der.to_vec(), key: leaf.key.clone(), until: leaf.validity.until };
        self.serving.send_if_modified(|served| {
            let is_new = served.as_ref() != Some(&serving);
            *served = Some(serving);
            is_new
        });
        self.good = Some(material.clone());
    }

    async fn get(&self, call: Call, name: &str) -> Result<Response, TickError> {
        Ok(self.api.send(Request::new(call, &self.names.namespace, name)).await?)
    }

    async fn send(&self, call: Call, name: &str, body: &Value) -> Result<Response, TickError> {
        Ok(self.api.send(Request::new(call, &self.names.namespace, name).body(body)).await?)
    }
}

/// Seconds and microseconds since 1970.
fn today() -> (i64, u32) {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), since.subsec_micros())
}

/// The object of an answer, where it is there.
fn object(answer: Response, call: Call) -> Result<Option<Value>, TickError> {
    let Some(body) = answer.found(call)? else { return Ok(None) };
    serde_json::from_slice(&body)
        .map(Some)
        .map_err(|_| ApiError::Malformed("an object that is no JSON").into())
}

fn encoded(material: &Material) -> String {
    base64::engine::general_purpose::STANDARD.encode(material.bundle())
}

impl fmt::Display for TickError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TickError::Api(error) => error.fmt(f),
            TickError::Issue(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TickError {}

impl From<ApiError> for TickError {
    fn from(error: ApiError) -> Self {
        TickError::Api(error)
    }
}

impl From<IssueError> for TickError {
    fn from(error: IssueError) -> Self {
        TickError::Issue(error)
    }
}
