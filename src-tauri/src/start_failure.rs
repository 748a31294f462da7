//! Owns the last words of a program that could not start. Must not hide why.

use std::process::ExitCode;

/// Says on standard error why the program did not start, and what to do, and ends it.
#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
pub(crate) fn told(error: &tauri::Error) -> ExitCode {
    tracing::error!("the program did not start: {error}");
    eprintln!("Countersign did not start: {error}");
    eprintln!("{}", advice(&error.to_string()));
    ExitCode::FAILURE
}

/// Says on standard error that another copy runs, and ends this one.
#[expect(clippy::print_stderr, reason = "the window is the other copy's")]
pub(crate) fn already_running() -> ExitCode {
    tracing::warn!("another copy of the program runs: this one ended");
    eprintln!("Countersign is already running.");
    ExitCode::FAILURE
}

fn advice(words: &str) -> &'static str {
    if words.to_lowercase().contains("webview") {
        "It shows its page in the system's web view. Windows: install the Microsoft Edge WebView2 runtime. \
         Debian and Ubuntu: install libwebkit2gtk-4.1-0."
    } else {
        "The log in the program's folder says more."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_web_view_is_said_with_what_to_install() {
        assert!(advice("Could not find the webview runtime").contains("WebView2"));
        assert!(advice("settings-failed").contains("log"));
    }
}
