//! Owns the opening of an address on a Linux desktop. Must not wait for the browser to end.

use std::io::{Error, ErrorKind, Result};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::thread;

use crate::window::OPENGL;

/// The first of the desktop's launchers that starts, without what is set for the program's own window.
pub(super) fn open(url: &str) -> Result<()> {
    let mut outcome = Err(Error::from(ErrorKind::NotFound));
    for launcher in open::commands(url) {
        outcome = started(launcher);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// In a process group of its own, so that what ends the program does not end the browser.
fn started(mut launcher: Command) -> Result<()> {
    let mut child = cleaned(&mut launcher)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    // A child that nobody waits for stays in the system's list when it has ended.
    thread::spawn(move || child.wait());
    Ok(())
}

fn cleaned(launcher: &mut Command) -> &mut Command {
    launcher.env_remove(OPENGL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_for_the_window_is_not_for_the_browser() {
        let mut launcher = Command::new("xdg-open");
        let taken: Vec<_> = cleaned(&mut launcher).get_envs().collect();
        assert_eq!(taken, [(OPENGL.as_ref(), None)]);
    }

    #[test]
    fn a_launcher_that_is_not_there_is_an_error() {
        assert!(started(Command::new("/nowhere/xdg-open")).is_err());
    }
}
