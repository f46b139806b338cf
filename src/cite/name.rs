//! Names of authors: which part of a text is the family name.

/// An author.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Name {
    /// A person.
    Person {
        /// The family name, with particles that belong to it (`van Gogh`).
        family: String,
        /// The given names; empty where there are none.
        given: String,
        /// What follows the name (`Jr.`); empty where there is nothing.
        suffix: String,
    },
    /// An institution, a pen name, a description: printed as it is.
    Literal(String),
}

/// Words that stand in the names of institutions and hardly in those of people, in lower case.
const INSTITUTIONAL: &[&str] = &[
    "agency",
    "agence",
    "amt",
    "archive",
    "archives",
    "association",
    "authority",
    "bank",
    "board",
    "bundesamt",
    "bureau",
    "cabinet",
    "center",
    "centre",
    "chronicle",
    "commission",
    "committee",
    "company",
    "consulate",
    "corporation",
    "council",
    "court",
    "courier",
    "daily",
    "department",
    "desk",
    "directorate",
    "editors",
    "embassy",
    "foundation",
    "gazette",
    "gericht",
    "government",
    "gmbh",
    "group",
    "guardian",
    "herald",
    "inc",
    "inquiry",
    "institute",
    "institut",
    "journal",
    "kommission",
    "league",
    "limited",
    "llc",
    "ltd",
    "media",
    "ministerium",
    "ministry",
    "ministère",
    "mission",
    "monitor",
    "network",
    "newsroom",
    "news",
    "observer",
    "office",
    "organisation",
    "organization",
    "panel",
    "parliament",
    "party",
    "police",
    "post",
    "press",
    "project",
    "rapporteur",
    "redaktion",
    "rédaction",
    "registry",
    "reporters",
    "reports",
    "review",
    "secretariat",
    "senate",
    "service",
    "services",
    "society",
    "staff",
    "standard",
    "telegraph",
    "times",
    "tribune",
    "tribunal",
    "trust",
    "union",
    "university",
    "verband",
    "verein",
    "watch",
    "weekly",
    "zeitung",
];

/// Words that join names of institutions, in lower case; none of them stands in a person's name.
const JOINING: &[&str] = &["the", "of", "for", "and", "&", "on", "at", "für", "pour", "und", "against", "to", "in"];

/// Words that follow a person's name.
const SUFFIXES: &[&str] = &["jr.", "jr", "sr.", "sr", "ii", "iii", "iv"];

impl Name {
    /// Reads a name as an author writes it: `Ida Example`, `Example, Ida`, `Example, Ida, Jr.`, `Ludwig van Beethoven`,
    /// `Special Rapporteur on Detention`, `{Northern Lights}`.
    ///
    /// A name in braces, of one word or of more than five, with a digit, or with a word that names institutions have is
    /// an institution's; anything else is a person's.
    pub fn read(text: &str) -> Name {
        let text = text.trim();
        if let Some(literal) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            return Name::Literal(literal.trim().to_owned());
        }
        if Name::is_institution(text) { Name::Literal(text.to_owned()) } else { Name::person(text) }
    }

    /// Reads the name of somebody who is known to be a person.
    pub fn person(text: &str) -> Name {
        let text = text.trim();
        let mut parts = text.splitn(3, ',').map(str::trim);
        let head = parts.next().unwrap_or_default();
        match (parts.next(), parts.next()) {
            (Some(given), suffix) if !head.is_empty() && !given.is_empty() => Name::Person {
                family: head.to_owned(),
                given: given.to_owned(),
                suffix: suffix.unwrap_or_default().to_owned(),
            },
            _ => Name::in_order(text.trim_end_matches(',')),
        }
    }

    /// Reads a name that begins with the given names.
    fn in_order(text: &str) -> Name {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let mut suffix = "";
        if let Some(last) = words.last()
            && words.len() > 2
            && SUFFIXES.contains(&last.to_lowercase().as_str())
        {
            suffix = last;
            words.pop();
        }
        // A ruler's numeral is no family name; an X may be one.
        let is_numeral = |word: &str| word != "X" && word.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'));
        if words.len() < 2 || (words.len() == 2 && is_numeral(words[1])) {
            return Name::Literal(text.to_owned());
        }
        let is_particle = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
        let last = words.len() - 1;
        let particles = words[1..last].iter().rev().take_while(|word| is_particle(word)).count();
        let (given, family) = words.split_at(last - particles);
        Name::Person { family: family.join(" "), given: given.join(" "), suffix: suffix.to_owned() }
    }

    fn is_institution(text: &str) -> bool {
        let commas = text.matches(',').count();
        let words = text.split_whitespace().count();
        if words > 5 || commas > 2 || words == 1 || text.chars().any(|letter| letter.is_ascii_digit()) {
            return true;
        }
        text.split_whitespace().any(|word| {
            let word = word.trim_matches([',', '.', '(', ')', '“', '”', '"']).to_lowercase();
            INSTITUTIONAL.contains(&word.as_str()) || JOINING.contains(&word.as_str())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    /// Checks how a name is read: `family|given|suffix`, or the literal in braces.
    fn check(text: &str, expect: &str) {
        let read = match Name::read(text) {
            Name::Person { family, given, suffix } => format!("{family}|{given}|{suffix}"),
            Name::Literal(name) => format!("{{{name}}}"),
        };
        assert_eq!(read, expect, "{text}");
    }

    #[test]
    fn the_family_name_is_the_last_or_stands_before_the_comma() {
        check("Ida Example", "Example|Ida|");
        check(" Ida  Maria Example ", "Example|Ida Maria|");
        check("Example, Ida Maria", "Example|Ida Maria|");
        check("Example, Ida, Jr.", "Example|Ida|Jr.");
        check("Ida Example Jr.", "Example|Ida|Jr.");
    }

    #[test]
    fn particles_belong_to_the_family_name() {
        check("Ludwig van Beethoven", "van Beethoven|Ludwig|");
        check("Ana María de la Cruz", "de la Cruz|Ana María|");
        check("van Beethoven, Ludwig", "van Beethoven|Ludwig|");
    }

    #[test]
    fn institutions_are_printed_as_they_are() {
        check("Office of the Special Rapporteur", "{Office of the Special Rapporteur}");
        check("Courier Staff", "{Courier Staff}");
        check("Reuters", "{Reuters}");
        check("{Northern Lights}", "{Northern Lights}");
        check("Ministry of Justice, Press Unit", "{Ministry of Justice, Press Unit}");
        check("Bureau 7", "{Bureau 7}");
    }

    #[test]
    fn odd_texts_are_names_too() {
        check("", "{}");
        check(",", "{,}");
        check("Example,", "{Example,}");
        check("{", "{{}");
        check(&"a, ".repeat(1000), &format!("{{{}}}", "a, ".repeat(1000).trim()));
    }
}
