//! Owns the form of a recording: a file of exchanges in the order they happened. Must not send anything.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Map, Value};

/// One file of recorded exchanges.
#[derive(Debug)]
pub(crate) struct Recording {
    /// Its file name.
    pub(crate) file: String,
    pub(crate) examples: Vec<Example>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Example {
    pub(crate) name: String,
    pub(crate) request: Request,
    pub(crate) response: Response,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    /// The body is one of these, or there is none.
    #[serde(default, deserialize_with = "present")]
    pub(crate) json: Option<Value>,
    #[serde(default)]
    pub(crate) form: Option<Map<String, Value>>,
    #[serde(default)]
    pub(crate) body: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Response {
    pub(crate) status: u16,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    /// The body is one of these, or was not recorded.
    #[serde(default, deserialize_with = "present")]
    pub(crate) json: Option<Value>,
    #[serde(default)]
    pub(crate) body: Option<String>,
    #[serde(default)]
    pub(crate) html_summary: Option<Summary>,
}

/// What was kept of a page.
#[derive(Debug, Deserialize)]
pub(crate) struct Summary {
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) error_text: Option<String>,
    #[serde(default)]
    pub(crate) form_inputs: Map<String, Value>,
    #[serde(default)]
    pub(crate) js_config: Option<Value>,
    #[serde(default)]
    pub(crate) web_message_settings: Option<Value>,
}

/// `null` is a body too; only a missing member is none.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Recording {
    /// All recordings of a directory by name; files of another form (counts, notes) are left out.
    pub(crate) fn all(directory: &Path) -> anyhow::Result<Vec<Self>> {
        let mut recordings = Vec::new();
        for entry in std::fs::read_dir(directory).with_context(|| directory.display().to_string())? {
            let file = entry?.file_name().to_string_lossy().into_owned();
            let is_recording =
                file.starts_with(|first: char| first.is_ascii_digit()) && file.strip_suffix(".json").is_some();
            if is_recording {
                recordings.extend(Self::read(directory, file)?);
            }
        }
        recordings.sort_by(|one, other| one.file.cmp(&other.file));
        Ok(recordings)
    }

    fn read(directory: &Path, file: String) -> anyhow::Result<Option<Self>> {
        let text = std::fs::read(directory.join(&file)).with_context(|| file.clone())?;
        let value: Value = serde_json::from_slice(&text).with_context(|| file.clone())?;
        let examples = value.get("examples").cloned().unwrap_or_default();
        let exchanges = examples
            .as_array()
            .is_some_and(|list| list.iter().all(|one| one.get("request").is_some()));
        if !exchanges {
            return Ok(None);
        }
        let examples = serde_json::from_value(examples).with_context(|| file.clone())?;
        Ok(Some(Self { file, examples }))
    }

    /// The number the file's name begins with, such as `03`.
    pub(crate) fn number(&self) -> &str {
        self.file.split('-').next().unwrap_or_default()
    }
}
