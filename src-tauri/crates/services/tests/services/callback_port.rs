//! Owns the attacks on the callback's port: taken before, taken beside, held by another program.

use std::net::{Ipv6Addr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use countersign_services::sign_in::{CallbackListener, PortHolder, SignInError};
use tokio::net::TcpSocket;

use super::callback::{QUICK, bound};

/// Set for the other program of these tests: where it writes the port that it holds.
const HOLDER: &str = "COUNTERSIGN_TEST_HOLDS_PORT";

#[tokio::test]
async fn a_port_taken_on_either_family_or_on_all_addresses_is_refused() {
    let everywhere: [SocketAddr; 3] = [
        ([127, 0, 0, 1], 0).into(),
        ([0, 0, 0, 0], 0).into(),
        (Ipv6Addr::LOCALHOST, 0).into(),
    ];
    for address in everywhere {
        // With SO_REUSEADDR, as a program that wants to share would set it.
        let socket = if address.is_ipv4() {
            TcpSocket::new_v4().unwrap()
        } else {
            TcpSocket::new_v6().unwrap()
        };
        socket.set_reuseaddr(true).unwrap();
        // A computer without IPv6 has no second address to take.
        let Ok(()) = socket.bind(address) else { continue };
        let squatter = socket.listen(8).unwrap();
        let port = squatter.local_addr().unwrap().port();
        let fault = CallbackListener::bind(port, QUICK).await.unwrap_err();
        assert!(matches!(fault, SignInError::PortHeld { .. }), "{address}: {fault:?}");
    }
}

#[tokio::test]
async fn nobody_can_take_the_port_while_it_is_waited_at() {
    let (port, _listener) = bound(QUICK).await;
    for address in [([127, 0, 0, 1], port), ([0, 0, 0, 0], port)] {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        // Two programs of one person may share a port when both ask for it; this one never does.
        #[cfg(unix)]
        socket.set_reuseport(true).unwrap();
        let taken = socket.bind(address.into()).and_then(|()| socket.listen(8));
        assert!(taken.is_err(), "{address:?} beside the sign-in");
    }
}

/// Not a test of its own: the other program of the test below.
#[test]
fn another_program_that_holds_a_port() {
    if std::env::var_os(HOLDER).is_none() {
        return;
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    std::fs::write(
        std::env::var_os(HOLDER).unwrap(),
        listener.local_addr().unwrap().port().to_string(),
    )
    .unwrap();
    let _ended = std::io::Read::read(&mut std::io::stdin(), &mut [0]);
}

struct OtherProgram(Child);

impl Drop for OtherProgram {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

#[tokio::test]
async fn the_holder_of_a_taken_port_is_named() {
    let name = format!("countersign-port-{}", std::process::id());
    let note = std::env::temp_dir().join(name);
    let _none = std::fs::remove_file(&note);
    let mut other = Command::new(std::env::current_exe().unwrap());
    other.args([
        "--exact",
        "callback_port::another_program_that_holds_a_port",
        "--nocapture",
    ]);
    other.env(HOLDER, &note).stdin(Stdio::piped()).stdout(Stdio::null());
    let other = OtherProgram(other.spawn().unwrap());
    let mut port = None;
    for _ in 0..1_000 {
        port = std::fs::read_to_string(&note).ok().and_then(|text| text.parse().ok());
        if port.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let fault = CallbackListener::bind(port.unwrap(), QUICK).await.unwrap_err();
    let _none = std::fs::remove_file(&note);
    let SignInError::PortHeld {
        holder: PortHolder::Program { pid, .. },
        ..
    } = &fault
    else {
        panic!("the holder is named: {fault:?}")
    };
    assert_eq!(*pid, other.0.id());
    let message = fault.into_failure().message;
    assert!(message.contains(&format!("({})", other.0.id())), "{message}");
}
