//! Owns the rows of the controls register, made up or read from a file, and which of them a list has.
//! Must not know requests.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};

use super::generate::{Generator, Kind};
use crate::error::SandboxError;
use crate::settings::{ControlsSource, SandboxSettings};

/// The parameters of the list (hyperproof-api 3.1).
#[derive(Debug, Clone)]
pub(crate) struct Selection {
    pub(crate) linkable_only: bool,
    pub(crate) scopes: bool,
    pub(crate) teams: bool,
    pub(crate) status: String,
}

#[derive(Debug)]
pub(crate) struct Register {
    rows: Rows,
    /// Who they are is made up, also where the rows are not.
    people: Generator,
    /// Elements written as they stand, after the rows.
    hostile: Vec<String>,
    /// Members that were set since the start, by control id.
    changed: Mutex<HashMap<String, Map<String, Value>>>,
}

#[derive(Debug)]
enum Rows {
    Generated(Generator),
    Listed(Vec<Map<String, Value>>),
}

impl Register {
    pub(crate) fn open(settings: &SandboxSettings) -> Result<Self, SandboxError> {
        let (rows, seed) = match &settings.controls {
            ControlsSource::Generated { count, seed } => (Rows::Generated(Generator::new(*count, *seed)), *seed),
            ControlsSource::File(path) => (Rows::Listed(listed(path)?), 1),
        };
        #[cfg(feature = "faults")]
        let hostile = if settings.hostile_rows {
            super::hostile::rows()
        } else {
            Vec::new()
        };
        #[cfg(not(feature = "faults"))]
        let hostile = Vec::new();
        Ok(Self {
            rows,
            people: Generator::new(0, seed),
            hostile,
            changed: Mutex::new(HashMap::new()),
        })
    }

    /// The places of the rows that a list has, in order.
    pub(crate) fn selected(&self, selection: &Selection) -> Vec<usize> {
        let rows = (0..self.row_count()).filter(|at| self.is_selected(*at, selection));
        let hostile = if selection.status == "active" {
            self.hostile.len()
        } else {
            0
        };
        rows.chain(self.row_count()..self.row_count() + hostile).collect()
    }

    /// The element at that place as it is sent.
    pub(crate) fn text(&self, at: usize) -> String {
        let hostile = at.checked_sub(self.row_count()).and_then(|at| self.hostile.get(at));
        hostile
            .cloned()
            .or_else(|| self.row(at).map(|row| Value::Object(row).to_string()))
            .unwrap_or_default()
    }

    /// The elements of the rows with these ids, in the list's order.
    pub(crate) fn with_ids(&self, ids: &[&str]) -> Vec<Value> {
        let rows = (0..self.row_count()).filter_map(|at| self.row(at));
        rows.filter(|row| {
            row.get("id")
                .and_then(Value::as_str)
                .is_some_and(|id| ids.contains(&id))
        })
        .map(Value::Object)
        .collect()
    }

    /// One control; what says which scope it has is left out here by design (hyperproof-api 3.1).
    pub(crate) fn control(&self, id: &str) -> Option<Value> {
        if let Some(row) = self.hostile.iter().find_map(|text| hostile_control(text, id)) {
            return Some(row);
        }
        let at = match &self.rows {
            Rows::Generated(generator) => (0..generator.total()).find(|at| generator.id(*at) == id)?,
            Rows::Listed(rows) => rows
                .iter()
                .position(|row| row.get("id").and_then(Value::as_str) == Some(id))?,
        };
        let mut row = self.row(at)?;
        for field in ["scopeId", "scopeName", "parentControlId"] {
            row.shift_remove(field);
        }
        Some(Value::Object(row))
    }

    /// The id that `@control:N`, `@orguser:N`, `@user:N` or `@org` stands for; `None` for any other text.
    pub(crate) fn named(&self, mark: &str) -> Option<String> {
        let (kind, number) = mark.strip_prefix('@')?.split_once(':').unwrap_or(("org", "0"));
        let at: usize = number.parse().ok()?;
        match kind {
            "control" => match &self.rows {
                Rows::Generated(generator) => Some(generator.id(at)),
                Rows::Listed(rows) => rows.get(at)?.get("id")?.as_str().map(str::to_owned),
            },
            "orguser" => Some(self.people.organisation_user(at)),
            "user" => Some(self.people.user(at)),
            "org" => Some(self.people.organisation()),
            _ => None,
        }
    }

    /// The people of the organisation, as its list of users has them.
    pub(crate) fn people(&self) -> Vec<Value> {
        self.people.people()
    }

    fn row_count(&self) -> usize {
        match &self.rows {
            Rows::Generated(generator) => generator.total(),
            Rows::Listed(rows) => rows.len(),
        }
    }

    fn row(&self, at: usize) -> Option<Map<String, Value>> {
        let mut row = match &self.rows {
            Rows::Generated(generator) => generator.row(at),
            Rows::Listed(rows) => rows.get(at).cloned()?,
        };
        let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        let members = row.get("id").and_then(Value::as_str).and_then(|id| changed.get(id));
        for (name, value) in members.into_iter().flatten() {
            row.insert(name.clone(), value.clone());
        }
        Some(row)
    }

    /// Sets members of a control, as if somebody had worked on it; which lists it belongs to stays.
    #[cfg(feature = "faults")]
    pub(crate) fn change(&self, id: &str, members: Map<String, Value>) {
        let mut changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        changed.entry(id.to_owned()).or_default().extend(members);
    }

    /// Forgets all changes.
    #[cfg(feature = "faults")]
    pub(crate) fn reset(&self) {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn is_selected(&self, at: usize, selection: &Selection) -> bool {
        match &self.rows {
            Rows::Generated(generator) => {
                let kind = match generator.kind(at) {
                    Kind::Plain => selection.status == "active",
                    Kind::Archived => selection.status == "archived",
                    Kind::Scope => selection.scopes && selection.status == "active",
                    Kind::Team => selection.teams && selection.status == "active",
                };
                kind && (!selection.linkable_only || generator.is_linkable(at))
            }
            Rows::Listed(rows) => rows.get(at).is_some_and(|row| is_listed(row, selection)),
        }
    }
}

fn is_listed(row: &Map<String, Value>, selection: &Selection) -> bool {
    let text = |field: &str| row.get(field).and_then(Value::as_str);
    let status = text("status").unwrap_or("active") == selection.status;
    status && (selection.scopes || text("controlType") != Some("scopeAssignment"))
}

fn hostile_control(text: &str, id: &str) -> Option<Value> {
    let row: Value = serde_json::from_str(text).ok()?;
    (row.get("id").and_then(Value::as_str) == Some(id)).then_some(row)
}

fn listed(path: &Path) -> Result<Vec<Map<String, Value>>, SandboxError> {
    let text = fs::read(path).map_err(|source| SandboxError::Read {
        path: path.to_owned(),
        source,
    })?;
    serde_json::from_slice(&text).map_err(|source| SandboxError::Form {
        path: path.to_owned(),
        expected: "an array of control objects",
        source,
    })
}
