//! The desktop shell: the only importer of tauri.
//!
//! Owns: the window, the commands, the desktop's half of the ports. Must not: think. A command takes a DTO, calls one
//! use-case and hands its answer back.
#![deny(missing_docs)]

pub mod environment;
mod folders;
mod logging;
mod ports;
mod window;

use std::process::ExitCode;

use tauri::{Builder, Runtime};

/// Runs the program until its window is closed.
pub fn run() -> ExitCode {
    let ended = desktop(Builder::default()).run(tauri::generate_context!());
    if ended.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The program on any runtime: the real one, or the mock that the tests drive.
fn desktop<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::bring_to_front(app)
        }))
        .plugin(tauri_plugin_opener::init())
        .setup(|app| {
            let places = folders::Places::of(app.handle())?;
            logging::start(&places.logs);
            let _ports = ports::of(app.handle());
            window::open(app, places.web_view)?;
            Ok(())
        })
}
