//! Owns both services in this process, what opens them, and what is provoked in them. Must not know the program beyond
//! the drafts that it takes.

use std::time::Duration;

use countersign_app::page::ConnectionDraft;
use countersign_domain::{ConnectionKind, Region, SecretString};
use countersign_sandbox::{Fault, FaultKind, PracticeCredentials, Sandbox, SandboxSettings};

use super::desk::LaterClock;
use super::free_port::free_port;

/// More attempts than any call makes.
const MOST_ATTEMPTS: usize = 6;

/// Both services, in this process but over real sockets.
pub(crate) struct Services {
    pub(crate) sandbox: Sandbox,
    pub(crate) credentials: PracticeCredentials,
    /// Where the browser comes back to; each test has its own.
    pub(crate) callback_port: u16,
}

impl Services {
    pub(crate) async fn start() -> Self {
        let callback_port = free_port();
        let credentials = PracticeCredentials {
            hypothesis_redirect_uri: format!("http://127.0.0.1:{callback_port}/callback"),
            ..PracticeCredentials::random()
        };
        let settings = SandboxSettings {
            credentials: credentials.clone(),
            ..SandboxSettings::default()
        };
        Self {
            sandbox: Sandbox::start(settings).await.unwrap(),
            credentials,
            callback_port,
        }
    }

    /// A draft of `kind` that is saved as it is.
    pub(crate) fn drafted(&self, kind: ConnectionKind) -> ConnectionDraft {
        match kind {
            ConnectionKind::HypothesisPersonalToken => self.personal_token(),
            ConnectionKind::HypothesisAnonymous => self.anonymous(),
            ConnectionKind::HypothesisSignIn => self.sign_in(),
            ConnectionKind::HypothesisClientCredentials => self.hypothesis(),
            ConnectionKind::HypothesisGrantToken => self.grant_token(),
            ConnectionKind::HyperproofClientCredentials => self.hyperproof(),
            ConnectionKind::HyperproofAuthorizationCode => self.hyperproof_sign_in(),
            ConnectionKind::Practice => draft(kind),
        }
    }

    pub(crate) fn hyperproof(&self) -> ConnectionDraft {
        ConnectionDraft {
            region: Some(Region::Custom),
            api_address: self.sandbox.hyperproof_api(),
            token_address: self.sandbox.hyperproof_token_endpoint(),
            client_id: self.credentials.hyperproof_client_id.clone(),
            secret: SecretString::from(self.credentials.hyperproof_secret.as_str()),
            ..draft(ConnectionKind::HyperproofClientCredentials)
        }
    }

    pub(crate) fn hypothesis(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            client_id: self.credentials.hypothesis_client_id.clone(),
            authority: self.credentials.authority.clone(),
            secret: SecretString::from(self.credentials.hypothesis_secret.as_str()),
            ..draft(ConnectionKind::HypothesisClientCredentials)
        }
    }

    pub(crate) fn personal_token(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            secret: SecretString::from(self.credentials.hypothesis_personal_token.as_str()),
            ..draft(ConnectionKind::HypothesisPersonalToken)
        }
    }

    pub(crate) fn anonymous(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            ..draft(ConnectionKind::HypothesisAnonymous)
        }
    }

    pub(crate) fn grant_token(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            client_id: self.credentials.hypothesis_grant_client_id.clone(),
            userid: format!("acct:amina_okafor@{}", self.credentials.authority),
            secret: SecretString::from(self.credentials.hypothesis_grant_secret.as_str()),
            ..draft(ConnectionKind::HypothesisGrantToken)
        }
    }

    pub(crate) fn sign_in(&self) -> ConnectionDraft {
        ConnectionDraft {
            api_address: self.sandbox.hypothesis_server(),
            client_id: self.credentials.hypothesis_oauth_client_id.clone(),
            callback_port: Some(self.callback_port),
            ..draft(ConnectionKind::HypothesisSignIn)
        }
    }

    pub(crate) fn hyperproof_sign_in(&self) -> ConnectionDraft {
        ConnectionDraft {
            kind: ConnectionKind::HyperproofAuthorizationCode,
            authorize_address: self.sandbox.hyperproof_authorize_endpoint(),
            callback_port: Some(self.callback_port),
            ..self.hyperproof()
        }
    }

    /// Both clocks go on by `step`.
    pub(crate) fn later(&self, clock: &LaterClock, step: Duration) {
        clock.advance(step);
        self.sandbox.advance_clock(step);
    }

    /// Every attempt of the next call of `method` to `path` meets `kind`: reads are made again.
    pub(crate) fn provoke_all(&self, method: &str, path: &str, kind: &FaultKind) {
        for _ in 0..MOST_ATTEMPTS {
            self.provoke(method, path, kind.clone());
        }
    }

    /// The next request of `method` to `path` meets `kind`.
    pub(crate) fn provoke(&self, method: &str, path: &str, kind: FaultKind) {
        let (path_prefix, method) = (path.to_owned(), Some(method.to_owned()));
        self.sandbox.provoke(Fault {
            path_prefix,
            method,
            times: 1,
            kind,
        });
    }

    /// How often `method` was asked of paths that begin with `path`.
    pub(crate) fn asked(&self, method: &str, path: &str) -> usize {
        let requests = self.sandbox.requests();
        requests
            .iter()
            .filter(|request| request.method == method && request.path.starts_with(path))
            .count()
    }
}

pub(crate) fn draft(kind: ConnectionKind) -> ConnectionDraft {
    ConnectionDraft {
        kind,
        label: String::new(),
        region: None,
        api_address: String::new(),
        token_address: String::new(),
        client_id: String::new(),
        authority: String::new(),
        scopes: String::new(),
        secret: SecretString::from(""),
        userid: String::new(),
        authorize_address: String::new(),
        callback_port: None,
        network: None,
        this_run_only: false,
    }
}
