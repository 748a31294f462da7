//! Owns the files of certificates that the person chose in this run: read once, checked, and named to the page by a handle.
//! Must not take a private key, a path from the page, or anything but certificates.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use countersign_domain::network::LARGEST_CERTIFICATES;
use countersign_domain::{CertificateAuthority, ErrorCode, Failure, Field};

use crate::app::App;
use crate::page::CertificateChosen;
use crate::registers::blocking;

/// Files remembered; the oldest go first.
const MOST_CHOSEN: usize = 20;
/// Certificates taken from one file.
const MOST_CERTIFICATES: usize = 100;
/// The longest file name kept, in characters.
const LONGEST_NAME: usize = 120;
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
/// Tags of DER.
const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;
const INTEGER: u8 = 0x02;
const VERSION: u8 = 0xA0;

/// What was chosen, by handle, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Certificates(Mutex<Vec<(String, CertificateAuthority)>>);

impl Certificates {
    fn keep(&self, chosen: CertificateAuthority) -> String {
        let handle = uuid::Uuid::new_v4().to_string();
        let mut all = self.lock();
        if all.len() == MOST_CHOSEN {
            all.remove(0);
        }
        all.push((handle.clone(), chosen));
        handle
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(String, CertificateAuthority)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Has the person choose a file of certificates in the desktop's own dialog, and reads it. None when they thought
    /// better of it.
    ///
    /// # Errors
    /// `file-unreadable` at the certificate authority's field: not to be read, too large, no certificates, a private key.
    pub async fn choose_certificate(&self) -> Result<Option<CertificateChosen>, Failure> {
        let files = std::sync::Arc::clone(&self.0.ports.files);
        let read = blocking(move || {
            let path = files.choose_to_read("Choose the certificate of an authority");
            path.map(|path| read(&path)).transpose()
        });
        let Some(chosen) = read.await? else { return Ok(None) };
        let (name, certificates) = (chosen.name.clone(), chosen.pem.matches(BEGIN).count());
        Ok(Some(CertificateChosen {
            handle: self.0.certificates.keep(chosen),
            name,
            certificates: u32::try_from(certificates).unwrap_or(u32::MAX),
        }))
    }

    /// The certificates that were chosen under `handle` in this run.
    pub(crate) fn certificate(&self, handle: &str) -> Option<CertificateAuthority> {
        let all = self.0.certificates.lock();
        all.iter()
            .find(|(known, _)| known == handle)
            .map(|(_, chosen)| chosen.clone())
    }
}

fn read(path: &Path) -> Result<CertificateAuthority, Failure> {
    let open = || -> std::io::Result<Vec<u8>> {
        // A pipe or a device would never end, or end this program.
        if !std::fs::metadata(path)?.is_file() {
            return Err(std::io::Error::other("it is no ordinary file"));
        }
        let mut bytes = Vec::new();
        let most = u64::try_from(LARGEST_CERTIFICATES).unwrap_or(u64::MAX) + 1;
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = open().map_err(|error| unreadable(format!("the file cannot be read ({error})")))?;
    if bytes.len() > LARGEST_CERTIFICATES {
        return Err(unreadable("the file is far too large for certificates"));
    }
    let pem = certificates(&bytes).map_err(unreadable)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name
        .chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST_NAME)
        .collect();
    Ok(CertificateAuthority { name, pem })
}

/// The certificates among `bytes` in PEM, and nothing else of them; a single one in DER is written out.
fn certificates(bytes: &[u8]) -> Result<String, &'static str> {
    if is_certificate(bytes) {
        return Ok(written(bytes));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err("it holds no certificate in PEM");
    };
    if text.contains("PRIVATE KEY-----") {
        return Err("it holds a private key; choose a file with the certificate alone");
    }
    let blocks: Vec<&str> = text.split(BEGIN).skip(1).collect();
    if blocks.is_empty() {
        return Err("it holds no certificate in PEM");
    }
    if blocks.len() > MOST_CERTIFICATES {
        return Err("it holds more certificates than a company's own authorities have");
    }
    blocks
        .into_iter()
        .map(|block| body(block).map(|der| written(&der)))
        .collect()
}

fn body(block: &str) -> Result<Vec<u8>, &'static str> {
    let broken = "one of its certificates is broken";
    let (inside, _) = block.split_once(END).ok_or(broken)?;
    let inside: String = inside.split_whitespace().collect();
    let der = STANDARD.decode(inside).map_err(|_| broken)?;
    is_certificate(&der).then_some(der).ok_or(broken)
}

