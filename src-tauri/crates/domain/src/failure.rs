//! Owns the form in which a failure leaves the backend: a code the page has words for, never text to match on.
//! Must not hold a secret, an address with a query, a header or a body.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident = $text:literal,)+) => {
        /// What went wrong, as one of a closed list. The page keeps words for each under the same text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[ts(export)]
        pub enum ErrorCode {
            $($(#[$meta])* #[serde(rename = $text)] $name,)+
        }

        impl ErrorCode {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as the page and the log write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

codes! {
    /// No keychain service runs here.
    KeychainAbsent = "keychain-absent",
    /// The keychain is locked and was not unlocked.
    KeychainLocked = "keychain-locked",
    /// The keychain refused this program.
    KeychainDenied = "keychain-denied",
    /// The keychain did not answer in time.
    KeychainTimedOut = "keychain-timed-out",
    /// The secret is longer than this keychain keeps.
    KeychainTooLong = "keychain-too-long",
    /// The keychain failed in another way.
    KeychainFailed = "keychain-failed",
    /// The keychain has no entry for this connection.
    CredentialMissing = "credential-missing",
    /// Something typed is not possible; `field` names where.
    InputInvalid = "input-invalid",
    /// The host name is not known.
    HostUnknown = "host-unknown",
    /// No connection to the server came about.
    Unreachable = "unreachable",
    /// The server's certificate is not trusted.
    TlsUntrusted = "tls-untrusted",
    /// No answer within the time allowed.
    TimedOut = "timed-out",
    /// The person stopped it.
    Cancelled = "cancelled",
    /// The server pointed elsewhere; credentials are never taken along.
    Redirected = "redirected",
    /// The call would have left the address the credential is bound to.
    OutsideBinding = "outside-binding",
    /// The answer was larger than allowed.
    AnswerTooLarge = "answer-too-large",
    /// The answer is not what the service documents (HTML, cut JSON, another shape).
    AnswerUnreadable = "answer-unreadable",
    /// The service does not accept the credential.
    CredentialRefused = "credential-refused",
    /// The credential is good but may not do this.
    NotPermitted = "not-permitted",
    /// API access seems not to be enabled for the organisation.
    AccessNotEnabled = "access-not-enabled",
    /// A quota is used up for now; a wait, not a refusal.
    QuotaExceeded = "quota-exceeded",
    /// Too many calls for now.
    RateLimited = "rate-limited",
    /// The service failed (5xx).
    ServerFailed = "server-failed",
    /// The service does not know it, or does not show it to this credential.
    NotFound = "not-found",
    /// Something with that name or address is there already.
    AlreadyExists = "already-exists",
    /// The service refused what was sent.
    Refused = "refused",
    /// No answer came to a write, and reading back did not settle it.
    OutcomeUnknown = "outcome-unknown",
    /// No such connection here.
    ConnectionUnknown = "connection-unknown",
    /// This kind of connection cannot do that.
    KindUnsuited = "kind-unsuited",
    /// Another copy of the program holds the register.
    RegisterHeld = "register-held",
    /// The register cannot be read with its key.
    RegisterDamaged = "register-damaged",
    /// The register failed in another way (disk full, permissions).
    RegisterFailed = "register-failed",
    /// The settings file cannot be read or written.
    SettingsFailed = "settings-failed",
    /// The practice services did not start.
    PracticeFailed = "practice-failed",
    /// Too much at once: the call was larger than any screen sends.
    RequestTooLarge = "request-too-large",
    /// The port that the browser should come back to is taken; the message names the holder.
    CallbackPortHeld = "callback-port-held",
    /// No browser could be started.
    BrowserFailed = "browser-failed",
    /// The service sent the person back without letting them in.
    SignInRefused = "sign-in-refused",
    /// Nobody came back from the browser in time.
    SignInTimedOut = "sign-in-timed-out",
    /// The sign-in has ended: revoked, rested too long, or renewed elsewhere.
    SignedOut = "signed-out",
    /// The proxy wants a name and a password, or refused them (407).
    ProxyRefused = "proxy-refused",
    /// The proxy could not be reached or did not let the call through.
    ProxyFailed = "proxy-failed",
    /// A file chosen in a dialog cannot be read, or is not what was asked for.
    FileUnreadable = "file-unreadable",
    /// A fault of this program.
    Internal = "internal",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The next step a failure offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Action {
    /// Do the same again.
    Retry,
    /// Unlock the keychain, then do it again.
    UnlockKeychain,
    /// Install a keychain service, or go on for this run only.
    InstallKeychain,
    /// Enter the secret again.
    ReplaceSecret,
    /// Sign in again in the browser.
    SignInAgain,
    /// Change what was typed.
    Correct,
    /// Wait for the time named in the message.
    Wait,
    /// Ask who administers the service.
    AskAdministrator,
    /// Read the truth back from the service.
    ReadBack,
    /// Nothing to do here.
    None,
}

/// The field of a form that a failure belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Field {
    /// A connection's name.
    Label,
    /// The server or API address.
    ApiAddress,
    /// The token endpoint.
    TokenAddress,
    /// The client id.
    ClientId,
    /// The secret or token.
    Secret,
    /// The OAuth scopes.
    Scopes,
    /// The Hyperproof region.
    Region,
    /// The authority.
    Authority,
    /// The page where a person signs in.
    AuthorizeAddress,
    /// The port that the browser comes back to.
    CallbackPort,
    /// The address that the browser ended at, pasted.
    CallbackAddress,
    /// The account that a grant token stands for.
    Userid,
    /// The proxy's address.
    ProxyAddress,
    /// The proxy's user name.
    ProxyUsername,
    /// The proxy's password.
    ProxyPassword,
    /// The certificate authority's file.
    CertificateAuthority,
    /// The calls a second.
    PerSecond,
    /// The calls at once.
    Burst,
    /// The path of a request.
    Path,
    /// The query of a request.
    Query,
    /// A pasted token.
    Token,
    /// The username.
    Username,
    /// The e-mail address.
    Email,
    /// The display name.
    DisplayName,
}

/// A failure as it crosses to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Failure {
    /// What went wrong.
    pub code: ErrorCode,
    /// One sentence in English, safe to show and to log.
    pub message: String,
    /// Whether the same call may succeed later.
    pub retryable: bool,
    /// The next step.
    pub action: Action,
    /// The field it belongs to.
    pub field: Option<Field>,
    /// The server's own words, redacted, at most 500 characters; shown quoted beside our words, never instead.
    pub server_words: Option<String>,
    /// Seconds to wait, where the service named them.
    pub wait_seconds: Option<u32>,
}

impl Failure {
    /// A failure with the usual action of its code.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let (retryable, action) = usual(code);
        Self {
            code,
            message: message.into(),
            retryable,
            action,
            field: None,
            server_words: None,
            wait_seconds: None,
        }
    }

    /// The same, at a field of a form.
    #[must_use]
    pub fn at(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }

    /// The same, with the server's words (redacted and cut to 500 characters here).
    #[must_use]
    pub fn with_server_words(mut self, words: &str) -> Self {
        let words: String = crate::redaction::redacted(words).chars().take(500).collect();
        self.server_words = (!words.trim().is_empty()).then_some(words);
        self
    }

    /// The same, with the seconds to wait.
    #[must_use]
    pub fn after_seconds(mut self, seconds: Option<u32>) -> Self {
        self.wait_seconds = seconds;
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Failure {}

fn usual(code: ErrorCode) -> (bool, Action) {
    use ErrorCode as C;
    match code {
        C::KeychainAbsent => (true, Action::InstallKeychain),
        C::KeychainLocked | C::KeychainDenied => (true, Action::UnlockKeychain),
        C::KeychainTimedOut
        | C::KeychainFailed
        | C::Unreachable
        | C::HostUnknown
        | C::TimedOut
        | C::ServerFailed
        | C::Cancelled
        | C::RegisterHeld
        | C::RegisterFailed
        | C::SettingsFailed
        | C::PracticeFailed
        | C::BrowserFailed
        | C::SignInTimedOut
        | C::SignInRefused
        | C::ProxyFailed
        | C::CallbackPortHeld => (true, Action::Retry),
        C::SignedOut => (false, Action::SignInAgain),
        C::KeychainTooLong
        | C::InputInvalid
        | C::AlreadyExists
        | C::Refused
        | C::RequestTooLarge
        | C::ProxyRefused
        | C::FileUnreadable => (false, Action::Correct),
        C::CredentialMissing | C::CredentialRefused => (false, Action::ReplaceSecret),
        C::QuotaExceeded | C::RateLimited => (true, Action::Wait),
        C::TlsUntrusted | C::Redirected | C::NotPermitted | C::AccessNotEnabled => (false, Action::AskAdministrator),
        C::OutcomeUnknown => (false, Action::ReadBack),
        C::OutsideBinding
        | C::AnswerTooLarge
        | C::AnswerUnreadable
        | C::NotFound
        | C::ConnectionUnknown
        | C::KindUnsuited
        | C::RegisterDamaged
        | C::Internal => (false, Action::None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_as_the_page_reads_it() {
        for code in ErrorCode::ALL {
            let written = serde_json::to_string(code).unwrap();
            assert_eq!(written, format!("\"{code}\""));
        }
    }

    #[test]
    fn the_servers_words_are_redacted_and_cut() {
        let failure = Failure::new(ErrorCode::Refused, "refused").with_server_words(&"6879-abcdef ".repeat(200));
        let words = failure.server_words.unwrap();
        assert!(!words.contains("abcdef") && words.chars().count() <= 500, "{words}");
    }
}
