//! Pods that come from one template: what is answered about one of them is answered about all.
//!
//! A controller makes many pods that differ in nothing but what the API server makes up for each: the end of a
//! generated name, the uid, the time of creation, and the uid of the review. Their reviews are the same bytes
//! elsewhere, so the answer to one is known before another is read. What is compared are the bytes themselves,
//! and never a hash of them. Nothing is kept of requests that are denied, that a waiver lets pass or that
//! could not be judged, nor where anything else repeats a made-up part or could be compared with one.

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock};

use plimsoll_doc::Value;
use plimsoll_kubernetes::Field;

use super::{Gate, Outcome, Part};
use crate::known::{Cluster, Known, Namespace};
use crate::review::{Operation, Request};

/// Reviews are kept in sets by their length.
const SETS: usize = 64;
/// Reviews of a set. All of them together take a few MiB at most.
const WAYS: usize = 4;
/// Larger reviews are read anew each time.
const LARGEST: usize = 16 << 10;

/// What the API server makes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    /// The uid of the review.
    Review,
    /// The uid of the object.
    Object,
    /// What it appends to `generateName`.
    Suffix,
    /// The time of day of `creationTimestamp`.
    Time,
}

impl Made {
    const fn length(self) -> usize {
        match self {
            Made::Review | Made::Object => 36,
            Made::Suffix => 5,
            Made::Time => 8,
        }
    }

    /// Whether bytes of the right number are such a part, of which no two mean different things.
    fn is(self, bytes: &[u8]) -> bool {
        let digits = |at: usize, below: u8| match bytes.get(at..at + 2) {
            Some([tens @ b'0'..=b'9', ones @ b'0'..=b'9']) => (tens - b'0') * 10 + (ones - b'0') < below,
            _ => false,
        };
        match self {
            Made::Review | Made::Object => bytes.iter().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => *byte == b'-',
                _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            }),
            // The letters that `k8s.io/apimachinery/pkg/util/rand` draws from.
            Made::Suffix => bytes.iter().all(|byte| b"bcdfghjklmnpqrstvwxz2456789".contains(byte)),
            Made::Time => {
                digits(0, 24) && digits(3, 60) && digits(6, 60) && bytes[2] == b':' && bytes[5] == b':'
            }
        }
    }
}

/// Where a made-up part begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cut {
    start: usize,
    made: Made,
}

impl Cut {
    fn range(self) -> Range<usize> {
        self.start..self.start + self.made.length()
    }
}

/// A review that was answered, and the answer.
pub(crate) struct Recurrence {
    part: Part,
    /// The namespace that Pod Security was told of.
    namespace: Option<(Box<str>, Arc<Namespace>)>,
    body: Box<[u8]>,
    /// In the order of the text.
    cuts: Vec<Cut>,
    answer: Box<str>,
    /// Where the answer repeats what was made up.
    repeated: Vec<Cut>,
    pub outcome: Outcome,
}

impl Recurrence {
    /// The answer to another review, where that differs from this one in made-up parts alone.
    fn answer(&self, part: Part, body: &[u8], cluster: &dyn Cluster) -> Option<String> {
        if self.part != part || self.body.len() != body.len() {
            return None;
        }
        let mut at = 0;
        let mut made: [Option<&[u8]>; 4] = [None; 4];
        for cut in &self.cuts {
            let Range { start, end } = cut.range();
            let bytes = body.get(start..end).filter(|bytes| cut.made.is(bytes))?;
            // A name stands in two places, and in both it must be the same.
            if body.get(at..start) != self.body.get(at..start)
                || made[cut.made as usize].replace(bytes).is_some_and(|known| known != bytes)
            {
                return None;
            }
            at = end;
        }
        if body.get(at..) != self.body.get(at..) {
            return None;
        }
        if let Some((name, known)) = &self.namespace {
            let now = cluster.namespace(name)?;
            if !Arc::ptr_eq(&now, known) && now != *known {
                return None;
            }
        }
        let mut answer = String::with_capacity(self.answer.len());
        let mut at = 0;
        for cut in &self.repeated {
            answer.push_str(self.answer.get(at..cut.start)?);
            answer.push_str(std::str::from_utf8(made[cut.made as usize]?).ok()?);
            at = cut.range().end;
        }
        answer.push_str(self.answer.get(at..)?);
        Some(answer)
    }
}

