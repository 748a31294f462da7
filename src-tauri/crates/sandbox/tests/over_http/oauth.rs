//! The sign-in of Hypothesis over HTTP where no recording tells: lives, cookies, the practice client. Must not repeat
//! the recorded refusals.

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

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let url = format!("{}{path}", self.sandbox.hypothesis_server());
        asked(&url, method, headers, body).await.unwrap()
    }

    fn authorize(&self) -> String {
        let client = &self.credentials.hypothesis_oauth_client_id;
        format!("/oauth/authorize?client_id={client}&response_type=code&state=s")
    }

    /// Logs in as a browser does and allows: the code.
    async fn code(&self) -> String {
        let cookie = self.log_in(&self.credentials.hypothesis_username).await;
        let consent = self.ask("GET", &self.authorize(), &[("Cookie", &cookie)], "").await;
        assert!(consent.body.contains("Practice desktop") && consent.body.contains("id=\"cancel\""));
        let allowed = self
            .ask("POST", &self.authorize(), &[("Cookie", &cookie), FORM], "")
            .await;
        let location = allowed.header("location").unwrap();
        let (uri, query) = location.split_once('?').unwrap();
        assert_eq!(uri, self.credentials.hypothesis_redirect_uri);
        query
            .strip_prefix("code=")
            .unwrap()
            .strip_suffix("&state=s")
            .unwrap()
            .to_owned()
    }

    async fn log_in(&self, username: &str) -> String {
        let page = self.ask("GET", "/login?for_oauth=True", &[], "").await;
        let session = page.header("set-cookie").unwrap();
        let session = session.split(';').next().unwrap();
        let (_, token) = page.body.split_once("name=\"csrf_token\" value=\"").unwrap();
        let token = token.split('"').next().unwrap();
        let form = format!(
            "csrf_token={token}&username={username}&password={}",
            self.credentials.hypothesis_password
        );
        let entered = self
            .ask("POST", "/login?for_oauth=True", &[("Cookie", session), FORM], &form)
            .await;
        assert_eq!(entered.status, 302, "{}", entered.body);
        let cookie = entered.header("set-cookie").unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    async fn token(&self, form: &str) -> Answer {
        self.ask("POST", "/api/token", &[FORM], form).await
    }

    async fn exchanged(&self, code: &str) -> Answer {
        let client = &self.credentials.hypothesis_oauth_client_id;
        self.token(&format!("grant_type=authorization_code&client_id={client}&code={code}"))
            .await
    }

    async fn userid(&self, access_token: &str) -> Value {
        let bearer = format!("Bearer {access_token}");
        let profile = self.ask("GET", "/api/profile", &[("Authorization", &bearer)], "").await;
        profile.json()["userid"].clone()
    }
}

fn text<'a>(pair: &'a Value, name: &str) -> &'a str {
    pair[name].as_str().unwrap()
}

#[tokio::test]
async fn a_newcomer_signs_in_and_the_token_lives_an_hour() {
    let desk = Desk::new().await;
    let pair = desk.exchanged(&desk.code().await).await.json();
    assert!(desk.userid(text(&pair, "access_token")).await.is_string());
    desk.sandbox.advance_clock(Duration::from_secs(3601));
    assert!(
        desk.userid(text(&pair, "access_token")).await.is_null(),
        "anonymous, not refused"
    );
    let refresh = format!(
        "grant_type=refresh_token&refresh_token={}",
        text(&pair, "refresh_token")
    );
    let renewed = desk.token(&refresh).await.json();
    assert!(desk.userid(text(&renewed, "access_token")).await.is_string());
}

#[tokio::test]
async fn a_refresh_token_lives_a_week_and_three_minutes_after_its_use() {
    let desk = Desk::new().await;
    let pair = desk.exchanged(&desk.code().await).await.json();
    let refresh = format!(
        "grant_type=refresh_token&refresh_token={}",
        text(&pair, "refresh_token")
    );
    let first = desk.token(&refresh).await.json();
    desk.sandbox.advance_clock(Duration::from_secs(170));
    let second = desk.token(&refresh).await.json();
    assert_ne!(
        first["refresh_token"], second["refresh_token"],
        "a lost answer costs nothing"
    );
    desk.sandbox.advance_clock(Duration::from_secs(20));
    assert!(desk.token(&refresh).await.body.contains("invalid_grant"));
    desk.sandbox.advance_clock(Duration::from_secs(7 * 86_400));
    let idle = format!(
        "grant_type=refresh_token&refresh_token={}",
        text(&second, "refresh_token")
    );
    assert!(desk.token(&idle).await.body.contains("invalid_grant"));
}

#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes() {
    let desk = Desk::new().await;
    let code = desk.code().await;
    assert_eq!(desk.exchanged(&code).await.status, 200);
    assert_eq!(desk.exchanged(&code).await.status, 400);
    let code = desk.code().await;
    desk.sandbox.advance_clock(Duration::from_secs(601));
    assert!(desk.exchanged(&code).await.body.contains("invalid_grant"));
}

#[tokio::test]
async fn a_person_logs_in_by_e_mail_address_too_and_is_not_asked_twice() {
    let desk = Desk::new().await;
    let address = format!("{}@mail.practice.example", desk.credentials.hypothesis_username);
    let cookie = desk.log_in(&address).await;
    let again = desk.ask("GET", "/login", &[("Cookie", &cookie)], "").await;
    assert_eq!(again.status, 302);
    let elsewhere = desk
        .ask("GET", "/login?next=http://evil.example/", &[("Cookie", &cookie)], "")
        .await;
    assert!(
        elsewhere
            .header("location")
            .unwrap()
            .starts_with(&desk.sandbox.hypothesis_server())
    );
}

#[tokio::test]
async fn revoking_ends_the_pair_whoever_asks() {
    let desk = Desk::new().await;
    let pair = desk.exchanged(&desk.code().await).await.json();
    let form = format!("token={}&client_id=unknown", text(&pair, "refresh_token"));
    assert_eq!(desk.ask("POST", "/oauth/revoke", &[FORM], &form).await.status, 200);
    assert!(desk.userid(text(&pair, "access_token")).await.is_null());
    assert_eq!(desk.ask("POST", "/oauth/revoke", &[FORM], &form).await.status, 401);
}
