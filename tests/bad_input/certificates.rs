//! Files that are chosen as certificates of an authority: keys, other files, far too much, nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::Office;

/// A private key for P-256 as PKCS #8 has it (RFC 5915, RFC 5958), of no use to anybody.
const KEY: [u8; 67] = {
    let mut der = [0x5A; 67];
    let head = [
        0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08,
        0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,
    ];
    let mut at = 0;
    while at < head.len() {
        der[at] = head[at];
        at += 1;
    }
    der
};

/// `der` as an element with a long length, as files of RSA keys begin (PKCS #1, PKCS #8).
fn long(tag: u8, inside: &[u8]) -> Vec<u8> {
    let length = u16::try_from(inside.len()).unwrap().to_be_bytes();
    [&[tag, 0x82, length[0], length[1]], inside].concat()
}

#[test]
fn keys_and_other_files_are_no_certificates_and_nothing_of_them_is_kept() {
    let office = Office::open();
    let version = [0x02, 0x01, 0x00];
    let rsa = long(0x30, &[version.as_slice(), &long(0x02, &[0x5A; 256])].concat());
    let algorithm = [
        0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let whole = long(0x30, &[&version, algorithm.as_slice(), &long(0x04, &rsa)].concat());
    let encrypted = long(0x30, &[algorithm.as_slice(), &long(0x04, &rsa)].concat());
    let pem = |name: &str, der: &[u8]| {
        format!(
            "-----BEGIN {name}-----\n{}\n-----END {name}-----\n",
            STANDARD.encode(der)
        )
    };
    let files = [
        ("nothing", Vec::new()),
        ("words", b"no certificate".to_vec()),
        ("five megabytes", vec![b'-'; 5 * 1024 * 1024]),
        ("zeros", vec![0; 4_096]),
        ("a key in PEM", pem("PRIVATE KEY", &KEY).into()),
        ("an RSA key in PEM", pem("RSA PRIVATE KEY", &rsa).into()),
        (
            "an encrypted key in PEM",
            pem("ENCRYPTED PRIVATE KEY", &encrypted).into(),
        ),
        ("a key called a certificate", pem("CERTIFICATE", &KEY).into()),
        ("an RSA key called a certificate", pem("CERTIFICATE", &whole).into()),
        ("an RSA key", rsa.clone()),
        ("an RSA key as PKCS #8", whole.clone()),
        ("an encrypted key", encrypted.clone()),
        ("a short key", KEY.to_vec()),
        ("a broken certificate", long(0x30, &[0xFF; 300])),
        ("the beginning of one", whole[..20].to_vec()),
        ("a request for one", pem("CERTIFICATE REQUEST", &whole).into()),
        ("a cut one", b"-----BEGIN CERTIFICATE-----\nMIIB".to_vec()),
    ];
    let path = office.desk.path("chosen");
    for (what, bytes) in files {
        std::fs::write(&path, &bytes).unwrap();
        office.desk.person.chooses(Some(path.clone()));
        let reply = office.page.call("certificate_choose", json!({}));
        assert_eq!(reply.code(), "file-unreadable", "{what}: {:?}", reply.outcome);
        assert_eq!(reply.outcome.unwrap_err()["field"], "certificateAuthority", "{what}");
    }
    for nothing in [
        office.desk.path("nowhere"),
        office.desk.path("settings"),
        "/dev/zero".into(),
    ] {
        office.desk.person.chooses(Some(nothing));
        assert_eq!(
            office.page.call("certificate_choose", json!({})).code(),
            "file-unreadable"
        );
    }
    office.desk.person.chooses(None);
    assert!(office.page.call("certificate_choose", json!({})).ok().is_null());
    office.has_lost_nothing();
}
