//! Owns a display that nobody looks at: an Xvfb whose picture lies in a file, so that a bench sees what a person would
//! see without asking the program.
//!
//! It must not use the person's display.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::command::command;

/// The server, ended when dropped.
pub(crate) struct Display {
    server: Child,
    number: String,
    picture: PathBuf,
}

impl Display {
    /// A screen of 1280 by 800 pixels whose picture lies in `folder`.
    ///
    /// # Errors
    /// When Xvfb cannot be started.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let mut server = command("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x800x24",
                "-nolisten",
                "tcp",
                "-noreset",
                "-fbdir",
            ])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb cannot be started")?;
        let mut number = String::new();
        let answer = server.stdout.take().context("Xvfb has no output")?;
        BufReader::new(answer).read_line(&mut number)?;
        let display = Self {
            server,
            number: format!(":{}", number.trim()),
            picture: folder.join("Xvfb_screen0"),
        };
        if number.trim().is_empty() {
            bail!("Xvfb ended at its start");
        }
        Ok(display)
    }

    /// Lets `program` show its windows here.
    pub(crate) fn show(&self, program: &mut Command) {
        program
            .env("DISPLAY", &self.number)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY");
    }

    /// What is to be seen now: 32 bits a pixel.
    ///
    /// # Errors
    /// When the server's file cannot be read.
    pub(crate) fn picture(&self) -> Result<Vec<u8>> {
        pixels(fs::read(&self.picture)?).context("Xvfb's picture is not in the form of xwd")
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// An xwd file (X11/XWDFile.h) is a header that says its own length, a table of colours of 12 bytes each, whose count
/// stands at byte 76, and the pixels.
fn pixels(mut file: Vec<u8>) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?));
    let start = usize::try_from(number(0)? + 12 * number(76)?).ok()?;
    (start < file.len()).then(|| file.split_off(start))
}

/// Every seventh pixel: enough to compare with, and few enough to keep. The width is no multiple of seven, so that no
/// column is left out.
pub(crate) fn sample(picture: &[u8]) -> Vec<u8> {
    picture.chunks(4).step_by(7).flatten().copied().collect()
}

/// The share of pixels, from 0 to 1, in which two pictures differ; pictures of two sizes differ in all.
pub(crate) fn difference(one: &[u8], other: &[u8]) -> f64 {
    if one.len() != other.len() || one.is_empty() {
        return 1.0;
    }
    let different = one
        .chunks(4)
        .zip(other.chunks(4))
        .filter(|(one, other)| one != other)
        .count();
    share(different, one.len() / 4)
}

fn share(part: usize, whole: usize) -> f64 {
    let [part, whole] = [part, whole].map(|count| f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
    part / whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pixels_follow_the_header_and_its_colours() {
        let mut file = vec![0; 104 + 24];
        file[3] = 104;
        file[79] = 2;
        file.extend([1, 2, 3, 4]);
        assert_eq!(pixels(file), Some(vec![1, 2, 3, 4]));
        assert_eq!(pixels(vec![0; 40]), None, "cut short");
    }

    #[test]
    fn one_changed_byte_is_one_changed_pixel() {
        let quiet = [0_u8; 16];
        let mut changed = quiet;
        changed[5] = 1;
        assert!((difference(&quiet, &changed) - 0.25).abs() < f64::EPSILON);
        assert!((difference(&quiet, &quiet[..8]) - 1.0).abs() < f64::EPSILON);
    }
}
