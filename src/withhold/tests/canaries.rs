//! Strings that must not get out, and files that nobody may see.

use super::site;

#[test]
fn every_name_of_a_confidential_record_is_a_canary() {
    site(
        "//- people/osprey file.md\n+++\nid = \"osprey\"\ntitle = \" Quill  Kestrel \"\naliases = [\"the hawk\", \"/old/hawk.html\"]\nvisibility = \"confidential\"\n+++\n",
    )
    .check_canaries(&["/old/hawk.html", "Quill Kestrel", "osprey", "osprey file", "the hawk"]);
}

#[test]
fn the_folder_of_a_confidential_bundle_is_a_canary() {
    site("//- people/nest/index.md\n+++\nid = \"osprey\"\ntitle = \"Hawk\"\nvisibility = \"confidential\"\n+++\n")
        .check_canaries(&["Hawk", "nest", "osprey"]);
}

#[test]
fn names_of_private_records_and_drafts_are_no_canaries() {
    site("//- a.md\n+++\nvisibility = \"private\"\n+++\n//- b.md\n+++\ndraft = true\n+++\n//- c.md\n")
        .check_canaries(&[]);
}

#[test]
fn every_scalar_of_a_private_table_is_a_canary_whoever_may_read_the_record() {
    let table = "[private]\nphone = 5551234\nborn = 1967-01-25\nname = \" Quill \"\nempty = \"\"\nyes = true\npublic-words = [\"May\"]\n[private.deep]\nlist = [\"one\", \"two\"]\n";
    let expect = ["1967-01-25", "5551234", "Quill", "one", "two"];
    for visibility in ["public", "private"] {
        let text = format!("//- a.md\n+++\nvisibility = \"{visibility}\"\n{table}+++\n");
        site(&text).check_canaries(&expect);
        assert_eq!(site(&text).sift().public_words, ["May"]);
    }
}

#[test]
fn what_a_dossier_makes_confidential_has_canaries_too() {
    site("//- case/index.md\n+++\ntype = \"dossier\"\ntitle = \"Case\"\nvisibility = \"confidential\"\n[[people]]\nid = \"osprey\"\n+++\n//- case/wren.md\n+++\ntitle = \"Wren\"\n+++\n")
        .check_canaries(&["Case", "case", "osprey", "Wren", "wren"]);
}

#[test]
fn each_line_of_the_secrets_is_a_canary_but_comments_and_blanks() {
    let mut case = site("");
    case.secrets = Some("\u{feff}# names\n\n  Lanternfish \r\nlocker 4117\r#x\rlast");
    case.check_canaries(&["Lanternfish", "locker 4117", "last"]);
    let spans: Vec<(u32, u32)> =
        case.sift().canaries.iter().map(|canary| (canary.place.span.start, canary.place.span.end)).collect();
    assert_eq!(spans, [(14, 25), (28, 39), (43, 47)]);
}

#[test]
fn files_of_withheld_records_are_known() {
    let sifted = site(
        "//- people/osprey.md\n+++\nvisibility = \"private\"\nimage = \"face.png\"\nsummary = \"![x](note.png)\"\n+++\n![[deep/body.png]]\n\
         //- sources/memo/index.md\n+++\nvisibility = \"private\"\n[capture]\nfile = \"memo.txt\"\n+++\n\
         //- sources/memo/memo.txt\n\n//- sources/memo/a/b.txt\n\n//- people/face.png\n\n//- people/note.png\n\n\
         //- people/deep/body.png\n\n//- people/ada.md\n![[ada.png]]\n//- people/ada.png\n\n//- sources/memory.txt\n",
    )
    .sift();
    let files: Vec<&str> = sifted.files.iter().map(|path| path.as_str()).collect();
    assert_eq!(
        files,
        [
            "content/people/deep/body.png",
            "content/people/face.png",
            "content/people/note.png",
            "content/sources/memo/a/b.txt",
            "content/sources/memo/memo.txt"
        ]
    );
}

#[test]
fn a_capture_of_a_withheld_source_that_lies_elsewhere_is_its_file() {
    let sifted = site(
        "//- sources/memo.md\n+++\nvisibility = \"private\"\n[capture]\nfile = \"memo.txt\"\n+++\n//- sources/memo.txt\n\n//- sources/open.txt\n",
    )
    .sift();
    assert_eq!(sifted.files.iter().map(|path| path.as_str()).collect::<Vec<_>>(), ["content/sources/memo.txt"]);
}
