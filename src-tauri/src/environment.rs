//! Owns what the environment may do to the program: nothing. A variable that would attach a debugger, an inspector or
//! a key log to the web view is dropped by starting the program once more without it.
//! Must not read a variable of the program's own, except under the feature `automation` (end-to-end tests, benches).

use std::ffi::OsString;
use std::process::{Command, ExitCode};

/// Names, and beginnings of names, that the program never runs under.
const REFUSED: [&str; 3] = ["TAURI_AUTOMATION", "TAURI_WEBVIEW_AUTOMATION", "SSLKEYLOGFILE"];
const REFUSED_BEGINNINGS: [&str; 2] = ["WEBVIEW2_", "WEBKIT_INSPECTOR_"];

/// How the program goes on.
#[derive(Debug)]
pub enum Entry {
    /// The environment is clean: run.
    Clean,
    /// A clean copy ran in this one's place and ended so.
    Replaced(ExitCode),
}

/// Goes on at once in a clean environment, else runs a clean copy and hands its end back. In either case no core dump of
/// it is ever written: it would hold secrets.
pub fn enter_clean() -> Entry {
    refuse_core_dumps();
    let refused: Vec<OsString> = std::env::vars_os().map(|(name, _)| name).filter(is_refused).collect();
    if refused.is_empty() || cfg!(feature = "automation") {
        return Entry::Clean;
    }
    let Ok(program) = std::env::current_exe() else {
        return Entry::Replaced(ExitCode::FAILURE);
    };
    let mut copy = Command::new(program);
    copy.args(std::env::args_os().skip(1));
    for name in refused {
        copy.env_remove(name);
    }
    Entry::Replaced(run_in_place(&mut copy))
}

fn is_refused(name: &OsString) -> bool {
    let name = name.to_string_lossy().to_ascii_uppercase();
    REFUSED.contains(&name.as_str()) || REFUSED_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

/// For this process and those it starts, the web view's among them; not to be taken back.
#[cfg(unix)]
fn refuse_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // Lowering a limit is refused to nobody.
    let _lowered = setrlimit(Resource::Core, none);
}

/// Windows writes dumps only where an administrator has asked for them.
#[cfg(not(unix))]
fn refuse_core_dumps() {}

#[cfg(unix)]
fn run_in_place(copy: &mut Command) -> ExitCode {
    use std::os::unix::process::CommandExt as _;
    // `exec` returns only when it failed: going on with the refused variables is no choice.
    let _failed = copy.exec();
    ExitCode::FAILURE
}

#[cfg(not(unix))]
fn run_in_place(copy: &mut Command) -> ExitCode {
    let ended = copy.status().ok().and_then(|status| status.code());
    ended
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_the_web_view_to_others_is_refused() {
        for name in [
            "TAURI_AUTOMATION",
            "WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS",
            "WEBKIT_INSPECTOR_SERVER",
        ] {
            assert!(is_refused(&name.into()), "{name}");
        }
        for name in ["PATH", "HOME", "LANG", "WEBKIT_DISABLE_DMABUF_RENDERER"] {
            assert!(!is_refused(&name.into()), "{name}");
        }
    }
}
