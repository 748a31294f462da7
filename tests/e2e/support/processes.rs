//! Owns processes that live no longer than the test that started them: each leads a group, and the whole group ends.
//! Must not know what the processes do.

use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

/// A process and all that it started.
pub(crate) struct ProcessGroup {
    leader: Child,
}

impl ProcessGroup {
    /// Starts `command` at the head of a group of its own.
    pub(crate) fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let started = command.process_group(0).spawn();
        let leader = started.unwrap_or_else(|error| panic!("{name} cannot be started: {error}"));
        Self { leader }
    }

    /// The leader, for its pipes.
    pub(crate) fn leader(&mut self) -> &mut Child {
        &mut self.leader
    }

    /// How the leader ended, if it did.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.leader.try_wait().ok().flatten()
    }

    fn signal(&self, name: &str) {
        let group = format!("-{}", self.leader.id());
        let _sent = Command::new("kill").args([name, "--", &group]).output();
    }
}

/// Asks first, so that a session can tidy its folder away; then ends what is left.
impl Drop for ProcessGroup {
    fn drop(&mut self) {
        self.signal("-TERM");
        for _ in 0..200 {
            if self.ended().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.signal("-KILL");
        let _ended = self.leader.wait();
    }
}
