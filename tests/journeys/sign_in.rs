//! A person's sign-in to Hypothesis: in, renewed, warned, out, and in again.

use countersign_app::page::{ConnectionCard, ConnectionState, SignInStep};
use countersign_domain::{Action, ErrorCode, Field, SecretString};
use url::Url;

use super::browser::Does;
use super::desk::until;
use super::study::{DAY, HOUR, Study, failure, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_and_the_card_says_who_it_is() {
    let mut study = Study::new(Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    assert_eq!(card.state, ConnectionState::Working);
    let userid = card.identity.iter().find(|line| line.name == "userid").unwrap();
    assert_eq!(userid.value, "acct:practice_reader@hypothesis.practice.example");
    assert!(signed_in(&card) && card.access_token_expires.is_some() && card.not_kept.is_none());
    assert!(study.refresh_token(&card).await.unwrap().starts_with(b"4657-"));
    let steps = study.steps.lock().unwrap().clone();
    assert!(
        matches!(
            steps[0],
            SignInStep::Waiting {
                browser_opened: true,
                ..
            }
        ),
        "{steps:?}"
    );
    assert_eq!(steps[1..], [SignInStep::Exchanging, SignInStep::Proving]);
    let told = format!("{steps:?}{card:?}");
    assert!(
        !told.contains("4657-") && !told.contains("5768-"),
        "no token is told: {told}"
    );
    study.restart();
    assert!(
        signed_in(&study.app.connections()[0]),
        "the sign-in outlives the program"
    );
    assert_eq!(study.tested(&card).await.state, ConnectionState::Working);
    assert_eq!(study.bought(), 2, "the code, then one renewal after the restart");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_is_renewed_once_its_hour_is_over() {
    let study = Study::new(Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    let first = study.refresh_token(&card).await;
    study.later(HOUR / 2);
    study.tested(&card).await;
    assert_eq!(study.bought(), 1, "half an hour later the token is good");
    study.later(HOUR);
    let later = study.tested(&card).await;
    assert_eq!((later.state, study.bought()), (ConnectionState::Working, 2));
    assert_ne!(
        study.refresh_token(&card).await,
        first,
        "each renewal brings another refresh token"
    );
    let renewed = |card: &ConnectionCard| card.sign_in.as_ref().unwrap().renewed.clone().unwrap();
    let listed = study.app.connections().remove(0);
    assert!(renewed(&listed) > renewed(&card), "and is noted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_rests_is_warned_of_and_ends_after_seven_days() {
    let study = Study::new(Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    let soon = || study.app.connections()[0].sign_in.as_ref().unwrap().ends_soon;
    study.later(DAY * 4 + HOUR * 23);
    assert!(!soon());
    study.later(HOUR * 2);
    assert!(soon(), "less than two days are left");
    study.later(DAY * 2);
    let ended = failure(&study.tested(&card).await);
    assert_eq!((ended.code, ended.action), (ErrorCode::SignedOut, Action::SignInAgain));
    let again = study.app.sign_in_again(&card.id, study.told()).await.unwrap();
    assert_eq!(again.state, ConnectionState::Working);
    assert!(!soon());
    assert_eq!(study.app.connections().len(), 1, "the same connection");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_revokes_the_tokens_and_forgets_them() {
    let study = Study::new(Does::Allows).await;
    let card = study.signs_in().await.unwrap();
    let out = study.app.sign_out(&card.id).await.unwrap();
    assert!(!signed_in(&out) && out.access_token_expires.is_none());
    assert_eq!(failure(&out).code, ErrorCode::SignedOut);
    assert_eq!(study.services.asked("POST", "/oauth/revoke"), 1);
    assert_eq!(study.refresh_token(&card).await, None);
    let bought = study.bought();
    assert_eq!(failure(&study.tested(&card).await).action, Action::SignInAgain);
    assert_eq!(study.bought(), bought, "there is nothing to renew with");
    study.app.sign_out(&card.id).await.unwrap();
    assert_eq!(
        study.app.sign_in_again(&card.id, study.told()).await.unwrap().state,
        ConnectionState::Working
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_changes_nothing_and_a_pasted_address_counts() {
    let study = Study::new(Does::Nothing).await;
    let (app, draft, told) = (study.app.clone(), study.services.sign_in(), study.told());
    let signing_in = tokio::spawn(async move { app.sign_in_save(&draft, told).await });
    let (address, redirect_uri) = study.waits().await;
    let stranger = Url::parse(&format!("{redirect_uri}?code=evil&state=another")).unwrap();
    let page = super::browser::visit("GET", &stranger, "", &mut std::collections::BTreeMap::new()).await;
    assert_eq!(page.status, "400");
    until("the person is told", || {
        study.steps.lock().unwrap().contains(&SignInStep::StrangerCame)
    })
    .await;
    let pasted = study
        .app
        .sign_in_paste(&SecretString::from(stranger.as_str()))
        .unwrap_err();
    assert_eq!(pasted.field, Some(Field::CallbackAddress));
    study.app.sign_in_open_again().unwrap();
    assert_eq!(study.browser.opened(), [address.clone(), address.clone()]);
    let back = study.browser.walker().walk(Url::parse(&address).unwrap()).await;
    study.app.sign_in_paste(&SecretString::from(back.as_str())).unwrap();
    assert_eq!(signing_in.await.unwrap().unwrap().state, ConnectionState::Working);
    let over = study.app.sign_in_paste(&SecretString::from(back.as_str())).unwrap_err();
    assert_eq!(over.code, ErrorCode::InputInvalid, "nothing is under way any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_browser_the_address_is_shown_to_be_copied() {
    let study = Study::new(Does::HasNone).await;
    let (app, draft, told) = (study.app.clone(), study.services.sign_in(), study.told());
    let signing_in = tokio::spawn(async move { app.sign_in_save(&draft, told).await });
    let (address, _) = study.waits().await;
    assert!(matches!(
        study.steps.lock().unwrap()[0],
        SignInStep::Waiting {
            browser_opened: false,
            ..
        }
    ));
    assert_eq!(
        study.app.sign_in_open_again().unwrap_err().code,
        ErrorCode::BrowserFailed
    );
    let back = study.browser.walker().walk(Url::parse(&address).unwrap()).await;
    super::browser::visit("GET", &back, "", &mut std::collections::BTreeMap::new()).await;
    assert_eq!(signing_in.await.unwrap().unwrap().state, ConnectionState::Working);
}
