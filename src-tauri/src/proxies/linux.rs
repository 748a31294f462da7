//! Owns what GIO says of proxies: GNOME's settings, KDE's, and a script of automatic configuration, as far as the desktop
//! has the parts for them (glib-networking, libproxy). Must not log an answer or an error's words: both may hold a password.

use std::sync::Arc;

use countersign_app::ports::{BoxFuture, DesktopProxies};
use countersign_domain::SecretString;
use gio::prelude::{CancellableExt as _, ProxyResolverExt as _};
use gio::{Cancellable, IOErrorEnum, ProxyResolver, SettingsSchemaSource};
use tokio::sync::Mutex;

/// Asks GIO, one question at a time: one that hangs keeps one thread, however many come after it.
#[derive(Default)]
pub(super) struct Desktop(Arc<Mutex<()>>);

/// Tells GIO that nobody waits for the answer any more.
struct Wait(Cancellable);

impl Drop for Wait {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl DesktopProxies for Desktop {
    fn lookup<'a>(&'a self, address: &'a str) -> BoxFuture<'a, Vec<SecretString>> {
        Box::pin(async move {
            let turn = Arc::clone(&self.0).lock_owned().await;
            let wait = Wait(Cancellable::new());
            let (cancellable, address) = (wait.0.clone(), address.to_owned());
            let answers = tokio::task::spawn_blocking(move || {
                let _held_to_the_end = turn;
                asked(&address, &cancellable)
            });
            answers.await.unwrap_or_default()
        })
    }
}

/// Blocks: a script may have to be fetched, another process may have to answer.
fn asked(address: &str, cancellable: &Cancellable) -> Vec<SecretString> {
    if would_end_the_program() {
        return Vec::new();
    }
    match ProxyResolver::default().lookup(address, Some(cancellable)) {
        Ok(answers) => answers
            .iter()
            .map(|answer| SecretString::from(answer.as_str()))
            .collect(),
        Err(error) => {
            let kind = error.kind::<IOErrorEnum>();
            tracing::warn!(?kind, "the desktop could not say which proxy to use: none is used");
            Vec::new()
        }
    }
}

/// GIO aborts where the desktop is GNOME's and the settings that it would then read are not installed.
fn would_end_the_program() -> bool {
    let gnome = std::env::var("XDG_CURRENT_DESKTOP").is_ok_and(|desktops| desktops.contains("GNOME"));
    let settings = SettingsSchemaSource::default().and_then(|known| known.lookup("org.gnome.system.proxy", true));
    gnome && settings.is_none()
}

#[cfg(test)]
mod tests {
    //! Each in a process of its own: GIO reads the environment, which cannot be set within one.

    use std::path::Path;
    use std::process::Command;

    use countersign_domain::ExposeSecret as _;

    use super::*;

    const CHILD: &str = "COUNTERSIGN_TEST_CHILD";

    /// Settings as GNOME keeps them, in the form that GIO reads from a file.
    const SETTINGS: &str = "[system/proxy]\nmode='manual'\nignore-hosts=['inside.example']\n\n\
        [system/proxy/https]\nhost='proxy.example'\nport=3128\n";

    async fn said(address: &str) -> Vec<String> {
        let answers = Desktop::default().lookup(address).await;
        answers.iter().map(|answer| answer.expose_secret().to_owned()).collect()
    }

    /// Runs the test `name` again on a desktop that is GNOME's, with a home of its own, no bus and these variables.
    fn on_gnome(name: &str, home: &Path, variables: &[(&str, &Path)]) {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("proxies::system::tests::{name}"), "--nocapture"])
            .env_clear()
            .env(CHILD, "1")
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home)
            .env("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
            .env("GSETTINGS_BACKEND", "keyfile")
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{said}{complaint}"
        );
    }

    #[tokio::test]
    async fn gnomes_settings_name_the_proxy_and_its_exceptions() {
        if std::env::var_os(CHILD).is_some() {
            assert_eq!(said("https://api.example.com/").await, ["http://proxy.example:3128"]);
            assert_eq!(said("https://inside.example/").await, ["direct://"]);
            return;
        }
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("glib-2.0/settings");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("keyfile"), SETTINGS).unwrap();
        on_gnome("gnomes_settings_name_the_proxy_and_its_exceptions", home.path(), &[]);
    }

    #[tokio::test]
    async fn a_desktop_whose_settings_are_not_installed_says_nothing_and_ends_nothing() {
        if std::env::var_os(CHILD).is_some() {
            assert_eq!(said("https://api.example.com/").await, Vec::<String>::new());
            return;
        }
        let home = tempfile::tempdir().unwrap();
        let name = "a_desktop_whose_settings_are_not_installed_says_nothing_and_ends_nothing";
        let nowhere = [("XDG_DATA_DIRS", home.path()), ("XDG_DATA_HOME", home.path())];
        on_gnome(name, home.path(), &nowhere);
    }
}
