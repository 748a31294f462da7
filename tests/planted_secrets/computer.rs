//! Owns the part of the journey on which the computer fails: files, ports, entries of the keychain that are gone.
//! Must leave everything as it was, for what is searched afterwards.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::symlink;

use countersign_domain::{ConnectionKind, ErrorCode, Service};
use countersign_keychain::KeychainError;
use serde_json::json;

use super::journey::Journey;
use super::page::Page;
use super::reluctant;
use super::samples::sample;

impl Journey<'_> {
    /// Everything of a computer that a connection needs.
    pub(crate) fn lose_the_computer(&mut self) {
        self.sign_in_nowhere();
        self.lose_the_settings();
        self.keep_too_much();
        let id = self.save_elsewhere();
        // Started anew, the program holds no register and no credential.
        let working = self.restart();
        self.start_twice();
        self.lose_the_register(&id);
        self.lose_what_was_practised();
        self.lead_elsewhere(&id);
        self.desk.lose(Service::Hyperproof, &id);
        self.meets(ErrorCode::CredentialMissing, "connection_test", json!({ "id": id }));
        self.good("connection_forget", json!({ "id": id }));
        self.page = working;
    }

    fn sign_in_nowhere(&mut self) {
        let again = sample("sign_in_again", &self.cards.of(ConnectionKind::HypothesisSignIn));
        let _held = TcpListener::bind(("127.0.0.1", self.desk.callback_port)).unwrap();
        self.meets(ErrorCode::CallbackPortHeld, "sign_in_again", again);
    }

    /// A file stands where the folder should.
    fn lose_the_settings(&mut self) {
        let (folder, aside) = (self.desk.path("settings"), self.desk.path("settings aside"));
        fs::rename(&folder, &aside).unwrap();
        fs::write(&folder, "").unwrap();
        let mut request = sample("preferences_save", "");
        // What is saved already would not be written again.
        request["preferences"]["railNarrow"] = json!(false);
        self.meets(ErrorCode::SettingsFailed, "preferences_save", request);
        fs::remove_file(&folder).unwrap();
        fs::rename(&aside, &folder).unwrap();
    }

    /// A keychain that keeps short secrets only.
    fn keep_too_much(&mut self) {
        let refuses = |quoted: String| KeychainError::TooLong {
            limit: 4,
            length: quoted.len(),
        };
        let small = self.desk.start(reluctant::keychain(&self.desk.keychain, refuses));
        let working = std::mem::replace(&mut self.page, small);
        let draft = self.desk.hyperproof();
        self.meets(ErrorCode::KeychainTooLong, "connection_save", json!({ "draft": draft }));
        self.page = working;
    }

    /// A connection that the rest of the journey does not need; its identifier.
    fn save_elsewhere(&mut self) -> String {
        let working = self.restart();
        let draft = self.desk.hyperproof();
        let id = self.save(ConnectionKind::HyperproofClientCredentials, &draft);
        self.page = working;
        id
    }

    /// Goes on in a program that was started after this one; gives this one.
    fn restart(&mut self) -> Page {
        let other = self.desk.start(self.desk.keychain.clone());
        std::mem::replace(&mut self.page, other)
    }

    /// The first program has the registers.
    fn start_twice(&mut self) {
        let id = self.cards.of(ConnectionKind::HyperproofClientCredentials);
        let request = sample("controls_window", &id);
        self.meets(ErrorCode::RegisterHeld, "controls_window", request);
    }

    /// Its folder cannot be made; then a file is there that its key does not open.
    fn lose_the_register(&mut self, id: &str) {
        let folder = self.desk.path("registers").join(id);
        symlink(self.desk.path("no such folder"), &folder).unwrap();
        self.meets(
            ErrorCode::RegisterFailed,
            "controls_window",
            sample("controls_window", id),
        );
        fs::remove_file(&folder).unwrap();
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("controls.db"), [7; 8_192]).unwrap();
        self.meets(
            ErrorCode::RegisterDamaged,
            "controls_window",
            sample("controls_window", id),
        );
    }

    /// Somebody edits the settings, so that the credential would go to another host.
    fn lead_elsewhere(&mut self, id: &str) {
        let path = self.desk.path("settings").join("settings.json");
        let text = fs::read_to_string(&path).unwrap();
        let own = format!("http://{}", self.desk.wire.address());
        let edited = text.replace(&own, "https://elsewhere.example");
        assert_ne!(edited, text, "{own} is saved");
        fs::write(&path, edited).unwrap();
        let working = self.restart();
        self.meets(ErrorCode::OutsideBinding, "connection_test", json!({ "id": id }));
        self.page = working;
        fs::write(&path, text).unwrap();
    }

    fn lose_what_was_practised(&mut self) {
        let id = self.cards.of(ConnectionKind::Practice);
        let file = self.desk.path("registers").join(format!("{id}.practice.json"));
        let practised = fs::read(&file).unwrap();
        fs::write(&file, "no accounts").unwrap();
        self.meets(ErrorCode::PracticeFailed, "connection_test", json!({ "id": id }));
        fs::write(&file, practised).unwrap();
    }
}
