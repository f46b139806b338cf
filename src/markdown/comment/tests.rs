//! What is deleted from a text before it is read.

use super::strip;
use crate::file::{RelPath, Text};

/// Checks what is left, and the marked words of what was reported.
fn check(input: &str, expect: &str, faults: &[(&str, &str)]) {
    let path = RelPath::new("a.md").expect("it is a path");
    let stripped = strip(&Text::new(input, 0), &path);
    assert_eq!(&*stripped.text.value, expect, "from {input:?}");
    let reported: Vec<(&str, &str)> = stripped
        .diagnostics
        .iter()
        .map(|fault| (fault.code.name, fault.place.as_ref().map_or("", |place| &input[place.span.range()])))
        .collect();
    assert_eq!(reported, faults, "in {input:?}");
    let again = strip(&stripped.text, &path);
    assert_eq!(again.text.value, stripped.text.value, "stripping again changes nothing");
    let crlf = strip(&Text::new(&input.replace('\n', "\r\n"), 0), &path);
    assert_eq!(crlf.text.value.replace("\r\n", "\n"), expect, "with CRLF, from {input:?}");
}

fn clean(input: &str, expect: &str) {
    check(input, expect, &[]);
}

#[test]
fn a_comment_takes_exactly_its_characters() {
    clean("a %% b %% c", "a  c");
    clean("a\n%%\nb\n\nc\n%%\nd\n", "a\n\nd\n");
    clean("a<!-- b -->c", "ac");
    clean("a\n<!--\nb\n\n-->\nc", "a\n\nc");
    clean("%% all %%", "");
    clean("é%%é%%é", "éé");
    clean("50% of 100%", "50% of 100%");
}

#[test]
fn what_opens_first_takes_what_is_inside() {
    clean("a %% <!-- %% b", "a  b");
    clean("a <!-- %% --> b", "a  b");
    clean("a %% `b %% c` d", "a  c` d");
    clean("%%\n```\nx\n%%\n\ny", "\n\ny");
}

#[test]
fn in_code_nothing_opens() {
    clean("a `%% b %%` c", "a `%% b %%` c");
    clean("```\n%% b\n```\nc", "```\n%% b\n```\nc");
    clean("a\n\n    %% b\n\nc", "a\n\n    %% b\n\nc");
    clean("`<!--` a `-->`", "`<!--` a `-->`");
    clean("> ```\n> %%\n> ```\n\na %%b%%", "> ```\n> %%\n> ```\n\na ");
    clean("- a\n\n      %% code\n\n  %% b %%", "- a\n\n      %% code\n\n  ");
}

#[test]
fn a_comment_may_hide_a_fence_or_show_one() {
    clean("%%\n```\n%%\n\na %%b%% c\n\n```\n%% d\n```", "\n\na  c\n\n```\n%% d\n```");
    clean("`%%x%% a %%b%%\n\n%% c %%", "` a \n\n");
    clean("%% ` %% a ` b %% c ` d", " a ` b %% c ` d");
}

#[test]
fn a_run_of_percent_signs_is_one_mark() {
    clean("a %%%% b %%%% c", "a  c");
    clean("a %%% b %%% c", "a  c");
    clean("a %%%% b %% c %%%% d", "a  d");
}

#[test]
fn comments_side_by_side_are_each_a_comment() {
    clean("a %%keep%%%%secret%% b %%c%%%%d%%", "a  b ");
    clean("a %%b%%%%c%%%%d%% e", "a  e");
    clean("a %%b%%%%%c%% d", "a  d");
    check("a %%b%%%% c", "a ", &[("unclosed-comment", "%%")]);
}

#[test]
fn a_comment_that_is_never_closed_is_an_error_and_takes_the_rest() {
    check("a %% b\n\nc", "a ", &[("unclosed-comment", "%%")]);
    check("a <!-- b\n\nc", "a ", &[("unclosed-comment", "<!--")]);
    check("a %%b%% c %%", "a  c ", &[("unclosed-comment", "%%")]);
    check("a %%%% b", "a ", &[("unclosed-comment", "%%%%")]);
}

#[test]
fn pieces_that_make_a_comment_when_one_goes_go_too() {
    clean("<!<!-- x -->-- secret -->", "");
    clean("%<!-- x -->% secret %%", "");
}

