//! The limiter of Hypothesis as it was recorded (nginx: 4 a second, 44 more at once, a bare 429), in front of a server.

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

use super::servers::{Server, json};
use super::world::{World, basic, go};
use crate::{Call, Pacing};

const REFUSAL: &str = r#"{"status": "failure", "reason": "Request rate limit exceeded"}"#;

async fn limited(per_second: f64, burst: f64) -> Server {
    let bucket = Mutex::new((0.0_f64, Instant::now()));
    Server::start(move |_| {
        let mut bucket = bucket.lock().unwrap();
        let now = Instant::now();
        let level = (bucket.0 - now.duration_since(bucket.1).as_secs_f64() * per_second).max(0.0) + 1.0;
        if level > burst + 1.002 {
            return json(429, REFUSAL);
        }
        *bucket = (level, now);
        json(200, "{}")
    })
    .await
}

async fn at_once(world: &World, server: &Server, pacing: Pacing, calls: usize) -> Vec<u16> {
    let bound = world.paced(&server.origin, basic(), Some(pacing));
    let made: Vec<_> = (0..calls)
        .map(|_| {
            let bound = bound.clone();
            tokio::spawn(async move { bound.send(Call::get("/api/profile"), &go()).await.unwrap().status })
        })
        .collect();
    let mut statuses = Vec::new();
    for call in made {
        statuses.push(call.await.unwrap());
    }
    statuses
}

#[tokio::test(start_paused = true)]
async fn seventy_calls_at_once_meet_no_refusal_and_lose_no_time() {
    let (server, world, start) = (limited(4.0, 44.0).await, World::persistent(4), Instant::now());
    let pacing = Pacing {
        per_second: 4.0,
        burst: 44,
    };
    let statuses = at_once(&world, &server, pacing, 70).await;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    assert_eq!(server.seen().len(), 70, "none was refused and made again");
    let floor = Duration::from_secs_f64((70.0 - 45.0) / 4.0);
    assert!(
        start.elapsed() < floor + Duration::from_millis(1_200),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn calls_by_a_wrong_belief_are_made_again_and_the_belief_is_mended() {
    let (server, world) = (limited(4.0, 10.0).await, World::persistent(4));
    let pacing = Pacing {
        per_second: 8.0,
        burst: 40,
    };
    let statuses = at_once(&world, &server, pacing, 30).await;
    let done = statuses.iter().filter(|status| **status == 200).count();
    assert!(done >= 29, "{statuses:?}");
    let bound = world.paced(&server.origin, basic(), Some(pacing));
    let rate = bound.rate().unwrap();
    assert!(rate.burst <= 15 && rate.per_second <= 8.0, "{rate:?}");
    assert_eq!(bound.profile().pacing, Some(pacing), "what is documented stays");
}
