//! Owns the proof that a copied command runs as it is and never holds the secret. Must not call a service.

use countersign_domain::{ClientId, ConnectionId, Userid};

use super::*;

const API: &str = "https://api.example.com/v1";

fn made(authentication: Authentication, network: Network, query: &[(&str, &str)]) -> String {
    let profile = ConnectionProfile {
        id: ConnectionId::random(),
        api: BoundAddress::parse(API).unwrap(),
        authentication,
        pacing: None,
        network,
    };
    let query = query
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let request = DocumentedCall {
        path: "/things/a%2Fb".to_owned(),
        query: query.collect(),
        object: "thing",
    };
    command(&profile, "application/json", &request).unwrap()
}

fn endpoint() -> BoundAddress {
    BoundAddress::parse("https://accounts.example.com/oauth/token").unwrap()
}

#[test]
fn nothing_is_read_for_what_everybody_may_see() {
    let text = made(
        Authentication::Anonymous,
        Network::default(),
        &[("q", "it's $(id) `id`"), ("p[n]", "1")],
    );
    assert_eq!(
        text,
        "curl --silent --show-error --fail-with-body --globoff --header 'Accept: application/json' \
         'https://api.example.com/v1/things/a%2Fb?q=it%27s+%24%28id%29+%60id%60&p%5Bn%5D=1'"
    );
}

#[test]
fn a_secret_comes_from_a_variable_and_goes_through_standard_input() {
    let client_id = ClientId::parse("o'neill").unwrap();
    for (authentication, told) in [
        (Authentication::Bearer, "Authorization: Bearer %s"),
        (
            Authentication::Basic {
                client_id: client_id.clone(),
            },
            r"'o'\''neill'",
        ),
        (
            Authentication::ClientCredentials {
                token_endpoint: endpoint(),
                client_id: client_id.clone(),
                scopes: Some("a.read b.read".to_owned()),
            },
            "--data-urlencode client_secret@-",
        ),
        (
            Authentication::GrantToken {
                token_endpoint: endpoint(),
                client_id,
                userid: Userid::new("jo", &countersign_domain::Authority::parse("example.com").unwrap()),
            },
            "--data-urlencode assertion@-",
        ),
    ] {
        let text = made(authentication, Network::default(), &[]);
        assert!(text.starts_with(": \"${COUNTERSIGN_SECRET:?set it to "), "{text}");
        assert!(text.contains(told) && text.contains("curl --config - "), "{text}");
        let reads = text.matches("$COUNTERSIGN_SECRET\"").count();
        assert_eq!(
            reads,
            text.matches("printf '%s' \"$COUNTERSIGN_SECRET\" |").count(),
            "printf alone reads it: {text}"
        );
    }
}

#[test]
fn the_way_is_the_connections_own() {
    let network: Network = serde_json::from_str(
        r#"{"proxy":{"is":"address","address":"http://proxy.corp:3128","username":null},
            "certificateAuthority":{"name":"corp root.pem","pem":""}}"#,
    )
    .unwrap();
    let text = made(Authentication::Anonymous, network, &[]);
    assert!(
        text.contains("--proxy 'http://proxy.corp:3128' --cacert 'corp root.pem'"),
        "{text}"
    );
}
