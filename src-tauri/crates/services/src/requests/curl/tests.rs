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

fn networked(username: &str, certificate: &str) -> Network {
    let certificate = serde_json::Value::from(certificate);
    serde_json::from_str(&format!(
        r#"{{"proxy":{{"is":"address","address":"http://proxy.corp:3128","username":{username}}},
            "certificateAuthority":{{"name":{certificate},"pem":""}}}}"#
    ))
    .unwrap()
}

/// The arguments that curl gets when a shell runs `command`, one a line; else what the shell complains of.
#[expect(clippy::unwrap_in_result, reason = "a test fails where it unwraps")]
fn ran(command: &str, variables: &[(&str, &str)]) -> Result<String, String> {
    let script = format!("curl() {{ printf '%s\\n' \"$@\"; }}\n{command}");
    let ended = std::process::Command::new("sh")
        .args(["-c", &script])
        .env_remove("COUNTERSIGN_CA")
        .env_remove("COUNTERSIGN_PROXY_USER")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    if ended.status.success() {
        Ok(text(ended.stdout))
    } else {
        Err(text(ended.stderr))
    }
}

#[test]
fn the_way_is_the_connections_own_and_runs_from_any_folder() {
    let text = made(Authentication::Anonymous, networked("null", "corp root.pem"), &[]);
    assert!(
        text.contains(
            "--proxy 'http://proxy.corp:3128' --cacert \"${COUNTERSIGN_CA:?path of the certificate corp root.pem}\""
        ),
        "{text}"
    );
    let complaint = ran(&text, &[]).unwrap_err();
    assert!(
        complaint.contains("COUNTERSIGN_CA: path of the certificate corp root.pem"),
        "{complaint}"
    );
    let arguments = ran(&text, &[("COUNTERSIGN_CA", "/the folder/corp root.pem")]).unwrap();
    assert!(
        arguments.contains("--cacert\n/the folder/corp root.pem\n"),
        "{arguments}"
    );
}

#[test]
fn the_name_of_a_certificate_is_nothing_to_the_shell() {
    let name = "a\"$(echo ran)`echo ran`${HOME}\\'!}\n.pem";
    let text = made(Authentication::Anonymous, networked("null", name), &[]);
    let complaint = ran(&text, &[]).unwrap_err();
    assert!(
        complaint.contains("path of the certificate a___echo ran__echo ran___HOME_____") && complaint.contains(".pem"),
        "{complaint}"
    );
    let arguments = ran(&text, &[("COUNTERSIGN_CA", "/x")]).unwrap();
    assert!(arguments.contains("--cacert\n/x\n"), "{arguments}");
}

#[test]
fn a_proxy_that_knows_a_name_is_told_it_from_a_variable_and_never_by_this_computer() {
    let text = made(Authentication::Anonymous, networked("\"jo\"", "c.pem"), &[]);
    let complaint = ran(&text, &[("COUNTERSIGN_CA", "/c")]).unwrap_err();
    assert!(
        complaint.contains("COUNTERSIGN_PROXY_USER: name:password of the proxy"),
        "{complaint}"
    );
    let variables = [("COUNTERSIGN_CA", "/c"), ("COUNTERSIGN_PROXY_USER", "jo:pass word")];
    let arguments = ran(&text, &variables).unwrap();
    assert!(arguments.contains("--proxy-user\njo:pass word\n"), "{arguments}");
    let loopback = way(
        &networked("\"jo\"", "c.pem"),
        &BoundAddress::parse("http://127.0.0.1:9/api").unwrap(),
    );
    assert!(!loopback.contains("proxy-user"), "{loopback}");
}