/// What a gate remembers.
pub(super) struct Recurring {
    sets: Box<[RwLock<Set>]>,
    hasher: RandomState,
}

#[derive(Default)]
struct Set {
    known: [Option<Arc<Recurrence>>; WAYS],
    /// Hashes of templates of which one pod was seen: what comes but once isn't kept.
    seen: [u64; WAYS],
    next: usize,
}

impl Recurring {
    pub fn new() -> Self {
        Recurring { sets: (0..SETS).map(|_| RwLock::default()).collect(), hasher: RandomState::new() }
    }

    fn set(&self, length: usize) -> &RwLock<Set> {
        &self.sets[length % SETS]
    }
}

impl Gate {
    /// The answer to a review that differs only in made-up parts from one that was answered before.
    pub(crate) fn recall(
        &self,
        part: Part,
        body: &[u8],
        cluster: &dyn Cluster,
    ) -> Option<(String, Arc<Recurrence>)> {
        let set = self.recurring.set(body.len()).read().unwrap_or_else(PoisonError::into_inner);
        set.known.iter().flatten().find_map(|known| {
            let answer = known.answer(part, body, cluster)?;
            Some((answer, Arc::clone(known)))
        })
    }

    /// Keeps an answer, where it holds for all pods of a template and another of them was seen before.
    pub(crate) fn remember(
        &self,
        part: Part,
        request: &Request<'_>,
        known: &Known,
        outcome: &Outcome,
        answer: &str,
    ) {
        let Some(template) = self.template(request, known, outcome) else { return };
        let body = template.body();
        let hash = self.recurring.hasher.hash_one((part, request.namespace, template.prefix, body.len()));
        let set = self.recurring.set(body.len());
        {
            let mut set = set.write().unwrap_or_else(PoisonError::into_inner);
            if !set.seen.contains(&hash) {
                let next = set.next % WAYS;
                set.seen[next] = hash;
                set.next += 1;
                return;
            }
        }
        let Some((cuts, repeated)) = template.cuts(answer) else { return };
        let namespace = match &known.namespace {
            Some(Ok(namespace)) => Some((request.namespace.into(), Arc::clone(namespace))),
            _ => None,
        };
        let outcome = outcome.clone();
        let kept =
            Recurrence { part, namespace, body: body.into(), cuts, answer: answer.into(), repeated, outcome };
        let mut set = set.write().unwrap_or_else(PoisonError::into_inner);
        let next = set.next % WAYS;
        set.known[next] = Some(Arc::new(kept));
        set.next += 1;
    }

    /// The template of a pod that a request makes, if the outcome can be the same for all of that template.
    fn template<'d>(&self, request: &Request<'d>, known: &Known, outcome: &Outcome) -> Option<Template<'d>> {
        let answer = &outcome.answer;
        let is_simple = answer.is_allowed()
            && answer.patch.is_none()
            && outcome.unjudged.is_none()
            && outcome.expired.is_empty()
            && outcome.waived == 0
            && self.configuration.waivers.is_empty();
        let is_known =
            !matches!(known.namespace, Some(Err(_))) && known.pod.is_none() && known.pods.is_none();
        let makes_pod = request.operation == Operation::Create && request.is_on("", "pods", "");
        if !is_simple || !is_known || !makes_pod || request.old_object.is_some() {
            return None;
        }
        let object = request.object?;
        let metadata = Field::new(object).get("metadata");
        let (prefix, name) = (metadata.get("generateName").text(), metadata.get("name").text());
        // What an answer could write in another way than it is makes no name.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
        let suffix =
            name.strip_prefix(prefix).filter(|_| !prefix.is_empty() && prefix.bytes().all(is_plain))?;
        let is_generated = suffix.len() == Made::Suffix.length() && Made::Suffix.is(suffix.as_bytes());
        let is_named_so = request.name.is_empty() || request.name == name;
        let is_small = object.document().file().text().len() <= LARGEST;
        (is_generated && is_named_so && is_small).then_some(Template { object, metadata, prefix, name })
    }
}

