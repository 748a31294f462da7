//! Owns `cargo xtask screenshots`: has the end-to-end desk draw every screen, and keeps one light picture of each scene in
//! `docs/screenshots`, redrawn only when a person would see the difference.
//!
//! It must not draw anything itself: `tests/screenshots` does, and fails when two pictures are equal or one is empty.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{cargo, command, perform};
use crate::set_up::{Purpose, set_up};
use crate::{folders, page};

/// What is kept of each scene: the light picture of this size.
const KEPT: &str = "-light-1280x800.png";

/// Pixels that may differ before a picture counts as another one: times and sizes of calls, a caret.
const UNSEEN: u64 = 6_000;

/// The size limit of a kept picture, in bytes.
const LARGEST: u64 = 200_000;

/// Draws every scene under `target/screenshots` and keeps what is new.
///
/// # Errors
/// When the program cannot be driven, a picture is empty or equal to another, or ImageMagick fails.
pub(crate) fn screenshots() -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("the pictures are drawn by WebKitWebDriver under Xvfb: on Linux alone");
    }
    set_up(Purpose::Test)?;
    page::build()?;
    let draw = [
        "test",
        "--workspace",
        "--features",
        "automation",
        "--test",
        "screenshots",
    ];
    perform(&mut cargo(&draw))?;
    keep(
        &folders::target().join("screenshots"),
        &folders::root().join("docs/screenshots"),
    )
}

fn keep(drawn: &Path, kept: &Path) -> Result<()> {
    fs::create_dir_all(kept)?;
    let scenes = scenes(drawn)?;
    for scene in &scenes {
        let (fresh, known) = (drawn.join(format!("{scene}{KEPT}")), kept.join(format!("{scene}.png")));
        if !known.exists() || differing(&fresh, &known)? > UNSEEN {
            write(&fresh, &known)?;
            println!("docs/screenshots/{scene}.png is redrawn");
        }
    }
    drop_strays(&scenes, kept)?;
    println!("{} scenes; all pictures are in {}", scenes.len(), drawn.display());
    Ok(())
}

fn scenes(drawn: &Path) -> Result<Vec<String>> {
    let mut scenes = Vec::new();
    for entry in fs::read_dir(drawn).with_context(|| format!("{} holds no pictures", drawn.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        scenes.extend(name.strip_suffix(KEPT).map(str::to_owned));
    }
    scenes.sort();
    if scenes.is_empty() {
        bail!("{} holds no light picture of 1280x800", drawn.display());
    }
    Ok(scenes)
}

/// How many pixels a person would see to differ. ImageMagick says it on standard error, and by its status that there are any.
fn differing(fresh: &Path, known: &Path) -> Result<u64> {
    let compared = command("compare")
        .args(["-metric", "AE", "-fuzz", "10%"])
        .args([fresh, known])
        .arg("null:")
        .output()
        .context("ImageMagick's compare cannot be started")?;
    Ok(pixels(&String::from_utf8_lossy(&compared.stderr)))
}

/// The count that was said; pictures of different sizes have none and differ everywhere.
fn pixels(said: &str) -> u64 {
    let count = said.split_whitespace().next().unwrap_or_default();
    count.parse().unwrap_or(u64::MAX)
}

fn write(fresh: &Path, known: &PathBuf) -> Result<()> {
    let quantised = PathBuf::from(format!("PNG8:{}", known.display()));
    let options = [
        "-strip",
        "+dither",
        "-colors",
        "256",
        "-define",
        "png:compression-level=9",
    ];
    perform(command("convert").arg(fresh).args(options).arg(quantised))?;
    let size = fs::metadata(known)?.len();
    if size > LARGEST {
        bail!("{} has {size} bytes, above {LARGEST}", known.display());
    }
    Ok(())
}

/// A scene that is drawn no more has no picture.
fn drop_strays(scenes: &[String], kept: &Path) -> Result<()> {
    for entry in fs::read_dir(kept)? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "png") && !scenes.contains(&stem) {
            fs::remove_file(&path)?;
            println!("{} is dropped", path.display());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_of_differing_pixels_is_read_and_its_lack_counts_as_all() {
        assert_eq!(pixels("5311"), 5311);
        assert_eq!(pixels("1.024e+06"), u64::MAX, "more than can be written out differ");
        assert_eq!(pixels("compare: image widths or heights differ"), u64::MAX);
    }

    #[test]
    fn only_light_pictures_of_the_large_size_name_a_scene() {
        let folder = folders::target().join("xtask-tests/scenes");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for name in ["controls-light-1280x800.png", "controls-dark-1280x800.png", "notes.txt"] {
            fs::write(folder.join(name), name).unwrap();
        }
        assert_eq!(scenes(&folder).unwrap(), ["controls"]);
    }
}
