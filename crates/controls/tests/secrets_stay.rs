//! No control says a secret's value: not in a message, nor in a path, nor at a related place.

use std::sync::Arc;

use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Parameters, Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, objects};

/// A value that looks like a credential wherever it stands, and its base64.
const VALUE: &str = "ghp_Zx81kQ0vTn3Lw7Ry5Bd2Mf6Hs9Jc4Pa0Gu8E";
const ENCODED: &str = "Z2hwX1p4ODFrUTB2VG4zTHc3Unk1QmQyTWY2SHM5SmM0UGEwR3U4RQ==";

const MANIFESTS: &str = "
apiVersion: v1
kind: Secret
metadata:
  name: token
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"token\":\"ENCODED\"}}
data:
  token: ENCODED
  url: aHR0cHM6Ly9hZG1pbjpWQUxVRUBleGFtcGxlLmNvbQ==
  broken: VALUE!
stringData:
  password: VALUE
type: VALUE
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels: {token: VALUE, other: 'VALUE VALUE'}
data:
  password: VALUE
  app.properties: |
    db.password=VALUE
    url=https://user:VALUE@db.example.com
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {token: VALUE}
spec:
  imagePullSecrets: [{name: VALUE, password: VALUE}]
  containers:
  - name: web
    image: https://user:VALUE@registry.example.com/web:1
    imagePullPolicy: VALUE
    command: [sudo, --password=VALUE]
    args: ['--token=VALUE', 'curl -H \"Authorization: Bearer VALUE\" https://user:VALUE@example.com']
    env:
    - {name: PASSWORD, value: VALUE}
    - {name: PASSWORD, value: VALUE}
    - {name: API_TOKEN, value: VALUE}
    livenessProbe:
      httpGet:
        port: VALUE
        path: /?token=VALUE
        httpHeaders: [{name: Authorization, value: Bearer VALUE}]
    securityContext: VALUE
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: store}
spec: {provider: {vault: {auth: {token: VALUE}}}}
---
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: provider}
spec: {provider: azure, parameters: {clientSecret: VALUE, usePodIdentity: 'true'}}
";

#[test]
fn no_finding_says_the_value_of_a_secret() {
    let text = MANIFESTS.replace("ENCODED", ENCODED).replace("VALUE", VALUE);
    let file = Arc::new(SourceFile::new("secrets.yaml", text.into_bytes()));
    let documents: Vec<Document> =
        parse(&file, &Limits::default()).into_iter().map(|entry| entry.expect("it parses")).collect();
    let mut all = Vec::new();
    documents.iter().for_each(|document| objects(document.root(), |object| all.extend(object)));
    let inventory = Inventory::new(all, "default");
    let controls = ENTRIES
        .iter()
        .map(|entry| Selected { control: entry.control, severity: entry.control.severity })
        .collect();
    let findings = run(&documents, &inventory, &Selection { controls, parameters: Parameters::default() });
    assert!(findings.iter().filter(|finding| finding.control.area() == "secret").count() > 5);
    let mut told = Vec::new();
    for finding in &findings {
        let related = finding.related.iter().map(|related| related.message.as_str());
        for said in related.chain([&*finding.message]) {
            if said.contains(VALUE) || said.contains(ENCODED) {
                told.push(format!("{}: {said}", finding.control.id));
            }
        }
    }
    assert!(told.is_empty(), "{} messages hold the value\n{}", told.len(), told.join("\n"));
}
