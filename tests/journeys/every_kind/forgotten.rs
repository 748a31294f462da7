//! A connection of every kind that keeps something, forgotten: nothing of it is left. Practice and the browser sign-in are
//! forgotten in `connections` and `sign_in_trouble`.

use countersign_domain::{ConnectionKind, ErrorCode};

use super::each;
use crate::browser::Does;
use crate::desk::Desk;
use crate::lockable::Lockable;
use crate::study::Study;

const KINDS: [ConnectionKind; 5] = [
    ConnectionKind::HypothesisPersonalToken,
    ConnectionKind::HypothesisClientCredentials,
    ConnectionKind::HypothesisGrantToken,
    ConnectionKind::HyperproofClientCredentials,
    ConnectionKind::HyperproofAuthorizationCode,
];

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_connection_leaves_nothing_in_keychain_settings_or_folder() {
    each(&KINDS, |kind| async move {
        let keychain = Lockable::default();
        let study = Study::at(Desk::with(keychain.keychain()), Does::Allows).await;
        let card = study.saved(kind).await;
        assert_eq!(study.asks(&card).await.unwrap().status, 200);
        assert!(
            keychain.kept() > kind.kept().len(),
            "its secrets, their seal and the register's key"
        );
        study.app.forget_connection(&card.id).await.unwrap();
        assert_eq!((study.app.connections(), keychain.kept()), (vec![], 0));
        assert!(!study.desk.settings_text().contains(&card.id));
        let left: Vec<_> = std::fs::read_dir(study.desk.path("registers")).unwrap().collect();
        assert!(left.is_empty(), "no file of it is left: {left:?}");
        let unknown = study.asks(&card).await.unwrap_err();
        assert_eq!(unknown.code, ErrorCode::ConnectionUnknown);
    })
    .await;
}
