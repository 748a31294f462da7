//! Owns `cargo xtask attacks`: runs the tests that try the attacks of the threat model and prints one row each.
//!
//! It must not try an attack itself, nor call a row proven by a test that did not run.

mod rows;
mod run;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};

use rows::{Attack, Proof, ROWS};
use run::Outcomes;

/// How the rows are shown.
#[derive(Args)]
pub(crate) struct Options {
    /// One JSON object a row
    #[arg(long)]
    json: bool,
    /// Only these rows, such as A7; all when none is named
    rows: Vec<String>,
}

/// A row with what was seen.
struct Row {
    attack: &'static Attack,
    seen: String,
    holds: bool,
}

/// Tries the attacks and prints what was seen.
///
/// # Errors
/// When the tests cannot be built or started, or a row does not hold.
pub(crate) fn attacks(options: &Options) -> Result<()> {
    let wanted = |attack: &&Attack| options.rows.is_empty() || options.rows.iter().any(|row| row == attack.row);
    let attacks: Vec<&'static Attack> = ROWS.iter().filter(wanted).collect();
    let outcomes = run::outcomes(&attacks)?;
    let rows: Vec<Row> = attacks.into_iter().map(|attack| judged(attack, &outcomes)).collect();
    for row in &rows {
        if options.json {
            println!("{}", row.to_json());
        } else {
            println!("{}", row.to_line());
        }
    }
    let open: Vec<&str> = rows.iter().filter(|row| !row.holds).map(|row| row.attack.row).collect();
    if !open.is_empty() {
        bail!("these rows do not hold: {}", open.join(", "));
    }
    Ok(())
}

/// A row holds when each of its tests ran and passed; one that does not apply holds by its reason.
fn judged(attack: &'static Attack, outcomes: &Outcomes) -> Row {
    let (seen, holds) = match attack.proof {
        Proof::DoesNotApply(reason) => (format!("does not apply: {reason}"), true),
        Proof::Tests(others) => proven(attack, others, outcomes),
    };
    Row { attack, seen, holds }
}

fn proven(attack: &Attack, others: &[&str], outcomes: &Outcomes) -> (String, bool) {
    let own = outcomes.beginning_with(&attack.prefix());
    let missing: Vec<&str> = others
        .iter()
        .copied()
        .filter(|name| outcomes.of(name).is_none())
        .collect();
    let mut failed: Vec<&str> = own
        .iter()
        .filter(|(_, passed)| !passed)
        .map(|(name, _)| *name)
        .collect();
    failed.extend(others.iter().filter(|name| outcomes.of(name) == Some(false)));
    if !failed.is_empty() || !missing.is_empty() {
        return (
            format!("failed: {}; did not run: {}", failed.join(", "), missing.join(", ")),
            false,
        );
    }
    if own.is_empty() && others.is_empty() {
        return ("no test ran".to_owned(), false);
    }
    let mut seen: Vec<String> = outcomes.said(attack.row).into_iter().collect();
    if !others.is_empty() {
        seen.push(format!("proven by {}", others.join(", ")));
    }
    if seen.is_empty() {
        let names: Vec<&str> = own.iter().map(|(name, _)| *name).collect();
        seen.push(format!("proven by {}", names.join(", ")));
    }
    (seen.join("; "), true)
}

impl Row {
    fn to_json(&self) -> Value {
        json!({
            "row": self.attack.row, "attack": self.attack.tries, "expected": self.attack.expected,
            "seen": self.seen, "holds": self.holds,
        })
    }

    fn to_line(&self) -> String {
        let holds = if self.holds { "holds" } else { "DOES NOT HOLD" };
        let Attack {
            row, tries, expected, ..
        } = self.attack;
        format!(
            "{row:<4} {holds}\n     attack    {tries}\n     expected  {expected}\n     seen      {}",
            self.seen
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "test redirects::a01_one ... ok\ntest redirects::a01_two ... ok\n\
                          test other::a_sentence_of_another ... FAILED\nseen A1: nothing came\n";

    #[test]
    fn a_row_holds_when_its_tests_ran_and_passed() {
        let outcomes = Outcomes::read(OUTPUT);
        let attack = |row, others| Attack {
            row,
            tries: "",
            expected: "",
            proof: Proof::Tests(others),
        };
        assert_eq!(
            proven(&attack("A1", &[]), &[], &outcomes),
            ("nothing came".to_owned(), true)
        );
        assert!(
            !proven(&attack("A2", &[]), &[], &outcomes).1,
            "a row without a test is open"
        );
        assert!(!proven(&attack("A1", &[]), &["a_sentence_of_another"], &outcomes).1);
        assert!(!proven(&attack("A1", &[]), &["never_ran"], &outcomes).1);
    }

    #[test]
    fn every_row_is_there_once_and_in_order() {
        let numbers: Vec<u32> = ROWS
            .iter()
            .map(|attack| attack.row.trim_start_matches('A').parse().unwrap())
            .collect();
        let wanted: Vec<u32> = (1..=21).chain(37..=41).chain(43..=45).collect();
        assert_eq!(numbers, wanted);
    }
}
