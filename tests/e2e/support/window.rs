//! Owns the program's window as the driver of the web view shows it: one session, its pictures, its end.
//! Must not know the program's screens.

use std::path::{Path, PathBuf};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

use super::programs;
use super::wait::{in_time, looked_for, until};

const LOCATE: &str = include_str!("locate.js");

/// The program's window.
pub(crate) struct Window {
    pub(super) client: Client,
    display: String,
}

impl Window {
    /// Starts the program through the driver at `driver` and waits for its first paint at `display`.
    pub(crate) async fn open(driver: &str, display: &str) -> Self {
        let options = json!({ "webkitgtk:browserOptions": { "binary": programs::application(), "args": [] } });
        let capabilities: Map<String, Value> = serde_json::from_value(options).expect("capabilities are an object");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let opened = in_time(
            "the program, built with the feature automation",
            builder.connect(driver),
        )
        .await;
        let window = Self {
            client: opened.expect("the program's window opens"),
            display: display.to_owned(),
        };
        until("the first screen", async || {
            window
                .asks("found", json!([["navigation", "*"]]))
                .await
                .as_bool()
                .filter(|found| *found)
        })
        .await;
        window
    }

    /// Sets the size of the page in CSS pixels and waits until it has it. The driver sets that of the window, in which the
    /// menu bar stands as well.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let bar = self.until("the height of the menu bar", async || {
            let (_, window) = self.client.get_window_size().await.ok()?;
            let [_, page] = self.page_size().await?;
            u32::try_from(window).ok()?.checked_sub(page)
        });
        let height_with_bar = height + bar.await;
        let resized = in_time(
            "a window of another size",
            self.client.set_window_rect(0, 0, width, height_with_bar),
        )
        .await;
        resized.expect("the window can be resized");
        until("the page's new size", async || {
            (self.page_size().await? == [width, height]).then_some(())
        })
        .await;
    }

    async fn page_size(&self) -> Option<[u32; 2]> {
        let script = "return [innerWidth, innerHeight]";
        let size = self.client.execute(script, Vec::new()).await.ok()?;
        serde_json::from_value(size).ok()
    }

    /// Runs a script in the page as its own scripts would, and gives what it returns.
    pub(crate) async fn runs(&self, script: &str, arguments: Vec<Value>) -> Value {
        let ran = in_time("a script in the page", self.client.execute(script, arguments)).await;
        ran.expect("the page runs scripts of the driver")
    }

    /// A picture of the page as PNG, taken once nothing moves any more, from a display without a window manager, where the
    /// window stands in the corner and the page at its lower end. The driver's own pictures need accelerated drawing,
    /// which the program does without.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        self.until("the page to be still", async || {
            self.asks("still", Value::Null).await.as_bool().filter(|still| *still)
        })
        .await;
        let [width, height] = self.page_size().await.expect("the page has a size");
        let (_, window) = self.client.get_window_size().await.expect("the window has a size");
        let above = window.saturating_sub(height.into());
        let page = format!("{width}x{height}+0+{above}");
        let mut before = self.shown(&page);
        self.until("the display to show the page as it is", async || {
            let now = self.shown(&page);
            (now == std::mem::replace(&mut before, now.clone())).then_some(now)
        })
        .await
    }

    /// What the display shows now within `area` (`WIDTHxHEIGHT+X+Y`), as PNG without a date, so that equal is equal.
    fn shown(&self, area: &str) -> Vec<u8> {
        let mut import = std::process::Command::new("import");
        import
            .env("DISPLAY", &self.display)
            .args(["-window", "root", "-crop", area]);
        import.args([
            "+repage",
            "-depth",
            "8",
            "-define",
            "png:exclude-chunks=date,time",
            "png:-",
        ]);
        let shown = import.output().expect("ImageMagick is installed");
        assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
        shown.stdout
    }

    /// Ends the session with the driver after the program has ended by itself.
    pub(crate) async fn closed(self) {
        let _gone_already = in_time("the end of the session", self.client.close()).await;
    }

    /// Waits for `look`; when it is in vain, leaves a picture and says what the page shows.
    pub(super) async fn until<T>(&self, what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
        if let Some(found) = looked_for(look).await {
            return found;
        }
        let outline = self.asks("outline", Value::Null).await;
        let picture = self.keep_failure();
        panic!(
            "waited in vain for {what}\n{}\npicture: {}",
            outline.as_str().unwrap_or_default(),
            picture.display()
        );
    }

    /// Puts a question of `locate.js` to the page; null while the page cannot answer.
    pub(super) async fn asks(&self, question: &str, value: Value) -> Value {
        self.asks_with(vec![question.into(), value]).await
    }

    pub(super) async fn asks_with(&self, values: Vec<Value>) -> Value {
        self.client.execute(LOCATE, values).await.unwrap_or(Value::Null)
    }

    fn keep_failure(&self) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("end-to-end-failures");
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let file = folder.join(name).with_extension("png");
        let whole = self.shown("100%x100%+0+0");
        let _kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, whole));
        file
    }
}
