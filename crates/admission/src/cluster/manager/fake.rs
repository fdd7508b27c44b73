//! An API server of the tests' own: objects by path, versions, conflicts and both kinds of patches.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::super::calls::Verb;
use super::super::{Api, ApiError, Request, Response};

/// The server; a clone is another client of the same.
#[derive(Clone, Default)]
pub struct Fake(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Value>,
    version: u64,
    /// What was written: the verb and the path.
    writes: Vec<String>,
    is_down: bool,
    date: Option<i64>,
}

impl Fake {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, path: &str) -> Option<Value> {
        self.state().objects.get(path).cloned()
    }

    pub fn put(&self, path: &str, object: Value) {
        self.state().store(path, object);
    }

    pub fn delete(&self, path: &str) {
        self.state().objects.remove(path);
    }

    pub fn down(&self, is_down: bool) {
        self.state().is_down = is_down;
    }

    pub fn date(&self, date: i64) {
        self.state().date = Some(date);
    }

    /// What was written since this was last asked, but for Leases.
    pub fn writes(&self) -> Vec<String> {
        let writes = std::mem::take(&mut self.state().writes);
        writes.into_iter().filter(|write| !write.contains("leases")).collect()
    }
}

impl State {
    fn store(&mut self, path: &str, mut object: Value) -> Value {
        self.version += 1;
        object["metadata"]["resourceVersion"] = json!(self.version.to_string());
        self.objects.insert(path.to_owned(), object.clone());
        object
    }

    fn answer(&mut self, request: &Request) -> (u16, Value) {
        let path = request.call.path(&request.namespace, &request.name);
        let body = || serde_json::from_slice::<Value>(&request.body).unwrap_or_default();
        if request.call.verb != Verb::Get {
            self.writes.push(format!("{} {}", request.call.verb.method(), request.call.resource));
        }
        let version_of = |object: &Value| object["metadata"]["resourceVersion"].clone();
        match request.call.verb {
            Verb::Create => {
                let name = body()["metadata"]["name"].as_str().unwrap_or_default().to_owned();
                let path = format!("{path}/{name}");
                if self.objects.contains_key(&path) {
                    return (409, json!({"reason": "AlreadyExists"}));
                }
                (201, self.store(&path, body()))
            }
            verb => {
                let Some(known) = self.objects.get(&path).cloned() else {
                    return (404, json!({"reason": "NotFound"}));
                };
                match verb {
                    Verb::Merge => {
                        let patch = body();
                        let expected = version_of(&patch);
                        if !expected.is_null() && expected != version_of(&known) {
                            return (409, json!({"reason": "Conflict"}));
                        }
                        let mut merged = known;
                        merge(&mut merged, &patch);
                        (200, self.store(&path, merged))
                    }
                    Verb::Patch => {
                        let mut patched = known;
                        for operation in body().as_array().into_iter().flatten() {
                            let path = operation["path"].as_str().unwrap_or_default();
                            if operation["op"] == "test" {
                                if patched.pointer(path) != Some(&operation["value"]) {
                                    return (422, json!({"reason": "Invalid"}));
                                }
                            } else if let Some((parent, key)) = path.rsplit_once('/')
                                && let Some(parent) = patched.pointer_mut(parent)
                            {
                                parent[key] = operation["value"].clone();
                            }
                        }
                        (200, self.store(&path, patched))
                    }
                    _ => (200, known),
                }
            }
        }
    }
}

fn merge(into: &mut Value, patch: &Value) {
    match (into, patch) {
        (Value::Object(into), Value::Object(patch)) => {
            for (key, value) in patch {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, patch) => *into = patch.clone(),
    }
}

impl Api for Fake {
    async fn send(&self, request: Request) -> Result<Response, ApiError> {
        let mut state = self.state();
        if state.is_down {
            return Err(ApiError::Unreachable("down".to_owned()));
        }
        let (status, body) = state.answer(&request);
        Ok(Response { status, date: state.date, body: body.to_string().into_bytes() })
    }
}
