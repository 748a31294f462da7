//! The doctor: seven layers in order, the first that fails is named with who can mend it, and a credential leaves only
//! where TLS passed.

use std::sync::{Arc, Mutex};

use countersign_app::App;
use countersign_app::page::{
    ConnectionCard, ConnectionDraft, DoctorFinding, DoctorLayer, DoctorMender, DoctorReport, DoctorState, NetworkDraft,
    ProxyKind,
};
use countersign_domain::{ConnectionKind, ErrorCode, SecretString};
use countersign_sandbox::{FaultKind, PracticeCredentials, Sandbox, SandboxSettings, Tls};

use super::desk::{Desk, until};
use super::services::{Services, draft};

async fn examined(app: &App, card: &ConnectionCard) -> DoctorReport {
    let told = Arc::new(Mutex::new(Vec::<DoctorFinding>::new()));
    let heard = Arc::clone(&told);
    let progress = Arc::new(move |finding| heard.lock().unwrap().push(finding));
    let report = app.run_doctor(&card.id, progress).await.unwrap();
    // A layer that is told again counts as it was told last.
    let mut heard = Vec::<DoctorFinding>::new();
    for finding in told.lock().unwrap().iter() {
        match heard.iter_mut().find(|known| known.layer == finding.layer) {
            Some(known) => *known = finding.clone(),
            None => heard.push(finding.clone()),
        }
    }
    assert_eq!(heard, report.findings, "each layer is told as it is done");
    let layers: Vec<_> = report.findings.iter().map(|finding| finding.layer).collect();
    let order = [
        DoctorLayer::Dns,
        DoctorLayer::Tcp,
        DoctorLayer::Proxy,
        DoctorLayer::Tls,
        DoctorLayer::Http,
        DoctorLayer::Authentication,
        DoctorLayer::Permission,
    ];
    assert_eq!(layers, order);
    report
}

fn failed(report: &DoctorReport) -> &DoctorFinding {
    let at = report
        .findings
        .iter()
        .position(|finding| finding.state == DoctorState::Failed);
    let (before, rest) = report.findings.split_at(at.unwrap());
    let (failed, after) = rest.split_first().unwrap();
    assert!(
        before
            .iter()
            .all(|one| matches!(one.state, DoctorState::Passed | DoctorState::NotNeeded))
    );
    assert!(
        after.iter().all(|one| one.state == DoctorState::NotReached),
        "{report:#?}"
    );
    failed
}

