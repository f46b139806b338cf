//! The program `casebook`: everything is in the library.

fn main() -> casebook::cli::Exit {
    casebook::cli::run(std::env::args_os())
}
