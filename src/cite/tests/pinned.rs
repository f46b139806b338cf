//! Five works as five styles have them: the first note or citation on each, then the list.

use expect_test::{Expect, expect};

use super::super::{Bibliography, Desk, Item, Style};
use super::styles::OWN;
use super::{five, under};
use crate::markdown::{Author, CitationSeat};

fn check(bibliography: &Bibliography, expect: &Expect) {
    let mut desk = Desk::new(bibliography, 0..5);
    let mut out = String::new();
    for work in 0..5 {
        let item = Item { work, locator: None, prefix: "", suffix: "", author: Author::Normal };
        out += &format!("{}\n", desk.cite(&[item], CitationSeat::Text(work as u32 + 1)));
    }
    for work in 0..5 {
        out += &format!("* {}\n", desk.entry(work));
    }
    expect.assert_eq(&out);
}

#[test]
fn chicago_notes() {
    check(
        &under("chicago-notes", five()),
        &expect![[r#"
        Ida Maria Vik and Jonas Example, “Who Said &quot;Let It Wait&quot;?,” <i>The Courier</i>, March 22, 2023, https://courier.example/story?id=1&amp;p=2.
        Anna van Beethoven, <i>The Long Wait: A History of Detention</i> (Northern Press, 2019).
        Office of the Special Rapporteur, <i>Finding on the Allegation</i> ([2023?]), https://rapporteur.example/report.pdf.
        “Memo on an Earlier Election,” personal communication, 2018–2019.
        Ada Lind et al., “Votes &lt;counted&gt; Twice,” <i>Journal of Elections &amp; Law</i>, November 1, 2021.
        * Vik, Ida Maria, and Jonas Example. “Who Said &quot;Let It Wait&quot;?” <i>The Courier</i>, March 22, 2023. https://courier.example/story?id=1&amp;p=2.
        * Beethoven, Anna van. <i>The Long Wait: A History of Detention</i>. Northern Press, 2019.
        * Office of the Special Rapporteur. <i>Finding on the Allegation</i>. [2023?]. https://rapporteur.example/report.pdf.
        * “Memo on an Earlier Election,” personal communication, 2018–2019
        * Lind, Ada, Bo Lind, Cleo Lind, and Dan Lind. “Votes &lt;counted&gt; Twice.” <i>Journal of Elections &amp; Law</i>, November 1, 2021.
    "#]],
    );
}

#[test]
fn apa() {
    check(
        &under("apa", five()),
        &expect![[r#"
        (Vik &amp; Example, 2023)
        (van Beethoven, 2019)
        (Office of the Special Rapporteur, ca. 2023)
        (<i>Memo on an Earlier Election</i>, personal communication, 2018–2019)
        (Lind et al., 2021)
        * Vik, I. M., &amp; Example, J. (2023, March 22). Who said &quot;let it wait&quot;? <i>The Courier</i>. https://courier.example/story?id=1&amp;p=2
        * van Beethoven, A. (2019). <i>The long wait: a history of detention</i>. Northern Press.
        * Office of the Special Rapporteur. (ca. 2023). <i>Finding on the allegation</i>. https://rapporteur.example/report.pdf
        * <i>Memo on an Earlier Election</i>, personal communication, 2018–2019
        * Lind, A., Lind, B., Lind, C., &amp; Lind, D. (2021). Votes &lt;counted&gt; twice. <i>Journal of Elections &amp; Law</i>.
    "#]],
    );
}

#[test]
fn mla() {
    check(
        &under("mla", five()),
        &expect![[r#"
        (Vik and Example)
        (van Beethoven)
        (Office of the Special Rapporteur)
        (“Memo on an Earlier Election”)
        (Lind et al.)
        * Vik, Ida Maria, and Jonas Example. “Who Said &quot;Let It Wait&quot;?” <i>The Courier</i>, 22 Mar. 2023, https://courier.example/story?id=1&amp;p=2.
        * van Beethoven, Anna. <i>The Long Wait: A History of Detention</i>. Northern Press, 2019.
        * Office of the Special Rapporteur. <i>Finding on the Allegation</i>. Circa May 2023, https://rapporteur.example/report.pdf.
        * “Memo on an Earlier Election.” 2018–2019.
        * Lind, Ada, et al. “Votes &lt;counted&gt; Twice.” <i>Journal of Elections &amp; Law</i>, Nov. 2021.
    "#]],
    );
}

#[test]
fn ieee() {
    check(
        &under("ieee", five()),
        &expect![[r#"
        [1]
        [2]
        [3]
        [4]
        [5]
        * [1] I. M. Vik and J. Example, “Who said &quot;let it wait&quot;?,” <i>The Courier</i>, Courier Media, Mar. 22, 2023. Accessed: Mar. 23, 2023. [Online].  Available: https://courier.example/story?id=1&amp;p=2
        * [2] A. van Beethoven, <i>The long wait: a history of detention</i>. Northern Press, 2019.
        * [3] Office of the Special Rapporteur, “Finding on the allegation,” c. May 2023. [Online].  Available: https://rapporteur.example/report.pdf
        * [4] “Memo on an earlier election,” 2018–2019.
        * [5] A. Lind, B. Lind, C. Lind, and D. Lind, “Votes &lt;counted&gt; twice,” <i>Journal of Elections &amp; Law</i>, Nov. 2021.
    "#]],
    );
}

#[test]
fn a_style_of_the_site() {
    check(
        &Bibliography::new(Style::parse(OWN, "en").unwrap(), five(), super::collate),
        &expect![[r#"
        <span class="small-caps">I. M. Vik &amp; J. Example</span>, <i>Who Said &quot;Let It Wait&quot;?</i>, <b>THE COURIER</b>, 22/3/23, accessed March 23, 2023.
        <span class="small-caps">A. van Beethoven</span>, <i>The Long Wait: A History of Detention</i>, 19.
        <span class="small-caps">Office of the Special Rapporteur</span>, <i>Finding on the Allegation</i>, c. 5/23.
        <span class="small-caps">“Memo on an earlier election,”</span> 2018–2019.
        <span class="small-caps">A. Lind et al.</span>, <i>Votes &lt;counted&gt; Twice</i>, <b>JOURNAL OF ELECTIONS &amp; LAW</b>, 1/11/21.
        * VIK, Ida Maria and Jonas EXAMPLE. Who said &quot;let it wait&quot;? Courier Media. March 2023. https://courier.example/story?id=1&amp;p=2.
        * VAN BEETHOVEN, Anna. The long wait: A history of detention. Northern Press. 2019.
        * OFFICE OF THE SPECIAL RAPPORTEUR. Finding on the allegation. c. May 2023. https://rapporteur.example/report.pdf.
        * Memo on an earlier election. 2018–2019.
        * LIND, Ada, Bo LIND, Cleo LIND, and Dan LIND. Votes &lt;counted&gt; twice. November 2021.
    "#]],
    );
}
