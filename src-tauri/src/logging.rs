//! Owns the program's log: one file a day, the newest five, every line redacted before it is written.
//! Must not be given secrets in the first place; the redaction is the second line of defence.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use countersign_domain::redaction::redacted;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::Registry;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::{Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// Days of log kept.
const KEPT: usize = 5;
/// Our own crates speak; what lies below (hyper, reqwest, rustls) would log addresses and headers.
const LEVELS: &str = "warn,countersign=info,hyper=off,reqwest=off,rustls=off,h2=off";

/// Starts the log in `folder`. A log that cannot be written never stops the program.
pub(crate) fn start(folder: &Path) {
    let Ok(files) = layer(folder, LEVELS) else { return };
    let _set = tracing_subscriber::registry().with(files).try_init();
}

/// The program's log in `folder` at other `levels` (a level for all, and one a target, such as `warn,countersign=trace`), for who puts
/// it beside a log of their own.
///
/// # Errors
/// Where the folder cannot be made, or the levels cannot be read.
pub fn layer(folder: &Path, levels: &str) -> io::Result<impl Layer<Registry> + use<>> {
    let levels: Targets = levels.parse().map_err(io::Error::other)?;
    std::fs::create_dir_all(folder)?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("countersign")
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(folder)
        .map_err(io::Error::other)?;
    let writer = Redacting(Arc::new(Mutex::new(files)));
    Ok(fmt::layer().with_ansi(false).with_writer(writer).with_filter(levels))
}

/// Writes whole events through the redaction.
#[derive(Clone)]
struct Redacting(Arc<Mutex<RollingFileAppender>>);

/// One event, collected until it is complete: a secret cut in two writes would slip through.
struct Event {
    text: Vec<u8>,
    files: Arc<Mutex<RollingFileAppender>>,
}

impl<'a> MakeWriter<'a> for Redacting {
    type Writer = Event;
    fn make_writer(&'a self) -> Event {
        Event {
            text: Vec::new(),
            files: Arc::clone(&self.0),
        }
    }
}

impl Write for Event {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        let text = in_one_line(&redacted(&String::from_utf8_lossy(&self.text)));
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let _written = files.write_all(text.as_bytes());
    }
}

/// The event as one line: what a service or a person put into it adds no line and no colour of its own.
fn in_one_line(event: &str) -> String {
    let mut line = String::with_capacity(event.len() + 1);
    for character in event.trim_end().chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_reaches_the_log_is_marked() {
        let folder = tempfile::tempdir().unwrap();
        let files = RollingFileAppender::builder()
            .rotation(Rotation::NEVER)
            .filename_prefix("log")
            .build(folder.path());
        let writer = Redacting(Arc::new(Mutex::new(files.unwrap())));
        let mut event = writer.make_writer();
        event.write_all(b"token 6879-pla").unwrap();
        event.write_all(b"nted was sent").unwrap();
        drop(event);
        let written = std::fs::read_to_string(folder.path().join("log")).unwrap();
        assert_eq!(written, "token [redacted] was sent\n");
    }
}
