//! Owns a desk: display, window manager, session and folder of one test, and the program started at it.
//! Must not be shared between tests.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::browser;
use super::display::Display;
use super::processes::ProcessGroup;
use super::programs;
use super::session::{KeychainAtStart, Session, log_of};
use super::wait::{looked_for, until};
use super::window::Window;

/// Each desk holds a web view of some 300 MB and keeps two cores busy while it starts.
static DESKS: Semaphore = Semaphore::const_new(2);

/// How often the key that closes a window is pressed: a window manager under load loses one now and then.
const PRESSES_TO_QUIT: usize = 5;
/// How long a window may take to go.
const AFTER_A_PRESS: Duration = Duration::from_secs(8);

/// How a desk is furnished.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Furniture {
    pub(crate) screen: (u32, u32),
    pub(crate) keychain: KeychainAtStart,
    pub(crate) dark: bool,
    /// Without one no window has a frame and its size is what it asked for.
    pub(crate) window_manager: bool,
}

impl Default for Furniture {
    fn default() -> Self {
        Self {
            screen: (1400, 900),
            keychain: KeychainAtStart::Unlocked,
            dark: false,
            window_manager: true,
        }
    }
}

/// Everything of it ends when it is dropped: first the session with the program, last the display.
pub(crate) struct Desk {
    _window_manager: Option<ProcessGroup>,
    session: Session,
    display: Display,
    folder: TempDir,
    _turn: SemaphorePermit<'static>,
}

impl Desk {
    /// Sets a desk up as `furniture` says.
    pub(crate) async fn new(furniture: Furniture) -> Self {
        // First of all, before another build can change it.
        let _linked = programs::application();
        let turn = DESKS.acquire().await.expect("the desks are never closed");
        let folder = tempfile::tempdir().expect("a folder of its own");
        browser::put_opener(&folder.path().join("bin"));
        let display = Display::start(furniture.screen.0, furniture.screen.1);
        let variables = variables(furniture, &display, folder.path());
        let session = Session::start(furniture.keychain, &variables, folder.path()).await;
        let manager = furniture.window_manager.then(|| window_manager(&session));
        Self {
            _window_manager: manager,
            session,
            display,
            folder,
            _turn: turn,
        }
    }

    /// Where the program and its web view keep their files.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address that the program asked the desktop to open in the person's browser.
    pub(crate) async fn opened(&self) -> String {
        browser::opened(self.folder.path()).await
    }

    /// Starts the program and attaches to its window.
    pub(crate) async fn start(&self) -> Window {
        Window::open(&self.session.driver(), self.display.name()).await
    }

    /// Starts the program as a person would who does not see that it runs already.
    pub(crate) fn start_again(&self) -> ProcessGroup {
        let mut command = self.command(programs::application());
        command
            .env_remove("TAURI_AUTOMATION")
            .env_remove("TAURI_WEBVIEW_AUTOMATION");
        ProcessGroup::start(command.stdout(Stdio::null()).stderr(Stdio::null()))
    }

    /// Presses keys at the display itself, as `xdotool key` names them, and so through window manager and window.
    pub(crate) fn press(&self, keys: &[&str]) {
        let done = self.command("xdotool").arg("key").args(keys).output();
        let done = done.expect("xdotool is installed");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Closes the window with the window manager's own key, as often as a person would while it is still there, and
    /// waits until the program has ended. A program that lives on without its window is a fault.
    pub(crate) async fn quit(&self, window: Window) {
        for _press in 0..PRESSES_TO_QUIT {
            if !self.focuses_the_window_still_there().await {
                break;
            }
            self.press(&["alt+F4"]);
            let gone = looked_for(async || (!self.shows_a_window()).then_some(()));
            if tokio::time::timeout(AFTER_A_PRESS, gone).await.is_ok() {
                break;
            }
        }
        if looked_for(async || (self.running() == 0).then_some(())).await.is_none() {
            let shown = self.shows_a_window();
            panic!("the program did not end; its window is still there: {shown}");
        }
        window.closed().await;
    }

    /// Whether there is a window to close: on a busy computer an earlier press may close it only now.
    async fn focuses_the_window_still_there(&self) -> bool {
        let looked = looked_for(async || match (self.focuses_the_window(), self.shows_a_window()) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        });
        looked.await == Some(true)
    }

    fn shows_a_window(&self) -> bool {
        let search = ["search", "--onlyvisible", "--name", "^Countersign$"];
        let found = self.command("xdotool").args(search).output();
        found.is_ok_and(|found| found.status.success())
    }

    /// Gives the program's window the keyboard.
    pub(crate) async fn focus_window(&self) {
        until("the window at the display", async || {
            self.focuses_the_window().then_some(())
        })
        .await;
    }

    fn focuses_the_window(&self) -> bool {
        let search = [
            "search",
            "--onlyvisible",
            "--name",
            "^Countersign$",
            "windowactivate",
            "--sync",
        ];
        let done = self.command("xdotool").args(search).output();
        done.is_ok_and(|done| done.status.success())
    }

    /// How many processes of the program run at this desk: those that have its folder in their environment.
    pub(crate) fn running(&self) -> usize {
        let own = format!("COUNTERSIGN_FOLDER={}\0", self.folder.path().display());
        let processes = fs::read_dir("/proc").expect("Linux has /proc").flatten();
        let ours = processes.filter(|process| {
            let program = fs::read_link(process.path().join("exe")).unwrap_or_default();
            let environment = fs::read(process.path().join("environ")).unwrap_or_default();
            program == programs::application() && String::from_utf8_lossy(&environment).contains(&own)
        });
        ours.count()
    }

    fn command(&self, program: impl Into<PathBuf>) -> Command {
        self.session.command(program)
    }
}

impl Drop for Desk {
    #[expect(clippy::print_stderr, reason = "a failed test shows what it prints")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("what the session said:\n{}", log_of(self.folder.path()));
        }
    }
}

fn variables(furniture: Furniture, display: &Display, folder: &Path) -> Vec<(&'static str, OsString)> {
    vec![
        ("DISPLAY", display.name().into()),
        ("GDK_BACKEND", "x11".into()),
        (
            "GTK_THEME",
            if furniture.dark { "Adwaita:dark" } else { "Adwaita" }.into(),
        ),
        ("LC_ALL", "C.UTF-8".into()),
        ("TZ", "UTC".into()),
        // There is no accessibility bus in the session, and looking for one only fills the log.
        ("NO_AT_BRIDGE", "1".into()),
        ("TAURI_AUTOMATION", "true".into()),
        ("TAURI_WEBVIEW_AUTOMATION", "true".into()),
        ("COUNTERSIGN_FOLDER", folder.into()),
        ("PATH", with_opener(folder)),
        ("COUNTERSIGN_CHANNEL", "end-to-end".into()),
    ]
}

/// The desk's own way of opening addresses comes before the machine's.
fn with_opener(folder: &Path) -> OsString {
    let mut path = folder.join("bin").into_os_string();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    path
}

fn window_manager(session: &Session) -> ProcessGroup {
    let mut command = session.command("openbox");
    ProcessGroup::start(command.stdout(Stdio::null()).stderr(Stdio::null()))
}
