//! `casebook new`: a record from its type's fields.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::exit::Failure;
use super::term::{Term, data};
use super::{Exit, root};
use crate::config::{self, FILE};
use crate::diagnostic::near;
use crate::file::{IoFault, RelPath};
use crate::kind::{Field, Kind, Shape};
use crate::resolve::route;

/// Make a record from its type's fields.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The type: person, organisation, place, event, source, claim, dossier, page or one of the site's own
    #[arg(value_name = "TYPE")]
    kind: String,
    /// The record's title
    title: String,
}

/// Fields that a new record does not show: they are written when they are needed.
static SELDOM: &[&str] = &["type", "id", "slug", "title", "template", "reviewed", "body", "extra", "corrections", "updated", "lang", "dossiers"];

/// Runs the command.
pub(super) fn run(_: &Term, root: Option<&Path>, arguments: Arguments) -> Result<Exit, Failure> {
    let root = root::root(root)?;
    let path = root.join(FILE);
    let text = fs::read_to_string(&path).map_err(IoFault::on("read", &path))?;
    let (config, _) = config::config(&RelPath::new(FILE).expect("the configuration has a name"), &text);
    let written = if arguments.kind == "organization" { "organisation" } else { &arguments.kind };
    let Some(kind) = config.kinds.named(written) else {
        let failure = Failure::new(format!("no type \"{}\"", arguments.kind));
        let names: Vec<&str> = config.kinds.iter().map(|kind| kind.name.as_ref()).collect();
        return Err(match near::nearest(&arguments.kind, names.iter().copied()).first() {
            Some(nearest) => failure.help(format!("did you mean {nearest}?")),
            None => failure.help(format!("the types are {}", names.join(", "))),
        });
    };
    let title = arguments.title.trim();
    let stem = route::part(title).trim_matches(['-', '.']).to_owned();
    if title.is_empty() || route::fault(&stem).is_some() || title.chars().any(char::is_control) {
        let failure = Failure::new(format!("\"{}\" gives no name for a file", title.escape_debug()));
        return Err(failure.help("give a title with letters or digits"));
    }
    let folder = if kind.name == "page" { "content".to_owned() } else { format!("content/{}", kind.folder()) };
    let name = match kind.name.as_ref() {
        "source" | "dossier" => format!("{folder}/{stem}/index.md"),
        _ => format!("{folder}/{stem}.md"),
    };
    let path = root.join(&name);
    let other = root.join(format!("{folder}/{stem}.md"));
    if let Some(there) = [&path, &other].into_iter().find(|path| path.exists()) {
        return Err(Failure::new(format!("\"{}\" is there already", there.display())).help("choose another title"));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(IoFault::on("make", folder))?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::new(format!("\"{}\" is there already", path.display())),
        _ => IoFault::new("write", &path, error).into(),
    })?;
    file.write_all(record(kind, title).as_bytes()).map_err(IoFault::on("write", &path))?;
    data(&format!("{}\n", path.display()))?;
    Ok(Exit::Fine)
}

/// Writes the text of a new record: its title, required fields as lines to fill in, the others as comments.
fn record(kind: &Kind, title: &str) -> String {
    let mut text = format!("+++\ntitle = {}\n", quoted(title));
    let fields = kind.fields.iter().chain(crate::kind::COMMON.iter());
    let shown: Vec<&Field> = fields.filter(|field| !SELDOM.contains(&field.name.as_ref())).collect();
    for required in [true, false] {
        for field in shown.iter().filter(|field| field.required == required) {
            if matches!(field.shape, Shape::Free | Shape::List(Shape::Records(_))) {
                continue;
            }
            let note = if required { " (required)" } else { "" };
            text.push_str(&format!("# {} = {}  # {}{note}\n", field.name, field.example, field.doc));
        }
    }
    text.push_str("+++\n\n");
    text
}

fn quoted(title: &str) -> String {
    format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::record;
    use crate::file::RelPath;
    use crate::kind::BUILT_IN;
    use crate::tree::{Node, front_matter};

    #[test]
    fn a_new_record_of_each_type_is_front_matter_and_its_comments_are_too() {
        let path = RelPath::new("content/x.md").expect("a path");
        for kind in BUILT_IN {
            let text = record(kind, "A \"quoted\" title");
            let front = front_matter(&path, &text);
            assert!(front.diagnostics.is_empty(), "{}: {:?}", kind.name, front.diagnostics);
            let title = front.table.get("title").and_then(Node::text).map(|text| text.value.to_string());
            assert_eq!(title.as_deref(), Some("A \"quoted\" title"));
            for line in text.lines().filter_map(|line| line.strip_prefix("# ")) {
                let alone = front_matter(&path, &format!("+++\n{line}\n+++\n"));
                assert!(alone.diagnostics.is_empty(), "{}: {line}: {:?}", kind.name, alone.diagnostics);
            }
        }
    }
}
