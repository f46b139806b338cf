//! The program `casebook`: everything is in the library.

/// A build makes and frees many small texts on all cores at once; this allocator takes a fifth less time for it than the
/// system's. Its second version sets less memory aside than its third.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> casebook::cli::Exit {
    casebook::cli::run(std::env::args_os())
}
