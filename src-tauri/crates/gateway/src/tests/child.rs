//! Owns how a test runs itself again in a process of its own, where it must be alone or needs variables of the environment
//! (which cannot be set within a process). Must not assert but that the child passed.

use std::process::Command;

/// Tells the child that it is one, and which address to call; absent in the parent.
const TARGET: &str = "COUNTERSIGN_TEST_TARGET";
const PROXY_VARIABLES: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// Runs the test `name` again in a child that calls `target`, with `proxy` in every variable there is for it.
pub(super) async fn child(name: &'static str, target: String, proxy: Option<String>) {
    let named = PROXY_VARIABLES
        .iter()
        .filter(|name| !name.eq_ignore_ascii_case("NO_PROXY"));
    let named = proxy
        .iter()
        .flat_map(|proxy| named.clone().map(|name| (*name, proxy.clone())));
    child_under(name, target, named.collect()).await;
}

/// The same with these variables for proxies, and no other.
pub(super) async fn child_under(name: &'static str, target: String, variables: Vec<(&'static str, String)>) {
    let run = move || {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", &format!("tests::{name}"), "--nocapture"])
            .env(TARGET, target);
        for variable in PROXY_VARIABLES {
            command.env_remove(variable);
        }
        command.envs(variables).output().unwrap()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{complaint}"
    );
}

/// The address to call, in a child; none in the parent.
pub(super) fn target() -> Option<String> {
    std::env::var(TARGET).ok()
}
