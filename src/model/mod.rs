//! The nouns of a dossier as plain data; what holds of one is said where it is defined.

pub mod date;