/// A pod with a generated name.
struct Template<'d> {
    object: Value<'d>,
    metadata: Field<'d>,
    prefix: &'d str,
    name: &'d str,
}

impl<'d> Template<'d> {
    fn body(&self) -> &'d [u8] {
        self.object.document().file().text().as_bytes()
    }

    /// What is made up in the review, and what of that the answer repeats. `None` where that can't be said for
    /// sure.
    fn cuts(&self, answer: &str) -> Option<(Vec<Cut>, Vec<Cut>)> {
        let request = Field::new(self.object.document().root()).get("request");
        let name_ends = self.prefix.len();
        let places = [
            (request.get("uid"), 0, Made::Review),
            (request.get("name"), name_ends, Made::Suffix),
            (self.metadata.get("name"), name_ends, Made::Suffix),
            (self.metadata.get("uid"), 0, Made::Object),
            (self.metadata.get("creationTimestamp"), "2026-11-28T".len(), Made::Time),
        ];
        let mut cuts = Vec::with_capacity(places.len());
        for (field, skip, made) in places {
            let Some(value) = field.value().filter(|value| value.as_str() != Some("")) else { continue };
            let (text, span) = (value.as_str()?, value.span());
            // As it is written, between its quotes.
            let start = span.start as usize + 1;
            if self.body().get(start..span.end as usize - 1)? != text.as_bytes() {
                return None;
            }
            let bytes = text.as_bytes().get(skip..skip + made.length())?;
            let rest = text.get(skip + made.length()..)?;
            if !made.is(bytes) || rest != if made == Made::Time { "Z" } else { "" } {
                return None;
            }
            cuts.push(Cut { start: start + skip, made });
        }
        cuts.sort_by_key(|cut| cut.start);
        // What begins as the name does could be compared with it, and differently with each pod's.
        let names = cuts.iter().filter(|cut| cut.made == Made::Suffix).count();
        if self.mentions() != names + 1 {
            return None;
        }
        Some((cuts, self.repeated(answer, request.get("uid").text())?))
    }

    /// How often the texts of the review, keys too, have what the name begins with: as they are meant, and not as
    /// they are written, which may be by escapes.
    fn mentions(&self) -> usize {
        let count = |text: &str| memchr::memmem::find_iter(text.as_bytes(), self.prefix.as_bytes()).count();
        let mut mentions = 0;
        self.object.document().root().walk(|value| {
            mentions += [value.key(), value.as_str()].into_iter().flatten().map(count).sum::<usize>();
            true
        });
        mentions
    }

    /// Where an answer repeats the uid of its review and the name. `None` where it repeats anything else.
    fn repeated(&self, answer: &str, uid: &str) -> Option<Vec<Cut>> {
        let find =
            |text: &str| memchr::memmem::find_iter(answer.as_bytes(), text.as_bytes()).collect::<Vec<_>>();
        let names = find(self.name);
        let time = self.metadata.get("creationTimestamp").text();
        let object = self.metadata.get("uid").text();
        let is_said = |text: &str| !text.is_empty() && !find(text).is_empty();
        let uids = find(uid);
        if find(self.prefix).len() != names.len() || is_said(object) || is_said(time) || uids.len() != 1 {
            return None;
        }
        let mut repeated: Vec<Cut> =
            uids.into_iter().map(|start| Cut { start, made: Made::Review }).collect();
        let suffixes = names.into_iter().map(|start| start + self.prefix.len());
        repeated.extend(suffixes.map(|start| Cut { start, made: Made::Suffix }));
        repeated.sort_by_key(|cut| cut.start);
        Some(repeated)
    }
}

#[cfg(test)]
mod tests;
