//! A pod refers to a Secret or a ConfigMap that isn't there.
//!
//! ## What it checks
//! Names in `valueFrom`, `envFrom` and volumes that aren't `optional`, where the scan holds another object of that
//! kind in the namespace, and nothing that makes one of this name (a SealedSecret, an ExternalSecret, a Certificate or
//! annotations that ask for one, a class of the secrets store, a Secret of Vault's operator, an item of 1Password, a
//! cluster or a user of the operators of CloudNativePG, Crunchy, Zalando, Strimzi, RabbitMQ, Elastic and Keycloak, a
//! resource of Crossplane that writes its connection there, a Bundle of trust-manager).
//!
//! ## Why it matters
//! The pod waits for ever; or takes what somebody else creates under that name.
//!
//! ## How to fix
//! Correct the name, add the object, or say `optional: true`.
//!
//! ## How others differ
//! kube-linter reports every object that isn't part of the scan, whatever the namespace, and looks at variables alone.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: app}
//! data: {level: debug}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     envFrom:
//!     - configMapRef: {name: application} # <- here
//! ```
//! ```yaml bad
//! # No issuer is asked for a certificate, and the operator makes no such Secret.
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: other}
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata: {name: web}
//! spec:
//!   tls:
//!   - {hosts: [web.example.com], secretName: web-ingress}
//! ---
//! apiVersion: rabbitmq.com/v1beta1
//! kind: RabbitmqCluster
//! metadata: {name: queue}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     envFrom:
//!     - secretRef: {name: web-ingress} # <- here
//!     - secretRef: {name: queue-user} # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: app}
//! data: {level: debug}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     envFrom:
//!     - configMapRef: {name: app}
//! ```
//! ```yaml near-miss
//! # ConfigMaps are kept elsewhere; the Secret is made by others; the cluster itself makes the last one.
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: other}
//! ---
//! apiVersion: cert-manager.io/v1
//! kind: Certificate
//! metadata: {name: web}
//! spec: {secretName: web-tls}
//! ---
//! apiVersion: secrets.hashicorp.com/v1beta1
//! kind: VaultStaticSecret
//! metadata: {name: web}
//! spec: {destination: {name: web-api, create: true}}
//! ---
//! apiVersion: postgresql.cnpg.io/v1
//! kind: Cluster
//! metadata: {name: votes}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     envFrom:
//!     - configMapRef: {name: app}
//!     - secretRef: {name: maybe, optional: true}
//!   volumes:
//!   - name: tls
//!     secret: {secretName: web-tls}
//!   - name: api
//!     secret: {secretName: web-api}
//!   - name: db
//!     secret: {secretName: votes-app}
//!   - name: ca
//!     configMap: {name: kube-root-ca.crt}
//! ---
//! # Operators make these.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: web
//!   annotations: {cert-manager.io/cluster-issuer: letsencrypt}
//! spec:
//!   tls:
//!   - {hosts: [web.example.com], secretName: web-ingress}
//! ---
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: web
//!   annotations: {cert-manager.io/issuer: letsencrypt}
//! spec:
//!   listeners:
//!   - {name: https, tls: {certificateRefs: [{name: web-gateway}]}}
//! ---
//! apiVersion: kafka.strimzi.io/v1
//! kind: KafkaUser
//! metadata: {name: ci}
//! ---
//! apiVersion: kafka.strimzi.io/v1
//! kind: Kafka
//! metadata: {name: events}
//! ---
//! apiVersion: rabbitmq.com/v1beta1
//! kind: RabbitmqCluster
//! metadata: {name: queue}
//! ---
//! apiVersion: elasticsearch.k8s.elastic.co/v1
//! kind: Elasticsearch
//! metadata: {name: search}
//! ---
//! apiVersion: acid.zalan.do/v1
//! kind: postgresql
//! metadata: {name: team-votes}
//! ---
//! apiVersion: postgres-operator.crunchydata.com/v1beta1
//! kind: PostgresCluster
//! metadata: {name: hippo}
//! ---
//! apiVersion: k8s.keycloak.org/v2alpha1
//! kind: Keycloak
//! metadata: {name: login}
//! ---
//! apiVersion: database.example.org/v1
//! kind: PostgreSQLInstance
//! metadata: {name: cloud}
//! spec: {writeConnectionSecretToRef: {name: cloud-connection}}
//! ---
//! apiVersion: rds.aws.upbound.io/v1beta1
//! kind: Cluster
//! metadata: {name: global}
//! spec: {writeConnectionSecretToRef: {name: global-connection, namespace: default}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: operators, namespace: default}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     envFrom:
//!     - secretRef: {name: web-ingress}
//!     - secretRef: {name: web-gateway}
//!     - secretRef: {name: ci}
//!     - secretRef: {name: events-cluster-ca-cert}
//!     - secretRef: {name: queue-default-user}
//!     - secretRef: {name: search-es-elastic-user}
//!     - secretRef: {name: app.team-votes.credentials.postgresql.acid.zalan.do}
//!     - secretRef: {name: hippo-pguser-app}
//!     - secretRef: {name: login-initial-admin}
//!     - secretRef: {name: cloud-connection}
//!     - secretRef: {name: global-connection}
//! ---
//! # A bundle goes to every namespace.
//! apiVersion: trust.cert-manager.io/v1alpha1
//! kind: Bundle
//! metadata: {name: company-ca}
//! spec: {target: {configMap: {key: ca.crt}}}
//! ---
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: app, namespace: vote}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: vote}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   volumes:
//!   - name: ca
//!     configMap: {name: company-ca}
//! ```

use crate::prelude::*;
use crate::support::references;

pub const CONTROL: Control = Control {
    id: "secret/missing-object",
    title: "Secret or ConfigMap that is not there",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:env-value-from", "popeye:POP-304", "popeye:POP-407"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Kind(&[GroupKind::new("", "ConfigMap"), GroupKind::new("", "Secret")]), check),
};

/// What the cluster or a mesh puts into every namespace.
const EVERYWHERE: &[&str] = &["kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(&pod.object());
    for reference in references::required(pod) {
        let name = reference.name.text();
        if reference.targets(pod, inventory).next().is_some() || EVERYWHERE.contains(&name) {
            continue;
        }
        let is_decidable =
            inventory.of_kind("", reference.kind).any(|object| inventory.namespace_of(object) == namespace);
        let is_made = references::is_made_by_others(inventory, reference.kind, namespace, name);
        if is_decidable && !is_made {
            found.at(
                &reference.name,
                format!("there is no {} {name:?} in {namespace}: correct the name or add it", reference.kind),
            );
        }
    }
}
