//! Owns the part of the journey on which people sign in again, paste, are renewed and sign out. Must not judge.

use countersign_domain::{ConnectionKind, ErrorCode};
use serde_json::json;
use tauri::Url;
use tauri::ipc::InvokeBody;

use super::journey::{Journey, MISPLACED};
use super::page::Reply;
use super::person::{Does, goes_to};

const KINDS: [ConnectionKind; 2] = [
    ConnectionKind::HypothesisSignIn,
    ConnectionKind::HyperproofAuthorizationCode,
];

impl Journey<'_> {
    /// Everything that happens to a sign-in.
    pub(crate) fn sign_in_again(&mut self) {
        for kind in KINDS {
            let id = self.cards.of(kind);
            self.renew(&id);
            self.paste(&id);
            self.change_their_mind(&id);
            self.good("sign_out", json!({ "id": id }));
            self.renew(&id);
            self.desk.person.does_from_now_on(Does::Allows);
            let card = self.good("sign_in_again", again(&id));
            assert_eq!(card["state"]["is"], "working", "{kind:?}");
            self.desk.person.does_from_now_on(Does::Declines);
            self.ask("sign_in_again", again(&id));
        }
    }

    /// The access tokens end, so that the next call buys another with the refresh token.
    fn renew(&mut self, id: &str) {
        self.desk.end_access_token();
        self.good("connection_test", json!({ "id": id }));
        self.desk.calm();
    }

    /// A stranger comes, a wrong address is pasted, the page is opened once more, and then the right one is pasted.
    fn paste(&mut self, id: &str) {
        let person = std::sync::Arc::clone(&self.desk.person);
        person.does_from_now_on(Does::Waits);
        let signing_in = self.page.begin("sign_in_again", InvokeBody::Json(again(id)));
        let page = person.sees_a_page();
        for wrong in self.wrong_ways_back() {
            assert_eq!(
                self.ask("sign_in_paste", json!({ "address": wrong })).code(),
                "input-invalid"
            );
        }
        assert_eq!(goes_to(&self.stranger()), "400");
        self.good("sign_in_open_again", json!({}));
        assert_eq!(person.sees_a_page(), page);
        let back = person.allows(&page);
        self.good("sign_in_paste", json!({ "address": back }));
        let reply = signing_in.reply();
        self.keep(&reply);
        assert_eq!(reply.ok()["state"]["is"], "working");
        person.does_from_now_on(Does::Declines);
    }

    fn change_their_mind(&mut self, id: &str) {
        self.desk.person.does_from_now_on(Does::Waits);
        let signing_in = self.page.begin("sign_in_again", InvokeBody::Json(again(id)));
        self.desk.person.sees_a_page();
        self.desk.person.does_from_now_on(Does::HasNoBrowser);
        self.meets(ErrorCode::BrowserFailed, "sign_in_open_again", json!({}));
        self.good("operation_cancel", json!({ "operation": "sign-in" }));
        let reply: Reply = signing_in.reply();
        self.keep(&reply);
        assert_eq!(reply.code(), "cancelled");
        self.desk.person.does_from_now_on(Does::Declines);
    }

    fn stranger(&self) -> Url {
        let redirect = &self.desk.credentials.hypothesis_redirect_uri;
        Url::parse_with_params(redirect, [("code", MISPLACED), ("state", MISPLACED)]).unwrap()
    }

    fn wrong_ways_back(&self) -> [String; 4] {
        let stranger = self.stranger();
        [
            stranger.to_string(),
            stranger.as_str().replace("127.0.0.1", "localhost"),
            stranger.as_str().replace("http:", "https:"),
            MISPLACED.to_owned(),
        ]
    }
}

fn again(id: &str) -> serde_json::Value {
    json!({ "id": id, "progress": "__CHANNEL__:1" })
}
