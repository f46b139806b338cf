//! What is read of PDF documents, sound and damaged.

use super::{Context, Fault, Fit, Format, Located, Locator, Normalised, article, extract, locate};

const REPORT: &[u8] = include_bytes!("../../tests/documents/report.pdf");
const BROWSER: &[u8] = include_bytes!("../../tests/documents/browser.pdf");

/// Holds a quotation against a document without its running head; `place` is a locator that must be right.
fn check(document: &[u8], words: &str, place: &str) {
    let noise = ["COMMISSION OF INQUIRY".to_owned()];
    let capture = Normalised::new(extract(Format::Pdf, document, &noise).expect("it is sound"));
    let Located::Found(passages) = locate(&capture, words, Context::default()) else {
        panic!("{words:?} is not in {:?}", capture.capture().text)
    };
    let locators = Locator::parse(place);
    let is_right = |locator: &Locator| passages.iter().any(|passage| locator.fits(passage) == Fit::Right);
    assert!(locators.iter().all(is_right), "{words:?} is not on {place}: {passages:?}");
}

/// Makes a document of objects, numbered from 1; the first is the catalogue.
fn document(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (nth, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", nth + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

/// Makes a document of one page with this content and these resources.
fn page(content: &str, resources: &str, more: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << {resources} >> >>"),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    objects.extend_from_slice(more);
    document(&objects)
}

#[test]
fn a_report_is_read_page_by_page() {
    check(REPORT, "The commission heard forty-one witnesses over nineteen days", "p. 1");
    check(REPORT, "There is no document, no recording and no witness who heard it,", "p. 2");
    check(REPORT, "no recording and no witness who heard it,” the first witness said – twice", "p. 2");
    check(REPORT, "Paragraph 1 ends in these words. 2. The commission heard", "p. 1");
    check(REPORT, "Paragraph 8 ends in these words.", "p. 3");
    check(REPORT, "and no witness who heard it,” the first witness said – twice. […] Paragraph 4 ends", "pp. 1-2");
}

#[test]
fn ligatures_soft_hyphens_and_other_scripts_are_read() {
    check(BROWSER, "The office of the consul general could neither confirm nor deny the account", "p. 1");
    check(BROWSER, "an efficient officer fluffed it", "p. 1");
    check(BROWSER, "Nigdy mnie nie pytano", "p. 1");
    check(BROWSER, "Никто никого не спрашивал.", "p. 1");
}

#[test]
fn spaces_and_lines_are_read_off_places() {
    let text = |content: &str| {
        let bytes = page(content, "/Font << /F 5 0 R >>", &[]);
        extract(Format::Pdf, &bytes, &[]).expect("it is sound").text
    };
    assert_eq!(
        text("BT /F 12 Tf 50 700 Td (never) Tj 40 0 Td (asked) Tj 0 -14 Td (again) Tj 0 -60 Td (far) Tj ET"),
        "never asked\nagain\nfar"
    );
    assert_eq!(text("BT /F 12 Tf 50 700 Td [(ne) 30 (ver) -300 (asked)] TJ ET"), "never asked");
    assert_eq!(text("BT /F 12 Tf 50 700 Td (word) Tj /F 7 Tf 4 Ts (1) Tj /F 12 Tf 0 Ts ( next) Tj ET"), "word1 next");
    assert_eq!(text("BT /F 12 Tf 3 Tr 50 700 Td (behind a scan) Tj ET"), "behind a scan");
    assert_eq!(text("BT /F 12 Tf 50 700 Td (Smith\\222s \\223no\\224) Tj ET"), "Smith’s “no”");
}

#[test]
fn a_document_says_what_it_is() {
    let found = article(REPORT, Format::Pdf, None);
    assert_eq!(found.title.as_deref(), Some("Final report of the inquiry"));
    assert_eq!(found.authors, ["Ada Brenn"]);
    assert!(found.noise.contains(&"COMMISSION OF INQUIRY".to_owned()), "{:?}", found.noise);
}

#[test]
fn what_is_no_document_is_a_fault() {
    for bytes in [&b""[..], b"%PDF-1.7", b"<html>no</html>"] {
        assert!(matches!(extract(Format::Pdf, bytes, &[]), Err(Fault::Unreadable(_))));
    }
}

/// Reads a document that may be damaged: it is refused, or what is read of it is whole.
fn sound(bytes: &[u8]) {
    match extract(Format::Pdf, bytes, &[]) {
        Ok(text) => {
            let ends: Vec<usize> = text.blocks.iter().map(|block| block.range.end).collect();
            assert!(ends.is_sorted() && ends.last().is_none_or(|end| *end <= text.text.len()));
        }
        Err(fault) => assert!(matches!(fault, Fault::Unreadable(_)), "{fault:?}"),
    }
}

#[test]
fn damaged_documents_do_no_harm() {
    for document in [REPORT, BROWSER] {
        for parts in 1..8 {
            sound(&document[..document.len() * parts / 8]);
        }
    }
    let mut seed = 7_u32;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    for _ in 0..if cfg!(debug_assertions) { 40 } else { 2000 } {
        let mut bytes = REPORT.to_vec();
        for _ in 0..6 {
            let at = random(bytes.len());
            bytes[at] = u8::try_from(random(256)).unwrap_or(0);
        }
        sound(&bytes);
    }
}

#[test]
fn pages_without_words_are_counted() {
    let content = "BT /F 12 Tf 50 700 Td (never asked) Tj ET";
    let leaf = |more: &str| format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {more} >>");
    let bytes = document(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [5 0 R 3 0 R 6 0 R] /Count 3 >>".to_owned(),
        leaf("/Contents 4 0 R /Resources << /Font << /F 7 0 R >> >>"),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        leaf(""),
        leaf(""),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ]);
    let text = extract(Format::Pdf, &bytes, &[]).expect("it is sound");
    assert_eq!((text.wordless_pages(), text.has_words()), ((2, 3), true));
    let blank = extract(Format::Pdf, &page("", "", &[]), &[]).expect("it is sound");
    assert_eq!((blank.wordless_pages(), blank.has_words()), ((1, 1), false));
    let text = extract(Format::Txt, b"no pages", &[]).expect("text is always read");
    assert_eq!(text.wordless_pages(), (0, 0));
}

#[test]
fn hostile_documents_end() {
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 6 0 R >> >> /Length 10 >>\nstream\n/X Do /X Do\nendstream";
    let looped = page("/X Do", "/XObject << /X 6 0 R >>", &[form.to_owned()]);
    let deep = page(&"[".repeat(1_000_000), "", &[]);
    let bare = "<".repeat(1_000_000).into_bytes();
    let open = format!("%PDF-1.7\n1 0 obj\n{}", "[".repeat(1_000_000)).into_bytes();
    let saved = page(&"q ".repeat(100_000), "", &[]);
    let dictionary = page("", "", &["<< /A ".repeat(50_000)]);
    let tree = document(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>".to_owned(),
    ]);
    for (name, bytes) in [
        ("deep", deep),
        ("bare", bare),
        ("open", open),
        ("saved", saved),
        ("dictionary", dictionary),
        ("tree", tree),
        ("looped", looped),
    ] {
        let start = std::time::Instant::now();
        let _ = extract(Format::Pdf, &bytes, &[]);
        assert!(
            start.elapsed().as_secs() < if cfg!(debug_assertions) { 300 } else { 10 },
            "{name}: {:?}",
            start.elapsed()
        );
    }
}
