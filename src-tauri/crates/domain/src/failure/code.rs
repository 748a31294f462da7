//! Owns the closed list of what can go wrong, and what is usually done about each. Must not hold words for people: the page
//! does.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Action;

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

/// Whether the same call may succeed later, and the next step.
pub(super) fn usual(code: ErrorCode) -> (bool, Action) {
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
}
