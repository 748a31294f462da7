//! Owns what a set of pictures must be: each of its size, none of a single colour, no two equal.
//! Must not know what is in them.

use std::collections::HashMap;
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

/// Pictures drawn so far.
#[derive(Default)]
pub(crate) struct Pictures {
    /// By the pixels, the name of the first picture that has them.
    seen: HashMap<Vec<u8>, String>,
}

impl Pictures {
    /// Keeps a picture as `target/screenshots/NAME.png`.
    pub(crate) fn keep(&mut self, name: &str, size: (u32, u32), png: &[u8]) {
        let folder = folder();
        fs::create_dir_all(&folder).expect("the target folder can be written");
        fs::write(folder.join(name).with_extension("png"), png).expect("a picture can be written");
        self.accept(name, size, png);
    }

    fn accept(&mut self, name: &str, size: (u32, u32), png: &[u8]) {
        let (found, pixels) = decoded(png);
        assert_eq!(found, size, "{name} has its size");
        assert!(!is_of_one_colour(&pixels), "{name} shows something");
        if let Some(other) = self.seen.insert(pixels, name.to_owned()) {
            panic!("{name} and {other} are equal");
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.seen.len()
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots")
}

/// Size and pixels, 3 or 4 bytes each.
fn decoded(png: &[u8]) -> ((u32, u32), Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(png))
        .read_info()
        .expect("the driver gives a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a picture fits into memory")];
    let frame = reader.next_frame(&mut pixels).expect("a PNG is complete");
    pixels.truncate(frame.buffer_size());
    ((frame.width, frame.height), pixels)
}

/// Whether every pixel is as the first, whatever their depth: a row of equal pixels repeats after 3 or 4 bytes.
fn is_of_one_colour(pixels: &[u8]) -> bool {
    let mut dozens = pixels.chunks_exact(12);
    let first = dozens.next().unwrap_or_default().to_vec();
    dozens.all(|dozen| dozen == first)
}

#[test]
#[should_panic(expected = "shows something")]
fn a_picture_of_one_colour_fails() {
    Pictures::default().accept("test-one-colour", (12, 4), &encoded(&[7; 12 * 4 * 3]));
}

#[test]
#[should_panic(expected = "are equal")]
fn two_equal_pictures_fail() {
    let mut pixels = [7; 12 * 4 * 3];
    pixels[40] = 8;
    let mut pictures = Pictures::default();
    pictures.accept("test-first", (12, 4), &encoded(&pixels));
    pictures.accept("test-second", (12, 4), &encoded(&pixels));
}

#[cfg(test)]
fn encoded(pixels: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 12, 4);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
    bytes
}
