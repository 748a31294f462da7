//! Owns the proof: the journey is walked, then everything it left is searched.

use countersign::COMMANDS;
use countersign_domain::{ConnectionKind, CredentialPart, Service};

use super::codes;
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
    ear::libraries(desk.root());
    tracing::info!(marker = MARKER, "the journey begins");

    let mut journey = Journey::begin(&desk);
    journey.work();
    let kept = kept(&journey);
    let mut held = left(&journey);
    journey.be_refused();
    journey.meet_faults();
    journey.meet_seldom_answers();
    journey.misplace();
    journey.lose_the_keychain();
    journey.lose_the_computer();
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
    codes::all_were_met(&journey.codes);
    let broken: Vec<_> = unplanted(&panics.lock().unwrap());
    assert_eq!(broken, [""; 0]);
    reached(&held);
    let search = Search::of(&secrets(&desk, kept));
    on_the_wire(&desk, &search);
    let mut leaks = leaks(&search, &held);
    leaks.extend(states(&desk, &held));
    assert!(leaks.is_empty(), "secrets came out:\n{}", leaks.join("\n"));
}

fn unplanted(panics: &[String]) -> Vec<String> {
    let planted = |panic: &&String| !panic.contains(ear::PLANTED);
    panics.iter().filter(planted).cloned().collect()
}

type Secrets = Vec<(&'static str, Vec<u8>)>;

/// Every secret of the journey; `kept` are those that the keychain had in the middle of it.
fn secrets(desk: &Desk, kept: Secrets) -> Secrets {
    let mut secrets: Secrets = vec![
        ("the Hyperproof secret", journey::HYPERPROOF.into()),
        ("the Hypothesis secret", journey::HYPOTHESIS.into()),
        ("the personal token", journey::TOKEN.into()),
        ("the grant secret", journey::GRANT.into()),
        ("a Hyperproof password", journey::HYPERPROOF_PASSWORD.into()),
        ("a Hypothesis password", journey::HYPOTHESIS_PASSWORD.into()),
        ("a proxy password", journey::PROXY.into()),
        ("a pasted signature", journey::PASTED_SIGNATURE.into()),
        ("a refused secret", journey::REFUSED.into()),
        ("a misplaced secret", journey::MISPLACED.into()),
    ];
    secrets.extend(kept);
    let wire = &desk.wire;
    let signatures = wire.sent("assertion").into_iter();
    let signatures = signatures.map(|token| token.rsplit('.').next().unwrap_or_default().to_owned());
    for (name, found) in [
        ("an access token", wire.access_tokens()),
        ("a refresh token", wire.given("refresh_token")),
        ("a used refresh token", wire.sent("refresh_token")),
        ("a code", desk.person.came_back_with("code")),
        ("a sent code", wire.sent("code")),
        ("a verifier", wire.sent("code_verifier")),
        ("an assertion", wire.sent("assertion")),
        ("an assertion's signature", signatures.collect()),
    ] {
        assert!(!found.is_empty(), "there was {name}");
        secrets.extend(found.into_iter().map(|secret| (name, secret.into_bytes())));
    }
    secrets
}

/// What the keychain has for the connections now.
fn kept(journey: &Journey<'_>) -> Secrets {
    let (desk, cards) = (journey.desk, &journey.cards);
    let practice = cards.of(ConnectionKind::Practice);
    let mut kept: Secrets = vec![("the practice secret", desk.secret(Service::Practice, &practice))];
    for (kind, id) in &cards.kinds {
        kept.push(("a register's key", desk.register_key(id)));
        let refresh = desk.part(kind.service(), id, CredentialPart::RefreshToken);
        assert_eq!(refresh.is_some(), kind.signs_in(), "{kind:?}");
        kept.extend(refresh.map(|token| ("a kept refresh token", token)));
    }
    kept
}

/// A state is part of the address that the browser opens and that the page shows to be copied; nobody else learns it.
fn states(desk: &Desk, held: &[Place]) -> Vec<String> {
    let states = desk.person.opened_with("state");
    assert!(!states.is_empty(), "pages were opened");
    let states: Secrets = states
        .into_iter()
        .map(|state| ("a state", state.into_bytes()))
        .collect();
    let elsewhere = held
        .iter()
        .filter(|place| !place.bytes.starts_with(b"{\"is\":\"waiting\""));
    let elsewhere: Vec<_> = elsewhere
        .map(|place| Place::new(&place.name, place.bytes.clone()))
        .collect();
    leaks(&Search::of(&states), &elsewhere)
}

/// Everything that lies anywhere now, the registers opened.
fn left(journey: &Journey<'_>) -> Vec<Place> {
    let (desk, cards) = (journey.desk, &journey.cards);
    let mut held = lying(desk);
    for id in cards.all() {
        held.extend(places::register(
            &desk.path("registers").join(&id),
            &desk.register_key(&id),
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
    holds("libraries.log", "reqwest::connect starting new connection");
    holds("settings.json", "hypothesisClientCredentials");
    holds("tables of controls.db", "controlIdentifier");
    holds("tables of ledger.db", "/api/users");
    holds("open: ", "");
    holds("/environ", "COUNTERSIGN_TEST_BUS");
    holds("the reply of connection_save", "credential-refused");
    holds("a step of controls_sync", "rows");
    holds("a step of sign_in_save", "/oauth/authorize?");
    holds("a step of doctor_run", "tls");
    holds("the reply of doctor_run", "Countersign Sandbox CA");
    holds("the reply of request_as_curl", "COUNTERSIGN_SECRET");
    holds("the reply of request_send", "userid");
    holds("the reply of request_history", "/controls");
    holds("the reply of certificate_choose", "corporate root.pem");
    holds("the reply of activity_list", "/api/token");
    holds("tables of ledger.db", "/users/me");
    holds("settings.json", "BEGIN CERTIFICATE");
    holds("settings.json", "controlsDetail");
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
        "a refresh token",
        "a code",
        "a verifier",
        "an assertion",
    ] {
        assert!(used.contains(name), "{name} was used: {used:?}");
    }
    for name in [
        "a Hyperproof password",
        "a Hypothesis password",
        "the grant secret",
        "a proxy password",
    ] {
        assert!(!used.contains(name), "{name} is none of the services' business");
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
