//! Owns the part of the journey on which a service gives the answers that have a code of their own and that it gives
//! seldom. Must not provoke what no service could do, as the faults do not.

use countersign_domain::{ConnectionKind, ErrorCode};
use countersign_sandbox::FaultKind;
use serde_json::json;

use super::journey::{HYPERPROOF, Journey};
use super::samples::sample;

/// Where Hyperproof is sent the secret; it may repeat it.
const TOKEN_PATH: &str = "/hyperproof/oauth/token";

impl Journey<'_> {
    /// Quotas, limits, closed access, far too much, and writes of which nobody knows.
    pub(crate) fn meet_seldom_answers(&mut self) {
        self.hurry();
        self.be_kept_waiting();
        self.read_too_much();
        self.write_into_the_dark();
        self.hurry();
    }

    /// Waits that are too long to be waited for, and an organisation without the API, each said beside the secret.
    fn be_kept_waiting(&mut self) {
        let id = self.cards.of(ConnectionKind::HyperproofClientCredentials);
        for (code, status, words) in [
            (
                ErrorCode::QuotaExceeded,
                403,
                "Quota is exceeded. Try again in 9000 seconds",
            ),
            (ErrorCode::RateLimited, 429, "Try again in 9000 seconds"),
            (
                ErrorCode::AccessNotEnabled,
                403,
                "The API is not enabled for this organization",
            ),
        ] {
            let said = json!({ "error": words, "error_description": format!("{words}. You sent {HYPERPROOF}") });
            self.desk.end_access_token();
            self.desk
                .provoke("POST", TOKEN_PATH, FaultKind::json(status, &said.to_string()));
            self.meets(code, "connection_test", json!({ "id": id }));
            self.desk.calm();
            self.hurry();
        }
    }

    fn read_too_much(&mut self) {
        let much = FaultKind::json(200, &" ".repeat(9 * 1024 * 1024));
        self.desk.provoke("GET", "/api/groups", much);
        let id = self.cards.of(ConnectionKind::HypothesisClientCredentials);
        let request = json!({ "connection": id, "request": { "path": "/groups", "query": [] } });
        self.meets(ErrorCode::AnswerTooLarge, "request_send", request);
        self.desk.calm();
    }

    /// The answer to a write is lost, and the account is not found when it is read back.
    fn write_into_the_dark(&mut self) {
        let id = self.cards.of(ConnectionKind::HypothesisClientCredentials);
        self.desk.provoke("PATCH", "/api/users", FaultKind::DropAfterWrite);
        let nothing = json!({ "status": "failure", "reason": "Not there" }).to_string();
        self.desk.provoke("GET", "/api/users", FaultKind::json(404, &nothing));
        let request = sample("account_update", &id);
        self.meets(ErrorCode::OutcomeUnknown, "account_update", request);
        self.desk.calm();
    }
}
