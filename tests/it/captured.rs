//! The files of captures: where a source finds its own, and that it never takes another's.

use casebook::pipeline::Request;

use crate::site::{build, build_as, faults};

/// Makes a source at `path` with a capture, and a record that quotes it as `id`.
fn site(path: &str, file: &str, id: &str) -> String {
    format!(
        "//- content/{path}\n+++\ntitle = \"The log\"\n[capture]\nfile = \"{file}\"\npublish = \"full\"\n+++\n\
         //- content/note.md\nIt says “the tide was out” [@{id}].\n"
    )
}

/// Adds a file with the words that are quoted.
fn with(site: &str, path: &str) -> String {
    format!("{site}//- content/{path}\nAt noon the tide was out.\n")
}

/// Checks that the capture is found at `path`.
fn check_found(site: &str, path: &str) {
    let page = build(&with(site, path)).page("note.html");
    assert!(page.contains("data-quote=\"verified\""), "{path}: {page}");
}

/// Checks that nothing at `path` is taken for the capture, and that the value is pointed at.
fn check_missing(site: &str, path: &str) {
    let found = faults(&with(site, path));
    let missing = found.iter().filter(|fault| fault.starts_with("missing-file")).collect::<Vec<_>>();
    assert_eq!(missing.len(), 1, "{path}: {found:?}");
    assert!(missing[0].ends_with(":4:8") || missing[0].ends_with(":6:8"), "{path}: {missing:?}");
    assert!(!found.iter().any(|fault| fault.starts_with("quote-not-found")), "{path}: {found:?}");
}

#[test]
fn a_capture_lies_beside_its_record_or_in_a_folder_below() {
    check_found(&site("sources/a.md", "a.txt", "a"), "sources/a.txt");
    check_found(&site("sources/a/index.md", "a.txt", "a"), "sources/a/a.txt");
    check_found(&site("sources/a.md", "captures/a.txt", "a"), "sources/captures/a.txt");
    check_found(&site("sources/a/index.md", "./captures/a.txt", "a"), "sources/a/captures/a.txt");
    check_found(&site("sources/a.md", "a-text.md", "a"), "sources/a-text.md");
}

#[test]
fn a_capture_is_looked_for_nowhere_else() {
    check_missing(&site("sources/a.md", "a.txt", "a"), "a.txt");
    check_missing(&site("sources/a.md", "a.txt", "a"), "sources/b/a.txt");
    check_missing(&site("sources/a.md", "a.txt", "a"), "sources/A.txt");
    check_missing(&site("sources/a/index.md", "a.txt", "a"), "sources/a.txt");
    check_missing(&site("sources/a/index.md", "../a.txt", "a"), "sources/a.txt");
    check_missing(&site("sources/a/index.md", "x/../../a.txt", "a"), "sources/a.txt");
    check_missing(&site("sources/a.md", "/a.txt", "a"), "sources/a.txt");
    check_missing(&site("sources/a.md", "captures/a.txt", "a"), "captures/a.txt");
    let hash = site("sources/a.md", "a.txt", "a").replace("file =", "sha256 = \"00\"\nfile =");
    let found = faults(&hash);
    assert_eq!(found.iter().filter(|fault| *fault == "missing-file content/sources/a.md:5:8").count(), 1, "{found:?}");
}

#[test]
fn a_source_takes_nothing_out_of_another_records_bundle() {
    let other = "//- content/sources/b/index.md\n+++\ntitle = \"Another\"\n+++\n";
    check_missing(&format!("{}{other}", site("sources/a.md", "b/a.txt", "a")), "sources/b/a.txt");
    check_missing(&format!("{}{other}", site("sources/a.md", "b/deep/a.txt", "a")), "sources/b/deep/a.txt");
    let withheld = other.replace("title", "visibility = \"private\"\ntitle");
    let found = faults(&with(&format!("{}{withheld}", site("sources/a.md", "b/a.txt", "a")), "sources/b/a.txt"));
    assert!(found.contains(&"private-reference content/sources/a.md:4:8".to_owned()), "{found:?}");
}

#[test]
fn a_record_is_no_capture_of_another() {
    let check = |file: &str, front: &str| {
        let other =
            format!("//- content/sources/{file}\n+++\ntitle = \"Lanternfish\"\n{front}\n+++\nThe tide was out.\n");
        let built = build_as(&format!("{}{other}", site("sources/a.md", file, "a")), &Request::default());
        assert!(
            built.json.contains("missing-file") || built.json.contains("private-reference"),
            "{file}: {}",
            built.json
        );
        built.json
    };
    check("b.md", "[capture]\nfile = \"a.md\"");
    check("b/index.md", "");
    for front in ["visibility = \"confidential\"", "draft = true", "[private]\nname = \"Lanternfish Cay\""] {
        check("b.md", front);
        check("b/c.md", front);
    }
    let found = faults(&site("sources/a/index.md", "index.md", "a"));
    assert!(found.contains(&"missing-file content/sources/a/index.md:4:8".to_owned()), "{found:?}");
}

#[test]
fn moving_an_inline_source_to_its_folder_changes_nothing() {
    let inline = "//- content/dossiers/case/index.md\n+++\ntitle = \"The case\"\n[[sources]]\nid = \"log\"\ntitle = \"The log\"\n\
        capture = { file = \"log.txt\" }\n+++\nIt says “the tide was out” [@log].\n";
    let moved = "//- content/dossiers/case/index.md\n+++\ntitle = \"The case\"\n+++\nIt says “the tide was out” [@log].\n\
        //- content/sources/log.md\n+++\ntitle = \"The log\"\ndossiers = [\"case\"]\ncapture = { file = \"log.txt\" }\n+++\n";
    let other = "//- content/dossiers/case/log.txt\nAnother text.\n";
    let (before, after) = [inline, moved].map(|site| build(&with(&format!("{site}{other}"), "sources/log.txt"))).into();
    for route in ["dossiers/case.html", "sources/log.html"] {
        assert!(before.page(route) == after.page(route), "{route}");
    }
    let beside = build(&with(inline, "dossiers/case/log.txt")).page("dossiers/case.html");
    assert!(beside.contains("data-quote=\"verified\""), "{beside}");
}

