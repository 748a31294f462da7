//! Answers made to exhaust memory, time or stack.

use std::sync::Arc;

use countersign_domain::ErrorCode;
use countersign_sandbox::FaultKind;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::desk::{Desk, Services};
use super::door::{Door, Way};
use super::seen;

/// A server that answers every request with this head, and then with the same piece for ever.
async fn endless(head: &'static str, piece: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let piece = piece.clone();
            tokio::spawn(async move {
                let _asked = stream.read(&mut [0; 4096]).await;
                let _headed = stream.write_all(head.as_bytes()).await;
                while stream.write_all(&piece).await.is_ok() {}
            });
        }
    });
    address
}

fn chunk(text: &str, times: usize) -> Vec<u8> {
    let text = text.repeat(times);
    format!("{:x}\r\n{text}\r\n", text.len()).into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a39_an_endless_answer_is_left_at_the_limit() {
    let services = Services::start().await;
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let address = endless(head, chunk("[[[[[[[[", 8_000)).await;
    let (api, token_endpoint) = (
        services.sandbox.hyperproof_api(),
        services.sandbox.hyperproof_token_endpoint(),
    );
    for way in [Way::to(&address, &token_endpoint), Way::to(&api, &address)] {
        let failure = Door::new(way, &services.credentials)
            .get("/controls")
            .await
            .unwrap_err();
        assert_eq!(failure.code, ErrorCode::AnswerTooLarge, "{failure}");
    }
    seen(
        "A39",
        "endless bodies, one million brackets, one string without end, compressed bytes, a key twice: said with a code, nothing kept, the program goes on",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a39_compressed_bytes_are_never_unpacked() {
    let services = Services::start().await;
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n";
    // An empty file, packed; what follows it is not read.
    let packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let address = endless(head, packed.clone()).await;
    let token_endpoint = services.sandbox.hyperproof_token_endpoint();
    let door = Door::new(Way::to(&address, &token_endpoint), &services.credentials);
    assert_eq!(door.get("/controls").await.unwrap().body, packed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a39_depth_length_and_doubled_names_leave_the_register_as_it_was() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let card = desk.saved(&services.hyperproof()).await;
    desk.app.sync_controls(&card.id, Arc::new(|_| {})).await.unwrap();
    let deep = "[".repeat(1_000_000);
    let long = format!("[{{\"id\":\"a\",\"name\":\"{}\"}}", "x".repeat(40_000_000));
    let deep_name = format!(
        "[{{\"id\":\"a\",\"name\":{}{}}}]",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    for bomb in [&deep, &long, &deep_name] {
        services.provoke("/hyperproof/v1/controls", 1, FaultKind::json(200, bomb));
        let synced = desk.app.sync_controls(&card.id, Arc::new(|_| {})).await;
        if let Err(failure) = synced {
            let known = [ErrorCode::AnswerUnreadable, ErrorCode::AnswerTooLarge];
            assert!(known.contains(&failure.code), "{failure}");
        }
    }
    let twice = r#"[{"id":"a","name":"first","name":"second"}]"#;
    services.provoke("/hyperproof/v1/controls", 1, FaultKind::json(200, twice));
    let _either = desk.app.sync_controls(&card.id, Arc::new(|_| {})).await;
    let outcome = desk.app.sync_controls(&card.id, Arc::new(|_| {})).await.unwrap();
    assert_eq!(outcome.snapshot.rows, 370, "the next good answer is taken as ever");
}
