//! Capabilities that containers add and drop.

use super::{ON_WINDOWS, Said, listed, some, unless, where_it_fails};
use crate::cel;

const BASELINE: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// The capabilities that a container adds, as an expression over `c`.
const ADDED: &str = "c.?securityContext.?capabilities.?add.orValue([])";

pub(super) fn baseline() -> Said {
    let allowed = cel::long_list(BASELINE);
    Said {
        variables: vec![
            ("allowedCapabilities", allowed),
            ("addingCapabilities", adding("variables.allowedCapabilities")),
            ("addedCapabilities", added("variables.allowedCapabilities")),
        ],
        text: where_it_fails(
            &some("addingCapabilities"),
            &["\"non-default capabilities (\"", &must_not_add(), "\")\""],
        ),
    }
}

pub(super) fn restricted(exempts_windows: bool) -> Said {
    let exempt = |list| unless(exempts_windows, ON_WINDOWS, list);
    let keeping = "variables.containers.filter(c, \
                   !(\"ALL\" in c.?securityContext.?capabilities.?drop.orValue([]))).map(c, c.name)";
    let must_drop = format!(
        "{} + ' must set securityContext.capabilities.drop=[\"ALL\"]'",
        listed("container", "keepingCapabilities")
    );
    let details = format!(
        "({} ? [{must_drop}] : []) +\n({} ? [{}] : [])",
        some("keepingCapabilities"),
        some("addingCapabilities"),
        must_not_add()
    );
    let allowed = "[\"NET_BIND_SERVICE\"]";
    Said {
        variables: vec![
            ("keepingCapabilities", exempt(keeping.to_owned())),
            ("addingCapabilities", exempt(adding(allowed))),
            ("addedCapabilities", added(allowed)),
        ],
        text: where_it_fails(
            &format!("{} || {}", some("keepingCapabilities"), some("addingCapabilities")),
            &["\"unrestricted capabilities (\"", &format!("({details}).join(\"; \")"), "\")\""],
        ),
    }
}

fn adding(allowed: &str) -> String {
    format!("variables.containers.filter(c, {ADDED}.exists(name, !(name in {allowed}))).map(c, c.name)")
}

/// What those containers add, container by container.
fn added(allowed: &str) -> String {
    format!(
        "variables.containers\n  .map(c, {ADDED}.filter(name, !(name in {allowed})))\n  \
         .filter(names, names.size() > 0)\n  .map(names, '\"' + names.join('\", \"') + '\"')\n  .join(\", \")"
    )
}

fn must_not_add() -> String {
    format!(
        "{} + \" must not include \" + variables.addedCapabilities + \" in securityContext.capabilities.add\"",
        listed("container", "addingCapabilities")
    )
}
