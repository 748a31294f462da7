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
/// What one run writes at most, in bytes: a log in a loop fills no disk.
const MOST: usize = 64 * 1024 * 1024;
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
    let writer = Redacting::to(files, MOST);
    Ok(fmt::layer().with_ansi(false).with_writer(writer).with_filter(levels))
}

/// Writes whole events through the redaction.
#[derive(Clone)]
struct Redacting(Arc<Mutex<Files>>);

struct Files {
    appender: RollingFileAppender,
    /// Bytes that may still be written.
    left: usize,
}

impl Redacting {
    fn to(appender: RollingFileAppender, left: usize) -> Self {
        Self(Arc::new(Mutex::new(Files { appender, left })))
    }
}

/// One event, collected until it is complete: a secret cut in two writes would slip through.
struct Event {
    text: Vec<u8>,
    files: Arc<Mutex<Files>>,
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
        if self.text.is_empty() {
            return;
        }
        let text = in_one_line(&redacted(&String::from_utf8_lossy(&self.text)));
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = files.left.checked_sub(text.len()) {
            files.left = left;
            let _written = files.appender.write_all(text.as_bytes());
        }
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

    fn written(events: &[&[u8]], left: usize) -> String {
        let folder = tempfile::tempdir().unwrap();
        let files = RollingFileAppender::builder()
            .rotation(Rotation::NEVER)
            .filename_prefix("log")
            .build(folder.path());
        let writer = Redacting::to(files.unwrap(), left);
        for event in events {
            let mut taken = writer.make_writer();
            let (first, second) = event.split_at(event.len() / 2);
            taken.write_all(first).unwrap();
            taken.write_all(second).unwrap();
        }
        std::fs::read_to_string(folder.path().join("log")).unwrap()
    }

    #[test]
    fn a_token_that_reaches_the_log_is_marked() {
        assert_eq!(
            written(&[b"token 6879-planted was sent"], MOST),
            "token [redacted] was sent\n"
        );
    }

    #[test]
    fn a_value_adds_no_line_of_its_own() {
        assert_eq!(written(&[b"a\r\nb\x1b[31m\0\n"], MOST), "a\\r\\nb\\u{1b}[31m\\u{0}\n");
    }

    #[test]
    fn a_log_has_an_end() {
        assert_eq!(written(&[b"one", b"much too long", b"two"], 8), "one\ntwo\n");
    }
}
