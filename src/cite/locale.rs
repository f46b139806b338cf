//! The words of a language, from hayagriva's archive of CSL locales; only those that a style can ask for are decoded.

use hayagriva::archive::LOCALES;
use hayagriva::citationberg::{Locale, LocaleCode, LocaleOptions, Terms};

/// The languages of hayagriva's archive, in its order.
const CODES: &[&str] = &[
    "af-ZA",
    "ar",
    "bal-PK",
    "bg-BG",
    "brh-PK",
    "ca-AD",
    "cs-CZ",
    "cy-GB",
    "da-DK",
    "de-AT",
    "de-CH",
    "de-DE",
    "el-GR",
    "en-GB",
    "en-US",
    "es-CL",
    "es-ES",
    "es-MX",
    "et-EE",
    "eu",
    "fa-IR",
    "fi-FI",
    "fr-CA",
    "fr-FR",
    "gl-ES",
    "he-IL",
    "hi-IN",
    "hr-HR",
    "hu-HU",
    "hy-AM",
    "id-ID",
    "is-IS",
    "it-IT",
    "ja-JP",
    "km-KH",
    "ko-KR",
    "la",
    "lij-IT",
    "lt-LT",
    "lv-LV",
    "mn-MN",
    "ms-MY",
    "nb-NO",
    "nl-NL",
    "nn-NO",
    "pa-PK",
    "pl-PL",
    "pt-BR",
    "pt-PT",
    "ro-RO",
    "ru-RU",
    "sk-SK",
    "sl-SI",
    "sr-Cyrl-RS",
    "sr-Latn-RS",
    "sv-SE",
    "th-TH",
    "tl-PH",
    "tr-TR",
    "uk-UA",
    "vi-VN",
    "zh-CN",
    "zh-TW",
];

/// The language whose words stand in for others.
const FALLBACK: &str = "en-US";

/// Returns the archive's code for a language as BCP 47 writes it (`de`, `de-LU`, `en_gb`): the same one, else the
/// principal one of the same language, else any of that language, else American English.
pub(super) fn code(language: &str) -> &'static str {
    let language = language.replace('_', "-");
    let primary = language.split('-').next().unwrap_or_default();
    let same = CODES.iter().find(|code| code.eq_ignore_ascii_case(&language));
    let principal = || {
        let fallback = LocaleCode(primary.to_ascii_lowercase()).fallback()?;
        CODES.iter().find(|code| **code == fallback.0)
    };
    let any =
        || CODES.iter().find(|code| code.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(primary)));
    same.or_else(principal).or_else(any).copied().unwrap_or(FALLBACK)
}

/// Returns the words of a language, given by its code in the archive, as a style has them: its own first, then the
/// archive's, then the American English ones, as one list in which the first that fits counts.
///
/// hayagriva looks through them one after the other for each word; what it finds is the same.
pub(super) fn words(own: &[Locale], code: &str) -> Locale {
    let base = code.split('-').next().unwrap_or_default();
    let of = |lang: Option<&str>| {
        own.iter().find(|locale| locale.lang.as_ref().map(|lang| lang.0.as_str()) == lang).cloned()
    };
    let own = [of(Some(code)), of(Some(base).filter(|base| *base != code)), of(None)].into_iter().flatten();
    let lists: Vec<Locale> = own.chain(decode(code)).collect();
    let options = LocaleOptions {
        limit_day_ordinals_to_day_1: lists.first().and_then(|list| list.style_options?.limit_day_ordinals_to_day_1),
        punctuation_in_quote: lists.iter().find_map(|list| list.style_options?.punctuation_in_quote),
    };
    let (mut terms, mut date) = (Vec::new(), Vec::new());
    let mut has_ordinals = false;
    for list in lists {
        let new: Vec<_> = list.terms.map(|terms| terms.terms).unwrap_or_default();
        let ordinals = new.iter().any(|term| term.name.is_ordinal());
        // Ordinals are taken from one list only.
        terms.extend(new.into_iter().filter(|term| !has_ordinals || !term.name.is_ordinal()));
        has_ordinals |= ordinals;
        date.extend(list.date);
    }
    let lang = Some(LocaleCode(code.to_owned()));
    Locale { lang, info: None, terms: Some(Terms { terms }), date, style_options: Some(options) }
}

fn decode(code: &str) -> Vec<Locale> {
    let mut codes = vec![code];
    codes.extend((code != FALLBACK).then_some(FALLBACK));
    let bytes = codes.into_iter().filter_map(|code| LOCALES.get(CODES.iter().position(|known| *known == code)?));
    bytes.filter_map(|bytes| ciborium::from_reader(*bytes).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{CODES, code, decode};

    #[test]
    fn every_code_stands_where_its_locale_does() {
        assert_eq!(CODES.len(), hayagriva::archive::LOCALES.len());
        for code in CODES {
            let locales = decode(code);
            assert_eq!(
                locales.first().and_then(|locale| locale.lang.as_ref()).map(|lang| lang.0.as_str()),
                Some(*code)
            );
        }
    }

    #[test]
    fn a_language_finds_its_locale() {
        let cases = [
            ("en", "en-US"),
            ("en-GB", "en-GB"),
            ("en_gb", "en-GB"),
            ("de", "de-DE"),
            ("de-LU", "de-DE"),
            ("fr", "fr-FR"),
            ("la", "la"),
            ("eu-ES", "eu"),
            ("tlh", "en-US"),
            ("", "en-US"),
        ];
        for (language, expect) in cases {
            assert_eq!(code(language), expect, "{language}");
        }
    }
}
