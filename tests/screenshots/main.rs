//! Draws every screen of the real program, light and dark, in two sizes, under `target/screenshots`.
//!
//! Owns: which scenes there are and how each comes about. Must not judge their beauty: people look at them.
#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "what the desk cannot do stops its test, and says so"
)]
#![expect(
    dead_code,
    unused_imports,
    reason = "the journeys use more of the desk than the pictures do"
)]

#[path = "../e2e/acts.rs"]
mod acts;
mod pictures;
#[path = "../e2e/register.rs"]
mod register;
mod scenes;
#[path = "../e2e/support/mod.rs"]
mod support;
mod tools;

use std::cell::RefCell;

use pictures::Pictures;
use support::{Desk, Furniture, Window};

/// The sizes of the window, in CSS pixels.
const SIZES: [(u32, u32); 2] = [(1280, 800), (900, 600)];
/// The display: the menus stand above the page, inside the window.
const SCREEN: (u32, u32) = (1280, 840);

/// Draws one window's scenes.
struct Draughtsman<'a> {
    window: Window,
    look: &'static str,
    pictures: &'a RefCell<Pictures>,
}

impl Draughtsman<'_> {
    /// Draws what the window shows now, in every size, and leaves it in the first.
    async fn draw(&self, scene: &str) {
        for (width, height) in SIZES {
            self.window.resize(width, height).await;
            self.window.rest_pointer().await;
            let picture = self.window.picture().await;
            let name = format!("{scene}-{}-{width}x{height}", self.look);
            self.pictures.borrow_mut().keep(&name, (width, height), &picture);
        }
        self.window.resize(SIZES[0].0, SIZES[0].1).await;
    }
}

async fn drawn(look: &'static str, pictures: &RefCell<Pictures>) {
    let furniture = Furniture {
        screen: SCREEN,
        dark: look == "dark",
        window_manager: false,
        ..Furniture::default()
    };
    let desk = Desk::new(furniture).await;
    let draughtsman = Draughtsman {
        window: desk.start().await,
        look,
        pictures,
    };
    scenes::all(&draughtsman).await;
}

#[tokio::test]
async fn every_scene_is_drawn_and_no_two_pictures_are_equal() {
    let pictures = RefCell::default();
    tokio::join!(drawn("light", &pictures), drawn("dark", &pictures));
    assert_eq!(pictures.borrow().count(), scenes::COUNT * SIZES.len() * 2);
}
