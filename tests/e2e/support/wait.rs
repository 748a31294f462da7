//! Owns waiting: for a condition, up to a deadline, never for a length of time.
//! Must not know what is waited for.

use std::time::Duration;

/// How long anything may take before a test gives up: far above what a busy machine needs.
pub(crate) const DEADLINE: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(25);

/// What `look` gives as soon as it gives something; `None` when the deadline passes before.
pub(crate) async fn looked_for<T>(mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let looking = async {
        let mut beat = tokio::time::interval(PAUSE);
        loop {
            beat.tick().await;
            if let Some(found) = look().await {
                return found;
            }
        }
    };
    tokio::time::timeout(DEADLINE, looking).await.ok()
}

/// What `look` gives as soon as it gives something; stops the test, naming `what`, when the deadline passes before.
pub(crate) async fn until<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    match looked_for(look).await {
        Some(found) => found,
        None => panic!("waited {} s in vain for {what}", DEADLINE.as_secs()),
    }
}

/// What `answer` comes to; stops the test, naming `what`, when it takes longer than anything may.
pub(crate) async fn in_time<T>(what: &str, answer: impl Future<Output = T>) -> T {
    let answer = tokio::time::timeout(DEADLINE, answer).await;
    answer.unwrap_or_else(|_elapsed| panic!("waited {} s in vain for {what}", DEADLINE.as_secs()))
}