#[test]
fn a_withheld_capture_in_a_folder_of_its_own_is_not_spoken_of() {
    let site = "//- content/sources/a.md\n+++\nvisibility = \"private\"\n[capture]\nfile = \"papers/lanternfish.txt\"\n+++\n\
        //- content/sources/papers/lanternfish.txt\nx\n//- content/note.md\nText.\n";
    let built = build_as(site, &Request::default());
    assert!(!built.json.contains("lanternfish"), "{}", built.json);
}

/// Makes a site with a source whose capture is `bytes`, and returns its pages and messages.
fn built_of(file: &str, bytes: &[u8], publish: &str) -> crate::site::Built {
    let text = format!(
        "//- content/claims/advice.md\n+++\ntitle = \"He advised it\"\nabout = \"mara\"\n\
         assessments = [{{ on = \"2020\", status = \"alleged\", evidence = [\"log\"] }}]\nresponse-sought = \"2020\"\n+++\n\
         //- content/people/mara.md\n# Mara\n\
         //- content/sources/log.md\n+++\ntitle = \"The log\"\n[capture]\nfile = \"{file}\"\npublish = \"{publish}\"\n\
         [[annotations]]\nquote = \"the tide was out\"\nnote = \"It matters to the **harbour** master.\"\nclaims = [\"advice\"]\n\
         stance = \"denies\"\n+++\n\
         //- content/note.md\nIt says “the tide was out” [@log, p. 1].\n"
    );
    let mut files = crate::site::files(&text);
    let path = casebook::file::RelPath::new(&format!("content/sources/{file}")).expect("a path");
    files.0.insert(path, casebook::file::Bytes::from(bytes));
    crate::site::build_files(files, &Request::default())
}

#[test]
fn a_capture_without_words_is_unverified_and_says_so() {
    let pdf = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj\ntrailer << /Size 4 /Root 1 0 R >>\n%%EOF\n";
    let cases: [(&str, &[u8]); 7] = [
        ("log.pdf", pdf),
        ("log.pdf", b"no document"),
        ("log.pdf", b""),
        ("log.txt", b""),
        ("log.txt", b"\xef\xbb\xbf\r\n \r\n--\0\n"),
        ("log.html", b"<script>document.write('the tide was out')</script>"),
        ("clip.md", b"%% the tide was out %%\n"),
    ];
    for (file, bytes) in cases {
        for publish in ["excerpts", "none"] {
            let built = built_of(file, bytes, publish);
            assert!(!built.json.contains("quote-not-found"), "{file}: {}", built.json);
            // At the capture, at the annotation, at the quotation.
            assert_eq!(built.json.matches("\"quote-unverified\"").count(), 3, "{file}: {}", built.json);
            let page = built.page("sources/log.html");
            assert!(
                page.contains("No words could be read") && page.contains("the <strong>harbour</strong> master"),
                "{page}"
            );
            // Only who quotes it says what it says.
            assert!(
                page.split("class=\"apparatus\"").next().is_some_and(|own| !own.contains("the tide was out")),
                "{page}"
            );
            let list = built.page("sources.html");
            assert!(
                list.contains("No text could be read") && list.contains("<dt>Without a stored text</dt> <dd>1</dd>"),
                "{list}"
            );
            assert!(list.contains("<dd>0/1</dd>"), "{list}");
        }
    }
}

#[test]
fn what_is_not_published_is_annotated_without_a_word_of_it() {
    let text = b"Lanternfish was there. At noon the tide was out. Lanternfish left.\n";
    let built = built_of("log.txt", text, "none");
    assert!(!built.json.contains("error"), "{}", built.json);
    let page = built.page("sources/log.html");
    for shown in ["the <strong>harbour</strong> master", "claims/advice.html", "denies", "note.html", "Quoted in"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    for (route, bytes) in &built.outputs {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Lanternfish") && !text.contains("q-1"), "{route}");
        assert!(
            route == "note.html" || !text.contains("the tide was out") || text.contains("It says"),
            "{route}: {text}"
        );
    }
    let open = built_of("log.txt", text, "full").page("sources/log.html");
    assert!(open.contains("Lanternfish was there") && !open.contains("annotation-1"), "{open}");
    assert_eq!(open.matches("the <strong>harbour</strong> master").count(), 1, "{open}");
}

#[test]
fn paragraphs_count_from_one_whatever_is_printed_before_them() {
    let found = |locator: &str| {
        let site = site("sources/a.md", "a.txt", "a").replace("[@a]", &format!("[@a, {locator}]"));
        let text = "11. The board met.\n\n12. At noon the tide was out.\n\n13. It rose.\n";
        let mut found = faults(&format!("{site}//- content/sources/a.txt\n{text}"));
        found.retain(|fault| fault.starts_with("wrong-locator"));
        found
    };
    for right in [
        "para. 2",
        "paras. 1 and 2",
        "paras. 1 & 2",
        "paras. 1, 2",
        "paras. 1 to 3",
        "p. 1",
        "ch. 9, para. 12",
        "line 3",
    ] {
        assert_eq!(found(right), Vec::<String>::new(), "{right}");
    }
    for wrong in ["para. 12", "paras. 1, 3", "para. 99999999999999999999", "line 2"] {
        assert_eq!(found(wrong).len(), 1, "{wrong}");
    }
}
