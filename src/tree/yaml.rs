//! YAML into the tree.
