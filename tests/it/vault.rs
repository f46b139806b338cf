//! A vault with a string of its own in every private place: none of them gets out, by whatever way.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use casebook::pipeline::Request;
use tempfile::TempDir;

use crate::random::picture::{picture, segment, with_text};
use crate::site::build_as;

#[path = "../vault/checker.rs"]
mod checker;

use checker::{Canaries, Files, files, found, named, string};

/// The years and the number that stand in private places only.
const NUMBERS: [&str; 9] = ["1931", "1932", "1933", "1934", "1935", "1936", "1937", "1938", "7700900461"];

/// Returns the string for a name, and remembers it.
fn shut(canaries: &mut Canaries, name: &str) -> String {
    canaries.shut.insert(string(name));
    string(name)
}

/// Returns the files of the vault, and all strings in it.
fn vault() -> (Files, BTreeSet<String>) {
    let mut canaries = Canaries::default();
    let mut files = files(&named(include_str!("../vault/site.txt"), &mut canaries));
    let mut add = |path: &str, bytes: Vec<u8>| files.push((path.to_owned(), bytes));
    add("content/people/ada.jpg", jpeg(&mut canaries));
    add("content/people/chart.png", png(&mut canaries));
    let comment = shut(&mut canaries, "gifcomment");
    add(
        "content/people/pixel.gif",
        [picture("gif", 1, &comment), shut(&mut canaries, "giftrailing").into_bytes()].concat(),
    );
    add("content/people/leaf.webp", webp(&mut canaries));
    for (folder, name, number) in [("people", "attachment", 5), ("organisations/zvorgfileq", "orgimage", 6)] {
        let inside = shut(&mut canaries, &format!("{name}inside"));
        add(&format!("content/{folder}/zv{name}q.png"), picture("png", number, &inside));
    }
    let paper = shut(&mut canaries, "paper");
    add("content/dossiers/zvdossierfolderq/paper.pdf", format!("%PDF-1.4 {paper}").into_bytes());
    let strings = canaries.all().into_iter().chain(NUMBERS.map(str::to_owned)).collect();
    (files, strings)
}

/// Makes a JPEG with something in every segment that may hold text.
fn jpeg(canaries: &mut Canaries) -> Vec<u8> {
    let mut bytes = picture("jpg", 3, &shut(canaries, "jpegcomment"));
    let title: Vec<u8> = shut(canaries, "exiftitle").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let exif = [b"Exif\0\0II\x2a\0\x08\0\0\0\0\0", shut(canaries, "exif").as_bytes(), &[0], &title].concat();
    let xmp = format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{}</x:xmpmeta>", shut(canaries, "xmp"));
    let iptc = format!("Photoshop 3.0\08BIM\x04\x04{}", shut(canaries, "iptc"));
    for (marker, payload) in [(0xE1, exif), (0xE1, xmp.into_bytes()), (0xED, iptc.into_bytes())] {
        bytes = segment(&bytes, marker, &payload);
    }
    bytes.extend(shut(canaries, "jpegtrailing").bytes());
    bytes
}

/// Makes a PNG with text in chunks of each kind, one of them packed, and behind its end.
fn png(canaries: &mut Canaries) -> Vec<u8> {
    let mut bytes = with_text(picture("png", 4, &shut(canaries, "pngtext")), &shut(canaries, "pngmore"));
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(shut(canaries, "pngpacked").as_bytes()).expect("memory holds it");
    let packed = packed.finish().expect("memory holds it");
    let chunk = [&b"zTXtComment\0\0"[..], &packed].concat();
    let length = u32::try_from(chunk.len() - 4).expect("a short text").to_be_bytes();
    let sum = crc32fast::hash(&chunk).to_be_bytes();
    bytes.splice(33..33, [&length[..], &chunk, &sum].concat());
    bytes.extend(shut(canaries, "pngtrailing").bytes());
    bytes
}

/// Makes a WebP with chunks of metadata.
fn webp(canaries: &mut Canaries) -> Vec<u8> {
    let mut bytes = picture("webp", 2, "");
    for (name, word) in [(b"EXIF", "webpexif"), (b"XMP ", "webpxmp")] {
        let mut text = shut(canaries, word).into_bytes();
        text.resize(text.len().next_multiple_of(2), b' ');
        let length = u32::try_from(text.len()).expect("a short text").to_le_bytes();
        bytes.extend([&name[..], &length, &text].concat());
    }
    let length = u32::try_from(bytes.len() - 8).expect("a small image").to_le_bytes();
    bytes[4..8].copy_from_slice(&length);
    bytes
}

