//! Owns the part of the journey on which every connection is asked, examined and looked at. Must not judge.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use countersign_domain::ConnectionKind;
use serde_json::{Value, json};

use super::journey::{Journey, MISPLACED, PASTED_SIGNATURE};
use super::samples::sample;

impl Journey<'_> {
    /// Requests, annotations, activity and examinations, under every kind of connection.
    pub(crate) fn ask_around(&mut self) {
        for (kind, id) in self.cards.kinds.clone() {
            let documented = self.good("requests_documented", json!({ "connection": id }));
            let path = plain(&documented);
            let request = json!({ "connection": id, "request": { "path": path, "query": [] } });
            let answer = self.good("request_send", request.clone());
            assert!(
                answer["text"].as_str().is_some_and(|text| !text.is_empty()),
                "{kind:?}: {answer}"
            );
            self.good("request_as_curl", request);
            let history = self.good("request_history", json!({ "connection": id }));
            assert_eq!(history[0]["request"]["path"], path, "{kind:?}");
            self.examine(kind, &id);
            self.good("connection_set_rate", sample("connection_set_rate", &id));
            self.good("activity_list", json!({ "connection": id, "limit": 200 }));
        }
        self.good("activity_list", json!({ "connection": null, "limit": 200 }));
        self.read_annotations();
        self.look_at_a_token();
    }

    fn examine(&mut self, kind: ConnectionKind, id: &str) {
        let report = self.good("doctor_run", sample("doctor_run", id));
        let text = report["text"].as_str().unwrap_or_default();
        assert!(
            text.contains("127.0.0.1"),
            "{kind:?}: the report names the host: {report}"
        );
    }

    fn read_annotations(&mut self) {
        let nobodys = [ConnectionKind::HypothesisAnonymous];
        let own = [
            ConnectionKind::HypothesisPersonalToken,
            ConnectionKind::HypothesisSignIn,
            ConnectionKind::HypothesisGrantToken,
        ];
        for kind in nobodys.into_iter().chain(own) {
            let mut request = sample("annotations_search", &self.cards.of(kind));
            request["query"]["mine"] = json!(own.contains(&kind));
            self.good("annotations_search", request);
        }
    }

    /// A token whose claims may be read, and whose signature must not come back.
    fn look_at_a_token(&mut self) {
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let (header, claims) = (
            part(json!({ "alg": "HS256" })),
            part(json!({ "sub": "acct:jo@example.com" })),
        );
        let shown = self.good(
            "token_decode",
            json!({ "token": format!("{header}.{claims}.{PASTED_SIGNATURE}") }),
        );
        assert_eq!(shown["claims"][0]["name"], "sub");
        for spoilt in [
            format!("{header}.{claims}.{PASTED_SIGNATURE}.{MISPLACED}"),
            format!("{header}.!.{PASTED_SIGNATURE}"),
            format!("{PASTED_SIGNATURE} {MISPLACED}"),
        ] {
            assert_eq!(
                self.ask("token_decode", json!({ "token": spoilt })).code(),
                "input-invalid"
            );
        }
    }
}

/// A documented path that nothing has to be put into.
fn plain(documented: &Value) -> String {
    let paths = documented
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["path"].as_str().unwrap());
    let mut plain = paths.filter(|path| !path.contains('{') && !path.ends_with("/links"));
    plain.next().expect("a path is documented").to_owned()
}
