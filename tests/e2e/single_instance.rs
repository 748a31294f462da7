//! Owns the second start: it ends by itself, and the first window stays and comes to the front.

use crate::support::{Desk, Furniture, until};

#[tokio::test]
async fn a_second_start_ends_and_the_first_stays() {
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    let mut second = desk.start_again();
    let ended = until("the second start's end", async || second.ended()).await;
    assert!(ended.success(), "{ended}");
    assert_eq!(desk.running(), 1, "the first still runs");
    window.sees(&[("button", "Start practice")]).await;
    desk.quit(window).await;
}
