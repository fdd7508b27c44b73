//! The `caBundle` of a webhook configuration.

use serde_json::{Value, json};

/// What is to be patched so that every webhook that calls this Service trusts `bundle`, in base64; `None`
/// where that is so already. The patch holds for the version that was read alone.
pub fn ca_bundle(configuration: &Value, service: &str, namespace: &str, bundle: &str) -> Option<Value> {
    let webhooks = configuration.get("webhooks").and_then(Value::as_array)?;
    let mut operations = Vec::new();
    for (at, webhook) in webhooks.iter().enumerate() {
        let Some(client) = webhook.get("clientConfig") else { continue };
        let calls = |key: &str| client.get("service").and_then(|service| service.get(key)?.as_str());
        if calls("name") == Some(service)
            && calls("namespace") == Some(namespace)
            && client.get("caBundle").and_then(Value::as_str) != Some(bundle)
        {
            let path = format!("/webhooks/{at}/clientConfig/caBundle");
            operations.push(json!({"op": "add", "path": path, "value": bundle}));
        }
    }
    if operations.is_empty() {
        return None;
    }
    let version = configuration.get("metadata").and_then(|metadata| metadata.get("resourceVersion"));
    operations.insert(0, json!({"op": "test", "path": "/metadata/resourceVersion", "value": version}));
    Some(Value::Array(operations))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configuration(bundles: &[Option<&str>]) -> Value {
        let webhooks: Vec<_> = bundles
            .iter()
            .map(|bundle| {
                let mut webhook = json!({"clientConfig": {"service": {"name": "s", "namespace": "n"}}});
                if let Some(bundle) = bundle {
                    webhook["clientConfig"]["caBundle"] = json!(bundle);
                }
                webhook
            })
            .collect();
        json!({"metadata": {"resourceVersion": "9"}, "webhooks": webhooks})
    }

    #[test]
    fn what_is_missing_or_differs_is_written() {
        assert_eq!(
            ca_bundle(&configuration(&[Some("new"), None, Some("old")]), "s", "n", "new"),
            Some(json!([
                {"op": "test", "path": "/metadata/resourceVersion", "value": "9"},
                {"op": "add", "path": "/webhooks/1/clientConfig/caBundle", "value": "new"},
                {"op": "add", "path": "/webhooks/2/clientConfig/caBundle", "value": "new"},
            ]))
        );
    }

    #[test]
    fn what_is_true_or_not_ours_is_left_alone() {
        assert_eq!(ca_bundle(&configuration(&[Some("new")]), "s", "n", "new"), None);
        assert_eq!(ca_bundle(&configuration(&[None]), "other", "n", "new"), None);
        assert_eq!(ca_bundle(&configuration(&[None]), "s", "other", "new"), None);
        assert_eq!(
            ca_bundle(&json!({"webhooks": [{"clientConfig": {"url": "https://x"}}, 1]}), "s", "n", "new"),
            None
        );
        assert_eq!(ca_bundle(&json!({}), "s", "n", "new"), None);
    }
}
