//! Nothing is forgotten: whatever a table of the program knows, random sites use.
