//! Owns what a person does with the register and with accounts, whichever connection they come from.
//! Must not know which services stand behind.

use crate::acts;
use crate::support::Window;

const GRID: (&str, &str) = ("grid", "Controls");

/// The first sync of a register of `rows` controls.
pub(crate) async fn read_first(window: &Window, rows: usize) {
    acts::go_to(window, "Controls").await;
    window.reads("This register has not been read yet").await;
    window.press(&[("button", "Sync now")]).await;
    window.reads(&format!("{rows} of {rows} controls")).await;
    window.reads("Snapshot 1").await;
    window.has(&[GRID], "aria-rowcount", &(rows + 1).to_string()).await;
}

/// Another sync of a register that has not changed.
pub(crate) async fn read_again(window: &Window, rows: usize) {
    window.reads(&format!("{rows} of {rows} controls")).await;
    window.press(&[("button", "Sync now")]).await;
    window.reads("Snapshot 2").await;
    window.reads("nothing changed").await;
}

/// Searches and waits until exactly `matched` rows are listed.
pub(crate) async fn search(window: &Window, words: &str, matched: usize, rows: usize) {
    window.fill(&[("textbox", "Search*")], words).await;
    window.reads(&format!("{matched} of {rows} controls")).await;
    window.has(&[GRID], "aria-rowcount", &(matched + 1).to_string()).await;
}

/// Searches for words that no control holds, and goes back to the whole list.
pub(crate) async fn search_in_vain(window: &Window, rows: usize) {
    window
        .fill(&[("textbox", "Search*")], "no control holds these words")
        .await;
    window.sees(&[("heading", "No control matches")]).await;
    window.press(&[("button", "Clear search")]).await;
    window.has(&[GRID], "aria-rowcount", &(rows + 1).to_string()).await;
}

/// Ticks a value of a facet: as many rows are listed then as the facet promised.
pub(crate) async fn filter(window: &Window, value: &str, rows: usize) {
    let facet = [("region", "Facets"), ("checkbox", value)];
    let name = window.name(&facet).await;
    let promised = name.rsplit(' ').next().unwrap_or_default().to_owned();
    window.press(&facet).await;
    window.reads(&format!("{promised} of {rows} controls")).await;
}

/// Opens a row by its words, and waits for its fields and its JSON.
pub(crate) async fn open_detail(window: &Window, row: &str) {
    window.press(&[GRID, ("row", row)]).await;
    window.reads_in(&[("region", "Detail")], "As the server sent it").await;
    window.press(&[("region", "Detail"), ("tab", "Raw")]).await;
    window.reads_in(&[("region", "Detail")], "\"controlIdentifier\"").await;
    window.press(&[("region", "Detail"), ("button", "Close detail")]).await;
    window.misses(&[("region", "Detail")]).await;
}

/// Creates the first account of the first journey.
pub(crate) async fn create_account(window: &Window) {
    acts::go_to(window, "Accounts").await;
    window.press(&[("button", "New account")]).await;
    let fields = [
        ("Username", "jbloggs1"),
        ("E-mail", "jbloggs1@mail.example"),
        ("Display name", "Jo Bloggs"),
    ];
    acts::fill_all(window, &fields).await;
    window.press(&[("button", "Create account")]).await;
    window.reads("jbloggs1 created").await;
    window.sees(&[("heading", "Jo Bloggs")]).await;
}

/// Changes its display name.
pub(crate) async fn edit_account(window: &Window) {
    window.fill(&[("textbox", "Display name")], "Joan Bloggs").await;
    window.press(&[("button", "Save changes")]).await;
    window.sees(&[("heading", "Joan Bloggs")]).await;
    window
        .sees(&[("listbox", "Accounts"), ("option", "Joan Bloggs*")])
        .await;
}

/// Asks the server for it by its exact name, written otherwise.
pub(crate) async fn find_account(window: &Window) {
    acts::go_to(window, "Accounts").await;
    window.fill(&[("textbox", "Search accounts")], "J.Bloggs1").await;
    window.enter().await;
    window.sees(&[("heading", "Joan Bloggs")]).await;
    window.holds(&[("textbox", "E-mail")], "jbloggs1@mail.example").await;
}
