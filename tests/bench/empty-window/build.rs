//! Owns nothing: the build that every Tauri program has.

fn main() {
    tauri_build::build();
}
