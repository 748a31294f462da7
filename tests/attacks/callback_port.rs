//! Another program on the port that the browser should come back to.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use countersign_domain::ErrorCode;

use super::seen;
use super::sign_in::Study;

/// Another program that listens on the port.
struct Squatter(Child);

impl Squatter {
    /// `None` where this computer does not have that address.
    fn at(address: &str, port: u16) -> Option<Self> {
        let mut listener = Command::new("openssl")
            .args(["s_server", "-nocert", "-accept", &format!("{address}:{port}")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl is installed");
        let mut lines = BufReader::new(listener.stdout.take().unwrap()).lines();
        let listens = lines.any(|line| line.unwrap() == "ACCEPT");
        let squatter = Self(listener);
        listens.then_some(squatter)
    }
}

impl Drop for Squatter {
    fn drop(&mut self) {
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a11_a_port_that_another_program_holds_is_said_before_the_browser_opens() {
    let mut tried = 0;
    for address in ["127.0.0.1", "[::1]", "0.0.0.0", "[::]"] {
        let study = Study::new().await;
        let Some(squatter) = Squatter::at(address, study.port) else {
            assert!(
                address.contains(':'),
                "only a computer without IPv6 cannot be squatted: {address}"
            );
            continue;
        };
        tried += 1;
        let (_, ended) = study.begun();
        let failure = ended.await.unwrap().unwrap_err();
        assert_eq!(failure.code, ErrorCode::CallbackPortHeld, "{address}: {failure}");
        let holder = format!("openssl ({})", squatter.0.id());
        assert!(failure.message.contains(&holder), "{address}: {failure}");
        assert_eq!(study.browser.opened(), [] as [String; 0], "{address}");
    }
    seen(
        "A11",
        &format!(
            "port held on {tried} of 127.0.0.1, [::1], 0.0.0.0, [::]: `callback-port-held` with name and pid, the browser stays closed"
        ),
    );
}
