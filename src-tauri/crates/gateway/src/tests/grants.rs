//! Grant tokens: one account's access tokens, bought with a JSON web token that this program signs.

use countersign_domain::{ErrorCode, Field, decode_token};

use super::servers::{Seen, Server, json};
use super::world::{CLIENT_ID, SECRET, World, client_credentials, go, grant_token, sign_in};
use crate::{Authentication, Call};

async fn service(status: u16, body: &'static str) -> Server {
    Server::start(move |seen: &Seen| match &*seen.target {
        "/api/token" => json(status, body),
        _ => json(200, "{}"),
    })
    .await
}

fn of(server: &Server, userid: &str) -> Authentication {
    grant_token(&format!("{}/api/token", server.origin), userid)
}

fn field(seen: &Seen, name: &str) -> String {
    let (_, value) = url::form_urlencoded::parse(&seen.body)
        .find(|(field, _)| field == name)
        .unwrap();
    value.into_owned()
}

#[tokio::test]
async fn a_signed_assertion_buys_the_token_and_the_secret_stays_here() {
    let server = service(
        200,
        r#"{"access_token":"5768-a","expires_in":3600.0,"refresh_token":"4657-r"}"#,
    )
    .await;
    let world = World::new();
    let bound = world.bound(&format!("{}/api", server.origin), of(&server, "acct:jo@example.com"));
    bound.send(Call::get("/profile"), &go()).await.unwrap();
    let seen = server.seen();
    assert_eq!(
        field(&seen[0], "grant_type"),
        "urn:ietf:params:oauth:grant-type:jwt-bearer"
    );
    let token = decode_token(&field(&seen[0], "assertion")).unwrap();
    let claim = |name: &str| token.claims.iter().find(|(claim, _)| claim == name).unwrap().1.clone();
    assert_eq!(
        (claim("aud"), claim("iss")),
        ("127.0.0.1".into(), CLIENT_ID.into()),
        "no port"
    );
    assert_eq!((claim("sub"), token.signed), ("acct:jo@example.com".into(), true));
    let life = claim("exp").as_i64().unwrap() - claim("nbf").as_i64().unwrap();
    assert!((1..=600).contains(&life), "{life} seconds");
    assert!(!String::from_utf8_lossy(&seen[0].body).contains(SECRET));
    assert_eq!(seen[1].header("authorization"), Some("Bearer 5768-a"));
    let replaces = world.store.replaces.load(std::sync::atomic::Ordering::SeqCst);
    assert_eq!(replaces, 0, "its refresh token is not kept");
}

#[tokio::test]
async fn what_is_no_userid_never_leaves() {
    let server = service(200, r#"{"access_token":"a"}"#).await;
    for userid in ["jo", "acct:jo", "acct:a@b\r\nX-Forwarded-User: acct:admin@b"] {
        let bound = World::new().bound(&server.origin, of(&server, userid));
        let failure = bound
            .send(Call::get("/profile"), &go())
            .await
            .unwrap_err()
            .into_failure();
        assert_eq!(
            (failure.code, failure.field),
            (ErrorCode::InputInvalid, Some(Field::Userid)),
            "{userid}"
        );
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_refused_assertion_names_the_field_that_mends_it() {
    for (description, code, field) in [
        (
            "Invalid grant token signature.",
            ErrorCode::CredentialRefused,
            Some(Field::Secret),
        ),
        (
            "Grant token subject (sub) could not be found.",
            ErrorCode::Refused,
            Some(Field::Userid),
        ),
        ("Grant token is not yet valid.", ErrorCode::Refused, None),
    ] {
        let reason = format!(r#"{{"error": "invalid_grant", "error_description": "{description}"}}"#);
        let body = serde_json::json!({ "status": "failure", "reason": reason }).to_string();
        let server = Server::start(move |_: &Seen| (http::StatusCode::BAD_REQUEST, body.clone())).await;
        let bound = World::new().bound(&server.origin, of(&server, "acct:jo@example.com"));
        let failure = bound
            .send(Call::get("/profile"), &go())
            .await
            .unwrap_err()
            .into_failure();
        assert_eq!((failure.code, failure.field), (code, field), "{description}");
        assert_eq!(failure.server_words.as_deref(), Some(description));
    }
}

/// Row A40 of the attack list: what a field of the form could smuggle in stays inside its own value.
#[tokio::test]
async fn no_value_adds_a_header_or_a_field() {
    let smuggled = "a\r\nX-Forwarded-User: acct:admin@example.com\r\n\r\n&grant_type=x";
    let server = Server::start(|_| json(200, r#"{"access_token":"a","refresh_token":"r"}"#)).await;
    let world = World::new();
    *world.store.secret.lock().unwrap() = Some(smuggled.to_owned());
    *world.store.refresh.lock().unwrap() = Some(smuggled.to_owned());
    let mut minted = client_credentials(&format!("{}/oauth/token", server.origin));
    if let Authentication::ClientCredentials { scopes, .. } = &mut minted {
        *scopes = Some(smuggled.to_owned());
    }
    for authentication in [minted, sign_in(&server.origin, true)] {
        let bound = world.bound(&server.origin, authentication);
        bound.send(Call::get("/x"), &go()).await.unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    assert!(seen.iter().all(|seen| seen.header("x-forwarded-user").is_none()));
    for (request, name) in [
        (0, "client_secret"),
        (0, "scope"),
        (2, "refresh_token"),
        (2, "client_secret"),
    ] {
        let expected = if name == "scope" { smuggled.trim() } else { smuggled };
        assert_eq!(field(&seen[request], name), expected);
        let grants = url::form_urlencoded::parse(&seen[request].body).filter(|(name, _)| name == "grant_type");
        assert_eq!(grants.count(), 1);
    }
}
