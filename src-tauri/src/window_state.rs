//! Owns where the window stood when it was closed, so that it opens there again: a file of its own among the settings.
//! Must not put the window where no screen is, and must not stop the program for a file that cannot be read or written.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tauri::{Manager as _, Monitor, PhysicalPosition, PhysicalSize, Runtime, WebviewWindow, Window, WindowEvent};

/// The file's name.
const FILE: &str = "window.json";
/// A larger file is not ours, in bytes.
const LARGEST: u64 = 4_096;
/// How much of the window must lie on a screen, in pixels: enough to take hold of it.
const LEAST_SHOWN: (i64, i64) = (120, 60);

/// Where a window stands, in physical pixels; for a maximised one, where it stood before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Standing {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
    maximized: bool,
}

/// The window's standing as it is now, and the file that keeps it.
pub(crate) struct WindowState {
    file: PathBuf,
    now: Mutex<Option<Standing>>,
}

/// A rectangle of a screen.
#[derive(Debug, Clone, Copy)]
struct Area {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

impl WindowState {
    /// What `folder` keeps of the window.
    pub(crate) fn open(folder: &Path) -> Self {
        let file = folder.join(FILE);
        let now = Mutex::new(read(&file));
        Self { file, now }
    }

    /// Where the window stood when it was last closed.
    pub(crate) fn standing(&self) -> Option<Standing> {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, standing: Standing) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = Some(standing);
    }

    fn keep(&self) {
        let Some(standing) = self.standing() else { return };
        if let Err(error) = write(&self.file, standing) {
            tracing::warn!("where the window stands is not kept: {error}");
        }
    }
}

/// Puts a new window where it stood, if a screen is there. The window is shown already: WebKitGTK never draws a page whose
/// window was made hidden.
///
/// # Errors
/// What the window system refuses.
pub(crate) fn restore<R: Runtime>(window: &WebviewWindow<R>, standing: Standing) -> tauri::Result<()> {
    let screens: Vec<Area> = window.available_monitors()?.iter().map(area).collect();
    if let Some(fitted) = fitted(standing, &screens) {
        window.set_size(PhysicalSize::new(fitted.width, fitted.height))?;
        window.set_position(PhysicalPosition::new(fitted.x, fitted.y))?;
    }
    if standing.maximized {
        window.maximize()?;
    }
    Ok(())
}

/// Follows the window, and keeps its standing when it closes.
pub(crate) fn follow<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let Some(state) = window.try_state::<WindowState>() else {
        return;
    };
    if matches!(
        event,
        WindowEvent::Moved(_) | WindowEvent::Resized(_) | WindowEvent::CloseRequested { .. }
    ) && let Ok(Some(standing)) = current(window, state.standing())
    {
        state.note(standing);
    }
    if matches!(event, WindowEvent::CloseRequested { .. }) {
        state.keep();
    }
}

/// A maximised, minimised or full window says nothing of where it stands otherwise.
fn current<R: Runtime>(window: &Window<R>, before: Option<Standing>) -> tauri::Result<Option<Standing>> {
    let maximized = window.is_maximized()?;
    if maximized || window.is_minimized()? || window.is_fullscreen()? {
        return Ok(before.map(|before| Standing { maximized, ..before }));
    }
    let (place, size) = (window.outer_position()?, window.inner_size()?);
    Ok(Some(Standing {
        x: place.x,
        y: place.y,
        width: size.width,
        height: size.height,
        maximized,
    }))
}

fn area(monitor: &Monitor) -> Area {
    let (place, size) = (monitor.position(), monitor.size());
    Area {
        x: place.x.into(),
        y: place.y.into(),
        width: size.width.into(),
        height: size.height.into(),
    }
}

/// The standing on these screens: as it was, made no larger than its screen; none where no screen shows enough of it.
fn fitted(standing: Standing, screens: &[Area]) -> Option<Standing> {
    let (x, y) = (i64::from(standing.x), i64::from(standing.y));
    let (width, height) = (i64::from(standing.width), i64::from(standing.height));
    let shown = |screen: &&Area| {
        let across = (x + width).min(screen.x + screen.width) - x.max(screen.x);
        let down = (y + height).min(screen.y + screen.height) - y.max(screen.y);
        // A title bar above the screen cannot be taken hold of.
        across >= LEAST_SHOWN.0 && down >= LEAST_SHOWN.1 && y >= screen.y - 8
    };
    let screen = screens.iter().find(shown)?;
    let within = |size: u32, most: i64| size.min(u32::try_from(most).unwrap_or(size));
    Some(Standing {
        width: within(standing.width, screen.width),
        height: within(standing.height, screen.height),
        ..standing
    })
}

fn read(file: &Path) -> Option<Standing> {
    let length = std::fs::metadata(file).ok()?.len();
    let text = std::fs::read_to_string(file).ok().filter(|_| length <= LARGEST)?;
    let standing: Standing = serde_json::from_str(&text).ok()?;
    (standing.width > 0 && standing.height > 0).then_some(standing)
}

/// Written beside the target and renamed over it: a crash leaves the old file or the new one.
fn write(file: &Path, standing: Standing) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(&serde_json::to_vec(&standing)?)?;
    beside.as_file().sync_all()?;
    beside.persist(file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDING: Standing = Standing {
        x: 100,
        y: 50,
        width: 1_200,
        height: 700,
        maximized: true,
    };

    const SCREEN: Area = Area {
        x: 0,
        y: 0,
        width: 1_280,
        height: 800,
    };

    #[test]
    fn a_window_stands_again_where_it_was_closed() {
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("settings");
        let state = WindowState::open(&settings);
        assert_eq!(state.standing(), None);
        state.note(STANDING);
        state.keep();
        assert_eq!(WindowState::open(&settings).standing(), Some(STANDING));
    }

    #[test]
    fn a_file_that_is_none_of_ours_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        for text in [
            "",
            "{",
            "null",
            r#"{"x":0,"y":0,"width":0,"height":5,"maximized":false}"#,
            r#"{"x":0,"y":0,"width":9,"height":5,"maximized":false,"command":"x"}"#,
            r#"{"x":99999999999,"y":0,"width":9,"height":5,"maximized":false}"#,
            &" ".repeat(5_000),
        ] {
            std::fs::write(folder.path().join(FILE), text).unwrap();
            assert_eq!(WindowState::open(folder.path()).standing(), None, "{text:.40}");
        }
    }

    #[test]
    fn a_window_never_stands_where_no_screen_is() {
        assert_eq!(fitted(STANDING, &[SCREEN]), Some(STANDING));
        for (x, y) in [(1_200, 50), (-1_150, 50), (100, 790), (100, -300), (i32::MAX, i32::MIN)] {
            assert_eq!(fitted(Standing { x, y, ..STANDING }, &[SCREEN]), None, "{x} {y}");
        }
        assert_eq!(fitted(STANDING, &[]), None);
        let large = Standing {
            width: 4_000,
            ..STANDING
        };
        assert_eq!(fitted(large, &[SCREEN]).unwrap().width, 1_280);
    }
}
