//! PodSecurityPolicy, as the admission plugin of Kubernetes up to 1.24 evaluated it: what each policy makes of a
//! pod (it fills in defaults and then validates), which of several is chosen, and what a policy promises of every
//! pod that it admits.
//!
//! The rules are those of `pkg/security/podsecuritypolicy` and `plugin/pkg/admission/security/podsecuritypolicy`
//! of the last release that had them, and so are the words of the errors. Who may use a policy is for others to
//! say.

mod change;
mod container;
mod error;
mod evaluate;
mod mutate;
mod pod;
mod policy;
mod promise;
mod read;
mod security;
mod select;
mod strategy;
mod validate;
mod volume;

pub use change::{Change, NewValue};
pub use error::FieldError;
pub use evaluate::{Evaluation, Outcome, evaluate};
pub use pod::PspPod;
pub use policy::{HostPath, PodSecurityPolicy, PortRange, RuntimeClasses};
pub use promise::{Gap, gaps};
pub use read::Problem;
pub use security::SeLinux;
pub use select::{Mode, Selection, Usable, message, select};
pub use strategy::{
    AppArmor, CapabilityRule, Group, IdRange, SAFE_SYSCTLS, SeLinuxRule, Seccomp, Sysctls, User,
};
