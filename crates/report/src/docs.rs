//! Pages of the documentation.
