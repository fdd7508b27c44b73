//! Admission: what runs the catalogue on live requests, and what puts it into a cluster.

pub mod cluster;
pub mod install;
