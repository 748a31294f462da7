//! Owns the access list of the page: one permission a command, named in no second place.
//! Must not grant anything: the capability in `tauri.conf.json` does.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;

include!("src/command_table.rs");

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src-tauri/src/command_table.rs");
    println!("cargo:rerun-if-changed=ui/dist");
    let permissions = write_permissions()?;
    let manifest = tauri_build::AppManifest::new().permissions_path_pattern(permissions.leak());
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}

/// Without this list Tauri opens every command to every window; with it, only what a capability names.
fn write_permissions() -> Result<String, Box<dyn Error>> {
    let folder = PathBuf::from(std::env::var("OUT_DIR")?).join("command-permissions");
    std::fs::create_dir_all(&folder)?;
    let mut text = String::new();
    for command in COMMANDS {
        let name = command.replace('_', "-");
        write!(
            text,
            "[[permission]]\nidentifier = \"allow-{name}\"\ndescription = \"Lets the page call {command}\"\n\
             commands.allow = [\"{command}\"]\n\n"
        )?;
    }
    let file = folder.join("commands.toml");
    if std::fs::read_to_string(&file).ok().as_deref() != Some(&text) {
        std::fs::write(&file, text)?;
    }
    Ok(folder.join("*.toml").to_string_lossy().into_owned())
}