/// Whether `der` is built as one certificate (RFC 5280 section 4.1): what is signed, how, and the signature. Keys, bare or
/// encrypted, are built otherwise, whatever their file calls them.
fn is_certificate(der: &[u8]) -> bool {
    let parts = || {
        let (whole, behind) = element(der, &[SEQUENCE])?;
        let (signed, rest) = element(whole, &[SEQUENCE])?;
        let (_, rest) = element(rest, &[SEQUENCE])?;
        let (_, last) = element(rest, &[BIT_STRING])?;
        element(signed, &[VERSION, INTEGER])?;
        Some(behind.is_empty() && last.is_empty())
    };
    parts() == Some(true)
}

/// The content of the first element of `der`, when it has one of these tags, and what follows (X.690 section 8.1).
fn element<'a>(der: &'a [u8], tags: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7F => (usize::from(*first), rest),
        0x81..=0x83 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
            let length = bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
            (length, rest)
        }
        _ => return None,
    };
    let read = rest.split_at_checked(length)?;
    tags.contains(tag).then_some(read)
}

fn written(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<String> = text
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    format!("{BEGIN}\n{}\n{END}\n", lines.join("\n"))
}

fn unreadable(why: impl std::fmt::Display) -> Failure {
    let words = format!("The file was not taken: {why}. Nothing was changed.");
    Failure::new(ErrorCode::FileUnreadable, words).at(Field::CertificateAuthority)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least that is built as a certificate.
    fn der(serial: u8) -> [u8; 12] {
        [0x30, 10, 0x30, 3, 0x02, 1, serial, 0x30, 0, 0x03, 1, 0]
    }

    fn pem(der: &[u8]) -> String {
        format!("Subject: CN=somebody\n{BEGIN}\n{}\n{END}\n", STANDARD.encode(der))
    }

    #[expect(
        clippy::unwrap_in_result,
        reason = "a test stops where its own file cannot be written"
    )]
    fn taken(folder: &Path, bytes: &[u8]) -> Result<CertificateAuthority, Failure> {
        let path = folder.join("corp\u{7} root.pem");
        std::fs::write(&path, bytes).unwrap();
        read(&path)
    }

    #[test]
    fn certificates_are_taken_and_nothing_else_of_their_file() {
        let folder = tempfile::tempdir().unwrap();
        let two = pem(&der(1)) + &pem(&der(2));
        let chosen = taken(folder.path(), two.as_bytes()).unwrap();
        assert_eq!(
            (chosen.name.as_str(), chosen.pem.matches(BEGIN).count()),
            ("corp root.pem", 2)
        );
        assert!(!chosen.pem.contains("somebody"));
        let binary = taken(folder.path(), &der(3)).unwrap();
        assert_eq!(binary.pem, written(&der(3)));
    }

    #[test]
    fn what_is_no_certificate_is_refused_without_quoting_it() {
        let folder = tempfile::tempdir().unwrap();
        let key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
        let with_key = pem(&der(1)) + key;
        let many = pem(&der(1)).repeat(101);
        // RFC 5208: a version, an algorithm, the key; and the same encrypted.
        let bare = [0x30, 9, 0x02, 1, 0, 0x30, 0, 0x04, 2, 1, 2];
        let encrypted = [0x30, 6, 0x30, 0, 0x04, 2, 1, 2];
        let longer = [der(1).as_slice(), &[0]].concat();
        let large = " ".repeat(LARGEST_CERTIFICATES + 1);
        for bytes in [
            b"".as_slice(),
            b"root:x:0:0:root:/root:/bin/bash\n",
            with_key.as_bytes(),
            many.as_bytes(),
            large.as_bytes(),
            &[0xFF; 100],
            &bare,
            &encrypted,
            pem(&bare).as_bytes(),
            pem(&encrypted).as_bytes(),
            &longer,
            &[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
            &[0x30, 0x82, 0xFF],
            format!("{BEGIN}\nnot base64 \u{1F5DD}\n{END}").as_bytes(),
            format!("{BEGIN}\nMAA=\n").as_bytes(),
        ] {
            let failure = taken(folder.path(), bytes).unwrap_err();
            assert_eq!(failure.code, ErrorCode::FileUnreadable);
            assert!(!failure.message.contains("root:x") && !failure.message.contains("c2VjcmV0"));
        }
        assert!(read(folder.path()).is_err(), "a folder is no file");
        assert!(read(&folder.path().join("nowhere")).is_err());
    }
}
