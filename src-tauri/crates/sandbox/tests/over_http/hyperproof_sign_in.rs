//! The browser's sign-in of Hyperproof's double over HTTP: log-in, consent, the code, and refresh tokens that rotate.

use std::time::Duration;

use countersign_sandbox::{PracticeCredentials, Sandbox, SandboxSettings};
use serde_json::Value;

use crate::support::{Answer, FORM, asked};

struct Desk {
    sandbox: Sandbox,
    credentials: PracticeCredentials,
}

impl Desk {
    async fn new() -> Self {
        let settings = SandboxSettings::default();
        let credentials = settings.credentials.clone();
        let sandbox = Sandbox::start(settings).await.unwrap();
        Self { sandbox, credentials }
    }

    fn authorize(&self, more: &str) -> String {
        format!(
            "{}?response_type=code&client_id={}&redirect_uri={}&state=s%20t{more}",
            self.sandbox.hyperproof_authorize_endpoint(),
            self.credentials.hyperproof_client_id,
            self.credentials.hypothesis_redirect_uri,
        )
    }

    async fn log_in(&self, password: &str) -> Answer {
        let next = self.authorize("");
        let next = next.strip_prefix(&self.sandbox.hypothesis_server()).unwrap();
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("email", &self.credentials.hyperproof_email);
        form.append_pair("password", password).append_pair("next", next);
        let url = format!("{}/hyperproof/login", self.sandbox.hypothesis_server());
        asked(&url, "POST", &[FORM], &form.finish()).await.unwrap()
    }

    /// Logs in, decides, and gives the address that the browser is sent to.
    async fn decided(&self, more: &str, decision: &str) -> String {
        let entered = self.log_in(&self.credentials.hyperproof_password).await;
        let cookie = entered.header("set-cookie").unwrap();
        let cookie = cookie.split(';').next().unwrap();
        let url = self.authorize(more);
        let consent = asked(&url, "GET", &[("Cookie", cookie)], "").await.unwrap();
        assert!(consent.body.contains("id=\"allow\""), "{}", consent.body);
        let form = format!("decision={decision}");
        let answer = asked(&url, "POST", &[("Cookie", cookie), FORM], &form).await.unwrap();
        assert_eq!(answer.status, 302);
        answer.header("location").unwrap()
    }

    async fn code(&self, more: &str) -> String {
        let location = self.decided(more, "allow").await;
        let (address, query) = location.split_once('?').unwrap();
        assert_eq!(address, self.credentials.hypothesis_redirect_uri);
        let query = query.strip_suffix("&state=s+t").unwrap();
        query.strip_prefix("code=").unwrap().to_owned()
    }

    async fn token(&self, grant: &str) -> Answer {
        let form = format!(
            "{grant}&client_id={}&client_secret={}&redirect_uri={}",
            self.credentials.hyperproof_client_id,
            self.credentials.hyperproof_secret,
            self.credentials.hypothesis_redirect_uri,
        );
        self.token_form(&form).await
    }

    async fn token_form(&self, form: &str) -> Answer {
        asked(&self.sandbox.hyperproof_token_endpoint(), "POST", &[FORM], form)
            .await
            .unwrap()
    }

    async fn who(&self, pair: &Value) -> u16 {
        let bearer = format!("Bearer {}", pair["access_token"].as_str().unwrap());
        let url = format!("{}/users/me", self.sandbox.hyperproof_api());
        asked(&url, "GET", &[("Authorization", &bearer)], "")
            .await
            .unwrap()
            .status
    }
}

fn refreshing(pair: &Value) -> String {
    format!(
        "grant_type=refresh_token&refresh_token={}",
        pair["refresh_token"].as_str().unwrap()
    )
}

#[tokio::test]
async fn a_person_who_is_not_logged_in_is_sent_to_the_log_in_first() {
    let desk = Desk::new().await;
    let answer = asked(&desk.authorize(""), "GET", &[], "").await.unwrap();
    assert!(
        answer
            .header("location")
            .unwrap()
            .starts_with("/hyperproof/login?next=")
    );
    let wrong = desk.log_in("wrong").await;
    assert_eq!((wrong.status, wrong.header("set-cookie")), (200, None));
    assert!(wrong.body.contains("role=\"alert\""));
    let unasked = asked(&desk.authorize(""), "POST", &[FORM], "decision=allow")
        .await
        .unwrap();
    assert_eq!(unasked.status, 403, "nobody decides for somebody else");
}

