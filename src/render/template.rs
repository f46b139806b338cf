//! Templates, parsed once and rendered for every page.

use std::io::{self, Write};
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera, Value};

use super::theme::{Source, Theme};
use super::{LARGEST, growth};
use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Span};
use crate::html;

/// Makes a value that a template prints as it is, without escaping.
pub fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

/// Every template of a theme, ready to render.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
    theme: Arc<Theme>,
}

impl Renderer {
    /// Parses the templates of a theme.
    ///
    /// # Errors
    /// Every template that does not parse is a `template-error` at its line and column.
    pub fn new(theme: Arc<Theme>) -> Result<Renderer, Vec<Diagnostic>> {
        let mut faults: Vec<Diagnostic> = Vec::new();
        for source in theme.templates.values() {
            if let Some((span, message)) = growth::growing(&source.text) {
                faults.push(fault(source, span, message));
            }
        }
        let mut tera = Tera::new();
        // Every template is escaped, whatever it is called.
        tera.autoescape_on([""]);
        tera.set_escape_fn(escape);
        // The built-in `range` would make a list of any size.
        tera.register_function("range", range);
        let all = || theme.templates.iter().map(|(name, source)| (name.as_str(), &*source.text));
        if tera.add_raw_templates(all()).is_err() {
            // The first error hides the others: parse each alone to find what is wrong with it.
            for (name, source) in &theme.templates {
                let mut alone = Tera::new();
                if let Err(error) = alone.add_raw_template(name, &source.text)
                    && let ErrorKind::SyntaxError(_) = error.kind()
                {
                    faults.push(of_tera(&theme, &error, None));
                }
            }
            if faults.is_empty() {
                let mut again = Tera::new();
                again.register_function("range", range);
                if let Err(error) = again.add_raw_templates(all()) {
                    faults.push(of_tera(&theme, &error, None));
                }
            }
        }
        // A template stands under two names; its faults once.
        faults.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
        faults.dedup();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Renderer { tera, theme })
    }

    /// Tells whether the theme has a template of that name.
    pub fn has(&self, template: &str) -> bool {
        self.theme.templates.contains_key(template)
    }

    /// Renders a page into bytes. A template sees `site`, which is the same for every page, and `page`.
    ///
    /// # Errors
    /// A mistake in a template is a `template-error` that names the page being rendered.
    pub fn render(&self, template: &str, site: &Value, page: Value, route: &str) -> Result<Vec<u8>, Diagnostic> {
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        context.insert_value("page", page);
        let mut out = Capped { bytes: Vec::with_capacity(32 * 1024), full: false };
        match self.tera.render_to(template, &context, &mut out) {
            Ok(()) => Ok(out.bytes),
            Err(_) if out.full => {
                let message = format!("the page \"{route}\" grows beyond {} MiB", LARGEST / 1024 / 1024);
                let mut fault = Diagnostic::new(&code::TEMPLATE_ERROR, message);
                if let Some(path) = self.theme.templates.get(template).and_then(|source| source.path.as_ref()) {
                    fault = fault.at(path, Span::default());
                }
                Err(fault.help("look for a loop in the template that prints too much"))
            }
            Err(error) => Err(of_tera(&self.theme, &error, Some((template, route)))),
        }
    }
}

/// Bytes that stop growing at the largest page.
struct Capped {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for &mut Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > LARGEST {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Escapes what a template prints. Most texts have nothing to escape.
fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if html::is_plain(text) { out.write_all(text.as_bytes()) } else { out.write_all(html::escaped(text).as_bytes()) }
}

/// The built-in `range`, for at most 100,000 numbers.
fn range(arguments: tera::Kwargs, _: &tera::State<'_>) -> tera::TeraResult<Vec<i64>> {
    let start = arguments.get::<i64>("start")?.unwrap_or(0);
    let end = arguments.must_get::<i64>("end")?;
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1).max(1);
    let count = end.saturating_sub(start) / step;
    if count > 100_000 {
        return Err(tera::Error::message("a range of more than 100,000 numbers"));
    }
    Ok((0..).map(|n| start + n * step).take_while(|n| *n < end).collect())
}

fn fault(source: &Source, span: Span, message: String) -> Diagnostic {
    let fault = Diagnostic::new(&code::TEMPLATE_ERROR, message);
    match &source.path {
        Some(path) => fault.at(path, span),
        None => fault,
    }
}

/// Turns an error of Tera into a diagnostic.
fn of_tera(theme: &Theme, error: &tera::Error, page: Option<(&str, &str)>) -> Diagnostic {
    let (template, mut message, span) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename().to_owned(), report.message().to_owned(), Span::from(report.span().range.clone()))
        }
        _ => (page.map(|page| page.0.to_owned()).unwrap_or_default(), error.to_string(), Span::default()),
    };
    message = message.trim_end_matches('.').replace('\n', " ");
    if let Some((_, route)) = page {
        message = format!("{message} (while rendering \"{route}\")");
    }
    match theme.templates.get(&template) {
        Some(source) if source.path.is_some() => fault(source, span, message),
        Some(source) => {
            // A built-in template has no file in the site: the place stands in the sentence.
            let index = crate::file::LineIndex::new(source.text.as_bytes());
            let at = index.position(span);
            let message = format!("{message}, in the built-in template \"{template}\" at {}:{}", at.line, at.column);
            fault(source, span, message)
        }
        None => Diagnostic::new(&code::TEMPLATE_ERROR, message),
    }
}

/// Names the file of a template for a message about a record that asks for it.
impl Theme {
    /// Returns the file of a template, where it is one of the site's.
    pub fn template_path(&self, template: &str) -> Option<&RelPath> {
        self.templates.get(template)?.path.as_ref()
    }
}
