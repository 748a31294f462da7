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
}

impl Window {
    /// Starts the program through the driver at `driver` and waits for its first paint.
    pub(crate) async fn open(driver: &str) -> Self {
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

    /// A picture of the window as PNG, taken once nothing moves any more.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        until("the page to be still", async || {
            self.asks("still", Value::Null).await.as_bool().filter(|still| *still)
        })
        .await;
        in_time("a picture", self.client.screenshot())
            .await
            .expect("the driver takes pictures")
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
        let picture = self.keep_failure().await;
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

    async fn keep_failure(&self) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("end-to-end-failures");
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let file = folder.join(name).with_extension("png");
        if let Ok(picture) = in_time("a picture of the failure", self.client.screenshot()).await {
            let _kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, picture));
        }
        file
    }
}
