//! Owns what holds on every system while its keychain is open. Each test removes what it wrote.

use countersign_domain::ConnectionId;
use countersign_keychain::{EntryName, ExposeSecret, Keychain, KeychainState, SecretSlice};

use crate::errand;
use crate::guard;

fn secret(bytes: &[u8]) -> SecretSlice<u8> {
    SecretSlice::from(bytes.to_vec())
}

async fn read(keychain: &Keychain, name: &EntryName) -> Option<Vec<u8>> {
    keychain
        .get(name)
        .await
        .unwrap()
        .map(|kept| kept.expose_secret().to_vec())
}

#[tokio::test]
async fn any_bytes_come_back_as_they_were_saved() {
    let (keychain, name) = (guard::keychain(), guard::name());
    for bytes in [
        "E-hReVMuRyZbyr1GikieEw4JslaM6sDpb18_9V59PFw".as_bytes(),
        "žluťoučký kůň: 🔑\r\n".as_bytes(),
        b"\x00\xff\xfe not UTF-8 \x00",
        &[7; 32],
    ] {
        keychain.set(&name, &secret(bytes)).await.unwrap();
        assert_eq!(
            read(&keychain, &name).await.as_deref(),
            Some(bytes),
            "the latest one counts"
        );
    }
    keychain.delete(&name).await.unwrap();
}

#[tokio::test]
async fn a_missing_entry_is_nothing_and_its_removal_succeeds() {
    let (keychain, name) = (guard::keychain(), guard::name());
    assert_eq!(read(&keychain, &name).await, None);
    keychain.delete(&name).await.unwrap();
    keychain.set(&name, &secret(b"kept")).await.unwrap();
    keychain.delete(&name).await.unwrap();
    assert_eq!(read(&keychain, &name).await, None, "it was removed");
    keychain.delete(&name).await.unwrap();
}

#[tokio::test]
async fn names_do_not_see_each_other() {
    let (keychain, id) = (guard::keychain(), ConnectionId::random());
    let (credential, key) = (errand::subject(&id), EntryName::register_key(&guard::channel(), &id));
    keychain.set(&credential, &secret(b"credential")).await.unwrap();
    keychain.set(&key, &secret(b"key")).await.unwrap();
    keychain.delete(&credential).await.unwrap();
    assert_eq!(
        read(&keychain, &key).await.as_deref(),
        Some(&b"key"[..]),
        "the other entry of the connection stays"
    );
    keychain.delete(&key).await.unwrap();
}

#[tokio::test]
async fn another_process_reads_overwrites_and_removes_the_same_entry() {
    let (keychain, id) = (guard::keychain(), ConnectionId::random());
    let name = errand::subject(&id);
    keychain.set(&name, &secret(b"here")).await.unwrap();
    assert_eq!(
        errand::send(&[], &id, &["get", "set=there", "get"]),
        ["found here", "set", "found there"]
    );
    assert_eq!(read(&keychain, &name).await.as_deref(), Some(&b"there"[..]));
    assert_eq!(
        errand::send(&[], &id, &["delete", "get", "probe"]),
        ["deleted", "nothing", "Unlocked"]
    );
    assert_eq!(read(&keychain, &name).await, None);
}

#[tokio::test]
async fn many_calls_at_once_keep_their_answers_apart() {
    let keychain = guard::keychain();
    let entries: Vec<(EntryName, SecretSlice<u8>)> =
        (0..12u8).map(|number| (guard::name(), secret(&[number; 40]))).collect();
    let mut calls = tokio::task::JoinSet::new();
    for (name, secret) in entries {
        let keychain = keychain.clone();
        calls.spawn(async move {
            keychain.set(&name, &secret).await.unwrap();
            let kept = read(&keychain, &name).await;
            keychain.delete(&name).await.unwrap();
            kept == Some(secret.expose_secret().to_vec())
        });
    }
    assert_eq!(calls.join_all().await, [true; 12]);
}

#[tokio::test]
async fn an_open_keychain_is_seen_as_such() {
    assert_eq!(guard::keychain().probe().await, KeychainState::Unlocked);
}

#[cfg(windows)]
#[tokio::test]
async fn a_secret_over_2560_bytes_is_refused_and_the_kept_one_stays() {
    use countersign_keychain::KeychainError;
    let (keychain, name) = (guard::keychain(), guard::name());
    keychain.set(&name, &secret(&[1; 2_560])).await.unwrap();
    let refused = keychain.set(&name, &secret(&[2; 2_561])).await;
    assert!(
        matches!(
            refused,
            Err(KeychainError::TooLong {
                limit: 2_560,
                length: 2_561
            })
        ),
        "{refused:?}"
    );
    assert_eq!(read(&keychain, &name).await, Some(vec![1; 2_560]));
    keychain.delete(&name).await.unwrap();
}

#[cfg(not(windows))]
#[tokio::test]
async fn what_windows_would_refuse_is_kept_here() {
    let (keychain, name) = (guard::keychain(), guard::name());
    keychain.set(&name, &secret(&vec![1; 20_000])).await.unwrap();
    assert_eq!(read(&keychain, &name).await, Some(vec![1; 20_000]));
    keychain.delete(&name).await.unwrap();
}