#[tokio::test]
async fn a_code_buys_a_pair_once() {
    let desk = Desk::new().await;
    let code = desk.code("").await;
    let grant = format!("grant_type=authorization_code&code={code}");
    let pair = desk.token(&grant).await.json();
    assert_eq!(desk.who(&pair).await, 200);
    assert!(pair["refresh_token_expires_in"].is_u64());
    assert_eq!(desk.token(&grant).await.json()["error"], "invalid_grant");
    let late = format!("grant_type=authorization_code&code={}", desk.code("").await);
    desk.sandbox.advance_clock(Duration::from_secs(601));
    assert_eq!(desk.token(&late).await.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn the_code_alone_buys_nothing() {
    let desk = Desk::new().await;
    let credentials = &desk.credentials;
    let (id, secret, uri) = (
        &credentials.hyperproof_client_id,
        &credentials.hyperproof_secret,
        &credentials.hypothesis_redirect_uri,
    );
    for (form, error) in [
        (format!("client_id={id}&redirect_uri={uri}"), "invalid_client"),
        (
            format!("client_id={id}&client_secret=x&redirect_uri={uri}"),
            "invalid_client",
        ),
        (format!("client_id={id}&client_secret={secret}"), "invalid_grant"),
        (
            format!("client_id={id}&client_secret={secret}&redirect_uri={uri}/"),
            "invalid_grant",
        ),
    ] {
        let code = desk.code("").await;
        let answer = desk
            .token_form(&format!("grant_type=authorization_code&code={code}&{form}"))
            .await;
        assert_eq!(answer.json()["error"], error, "{form}");
    }
}

#[tokio::test]
async fn a_refresh_token_rotates_and_is_refused_to_the_second_who_shows_it() {
    let desk = Desk::new().await;
    let grant = format!("grant_type=authorization_code&code={}", desk.code("").await);
    let first = desk.token(&grant).await.json();
    let second = desk.token(&refreshing(&first)).await.json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    let again = desk.token(&refreshing(&first)).await;
    assert_eq!(
        (again.status, again.json()["error"].as_str().unwrap()),
        (400, "invalid_grant")
    );
    assert_eq!(desk.who(&second).await, 200, "the new pair is not harmed by it");
    desk.sandbox.end_hyperproof_tokens(true);
    assert_eq!(desk.who(&second).await, 401);
    assert_eq!(desk.token(&refreshing(&second)).await.status, 400);
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_the_registered_one() {
    let desk = Desk::new().await;
    let uri = desk.credentials.hypothesis_redirect_uri.clone();
    let good = desk.authorize("");
    for (from, to) in [
        (uri.as_str(), "http://127.0.0.1:1/callback".to_owned()),
        (uri.as_str(), format!("{uri}/")),
        ("response_type=code", "response_type=token".to_owned()),
        (desk.credentials.hyperproof_client_id.as_str(), "another".to_owned()),
    ] {
        let refused = asked(&good.replace(from, &to), "GET", &[], "").await.unwrap();
        assert_eq!((refused.status, refused.header("location")), (400, None), "{to}");
    }
}

#[tokio::test]
async fn a_person_who_denies_is_sent_back_with_the_reason() {
    let desk = Desk::new().await;
    let location = desk.decided("", "deny").await;
    assert!(location.ends_with("?error=access_denied&state=s+t"), "{location}");
}

#[tokio::test]
async fn a_verifier_that_was_promised_must_be_shown() {
    let desk = Desk::new().await;
    let challenge = "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let code = desk.code(challenge).await;
    let without = desk.token(&format!("grant_type=authorization_code&code={code}")).await;
    assert_eq!(without.json()["error"], "invalid_grant");
    let code = desk.code(challenge).await;
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let with = desk
        .token(&format!(
            "grant_type=authorization_code&code={code}&code_verifier={verifier}"
        ))
        .await;
    assert_eq!(with.status, 200);
}
