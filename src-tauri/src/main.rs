//! The entry point of the desktop program. Owns nothing but the order: clean the environment, then run.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match countersign::environment::enter_clean() {
        countersign::environment::Entry::Clean => countersign::run(),
        countersign::environment::Entry::Replaced(code) => code,
    }
}
