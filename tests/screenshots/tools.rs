//! Owns the scenes of the sign-in and of the tools: requests, annotations, activity, doctor.
//! Must not draw: the draughtsman does.

use crate::support::{Sandbox, Window};
use crate::{Draughtsman, acts};

/// Comes through the scenes; the four connections are there already.
pub(crate) async fn all(draughtsman: &Draughtsman<'_>, sandbox: &Sandbox) {
    let window = &draughtsman.window;
    sign_in(draughtsman, window, sandbox).await;
    requests(draughtsman, window).await;
    doctor(draughtsman, window).await;
    acts::go_to(window, "Activity").await;
    window.reads("newest first").await;
    draughtsman.draw("activity").await;
}

async fn sign_in(draughtsman: &Draughtsman<'_>, window: &Window, sandbox: &Sandbox) {
    acts::begin_connection(window, "Hypothesis", "Browser sign-in").await;
    let fields = [
        ("Label", "My own sign-in"),
        ("Server", sandbox.told("hypothesis_server")),
        ("Client ID", sandbox.told("hypothesis_oauth_client_id")),
        // Both windows wait at once, and a port is held by one alone.
        (
            "Callback port",
            if draughtsman.look == "dark" { "47812" } else { "47811" },
        ),
    ];
    acts::fill_all(window, &fields).await;
    window.press(&[("button", "Save and sign in")]).await;
    window.reads("Waiting for the browser to come back").await;
    draughtsman.draw("sign-in-waiting").await;
    window.press(&[("dialog", "*"), ("button", "Cancel")]).await;
    window.press(&[("dialog", "*"), ("button", "Cancel")]).await;
    window.press(&[("button", "Discard")]).await;
    window.misses(&[("dialog", "Add connection")]).await;
}

async fn requests(draughtsman: &Draughtsman<'_>, window: &Window) {
    acts::go_to(window, "Requests").await;
    window.press(&[("option", "*/profile*")]).await;
    window.press(&[("button", "Send")]).await;
    window.sees(&[("radio", "Tree")]).await;
    draughtsman.draw("requests-answer").await;
    window.press(&[("radio", "Annotations")]).await;
    window.press(&[("button", "Search")]).await;
    window.sees(&[("grid", "Annotations"), ("row", "*")]).await;
    draughtsman.draw("annotations").await;
}

async fn doctor(draughtsman: &Draughtsman<'_>, window: &Window) {
    acts::go_to(window, "Doctor").await;
    window.press(&[("button", "Check now")]).await;
    window.sees(&[("button", "Check again")]).await;
    draughtsman.draw("doctor").await;
}