fn states(report: &DoctorReport) -> Vec<DoctorState> {
    report.findings.iter().map(|finding| finding.state).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_works_passes_every_layer_that_it_needs() {
    use DoctorState::{NotNeeded, Passed};
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    for (draft, sign_in) in [
        (services.hyperproof(), Passed),
        (services.hypothesis(), Passed),
        (services.personal_token(), Passed),
        (services.anonymous(), NotNeeded),
        (draft(ConnectionKind::Practice), Passed),
    ] {
        let card = app.save_connection(&draft).await.unwrap();
        let report = examined(&app, &card).await;
        let expected = [NotNeeded, Passed, NotNeeded, NotNeeded, Passed, sign_in, Passed];
        assert_eq!(states(&report), expected, "{:?}: {}", draft.kind, report.text);
        assert_eq!(report.last_passed.as_ref(), Some(&report.checked), "it passed just now");
        assert!(
            report
                .findings
                .iter()
                .all(|finding| finding.mender == DoctorMender::Nobody)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_gone_is_found_before_any_credential_leaves() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.personal_token()).await.unwrap();
    services.sandbox.stop().await;
    let report = examined(&app, &card).await;
    let failed = failed(&report);
    assert_eq!(failed.layer, DoctorLayer::Tcp);
    assert_eq!(failed.failure.as_ref().unwrap().code, ErrorCode::Unreachable);
    assert_eq!(
        failed.mender,
        DoctorMender::You,
        "the server of this computer is the person's own"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_credential_fails_at_the_sign_in_and_not_before() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let hyperproof = app.save_connection(&services.hyperproof()).await.unwrap();
    let token = app.save_connection(&services.personal_token()).await.unwrap();
    services.sandbox.rotate_hyperproof_secret("another");
    services.sandbox.end_hyperproof_tokens(true);
    services.sandbox.end_hypothesis_tokens(false);
    for card in [&hyperproof, &token] {
        let report = examined(&app, card).await;
        let failed = failed(&report);
        assert_eq!(
            (failed.layer, failed.mender),
            (DoctorLayer::Authentication, DoctorMender::You),
            "{}",
            report.text
        );
        assert_eq!(failed.failure.as_ref().unwrap().code, ErrorCode::CredentialRefused);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_fails_last_and_is_the_administrators() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    for _ in 0..2 {
        services.provoke(
            "GET",
            "/hyperproof/v1/users/me",
            FaultKind::json(403, r#"{"message":"API access is not enabled"}"#),
        );
    }
    let report = examined(&app, &card).await;
    let failed = failed(&report);
    assert_eq!(
        (failed.layer, failed.mender),
        (DoctorLayer::Permission, DoctorMender::ServiceAdministrator)
    );
    assert_eq!(failed.failure.as_ref().unwrap().code, ErrorCode::AccessNotEnabled);
}

/// Of what nobody judged, the report says so, and names no refusal.
fn is_not_judged(finding: &DoctorFinding) -> bool {
    finding.state == DoctorState::NotReached && finding.seen.iter().any(|seen| seen.contains("not judged"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_or_no_answer_of_the_service_is_no_judgement_of_the_credential() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.personal_token()).await.unwrap();
    let status = |status, retry_after: &str| FaultKind::Status {
        status,
        body: String::new(),
        content_type: String::new(),
        headers: [("Retry-After".to_owned(), retry_after.to_owned())].into(),
    };
    let redirect = FaultKind::Redirect {
        to: "https://sso.example/".to_owned(),
    };
    for (fault, code, mender) in [
        (status(429, "3600"), ErrorCode::RateLimited, DoctorMender::Nobody),
        (status(503, "3600"), ErrorCode::ServerFailed, DoctorMender::Operator),
        (redirect, ErrorCode::Redirected, DoctorMender::Operator),
        (FaultKind::Html, ErrorCode::AnswerUnreadable, DoctorMender::Operator),
    ] {
        services.provoke("GET", "/api/profile", fault);
        let report = examined(&app, &card).await;
        let failed = failed(&report);
        assert_eq!(
            (failed.layer, failed.mender),
            (DoctorLayer::Http, mender),
            "{}",
            report.text
        );
        assert_eq!(failed.failure.as_ref().unwrap().code, code);
        assert!(
            failed.seen.iter().any(|seen| seen.contains("without credential")),
            "what the walk saw is still told: {}",
            report.text
        );
        assert!(is_not_judged(&report.findings[5]), "{}", report.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_given_is_no_accepted_credential() {
    use DoctorState::{Failed, NotReached};
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.hyperproof()).await.unwrap();
    let not_enabled = r#"{"error":"access_denied","message":"API access is not enabled for this organization"}"#;
    let quota = r#"{"statusCode":403,"message":"Call quota exceeded. Try again in 3600 seconds."}"#;
    for (body, code, layer, mender) in [
        (
            not_enabled,
            ErrorCode::AccessNotEnabled,
            DoctorLayer::Permission,
            DoctorMender::ServiceAdministrator,
        ),
        (quota, ErrorCode::QuotaExceeded, DoctorLayer::Http, DoctorMender::Nobody),
    ] {
        services.sandbox.end_hyperproof_tokens(true);
        services.provoke("POST", "/hyperproof/oauth/token", FaultKind::json(403, body));
        let report = examined(&app, &card).await;
        let failed = report.findings.iter().find(|finding| finding.state == Failed).unwrap();
        assert_eq!((failed.layer, failed.mender), (layer, mender), "{}", report.text);
        assert_eq!(failed.failure.as_ref().unwrap().code, code);
        assert_eq!(report.findings[5].state, NotReached);
        assert!(is_not_judged(&report.findings[5]), "{}", report.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untrusted_issuer_is_named_and_no_request_is_made() {
    let (desk, credentials) = (Desk::new(), PracticeCredentials::random());
    let settings = SandboxSettings {
        credentials: credentials.clone(),
        tls: Some(Tls::Good),
        ..SandboxSettings::default()
    };
    let sandbox = Sandbox::start(settings).await.unwrap();
    std::fs::write(desk.path("chosen.pem"), sandbox.certificate_authority().unwrap()).unwrap();
    let app = desk.start();
    let chosen = app.choose_certificate().await.unwrap().unwrap();
    let draft = ConnectionDraft {
        api_address: sandbox.hypothesis_server(),
        secret: SecretString::from(credentials.hypothesis_personal_token.as_str()),
        network: Some(network(Some(chosen.handle))),
        ..draft(ConnectionKind::HypothesisPersonalToken)
    };
    let card = app.save_connection(&draft).await.unwrap();
    let trusted = examined(&app, &card).await;
    assert_eq!(
        trusted.findings.get(3).unwrap().state,
        DoctorState::Passed,
        "{}",
        trusted.text
    );
    assert!(trusted.trust.contains("chosen.pem"), "{}", trusted.trust);

    app.set_network(&card.id, &network(None)).await.unwrap();
    let before = sandbox.requests().len();
    let report = examined(&app, &card).await;
    let failed = failed(&report);
    assert_eq!(
        (failed.layer, failed.mender),
        (DoctorLayer::Tls, DoctorMender::NetworkAdministrator)
    );
    assert!(
        failed.seen.iter().any(|seen| seen.contains("Countersign Sandbox CA")),
        "{:?}",
        failed.seen
    );
    assert_eq!(
        sandbox.requests().len(),
        before,
        "the connection closed before a byte of HTTP"
    );
    assert_eq!(report.last_passed, Some(trusted.checked));
    assert!(
        !report.text.contains(&credentials.hypothesis_personal_token),
        "{}",
        report.text
    );
}

fn network(certificate: Option<String>) -> NetworkDraft {
    NetworkDraft {
        proxy: ProxyKind::Direct,
        proxy_address: String::new(),
        proxy_username: String::new(),
        proxy_password: SecretString::from(""),
        certificate,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_can_be_stopped() {
    let (desk, services) = (Desk::new(), Services::start().await);
    let app = desk.start();
    let card = app.save_connection(&services.personal_token()).await.unwrap();
    let before = services.asked("GET", "/api");
    services.provoke("GET", "/api", FaultKind::Hang);
    let (walking, id) = (app.clone(), card.id.clone());
    let walk = tokio::spawn(async move { walking.run_doctor(&id, Arc::new(|_| {})).await });
    until("the walk has come to HTTP", || services.asked("GET", "/api") > before).await;
    assert!(app.cancel_operation(&format!("doctor:{}", card.id)));
    assert_eq!(walk.await.unwrap().unwrap_err().code, ErrorCode::Cancelled);
}
