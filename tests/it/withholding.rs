//! A site equals its stripped form: what is withheld reaches no byte of the output.

use crate::site::{build, build_as, faults};
use casebook::pipeline::Request;

const PUBLIC: &str = "//- content/people/ada.md\n+++\ntitle = \"Ada\"\n+++\nShe met SOMEBODY at noon.BLOCK\n\
     //- content/events/talk.md\n+++\ntitle = \"The talk\"\nwhen = \"2021-03-01\"\n\n[[participants]]\nwho = \"ada\"\n\n[[participants]]\nwho = \"WHO\"\n+++\nTalk.COMMENT\n";

const PRIVATE: &str = "//- content/people/kestrel.md\n+++\ntitle = \"Quill Kestrelbone\"\nvisibility = \"confidential\"\naliases = [\"Ospreyhand\"]\ntags = [\"secrettag\"]\n+++\n[[ada]] knows. ![x](kestrelphoto.png)\n\
     //- content/people/kestrelphoto.png\nnot really an image\n\
     //- content/events/hidden.md\n+++\ntitle = \"Hidden meeting\"\nwhen = \"2021-02-01\"\nvisibility = \"private\"\n\n[[participants]]\nwho = \"ada\"\n+++\n\
     //- content/case/index.md\n+++\ntype = \"dossier\"\ntitle = \"Draft case\"\ndraft = true\n+++\n\
     //- content/case/people/inner.md\n+++\ntitle = \"Inner person\"\n+++\n[[ada]]\n";

fn full() -> String {
    let text = PUBLIC
        .replace("SOMEBODY", "[[kestrel|a man]]")
        .replace("WHO", "[[Quill Kestrelbone|a second man]]")
        .replace("BLOCK", "\n\n> [!private] For us\n> He is [[kestrel]].\n")
        .replace("COMMENT", "%% ask [[ada]] again %%");
    format!("{text}{PRIVATE}")
}

fn stripped() -> String {
    let text = PUBLIC.replace("SOMEBODY", "a man").replace("WHO", "a second man");
    text.replace("BLOCK", "\n\n").replace("COMMENT", "")
}

#[test]
fn a_site_equals_its_stripped_form_in_every_byte() {
    let (full, stripped) = (build(&full()), build(&stripped()));
    assert_eq!(full.changed(&stripped), Vec::<String>::new());
}

#[test]
fn other_and_more_private_matter_changes_no_byte() {
    let more = full().replace("2021-02-01", "1999").replace("Hidden meeting", "Another")
        + "//- content/people/zz.md\n+++\nvisibility = \"private\"\ntags = [\"more\"]\n+++\n[[ada]] [[talk]]\n";
    assert_eq!(build(&full()).changed(&build(&more)), Vec::<String>::new());
}

#[test]
fn an_unlabelled_mention_of_a_withheld_record_is_an_error_that_does_not_name_it() {
    let text = full().replace("[[kestrel|a man]]", "[[kestrel]]");
    let built = build_as(&text, &Request::default());
    let fault = built.json.lines().find(|line| line.contains("private-reference")).expect("it is reported");
    assert!(!fault.to_lowercase().contains("kestrel"), "{fault}");
}

#[test]
fn a_canary_in_public_text_stops_the_build_and_is_not_named() {
    let built = build_as(&full().replace("Talk.", "Talk with Ospreyhand."), &Request::default());
    let leaks: Vec<&str> = built.json.lines().filter(|line| line.contains("leaked-secret")).collect();
    assert!(leaks.iter().any(|leak| leak.contains("events/talk.html")), "{leaks:?}");
    assert!(!built.json.to_lowercase().contains("osprey"), "{}", built.json);
    assert!(!built.outputs.contains_key("events/talk.html"));
}

#[test]
fn a_fault_of_a_withheld_record_tells_neither_file_nor_text() {
    let text = full().replace("when = \"2021-02-01\"", "when = \"in the Kestrelmonth\"");
    let built = build_as(&text, &Request::default());
    let fault = built.json.lines().find(|line| line.contains("invalid-date")).expect("it is reported");
    assert!(fault.contains("(withheld record ") && !fault.contains("hidden") && !fault.contains("Kestrel"), "{fault}");
}

#[test]
fn what_a_caption_mentions_is_withheld_looked_up_and_led_to() {
    let site = |title: &str| {
        format!(
            "//- content/people/ada.md\n+++\ntitle = \"Ada\"\n+++\nShe.\n\n![Her](a.csv \"{title}\")\n\n[[quay]]\n\
             //- content/people/a.csv\nx\n//- content/places/quay.md\n+++\ntitle = \"The Quay\"\n+++\n[[ada]]\n\
             //- content/people/kestrel.md\n+++\ntitle = \"Quill\"\nvisibility = \"private\"\n+++\n"
        )
    };
    let of = |title: &str| faults(&site(title));
    let private = "private-reference content/people/ada.md:6:20";
    assert_eq!(of("With [[kestrel]]"), [private]);
    assert_eq!(of("With a man | by [[quill]]"), ["private-reference content/people/ada.md:6:31"]);
    assert!(of("With [[nobody]]").contains(&"broken-reference content/people/ada.md:6:22".to_owned()));
    let labelled = build(&site("With [[kestrel|a man]], [another](kestrel.md) | by [[Quill|a third]]"));
    assert_eq!(labelled.changed(&build(&site("With a man, another | by a third"))), Vec::<String>::new());
}
