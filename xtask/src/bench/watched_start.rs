//! Owns one start of one program under the eyes of the bench: when its window shows what it will go on showing, and the
//! memory that it then has.
//!
//! It must not know which program it is, nor ask it anything.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::display::{Display, difference, sample};
use super::memory;
use super::start::megabytes;
use crate::command::command;

/// A picture that stays as it is for so long is what the program wanted to show.
const SETTLED: Duration = Duration::from_secs(3);
/// A share of the picture this small is a blinking caret.
const CARET: f64 = 0.001;
/// The first picture that differs from the settled one in no more than this share is the first useful paint.
const USEFUL: f64 = 0.005;
/// A program that has settled on nothing by then shows nothing.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at the display.
const BETWEEN_LOOKS: Duration = Duration::from_millis(3);

/// What one start took.
#[derive(Clone, Copy)]
pub(super) struct Start {
    /// From the start of the process to the first useful paint.
    pub(super) milliseconds: f64,
    /// PSS of the process tree once the picture has settled, of 1,000,000 bytes each.
    pub(super) megabytes: f64,
}

/// A picture and when it was first seen.
type Seen = (Duration, Vec<u8>);

/// Starts `program` with `home` as its home folder, on a display of its own, and ends it again.
///
/// # Errors
/// When it ends by itself, shows nothing or never settles.
pub(super) fn watch(program: &Path, home: &Path) -> Result<Start> {
    let display = Display::open(&home.join("display"))?;
    let empty = sample(&display.picture()?);
    let started = Instant::now();
    let mut running = launch(program, home, &display)?;
    let outcome = settle(&display, &mut running, started, &empty).and_then(|seen| {
        let bytes = memory::of_tree(running.id())?;
        let useful = first_useful(&seen).context("nothing was seen")?;
        Ok(Start {
            milliseconds: useful.as_secs_f64() * 1000.0,
            megabytes: megabytes(bytes),
        })
    });
    end(&mut running)?;
    outcome.with_context(|| format!("{}", program.display()))
}

fn launch(program: &Path, home: &Path, display: &Display) -> Result<Child> {
    let mut started = command(program);
    display.show(&mut started);
    started
        .env("HOME", home)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for (name, folder) in [
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_STATE_HOME", ".local/state"),
    ] {
        fs::create_dir_all(home.join(folder))?;
        started.env(name, home.join(folder));
    }
    started
        .spawn()
        .with_context(|| format!("{} cannot be started", program.display()))
}

/// Every picture that was seen until one stayed.
fn settle(display: &Display, running: &mut Child, started: Instant, empty: &[u8]) -> Result<Vec<Seen>> {
    let (mut seen, mut last): (Vec<Seen>, Vec<u8>) = (Vec::new(), Vec::new());
    loop {
        let picture = display.picture()?;
        let now = started.elapsed();
        if picture != last {
            let sampled = sample(&picture);
            if difference(&sampled, seen.last().map_or(empty, |(_, picture)| picture)) > CARET {
                seen.push((now, sampled));
            }
            last = picture;
        }
        if seen.last().is_some_and(|(at, _)| now.saturating_sub(*at) > SETTLED) {
            return Ok(seen);
        }
        if let Some(status) = running.try_wait()? {
            bail!("it ended by itself ({status})");
        }
        if now > PATIENCE {
            bail!("nothing that stays was seen within {} s", PATIENCE.as_secs());
        }
        thread::sleep(BETWEEN_LOOKS);
    }
}

fn first_useful(seen: &[Seen]) -> Option<Duration> {
    let (_, settled) = seen.last()?;
    seen.iter()
        .find(|(_, picture)| difference(picture, settled) <= USEFUL)
        .map(|(at, _)| *at)
}

/// The web view's processes end after the program that they belong to: the next start must not share the machine.
fn end(running: &mut Child) -> Result<()> {
    let tree = memory::tree(running.id())?;
    running.kill()?;
    running.wait()?;
    let asked = Instant::now();
    while tree
        .iter()
        .any(|process| Path::new(&format!("/proc/{process}")).exists())
    {
        if asked.elapsed() > Duration::from_secs(20) {
            bail!("a process of the last start does not end");
        }
        thread::sleep(BETWEEN_LOOKS);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_picture_like_the_settled_one_is_the_useful_one() {
        let blank = vec![0; 4000];
        let page = vec![9; 4000];
        let mut with_caret = page.clone();
        with_caret[0] = 1;
        let at = Duration::from_millis;
        let seen = [(at(100), blank), (at(400), with_caret), (at(900), page)];
        assert_eq!(
            first_useful(&seen),
            Some(at(400)),
            "one pixel of a thousand is not what was waited for"
        );
        assert_eq!(first_useful(&[]), None);
    }
}
