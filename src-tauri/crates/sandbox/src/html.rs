//! Owns the frame of a page for people, and how text from outside stays text in it. Must not know what a page says.

/// A whole page. `body` is HTML; `title` is text.
pub(crate) fn document(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
         <body>\n{body}\n</body>\n</html>\n",
        title = escaped(title)
    )
}

/// Text for a page, in an element or in an attribute between double quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&#34;"),
            '\'' => written.push_str("&#39;"),
            _ => written.push(character),
        }
    }
    written
}
