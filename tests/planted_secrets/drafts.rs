//! Owns what is typed into the connection form for each kind, against the services of the desk. Must leave no kind out.

use countersign_domain::ConnectionKind;
use serde_json::{Value, json};

use super::desk::Desk;

impl Desk {
    /// The form of `kind`, filled in; what it calls goes over the wire.
    pub(crate) fn draft(&self, kind: ConnectionKind) -> Value {
        let known = &self.credentials;
        let filled = match kind {
            ConnectionKind::HypothesisAnonymous => json!({}),
            ConnectionKind::HypothesisPersonalToken => json!({ "secret": known.hypothesis_personal_token }),
            ConnectionKind::HypothesisSignIn => json!({
                "clientId": known.hypothesis_oauth_client_id, "callbackPort": self.callback_port,
            }),
            ConnectionKind::HypothesisClientCredentials => json!({
                "authority": known.authority, "clientId": known.hypothesis_client_id, "secret": known.hypothesis_secret,
            }),
            ConnectionKind::HypothesisGrantToken => json!({
                "clientId": known.hypothesis_grant_client_id, "secret": known.hypothesis_grant_secret,
                "userid": format!("acct:amina_okafor@{}", known.authority),
            }),
            ConnectionKind::HyperproofClientCredentials => self.of_hyperproof(json!({})),
            ConnectionKind::HyperproofAuthorizationCode => self.of_hyperproof(json!({
                "authorizeAddress": self.tapped(&self.sandbox.hyperproof_authorize_endpoint()),
                "callbackPort": self.callback_port,
            })),
            ConnectionKind::Practice => json!({ "apiAddress": "" }),
        };
        let bare = json!({
            "kind": kind, "label": "", "region": null, "secret": "",
            "apiAddress": self.tapped(&self.sandbox.hypothesis_server()),
        });
        merged(bare, filled)
    }

    pub(crate) fn hyperproof(&self) -> Value {
        self.draft(ConnectionKind::HyperproofClientCredentials)
    }

    pub(crate) fn personal_token(&self) -> Value {
        self.draft(ConnectionKind::HypothesisPersonalToken)
    }

    fn of_hyperproof(&self, more: Value) -> Value {
        let own = json!({
            "region": "custom",
            "apiAddress": self.tapped(&self.sandbox.hyperproof_api()),
            "tokenAddress": self.tapped(&self.sandbox.hyperproof_token_endpoint()),
            "clientId": self.credentials.hyperproof_client_id, "secret": self.credentials.hyperproof_secret,
        });
        merged(own, more)
    }

    /// `address` of a service as the wire has it.
    fn tapped(&self, address: &str) -> String {
        let tapped = format!("http://{}", self.wire.address());
        address.replace(&self.sandbox.hypothesis_server(), &tapped)
    }
}

fn merged(mut one: Value, other: Value) -> Value {
    let Value::Object(members) = other else { return one };
    one.as_object_mut().unwrap().extend(members);
    one
}
