//! Owns the order of a long task: each step is named when it starts and timed when it ends, the first failure ends the
//! task, and the last lines say what each step took.
//!
//! It must not know what a step does.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The steps done so far.
pub(crate) struct Steps {
    task: &'static str,
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// A task that has done nothing yet.
    pub(crate) fn new(task: &'static str) -> Self {
        Self { task, done: Vec::new() }
    }

    /// Does one step.
    ///
    /// # Errors
    /// The step's own, under the step's name; the times so far are printed first.
    pub(crate) fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("==> {name}");
        let started = Instant::now();
        let outcome = work();
        self.done.push((name, started.elapsed()));
        if outcome.is_err() {
            println!("{}", self.table());
        } else {
            println!("<== {name}: {}", minutes(started.elapsed()));
        }
        outcome.with_context(|| format!("{} stopped at the step \"{name}\"", self.task))
    }

    /// Prints what every step took and that all of them passed.
    pub(crate) fn close(&self) {
        println!("{}", self.table());
        println!(
            "{} passed: {} steps, {}",
            self.task,
            self.done.len(),
            minutes(self.whole())
        );
    }

    fn whole(&self) -> Duration {
        self.done.iter().map(|(_, time)| *time).sum()
    }

    fn table(&self) -> String {
        let width = self.done.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let mut table = format!("\n{}, minutes of each step:", self.task);
        for (name, time) in &self.done {
            let _ = write!(table, "\n  {name:width$}  {:>9}", minutes(*time));
        }
        table
    }
}

fn minutes(time: Duration) -> String {
    format!("{:.1} min", time.as_secs_f64() / 60.0)
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn a_failure_names_the_task_and_the_step() {
        let mut steps = Steps::new("test");
        steps.step("first", || Ok(())).unwrap();
        let error = steps.step("second", || Err(anyhow!("no"))).unwrap_err();
        assert_eq!(format!("{error:#}"), "test stopped at the step \"second\": no");
    }

    #[test]
    fn the_table_gives_minutes_in_columns() {
        let steps = Steps {
            task: "test",
            done: vec![
                ("page", Duration::from_secs(6)),
                ("the workspace", Duration::from_secs(750)),
            ],
        };
        let table = "\ntest, minutes of each step:\n  page             0.1 min\n  the workspace   12.5 min";
        assert_eq!(steps.table(), table);
        assert_eq!(minutes(steps.whole()), "12.6 min");
    }
}
