//! Lines that a service or a person would like to write into the log themselves.

use countersign::logging::layer;
use tracing_subscriber::layer::SubscriberExt as _;

use super::seen;

#[test]
fn a41_a_value_adds_no_line_and_no_colour_to_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let subscriber = tracing_subscriber::registry().with(layer(folder.path(), "trace").unwrap());
    tracing::subscriber::with_default(subscriber, || {
        let value = "a\r\n2026-01-01T00:00:00Z  INFO everything is fine\u{1b}[31m\u{9b}32m\u{8}\0";
        tracing::warn!(value, "as a field");
        tracing::warn!(shown = %value, "shown");
        tracing::warn!("inside the words: {value}");
    });
    let mut written = String::new();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        written.push_str(&std::fs::read_to_string(file.unwrap().path()).unwrap());
    }
    assert_eq!(written.lines().count(), 3, "{written:?}");
    let control = |character: char| character.is_control() && character != '\n';
    assert!(!written.contains(control), "{written:?}");
    seen(
        "A41",
        "line breaks, escape sequences and NUL in values: one line each, no control character",
    );
}
