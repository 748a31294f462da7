//! The desktop shell: the only importer of tauri.
//!
//! Owns: the window, the commands, the desktop's half of the ports. Must not: think. A command takes a DTO, calls one
//! use-case and hands its answer back.
#![deny(missing_docs)]

mod arguments;
mod browser;
mod command_table;
mod commands;
pub mod environment;
mod folders;
pub mod logging;
mod menu;
mod only_copy;
mod ports;
mod proxies;
mod start_failure;
mod window;
mod window_state;

use std::process::ExitCode;

use countersign_app::{App, AppSettings, Keychain, KeychainSettings};
use tauri::{AppHandle, Builder, Manager, Runtime};

pub use command_table::COMMANDS;

/// Runs the program until its window is closed.
#[expect(
    clippy::exit,
    reason = "generate_context! ends the program when its own assets are damaged"
)]
pub fn run() -> ExitCode {
    window::prepare();
    let built = desktop(Builder::default()).build(tauri::generate_context!());
    match built.and_then(|desktop| Ok((folders::Places::of(desktop.handle())?, desktop))) {
        Ok((places, desktop)) => run_alone(desktop, &places),
        Err(error) => start_failure::told(&error),
    }
}

/// Where there is a session bus, a second start has ended before: its plugin has shown the first one's window. The lock is
/// taken outside of `setup`, where an error would be a panic.
fn run_alone<R: Runtime>(desktop: tauri::App<R>, places: &folders::Places) -> ExitCode {
    logging::start(&places.logs);
    match only_copy::OnlyCopy::take(&places.folders.settings) {
        Ok(only_copy) => {
            desktop.manage(only_copy);
            desktop.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(only_copy::AlreadyRunning) => start_failure::already_running(),
    }
}

/// The page's commands over `app`, on any runtime: the real one, or the mock that the tests drive.
pub fn with_commands<R: Runtime>(builder: Builder<R>, app: App) -> Builder<R> {
    commands::attached(builder).manage(app)
}

fn desktop<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    let builder = builder
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::bring_to_front(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .menu(menu::bar)
        .on_menu_event(|desktop, event| menu::chosen(desktop, event.id().as_ref()))
        .on_window_event(window_state::follow)
        .setup(|desktop| {
            let places = folders::Places::of(desktop.handle())?;
            let app = started(desktop.handle(), &places)?;
            desktop.manage(app.clone());
            window::open(desktop, &places)?;
            tauri::async_runtime::spawn(async move { app.reconcile().await });
            Ok(())
        });
    commands::attached(builder)
}

fn started<R: Runtime>(desktop: &AppHandle<R>, places: &folders::Places) -> Result<App, countersign_domain::Failure> {
    let about = AppSettings {
        version: desktop.package_info().version.to_string(),
        platform: std::env::consts::OS.to_owned(),
        channel: places.channel.clone(),
        folders: places.folders.clone(),
    };
    App::new(about, ports::of(desktop), Keychain::start(KeychainSettings::default()))
}
