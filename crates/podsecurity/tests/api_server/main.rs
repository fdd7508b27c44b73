//! Equality with the admission plugin of a real API server: verdicts, status, warnings and audit annotations, byte
//! for byte. Runs where there is a control plane; see CONTRIBUTING.md.

mod configured;
mod documents;
mod labels;
mod standards;
mod updates;
mod verdict;
mod world;
