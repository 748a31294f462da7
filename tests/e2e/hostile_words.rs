//! Owns what hostile words of a service may do in the real window, and what a page that was taken over may reach: be read,
//! and nothing.

use serde_json::{Value, json};

use crate::support::{Desk, Furniture, Sandbox, Window};
use crate::{acts, register};

/// Notes from now on what the page's policy stopped, and every call of `alert`.
const WATCH: &str = r"
    window.noted = [];
    document.addEventListener('securitypolicyviolation', (event) => window.noted.push(event.effectiveDirective));
    window.alert = () => window.noted.push('alert');
";

/// Elements that only the service's words could have made, through every shadow root, and what was noted.
const FOREIGN: &str = r"
    const found = [...window.noted];
    const walk = (root) => {
        for (const element of root.querySelectorAll('*')) {
            const markup = ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'B'].includes(element.tagName);
            if (markup || element.href?.startsWith?.('javascript:')) found.push(element.outerHTML);
            if (element.shadowRoot) walk(element.shadowRoot);
        }
    };
    walk(document);
    return found;
";

/// What a script that runs in the page would try, one after the other; each says what came of it.
const REACH: &str = r"
    const frame = document.createElement('iframe');
    frame.src = 'https://evil.example/frame';
    document.body.append(frame);
    const script = document.createElement('script');
    script.textContent = 'window.noted.push(`inline script`)';
    document.body.append(script);
    const reached = (promise) => promise.then(() => 'reached', () => 'refused');
    return Promise.all([
        window.open('https://evil.example/window') === null ? 'refused' : 'reached',
        reached(fetch('https://evil.example/fetch')),
        reached(fetch('http://127.0.0.1:9/fetch')),
        reached(new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = reject;
            image.src = 'https://evil.example/image.png';
        })),
    ]);
";

#[tokio::test]
async fn words_of_a_service_are_read_and_do_nothing() {
    let sandbox = Sandbox::start(&["--controls", "10", "--hostile-rows"]);
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    window.runs(WATCH, Vec::new()).await;
    acts::connect_hyperproof(&window, &sandbox).await;
    register::read_first(&window, 22).await;
    for (row, words) in [
        ("*<img src=x*", "<script>alert(2)</script>"),
        ("*<b>Bold</b>*", "javascript:alert(1)"),
        ("*Tab*", "<i>Eve</i>"),
    ] {
        window.press(&[("grid", "Controls"), ("row", row)]).await;
        window.reads_in(&[("region", "Detail")], words).await;
        assert_eq!(window.runs(FOREIGN, Vec::new()).await, json!([]), "{row}");
    }
    let planted = "document.querySelector('*').append(document.createElement('img'))";
    window.runs(planted, Vec::new()).await;
    assert_ne!(
        window.runs(FOREIGN, Vec::new()).await,
        json!([]),
        "an element is found where one is"
    );
}

#[tokio::test]
async fn a_page_that_was_taken_over_reaches_nothing() {
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    window.runs(WATCH, Vec::new()).await;
    let came_of_it = window.runs(REACH, Vec::new()).await;
    assert_eq!(came_of_it, json!(["refused", "refused", "refused", "refused"]));
    let noted = noted(&window).await;
    for directive in ["frame-src", "script-src-elem", "connect-src", "img-src"] {
        assert!(
            noted.contains(&directive.to_owned()),
            "{directive} was held to: {noted:?}"
        );
    }
    assert!(!noted.contains(&"inline script".to_owned()));
    window.runs("location.href = 'https://evil.example/'", Vec::new()).await;
    window.sees(&[("navigation", "Screens")]).await;
    let place = window.runs("return location.href", Vec::new()).await;
    assert!(
        place
            .as_str()
            .is_some_and(|place| place.starts_with("tauri://localhost")),
        "{place}"
    );
}

async fn noted(window: &Window) -> Vec<String> {
    let noted: Value = window.runs("return window.noted", Vec::new()).await;
    serde_json::from_value(noted).expect("the notes are words")
}
