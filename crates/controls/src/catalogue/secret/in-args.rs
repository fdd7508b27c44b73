//! A credential stands in a command line.
//!
//! ## What it checks
//! `command` and `args` of every container, and the commands of its probes and hooks: flags whose name promises a
//! credential (`--password=…`, `--token …`), assignments within a shell command, credentials by their form, and what
//! some programs take one by: `curl -u` and `-H`, `redis-cli -a`, `mysql -p…`, `mongosh -p`, `cqlsh -p`, `sqlcmd -P`,
//! `ldapsearch -w`, `etcdctl --user`, `docker login -p`, `az login -p`, `sshpass -p`, `rabbitmqctl add_user`,
//! `mc alias set`, `htpasswd -b`, `… | chpasswd`.
//!
//! ## Why it matters
//! Whoever may read the pod or its repository has the credential. On the node every process can read the command
//! lines of the others.
//!
//! ## How to fix
//! Change the credential: it counts as known. Give the program a file (`--password-file`) or a variable that comes
//! from a Secret: `--password=$(DB_PASSWORD)`.
//!
//! ```yaml bad
//! containers:
//! - name: cache
//!   image: registry.example.com/redis:7.4.6
//!   args:
//!   - --protected-mode
//!   - "no"
//!   - --requirepass
//!   - hunter2-not-real # <- here
//!   - --masteruser=replica
//!   - --masterauth=hunter2-not-real # <- here
//!   livenessProbe:
//!     exec:
//!       command: [sh, -c, "mysqladmin --user=root --password=hunter2-not-real ping"] # <- here
//! ```
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   command:
//!   - curl
//!   - --user=admin:hunter2-not-real # <- here
//!   - -H
//!   - "Authorization: Bearer 3f2a9c77aa01bbcc" # <- here
//!   livenessProbe:
//!     exec:
//!       command: [redis-cli, -a, hunter2-not-real, ping] # <- here
//!   readinessProbe:
//!     exec:
//!       command: [sh, -c, "mysqladmin ping -uroot -phunter2-not-real"] # <- here
//! - name: vault
//!   image: registry.example.com/vault:1.21
//!   args: [server, -dev, -dev-root-token-id=root] # <- here
//! - name: database
//!   image: registry.example.com/database:1.4
//!   livenessProbe:
//!     exec:
//!       command: [/opt/mssql-tools18/bin/sqlcmd, -S, localhost, -U, sa, -P, Hunter2-not-real, -Q, "SELECT 1"] # <- here
//!   lifecycle:
//!     postStart:
//!       exec:
//!         command: [rabbitmqctl, add_user, ci, hunter2-not-real] # <- here
//! - name: admin
//!   image: registry.example.com/admin:1.4
//!   args: [--admin-pw=hunter2-not-real] # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   args: [--password=$(DB_PASSWORD)]
//!   env:
//!   - name: DB_PASSWORD
//!     valueFrom:
//!       secretKeyRef: {name: db, key: password}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   command: [sh, -c, "PASSWORD=$(cat /run/secrets/db) exec app --token \"$TOKEN\""]
//!   args:
//!   - --password-file=/run/secrets/db
//!   - --token-ttl=15m
//!   - --tls-private-key-file=/etc/tls/tls.key
//!   - --secret-name
//!   - db-credentials
//!   - --token
//!   - $(TOKEN)
//!   - --password
//!   - --verbose
//!   - --service-account-issuer=https://kubernetes.default.svc
//!   - --initial-cluster-token=etcd-cluster-1
//!   - --authorization=AlwaysAllow
//!   - -p
//!   - hunter2-not-real
//!   livenessProbe:
//!     exec:
//!       command: [sh, -c, 'redis-cli -a "$REDIS_PASSWORD" ping; mysqladmin ping -p"$PASSWORD" -P 3306']
//!   readinessProbe:
//!     exec:
//!       command: [curl, -u, "$(USER):$(PASSWORD)", -H, "Authorization: Bearer $(TOKEN)", "http://localhost:8080"]
//! ```

use crate::prelude::*;
use crate::support::credential::{self, Command, Found};

pub const CONTROL: Control = Control {
    id: "secret/in-args",
    title: "Credential in a command line",
    severity: High,
    frameworks: &[nsa("network/secrets"), mitre("T1552.001"), microsoft("MS-TA9027"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Key(&["command", "args"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let commands = [
        "livenessProbe.exec.command",
        "readinessProbe.exec.command",
        "startupProbe.exec.command",
        "lifecycle.postStart.exec.command",
        "lifecycle.preStop.exec.command",
    ];
    // Command and arguments make one line: a flag may end the one and its value begin the other.
    let line = container.get("command").items().chain(container.get("args").items());
    judge(container, line, found);
    for path in commands {
        judge(container, container.get(path).items(), found);
    }
}

fn judge<'d>(
    container: &Container<'_, 'd>,
    line: impl Iterator<Item = Field<'d>>,
    found: &mut Findings<'_, 'd>,
) {
    let mut flag = "";
    let mut command = Command::default();
    for item in line {
        let text = item.text();
        let credential = match std::mem::take(&mut flag) {
            "" => argument(text),
            flag if text.starts_with('-') => argument(text).filter(|_| !flag.is_empty()),
            flag => describe(flag, text),
        };
        let taken = command.take(text);
        let credential = credential.or_else(|| taken.map(str::to_owned));
        if is_flag(text) && !text.contains('=') {
            flag = text;
        }
        if let Some(what) = credential {
            found.at(
                &item,
                format!(
                    "the command line of {} holds {what}: change it and use a file or $(VARIABLE)",
                    container.title()
                ),
            );
        }
    }
}

/// `--password`, but not a script that begins with a dash.
fn is_flag(text: &str) -> bool {
    text.starts_with('-') && text.len() > 2 && !text.contains(char::is_whitespace)
}

fn argument(text: &str) -> Option<String> {
    if is_flag(text)
        && let Some((name, value)) = text.split_once('=')
    {
        return describe(name, value);
    }
    // A plain word is a subcommand or a name: only its form tells, or the assignment that it is.
    let (what, inside) = match credential::by_form(text) {
        Some(what) => (what, None),
        None => match credential::in_text(text) {
            Some(inside) => (inside.what, Some(inside)),
            None => (credential::in_script(text)?, None),
        },
    };
    Some(Found { what, inside }.describe())
}

fn describe(flag: &str, value: &str) -> Option<String> {
    let name = flag.trim_start_matches('-');
    let found = credential::anywhere(name, value)?;
    Some(match found.inside {
        Some(_) => found.describe(),
        None => format!("{} (--{name})", found.what),
    })
}
