//! Owns what is compared of a page for people: title, words, hidden inputs, the page's own JSON. Must not render.

use serde_json::Value;

use crate::carried::Carried;
use crate::comparison::Comparison;
use crate::recording::Summary;

/// A page as far as it is looked at.
#[derive(Debug)]
pub(crate) struct Page<'a>(&'a str);

impl<'a> Page<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// Everything that stands in JSON scripts.
    fn settings(&self) -> Vec<Value> {
        let scripts = self.0.split("<script").skip(1);
        let bodies = scripts.filter_map(|script| script.split_once('>')?.1.split_once("</script>"));
        bodies.filter_map(|(body, _)| serde_json::from_str(body).ok()).collect()
    }

    fn title(&self) -> Option<String> {
        let (_, rest) = self.0.split_once("<title>")?;
        Some(plain(rest.split_once("</title>")?.0.trim()))
    }

    fn input(&self, name: &str) -> Option<String> {
        let wanted = format!("name=\"{name}\"");
        let input = self
            .0
            .split("<input")
            .skip(1)
            .find(|input| tag(input).contains(&wanted))?;
        let (_, value) = tag(input).split_once("value=\"")?;
        Some(plain(value.split_once('"')?.0))
    }

    /// Takes over what the page gives, such as its CSRF token.
    pub(crate) fn teach(&self, recorded: &Summary, carried: &mut Carried) {
        let recorded = recorded.js_config.iter().chain(&recorded.web_message_settings);
        for (recorded, live) in recorded.zip(self.settings()) {
            carried.learn(recorded, &live);
        }
    }

    pub(crate) fn compare(&self, recorded: &Summary, carried: &Carried, found: &mut Comparison) {
        if let Some(title) = &recorded.title {
            found.text("title", title, &self.title().unwrap_or_default(), carried);
        }
        if let Some(words) = &recorded.error_text
            && !plain(self.0).contains(words)
        {
            found.differs("page", &format!("{words:?}"), "a page without these words");
        }
        for (name, value) in &recorded.form_inputs {
            let live = self.input(name).unwrap_or_default();
            found.text(
                &format!("input {name}"),
                value.as_str().unwrap_or_default(),
                &live,
                carried,
            );
        }
        let settings = self.settings();
        for recorded in recorded.js_config.iter().chain(&recorded.web_message_settings) {
            match settings.first() {
                Some(live) => found.json("settings", recorded, live, carried),
                None => found.differs("settings", "JSON in the page", "none"),
            }
        }
    }
}

fn tag(text: &str) -> &str {
    text.split_once('>').map_or(text, |(tag, _)| tag)
}

fn plain(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text.to_owned(), |text, (entity, character)| {
        text.replace(entity, character)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_far_as_it_is_compared() {
        let page = Page::new(
            "<title>Log in &amp; go</title><form><input type=\"hidden\" name=\"state\" value=\"s&#39;\"></form>\
             <script class=\"js-config\" type=\"application/json\">{\"csrfToken\": \"t\"}</script>",
        );
        assert_eq!(page.title().unwrap(), "Log in & go");
        assert_eq!(page.input("state").unwrap(), "s'");
        assert_eq!(page.settings().len(), 1);
    }
}