#[test]
fn a_private_callout_goes_with_its_lines() {
    clean("a\n\n> [!private] T\n> b\n\nc", "a\n\n\nc");
    clean("> [!PRIVATE]-\n> b\n", "");
    clean("> [!Private]+ T\nlazy\n\nc", "\nc");
    clean("a\n> [!private] b\n# c", "a\n# c");
    clean("> [!private]\n> > nested\n> - list\n>\n> ```\n> [!note]\n> ```\n\nc", "\nc");
    clean(">[!private] b", "");
    clean("   >   [!private] b\nc\n\nd", "\nd");
    clean(">\n> [!private] b\n\nd", "\nd");
    clean("> [!note] a\n> b", "> [!note] a\n> b");
}

#[test]
fn a_private_callout_goes_wherever_it_stands() {
    clean("- a\n  > [!private] b\n  > c\n- d", "- a\n- d");
    clean("> a\n> > [!private] b\n> > c\n>\n> d", "> a\n>\n> d");
    clean("> > [!private] b\n>\n> d", ">\n> d");
    clean("- > [!private] b\n- d", "- d");
    clean("- > [!private] b\n\n  c\n- d", "- c\n- d");
    clean("1. a\n\n   > [!private] b\n\n   c", "1. a\n\n\n   c");
    clean("[^1]: a\n\n    > [!private] b\n\nc", "[^1]: a\n\n\nc");
    clean("- a\n  - b\n    > [!private] c\n    > d\n    e\n- f", "- a\n  - b\n- f");
    clean("> [!private] a\n\n> [!private] b\n\nc", "\n\nc");
}

#[test]
fn a_private_callout_goes_behind_a_table_that_a_title_is_followed_by() {
    let table = "> [!note] Title\n> | a | b |\n> |---|---|\n> | 1 | 2 |\nlazy\n";
    clean(&format!("{table}> [!private] secret\n"), table);
}

#[test]
fn a_comment_in_a_private_callout_goes_with_it_or_before_it() {
    clean("> [!private] a %% b %% c\n\nd", "\nd");
    clean("%%\n> [!private] a\n%%\nd", "\nd");
    clean("> [!private] a %% b\n\nvisible %% c\n\nd", "\nd");
}

#[test]
fn code_that_shows_a_private_callout_stays() {
    clean("```\n> [!private] a\n```", "```\n> [!private] a\n```");
    clean("a `[!private]` b", "a `[!private]` b");
}

#[test]
fn what_is_nearly_private_goes_and_is_an_error() {
    check("> [!prviate] a\n\nb", "\nb", &[("invalid-value", "prviate")]);
    check("> [!private-note] a", "", &[("invalid-value", "private-note")]);
    check("> [!confidential] a", "", &[("invalid-value", "confidential")]);
    check("> [!secret] a", "", &[("invalid-value", "secret")]);
    check("> [!hidden]- a", "", &[("invalid-value", "hidden")]);
    check("> [!private a", "", &[("invalid-value", "private")]);
    check("> \\[!private] a", "", &[("invalid-value", "private")]);
}

#[test]
fn what_its_author_may_take_for_private_is_an_error() {
    check("[!private] a", "[!private] a", &[("invalid-value", "[!private")]);
    check("> a\n> [!private] b", "> a\n> [!private] b", &[("invalid-value", "[!private")]);
}

#[test]
fn faults_are_told_whole_on_a_terminal_only() {
    let path = RelPath::new("a.md").expect("it is a path");
    let stripped = strip(&Text::new("%% the aide is N.", 0), &path);
    assert!(stripped.diagnostics.iter().all(|fault| fault.discreet.is_some()));
}

#[test]
fn hostile_texts_take_no_time() {
    let path = RelPath::new("a.md").expect("it is a path");
    let n = if cfg!(debug_assertions) { 20_000 } else { 250_000 };
    for piece in [
        "%%a%%",
        "%%\n`%%",
        "%%",
        "> [!private] a\n\n",
        "<!--",
        "<!-->",
        "> ",
        "[!private]",
        "%%\n%%\n",
        "`%%",
        "- > [!x]\n",
    ] {
        let text = Text::new(&piece.repeat(n / piece.len() * 4), 0);
        let stripped = strip(&text, &path);
        assert!(stripped.text.value.len() <= text.value.len());
    }
}