/// Writes files into a folder.
fn lay(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    folder
}

/// Runs the program, its output through a pipe.
fn run(root: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_casebook"));
    program.arg("--root").arg(root).args(arguments).output().expect("the program runs")
}

/// Returns every file below a folder.
fn tree(folder: &Path) -> Files {
    let mut all = Files::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a folder can be read") {
            let path = entry.expect("it is listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
                all.push((name, fs::read(&path).expect("it can be read")));
            }
        }
    }
    all.sort();
    all
}

/// Returns what runs of the program said.
fn said(root: &Path, runs: &[&[&str]]) -> Files {
    let said = |arguments: &&[&str]| {
        let output = run(root, arguments);
        vec![(format!("stdout of {arguments:?}"), output.stdout), (format!("stderr of {arguments:?}"), output.stderr)]
    };
    runs.iter().flat_map(said).collect()
}

const RUNS: &[&[&str]] = &[
    &["-v", "build"],
    &["build", "--strict"],
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "sarif"],
    &["check", "--format", "github"],
    &["check", "--withheld"],
    &["-v", "--color", "always", "check"],
];

/// Fails where a string stands in one of some files, and names both.
#[track_caller]
fn check_clean(strings: &BTreeSet<String>, files: &Files) {
    for file in files {
        let found = found(strings, &vec![file.clone()]);
        assert!(found.is_empty(), "{} holds {found:?}:\n{}", file.0, String::from_utf8_lossy(&file.1));
    }
}

#[test]
fn the_check_finds_every_string_in_the_vault_itself() {
    let (files, strings) = vault();
    let missing: Vec<String> = strings.difference(&found(&strings, &files)).cloned().collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(strings.len() > 150, "{}", strings.len());
}

