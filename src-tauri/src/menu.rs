//! Owns the menus of the window and their keys. What the page does is told to it in one word of a closed list, as the
//! event `menu`; the rest is done here. Must not know a screen beyond its name.

mod edit;

use tauri::menu::{AboutMetadataBuilder, Menu, MenuBuilder, MenuItem, MenuItemBuilder, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Emitter as _, Manager, Runtime};

use crate::window;

/// The event that carries a word to the page.
const EVENT: &str = "menu";
/// Closes the window, and with it the program.
const QUIT: &str = "quit";

/// An entry whose word is for the page.
struct Entry {
    word: &'static str,
    text: &'static str,
    key: &'static str,
}

const fn entry(word: &'static str, text: &'static str, key: &'static str) -> Entry {
    Entry { word, text, key }
}

const NEW: Entry = entry("new", "&New…", "CmdOrCtrl+N");
const REFRESH: Entry = entry("refresh", "&Refresh", "CmdOrCtrl+R");
const SETTINGS: Entry = entry("settings", "&Settings", "CmdOrCtrl+,");
const SEARCH: Entry = entry("search", "&Search", "CmdOrCtrl+F");
const PALETTE: Entry = entry("palette", "&Command…", "CmdOrCtrl+K");
const KEYS: Entry = entry("keys", "&Keys", "F1");

const VIEW: [Entry; 4] = [
    entry("rail", "&Rail", "CmdOrCtrl+B"),
    entry("detail", "&Detail", "CmdOrCtrl+I"),
    entry("next-pane", "&Next Pane", "F6"),
    entry("previous-pane", "&Previous Pane", "Shift+F6"),
];

/// The screens in the order of the rail.
const GO: [Entry; 6] = [
    entry("go:connections", "&Connections", "CmdOrCtrl+1"),
    entry("go:controls", "C&ontrols", "CmdOrCtrl+2"),
    entry("go:accounts", "&Accounts", "CmdOrCtrl+3"),
    entry("go:requests", "&Requests", "CmdOrCtrl+4"),
    entry("go:activity", "Ac&tivity", "CmdOrCtrl+5"),
    entry("go:doctor", "&Doctor", "CmdOrCtrl+6"),
];

fn entries() -> impl Iterator<Item = &'static Entry> {
    [&NEW, &REFRESH, &SETTINGS, &SEARCH, &PALETTE, &KEYS]
        .into_iter()
        .chain(&VIEW)
        .chain(&GO)
}

/// The menu bar of this system.
pub(crate) fn bar<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let bar = MenuBuilder::new(app);
    let bar = if cfg!(target_os = "macos") {
        bar.item(&program(app)?)
    } else {
        bar
    };
    bar.item(&file(app)?)
        .item(&edit::menu(app, &item(app, &SEARCH)?)?)
        .item(&listed(app, "&View", &VIEW)?)
        .item(&go(app)?)
        .item(&help(app)?)
        .build()
}

/// Does what was chosen, or tells the page.
pub(crate) fn chosen<R: Runtime>(app: &AppHandle<R>, id: &str) {
    if id == QUIT {
        let _closed = app.get_webview_window(window::MAIN).map(|window| window.close());
    } else if let Some(entry) = entries().find(|entry| entry.word == id) {
        // A page that is not there yet has nothing to do.
        let _told = app.emit(EVENT, entry.word);
    } else {
        edit::chosen(app, id);
    }
}

fn item<R: Runtime>(app: &AppHandle<R>, entry: &Entry) -> tauri::Result<MenuItem<R>> {
    MenuItemBuilder::with_id(entry.word, entry.text)
        .accelerator(entry.key)
        .build(app)
}

fn quit<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<MenuItem<R>> {
    MenuItemBuilder::with_id(QUIT, "&Quit")
        .accelerator("CmdOrCtrl+Q")
        .build(app)
}

fn listed<R: Runtime>(app: &AppHandle<R>, title: &str, entries: &[Entry]) -> tauri::Result<Submenu<R>> {
    let mut menu = SubmenuBuilder::new(app, title);
    for entry in entries {
        menu = menu.item(&item(app, entry)?);
    }
    menu.build()
}

/// The program's own menu, which macOS expects first.
fn program<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Submenu<R>> {
    SubmenuBuilder::new(app, "Countersign")
        .about(Some(about(app)))
        .separator()
        .item(&item(app, &SETTINGS)?)
        .separator()
        .hide()
        .hide_others()
        .show_all()
        .separator()
        .item(&quit(app)?)
        .build()
}

fn file<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Submenu<R>> {
    let menu = SubmenuBuilder::new(app, "&File");
    let menu = menu.item(&item(app, &NEW)?).item(&item(app, &REFRESH)?);
    if cfg!(target_os = "macos") {
        return menu.separator().close_window().build();
    }
    let settings = item(app, &SETTINGS)?;
    menu.separator().item(&settings).separator().item(&quit(app)?).build()
}

fn go<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Submenu<R>> {
    let menu = listed(app, "&Go", &GO)?;
    menu.append(&tauri::menu::PredefinedMenuItem::separator(app)?)?;
    menu.append(&item(app, &PALETTE)?)?;
    Ok(menu)
}

fn help<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Submenu<R>> {
    let menu = SubmenuBuilder::new(app, "&Help").item(&item(app, &KEYS)?);
    if cfg!(target_os = "macos") {
        menu.build()
    } else {
        menu.separator().about(Some(about(app))).build()
    }
}

fn about<R: Runtime>(app: &AppHandle<R>) -> tauri::menu::AboutMetadata<'static> {
    let version = app.package_info().version.to_string();
    AboutMetadataBuilder::new()
        .name(Some("Countersign"))
        .version(Some(version))
        .build()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_word_and_no_key_stands_for_two_things() {
        let words: BTreeSet<_> = entries().map(|entry| entry.word).collect();
        let keys: BTreeSet<_> = entries().map(|entry| entry.key).collect();
        assert_eq!((words.len(), keys.len()), (entries().count(), entries().count()));
        assert!(!words.contains(QUIT) && !keys.contains("CmdOrCtrl+Q"));
    }

    #[test]
    fn a_key_of_writing_belongs_to_the_field_that_is_written_in() {
        for letter in ["A", "C", "V", "X", "Z"] {
            assert!(
                entries().all(|entry| entry.key != format!("CmdOrCtrl+{letter}")),
                "{letter}"
            );
        }
    }
}
