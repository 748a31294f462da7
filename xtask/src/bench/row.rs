//! Owns the form of a result: one row, as JSON or as a line of a table.
//!
//! It must not round or judge in any other place: a row holds when its measured value is at most its aim.

use anyhow::Result;
use serde_json::{Value, json};

/// One result.
pub(crate) struct Row {
    /// The row's name, as the project's issues write it.
    pub(crate) what: &'static str,
    /// The unit of `measured` and `aim`.
    pub(crate) unit: &'static str,
    /// The most that is good enough.
    pub(crate) aim: f64,
    /// What was found: the value and what it was compared with, or why there is none.
    pub(crate) found: Result<Found>,
}

/// A measured value.
pub(crate) struct Found {
    /// In the row's unit.
    pub(crate) measured: f64,
    /// What it was compared with, and that one's own value.
    pub(crate) peer: Option<String>,
}

impl Row {
    /// `{"what", "measured", "unit", "aim", "peer", "holds"}`, and `"why"` where `measured` is null.
    pub(crate) fn to_json(&self) -> Value {
        match &self.found {
            Ok(found) => json!({
                "what": self.what, "measured": rounded(found.measured), "unit": self.unit, "aim": self.aim,
                "peer": found.peer, "holds": self.holds(),
            }),
            Err(reason) => json!({
                "what": self.what, "measured": null, "unit": self.unit, "aim": self.aim,
                "peer": null, "holds": false, "why": format!("{reason:#}"),
            }),
        }
    }

    fn holds(&self) -> bool {
        self.found.as_ref().is_ok_and(|found| found.measured <= self.aim)
    }

    fn cells(&self) -> [String; 5] {
        let (measured, peer) = match &self.found {
            Ok(found) => (format!("{} {}", rounded(found.measured), self.unit), found.peer.clone()),
            Err(reason) => ("not measured".to_owned(), Some(format!("{reason:#}"))),
        };
        let holds = if self.holds() { "yes" } else { "no" };
        let aim = format!("{} {}", self.aim, self.unit);
        [
            self.what.to_owned(),
            measured,
            aim,
            holds.to_owned(),
            peer.unwrap_or_default(),
        ]
    }
}

/// The rows as a Markdown table.
pub(crate) fn table(rows: &[Row]) -> String {
    let head = ["what", "measured", "aim", "holds", "beside"].map(str::to_owned);
    let rule = ["---", "---:", "---:", "---", "---"].map(str::to_owned);
    let lines = [head, rule].into_iter().chain(rows.iter().map(Row::cells));
    lines
        .map(|cells| format!("| {} |", cells.join(" | ")))
        .collect::<Vec<_>>()
        .join("\n")
}

fn rounded(value: f64) -> f64 {
    // A negative zero is still nothing.
    (value * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    fn row(found: Result<Found>) -> Row {
        Row {
            what: "release binary size",
            unit: "MB",
            aim: 16.0,
            found,
        }
    }

    fn measured(measured: f64) -> Row {
        row(Ok(Found {
            measured,
            peer: Some("empty Tauri window: 4.4 MB".to_owned()),
        }))
    }

    #[test]
    fn a_row_holds_up_to_its_aim() {
        assert_eq!(measured(16.0).to_json()["holds"], true);
        assert_eq!(measured(16.1).to_json()["holds"], false);
    }

    #[test]
    fn a_measured_row_is_one_object_with_six_fields() {
        let row = measured(9.06).to_json();
        let fields: Vec<_> = row.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["what", "measured", "unit", "aim", "peer", "holds"]);
        assert_eq!(row["measured"], 9.1);
    }

    #[test]
    fn a_row_that_could_not_run_says_why_and_does_not_hold() {
        let row = row(Err(anyhow!("no display"))).to_json();
        assert_eq!((&row["measured"], &row["holds"]), (&Value::Null, &Value::Bool(false)));
        assert_eq!(row["why"], "no display");
    }

    #[test]
    fn the_table_has_one_line_a_row() {
        let table = table(&[measured(9.0), row(Err(anyhow!("no display")))]);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(
            lines[2],
            "| release binary size | 9 MB | 16 MB | yes | empty Tauri window: 4.4 MB |"
        );
        assert_eq!(
            lines[3],
            "| release binary size | not measured | 16 MB | no | no display |"
        );
    }
}
