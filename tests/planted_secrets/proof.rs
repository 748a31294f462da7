//! Owns the proof: the journey is walked, then everything it left is searched.

use countersign::COMMANDS;
use countersign_domain::Service;

use super::desk::Desk;
use super::ear;
use super::journey::{self, Journey};
use super::places::{self, Place};
use super::search::Search;

/// A word that is no secret; it goes the ways that secrets must not go, and must be found at their ends.
const MARKER: &str = "a-marker-that-is-no-secret";

#[test]
fn no_secret_comes_out_of_a_whole_journey() {
    let desk = Desk::new(journey::credentials());
    let panics = ear::panics();
    tracing::subscriber::set_global_default(ear::log(desk.root())).unwrap();
    tracing::info!(marker = MARKER, "the journey begins");

    let mut journey = Journey::begin(&desk);
    journey.work();
    let secrets = secrets(&journey);
    let mut held = left(&journey);
    journey.be_refused();
    journey.meet_faults();
    journey.misplace();
    journey.lose_the_keychain();
    held.extend(left(&journey));
    journey.forget();
    held.extend(lying(&desk));
    held.append(&mut journey.told);
    held.extend(
        panics
            .lock()
            .unwrap()
            .iter()
            .map(|panic| Place::new("a panic", panic.as_str())),
    );

    for command in COMMANDS {
        let (answered, refused) = journey.outcomes[*command];
        assert!(
            answered > 0 && refused > 0,
            "{command}: {answered} answers, {refused} refusals"
        );
    }
    assert!(panics.lock().unwrap().is_empty(), "{:?}", panics.lock().unwrap());
    reached(&held);
    let search = Search::of(&secrets);
    on_the_wire(&desk, &search);
    let leaks = leaks(&search, &held);
    assert!(leaks.is_empty(), "secrets came out:\n{}", leaks.join("\n"));
}

/// Every secret of the journey.
fn secrets(journey: &Journey<'_>) -> Vec<(&'static str, Vec<u8>)> {
    let (desk, cards) = (journey.desk, &journey.cards);
    let mut secrets = vec![
        ("the Hyperproof secret", journey::HYPERPROOF.into()),
        ("the Hypothesis secret", journey::HYPOTHESIS.into()),
        ("the personal token", journey::TOKEN.into()),
        ("a refused secret", journey::REFUSED.into()),
        ("a misplaced secret", journey::MISPLACED.into()),
        ("the practice secret", desk.secret(Service::Practice, &cards.practice)),
    ];
    for id in [&cards.hyperproof, &cards.hypothesis, &cards.practice] {
        secrets.push(("a register's key", desk.register_key(id)));
    }
    let tokens = desk.wire.access_tokens();
    assert!(!tokens.is_empty(), "the services gave access tokens");
    secrets.extend(tokens.into_iter().map(|token| ("an access token", token.into_bytes())));
    secrets
}

/// Everything that lies anywhere now, the registers opened.
fn left(journey: &Journey<'_>) -> Vec<Place> {
    let (desk, cards) = (journey.desk, &journey.cards);
    let mut held = lying(desk);
    for id in [&cards.hyperproof, &cards.hypothesis, &cards.practice] {
        held.extend(places::register(
            &desk.path("registers").join(id),
            &desk.register_key(id),
        ));
    }
    held
}

fn lying(desk: &Desk) -> Vec<Place> {
    let mut held = places::files(desk.root());
    held.extend(places::files(std::path::Path::new(&std::env::var_os("HOME").unwrap())));
    held.extend(places::open_files());
    held.extend(places::processes());
    held
}

/// A search that looks past the places would find nothing either.
fn reached(held: &[Place]) {
    let holds = |place: &str, word: &str| {
        let hits = held.iter().filter(|found| found.name.contains(place));
        let found = hits.map(|found| String::from_utf8_lossy(&found.bytes).contains(word));
        assert!(found.into_iter().any(|found| found), "{word} is found in {place}");
    };
    holds("unredacted.log", MARKER);
    holds("/logs/countersign", MARKER);
    holds("settings.json", "hypothesisClientCredentials");
    holds("tables of controls.db", "controlIdentifier");
    holds("tables of ledger.db", "/api/users");
    holds("open: ", "");
    holds("/environ", "COUNTERSIGN_TEST_BUS");
    holds("the reply of connection_save", "credential-refused");
    holds("a step of controls_sync", "rows");
}

/// The secrets were used, so there was something to lose; and they never stood in an address.
fn on_the_wire(desk: &Desk, search: &Search) {
    let asked = desk.wire.asked();
    let used = search
        .found(&asked.concat())
        .into_iter()
        .map(|name| name.split(',').next().unwrap());
    let used: std::collections::BTreeSet<_> = used.collect();
    for name in [
        "the Hyperproof secret",
        "the Hypothesis secret",
        "the personal token",
        "an access token",
    ] {
        assert!(used.contains(name), "{name} was used: {used:?}");
    }
    for line in asked.concat().split(|byte| *byte == b'\n') {
        // Before the method may stand the body of the request before, which ends without a line.
        let mut words = line.rsplit(|byte| *byte == b' ');
        let (end, address) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if end == b"HTTP/1.1\r" {
            assert!(search.found(address).is_empty(), "{}", String::from_utf8_lossy(address));
        }
    }
}

pub(crate) fn leaks(search: &Search, held: &[Place]) -> Vec<String> {
    let found = held.iter().flat_map(|place| {
        let names = search.found(&place.bytes).into_iter();
        names.map(|name| format!("{name}: in {}{}", place.name, around(search, place)))
    });
    let mut leaks: Vec<_> = found.collect();
    leaks.sort_unstable();
    leaks.dedup();
    leaks
}

/// The lines in question, for whoever has to mend it: the secrets are planted ones.
fn around(search: &Search, place: &Place) -> String {
    let mut lines = place
        .bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !search.found(line).is_empty());
    let line = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    format!("\n    {}", line.chars().take(1_000).collect::<String>())
}
