//! Owns the bench `start`: the program beside an empty Tauri window that was built with the same flags.
//!
//! It must not help either program: both are release builds without the feature `automation`, each with a home of its
//! own, in one session bus with one unlocked keychain, and what they show is read from the display.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use super::row::{Found, Row};
use super::watched_start::{Start, watch};
use crate::command::{cargo, perform};
use crate::set_up::{Purpose, set_up};
use crate::{folders, page};

/// Measured starts of each program, after one that fills the caches and does not count.
const STARTS: usize = 11;

/// Builds both programs.
///
/// # Errors
/// When one cannot be built.
pub(crate) fn prepare() -> Result<()> {
    set_up(Purpose::Test)?;
    page::build()?;
    let (root, target) = (folders::root(), folders::target());
    let peer = root.join("tests/bench/empty-window");
    // One lock file for both: cargo drops from the copy what the empty window has no use for.
    fs::copy(root.join("Cargo.lock"), peer.join("Cargo.lock"))?;
    let release = ["build", "--release", "--quiet", "--target-dir"];
    perform(cargo(&release).arg(&target).args(["--package", "countersign"]))?;
    perform(cargo(&release).arg(&target).current_dir(peer))
}

/// Measures both programs by turns. What cannot be measured is said in its row.
pub(crate) fn rows() -> Vec<Row> {
    let release = folders::target().join("release");
    let [ours, empty] = ["countersign", "empty-window"].map(|name| release.join(name));
    let starts = by_turns(&ours, &empty).map_err(|error| format!("{error:#}"));
    let row = |what, unit, aim, of: fn(&Start) -> f64| {
        let found = starts.as_ref().map(|starts| less_the_peer(starts, unit, of));
        Row {
            what,
            unit,
            aim,
            found: found.map_err(|why| anyhow!(why.clone())),
        }
    };
    vec![
        row("process start to first useful paint", "ms", 150.0, |start| {
            start.milliseconds
        }),
        row("memory of the process tree", "MB", 25.0, |start| start.megabytes),
        Row {
            what: "release binary size",
            unit: "MB",
            aim: 16.0,
            found: size(&ours, &empty),
        },
    ]
}

/// The starts of ours and of the empty window.
type Starts = [Vec<Start>; 2];

fn by_turns(ours: &Path, empty: &Path) -> Result<Starts> {
    let (our_home, empty_home) = (home(ours), home(empty));
    let (mut our_starts, mut empty_starts) = (Vec::new(), Vec::new());
    for turn in 0..=STARTS {
        // Who goes first changes, so that a machine that warms up favours neither.
        if turn % 2 == 0 {
            our_starts.push(watch(ours, &our_home)?);
            empty_starts.push(watch(empty, &empty_home)?);
        } else {
            empty_starts.push(watch(empty, &empty_home)?);
            our_starts.push(watch(ours, &our_home)?);
        }
    }
    Ok([our_starts.split_off(1), empty_starts.split_off(1)])
}

/// Empty at the bench's first start, and kept for its later ones.
fn home(program: &Path) -> PathBuf {
    let home = folders::target()
        .join("bench-start")
        .join(program.file_name().unwrap_or_default());
    let _ = fs::remove_dir_all(&home);
    home
}

fn less_the_peer([ours, empty]: &Starts, unit: &str, of: fn(&Start) -> f64) -> Found {
    let [ours, empty] = [ours, empty].map(|starts| median(starts.iter().map(of).collect()));
    let peer = format!("empty Tauri window: {empty:.0} {unit}, ours: {ours:.0} {unit}, medians of {STARTS} starts");
    Found {
        measured: ours - empty,
        peer: Some(peer),
    }
}

fn size(ours: &Path, empty: &Path) -> Result<Found> {
    let [ours, empty] = [
        megabytes(fs::metadata(ours)?.len()),
        megabytes(fs::metadata(empty)?.len()),
    ];
    Ok(Found {
        measured: ours,
        peer: Some(format!("empty Tauri window: {empty:.1} MB")),
    })
}

/// Of 1,000,000 bytes each.
pub(super) fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(milliseconds: [f64; 3]) -> Vec<Start> {
        milliseconds
            .map(|milliseconds| Start {
                milliseconds,
                megabytes: 0.0,
            })
            .to_vec()
    }

    #[test]
    fn what_the_empty_window_takes_is_not_counted() {
        let found = less_the_peer(
            &[starts([900.0, 510.0, 500.0]), starts([400.0, 410.0, 90.0])],
            "ms",
            |start| start.milliseconds,
        );
        assert!(
            (found.measured - 110.0).abs() < f64::EPSILON,
            "medians of both: 510 less 400"
        );
        assert!(
            found
                .peer
                .unwrap()
                .starts_with("empty Tauri window: 400 ms, ours: 510 ms")
        );
    }

    #[test]
    fn the_empty_window_is_built_with_the_flags_of_the_program() {
        let root = folders::root();
        let lines = |manifest: &str, table: &str| -> Vec<String> {
            let text = fs::read_to_string(root.join(manifest)).unwrap();
            let (_, from) = text.split_once(&format!("{table}\n")).unwrap();
            from.lines()
                .take_while(|line| line.contains('='))
                .map(str::to_owned)
                .collect()
        };
        let (program, empty) = ("Cargo.toml", "tests/bench/empty-window/Cargo.toml");
        let ours = lines(program, "[profile.release]");
        assert_eq!(ours, lines(empty, "[profile.release]"));
        let by_crate = "[profile.release.package]";
        let of_program = lines(program, by_crate);
        assert!(
            lines(empty, by_crate).iter().all(|line| of_program.contains(line)),
            "but for crates it has not"
        );
        assert!(ours.len() > 1, "{ours:?}");
    }
}
