//! `casebook theme eject`: copies of built-in files, for editing.

use std::fs;
use std::path::{Path, PathBuf};

use super::exit::Failure;
use super::term::{Term, data};
use super::{Exit, root};
use crate::diagnostic::near;
use crate::file::IoFault;
use crate::render::built_in;

/// Work with themes.
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Copy files of a built-in theme into the site, for editing; without files, list them
    Eject {
        /// The files, such as templates/person.html
        files: Vec<String>,
        /// The built-in theme
        #[arg(long, default_value = "default")]
        theme: String,
    },
}

/// Runs the command.
pub(super) fn run(term: &Term, root: Option<&Path>, arguments: Arguments) -> Result<Exit, Failure> {
    let Command::Eject { files, theme } = arguments.command;
    let all = built_in(&theme);
    if all.is_empty() {
        return Err(Failure::new(format!("no built-in theme \"{theme}\"")).help("the built-in themes are default and brief"));
    }
    if files.is_empty() {
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        data(&format!("{}\n", names.join("\n")))?;
        return Ok(Exit::Fine);
    }
    let root = root::root(root)?;
    let mut copies: Vec<(PathBuf, &[u8])> = Vec::new();
    for file in &files {
        let forms = [file.clone(), format!("templates/{file}"), format!("static/{file}")];
        let Some((name, bytes)) = all.iter().find(|(name, _)| forms.contains(name)) else {
            let failure = Failure::new(format!("the theme \"{theme}\" has no file \"{file}\""));
            let nearest = near::nearest(file, all.iter().map(|(name, _)| name.as_str()));
            return Err(match nearest.first() {
                Some(nearest) => failure.help(format!("did you mean {nearest}?")),
                None => failure.help("`casebook theme eject` lists them"),
            });
        };
        // Templates and static files of the site shadow those of its theme; other files belong to a theme.
        let shadows = name.starts_with("templates/") || name.starts_with("static/");
        let to = if shadows { root.join(name) } else { root.join("themes").join(&theme).join(name) };
        if to.exists() {
            return Err(Failure::new(format!("\"{}\" is there already", to.display())).help("move it away first; nothing was copied"));
        }
        copies.push((to, bytes));
    }
    for (to, bytes) in copies {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(IoFault::on("make", folder))?;
        }
        fs::write(&to, bytes).map_err(IoFault::on("write", &to))?;
        term.detail(&format!("copied {}", to.display()));
        data(&format!("{}\n", to.display()))?;
    }
    Ok(Exit::Fine)
}
