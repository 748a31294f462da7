//! Owns what the program says aside: the log as it is kept, the same lines before they are redacted, and panics.
//! Must not redact.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex, Once};

use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Layer, SubscriberExt as _};

/// What a panic says that a test made.
pub(crate) const PLANTED: &str = "a planted panic";

/// The program's own log at its loudest in `logs`, and beside it every line unredacted in `unredacted.log`.
pub(crate) fn log(folder: &Path) -> impl tracing::Subscriber + Send + Sync + use<> {
    let kept = countersign::logging::layer(&folder.join("logs"), "trace").unwrap();
    let unredacted: File = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("unredacted.log"))
        .unwrap();
    let unredacted = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(Arc::new(unredacted));
    Registry::default().with(kept).with(unredacted.boxed())
}

/// What libraries log past the program, which does not listen to them (reqwest, rustls, the keychain's), at their loudest.
struct Libraries(Mutex<File>);

impl log::Log for Libraries {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}\n", record.target(), record.args());
        self.0.lock().unwrap().write_all(line.as_bytes()).unwrap();
    }

    fn flush(&self) {}
}

/// Listens to the libraries from now on; what they say goes into `libraries.log`.
pub(crate) fn libraries(folder: &Path) {
    let file = File::create(folder.join("libraries.log")).unwrap();
    log::set_boxed_logger(Box::new(Libraries(Mutex::new(file)))).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
}

type Heard = Arc<Mutex<Vec<String>>>;

/// Everyone who listens to panics. One hook serves them all: a test that took the hook to set its own while another did
/// the same would leave that other deaf.
static LISTENERS: Mutex<Vec<Heard>> = Mutex::new(Vec::new());
static HOOKED: Once = Once::new();

/// The panics of this process from now on, each with its message.
pub(crate) fn panics() -> Heard {
    HOOKED.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            for heard in LISTENERS.lock().unwrap().iter() {
                heard.lock().unwrap().push(panic.to_string());
            }
            before(panic);
        }));
    });
    let heard = Heard::default();
    LISTENERS.lock().unwrap().push(Arc::clone(&heard));
    heard
}

/// Waits until `holds`, or fails after half a minute.
pub(crate) fn until(holds: impl Fn() -> bool) {
    for _ in 0..3_000 {
        if holds() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("it never happened");
}