#[test]
fn nothing_private_gets_out_of_the_vault() {
    let (files, strings) = vault();
    let folder = lay(&files);
    let built = run(folder.path(), &["-v", "build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let output = tree(&folder.path().join("public"));
    assert!(output.len() > 20 && output.iter().any(|(name, _)| name == "people/ada.html"));
    check_clean(&strings, &output);
    check_clean(&strings, &said(folder.path(), RUNS));
    for (route, _) in output.iter().filter(|(name, _)| name.ends_with(".html")) {
        check_clean(&strings, &said(folder.path(), &[&["inspect", route]]));
    }
}

#[test]
fn no_message_about_a_vault_with_faults_says_anything_private() {
    let (mut files, strings) = vault();
    let edits = [
        ("born = \"1933-09-06\"", "born = \"zvrole 1933\"\nborn = \"zvnoteq\"\nvisiblity = \"zvtagq\""),
        ("when: 1936-10-07", "when: zvprivatetitleq\nstatus: zvcodeq\nplaec: zvaddressq\nimage: zvattachmentq.jpg"),
        ("when = \"1937\"", "place = \"zvplacefileq\"\nevidence = [\"zvmemofolderq, p. 1\"]"),
        ("publish: false", "publish: \"zvaddressq\"\nid: zvpersonidq\ntitle: zvslugq"),
        ("flag: zvvesselflagq", "owner: zvdossierfolderq\nslug: zvslugq/zvslugq"),
        (
            "kind = \"zvorgkindq\"",
            "parent = \"zvcountryq\"\ndissolved = 1939\nlinks = [\"zvlinkurlq\"]\nkind = \"zvorgkindq",
        ),
        (
            "id = \"zvinlineidq\"",
            "id = \"zvinline/idq\"\n[[people]]\ntitle = \"zvinlinetitleq\"\nborn = \"zvinlinebodyq\"\n[[people]]\nid = \"zvinlineidq\"",
        ),
        ("aliases: [", "aliases: [zvpersonaliasq, "),
        ("noise = [", "noise = [zvcapturefileq, "),
        ("file = \"zvcapturefileq.txt\"", "file = \"zvcapturefileq.odt\"\nsha256 = \"zvcapturefileq\""),
        (
            "See [[people/",
            "[[zvpersonidq]] ![[zvpersonaliasq]] [@zvmemofolderq] [x](zvpersonfileq.md) [[zvpersonfile]] See [[people/",
        ),
    ];
    for (_, bytes) in &mut files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let mended = edits.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        *bytes = mended.into_bytes();
    }
    let folder = "content/dossiers/zvdossierfolderq/zvmemberfolderq";
    files.push((format!("{folder}/zvmemberfileq2.md"), b"\xff\xfe zvmemberbodyq".to_vec()));
    files.push((format!("{folder}/broken.md"), b"---\ntitle: [zvmemberbodyq\n  - : zvmemberbodyq\n---\n".to_vec()));
    files.push((
        "content/zvdraftfileq.md".to_owned(),
        b"+++\nvisibility = \"private\"\ntitle = \"\xe9 zvdrafttitleq\"\n+++\n".to_vec(),
    ));
    let folder = lay(&files);
    let built = run(folder.path(), &["build"]);
    assert_eq!(built.status.code(), Some(1), "{}", String::from_utf8_lossy(&built.stderr));
    let said = said(folder.path(), RUNS);
    let human = String::from_utf8_lossy(&said[1].1).into_owned();
    for code in
        ["private-reference", "invalid-date", "invalid-value", "invalid-front-matter", "not-utf8", "missing-field"]
    {
        assert!(human.contains(code), "no {code} in\n{human}");
    }
    check_clean(&strings, &said);
}

/// A site with a secret, a confidential person who is also called like an herb, and a page.
const HERB: &str = "//- casebook.toml\ntitle = \"A site\"\n//- secrets.txt\nLanternfish\n\
     //- content/note.md\nThere was rosemary on the table.\n\
     //- content/people/osprey.md\n+++\nvisibility = \"confidential\"\naliases = [\"Rosemary\"]\nPRIVATE+++\n";

#[test]
fn a_theme_that_prints_a_secret_stops_the_build_before_the_output_changes() {
    let folder = lay(&files(&HERB.replace("PRIVATE", "[private]\npublic-words = [\"Rosemary\"]\n")));
    let built = run(folder.path(), &["build"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let public = folder.path().join("public");
    let ages = |tree: &Files| {
        let age = |(name, _): &(String, Vec<u8>)| fs::metadata(public.join(name)).and_then(|meta| meta.modified());
        tree.iter().map(|file| age(file).expect("it has an age")).collect::<Vec<_>>()
    };
    let before = tree(&public);
    let aged = ages(&before);

    fs::write(folder.path().join("content/note.md"), "Other words.\n").expect("it can be written");
    fs::create_dir(folder.path().join("templates")).expect("a folder can be made");
    let footer = folder.path().join("templates/footer.html");
    fs::write(&footer, "<footer>lantern<b>fish</b> LANTERNFISH</footer>").expect("it can be written");
    for arguments in [&["build"][..], &["build", "--clean"], &["check"]] {
        let failed = run(folder.path(), arguments);
        let said = String::from_utf8_lossy(&failed.stderr).into_owned();
        assert_eq!(failed.status.code(), Some(1), "{said}");
        assert!(said.contains("error[leaked-secret]") && said.contains("\"note.html\""), "{said}");
        assert!(!said.to_lowercase().contains("lantern"), "{said}");
        let after = tree(&public);
        assert!(after == before, "the output changed");
        assert_eq!(ages(&after), aged);
    }

    fs::remove_file(footer).expect("it can be removed");
    assert!(run(folder.path(), &["build"]).status.success());
    assert_ne!(tree(&public), before);
}

#[test]
fn an_alias_that_is_a_common_word_stops_the_build_until_it_is_a_public_word_and_the_help_says_so() {
    let build = |private: &str| {
        let folder = lay(&files(&HERB.replace("PRIVATE", private)));
        let built = run(folder.path(), &["build"]);
        (built.status.code(), String::from_utf8_lossy(&built.stderr).into_owned())
    };
    let (code, said) = build("");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("error[leaked-secret]") && said.contains("\"note.html\""), "{said}");
    assert!(!said.to_lowercase().contains("rosemary") && !said.contains("osprey"), "{said}");
    let on_terminal = build_as(&HERB.replace("PRIVATE", ""), &Request::default()).terminal;
    assert!(on_terminal.contains("\"Rosemary\" stands in \"note.html\""), "{on_terminal}");
    assert!(on_terminal.contains("list it under public-words in [private]"), "{on_terminal}");
    for word in ["Rosemary", "rosemary"] {
        let (code, said) = build(&format!("[private]\npublic-words = [\"{word}\"]\n"));
        assert_eq!(code, Some(0), "{said}");
    }
    let (code, said) = build("[private]\npublic-words = [\"Thyme\"]\n");
    assert_eq!(code, Some(1), "{said}");
}
