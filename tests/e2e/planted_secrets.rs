//! Owns the search of the real window for secrets typed into it: page, title, storage, and every file the program and
//! its web view left. Must first find what it plants itself, else its silence proves nothing.

use serde_json::json;

use crate::support::{Desk, Furniture, Sandbox, Window};
use crate::{acts, register};

#[path = "../planted_secrets/places.rs"]
mod places;
#[path = "../planted_secrets/search.rs"]
mod search;

use search::Search;

/// Everything a script of the page could read: markup through every shadow root, values of inputs, title, storage.
const PAGE: &str = r"
    const seen = [document.title, JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
    const walk = (root) => {
        seen.push(root.innerHTML ?? root.outerHTML);
        for (const element of root.querySelectorAll('*')) {
            if (typeof element.value === 'string') seen.push(element.value);
            if (element.shadowRoot) walk(element.shadowRoot);
        }
    };
    walk(document.documentElement);
    return seen.join('\n');
";

/// Puts `arguments[1]` into the place `arguments[0]` names.
const PLANT: &str = r"
    const [place, text] = arguments;
    const deepest = (root) => {
        const inner = [...root.querySelectorAll('*')].find((element) => element.shadowRoot);
        return inner ? deepest(inner.shadowRoot) : root;
    };
    if (place === 'title') document.title = text;
    if (place === 'storage') localStorage.setItem('planted', text);
    if (place === 'page') window.planted = Object.assign(document.createElement('i'), { textContent: text });
    if (place === 'value') window.planted = Object.assign(document.createElement('input'), { value: text });
    if (window.planted) deepest(document).append(window.planted);
";

/// Takes everything planted away again.
const UPROOT: &str = r"
    document.title = 'Countersign';
    localStorage.clear();
    window.planted?.remove();
    window.planted = undefined;
";

#[tokio::test]
async fn a_secret_typed_into_the_window_stays_nowhere_in_it() {
    let sandbox = Sandbox::start(&["--controls", "30"]);
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    let names = ["hyperproof_secret", "hypothesis_secret", "hypothesis_personal_token"];
    let secrets = names.map(|name| (name, sandbox.told(name).as_bytes().to_vec()));
    let search = Search::of(&secrets);
    acts::connect_hyperproof(&window, &sandbox).await;
    acts::connect_hypothesis(&window, &sandbox).await;
    acts::connect_token(&window, &sandbox).await;
    register::read_first(&window, 30).await;
    assert_eq!(everywhere(&window, &desk, &search).await, Vec::<String>::new());
    finds_what_is_planted(&window, &desk, &search, sandbox.told("hyperproof_secret")).await;
}

/// Where in the window and in the files a secret was found.
async fn everywhere(window: &Window, desk: &Desk, search: &Search) -> Vec<String> {
    let files = places::files(desk.folder());
    let web_view = files.iter().filter(|file| file.name.contains("/webview/")).count();
    assert!(web_view > 0, "the web view's own folder is among the files");
    let mut found = in_page(window, search).await;
    for file in files {
        found.extend(
            search
                .found(&file.bytes)
                .iter()
                .map(|what| format!("{what} in {}", file.name)),
        );
    }
    found
}

/// What was found in all that a script of the page could read.
async fn in_page(window: &Window, search: &Search) -> Vec<String> {
    let page = window.runs(PAGE, Vec::new()).await;
    let page = page.as_str().expect("the script gives text");
    assert!(page.len() > 1_000, "the page was read");
    search.found(page.as_bytes()).iter().map(ToString::to_string).collect()
}

async fn finds_what_is_planted(window: &Window, desk: &Desk, search: &Search, secret: &str) {
    for place in ["title", "page", "value", "storage"] {
        window.runs(PLANT, vec![json!(place), json!(secret)]).await;
        assert_ne!(
            in_page(window, search).await,
            Vec::<String>::new(),
            "planted as {place}"
        );
        window.runs(UPROOT, Vec::new()).await;
        assert_eq!(
            in_page(window, search).await,
            Vec::<String>::new(),
            "taken away from {place}"
        );
    }
    std::fs::write(desk.folder().join("planted"), secret).expect("the desk's folder can be written");
    let found = everywhere(window, desk, search).await;
    assert!(found.iter().any(|found| found.ends_with("/planted")), "{found:?}");
}
