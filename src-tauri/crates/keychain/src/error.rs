//! Owns the ways in which a keychain fails, each with its own advice. Must not hold a secret.

use countersign_domain::{ErrorCode, Failure};
use thiserror::Error;

/// What the system itself said; safe to log, never a secret.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// What is missing where a keychain is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// No keychain service runs, or this sign-in cannot reach it.
    Service,
    /// The service runs and has no keyring that new entries go to.
    DefaultKeyring,
}

impl Lacking {
    /// One sentence on what to install, start or create.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Service => advice::SERVICE,
            Self::DefaultKeyring => advice::DEFAULT_KEYRING,
        }
    }
}

/// Why the keychain did not do what it was asked. `Display` is one sentence with the next step, for people.
#[derive(Debug, Error)]
pub enum KeychainError {
    /// There is no keychain here.
    #[error("{}", lacking.advice())]
    Absent {
        /// What is missing.
        lacking: Lacking,
        /// The system's own error.
        source: Source,
    },
    /// It is locked and was not unlocked.
    #[error("{}", advice::LOCKED)]
    Locked {
        /// The system's own error.
        source: Source,
    },
    /// It refused this program.
    #[error("the keychain refused this program: allow Countersign in the keychain's own settings, then try again")]
    Denied {
        /// The system's own error.
        source: Source,
    },
    /// No answer within the time-out. A `set` or `delete` may still happen.
    #[error("the keychain did not answer in time: see whether it asks something behind other windows, then try again")]
    TimedOut,
    /// It did not answer a moment ago and is left alone until the hold ends.
    #[error("the keychain did not answer a moment ago: wait a few seconds, then try again")]
    Held,
    /// The secret is longer than this keychain keeps; nothing was written.
    #[error("the secret has {length} bytes and this keychain keeps at most {limit}: use a shorter one")]
    TooLong {
        /// The most it keeps, in bytes.
        limit: usize,
        /// The length of the secret, in bytes.
        length: usize,
    },
    /// What was read back is not what was written.
    #[error("the keychain did not give back what was saved: save it again, and repair the keychain if it goes on")]
    WrongBack,
    /// It failed in another way.
    #[error("the keychain failed: try again, and sign in to the computer anew if it goes on failing")]
    Failed {
        /// The system's own error.
        source: Source,
    },
}

impl KeychainError {
    /// The code under which it crosses to the page.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Absent { .. } => ErrorCode::KeychainAbsent,
            Self::Locked { .. } => ErrorCode::KeychainLocked,
            Self::Denied { .. } => ErrorCode::KeychainDenied,
            Self::TimedOut | Self::Held => ErrorCode::KeychainTimedOut,
            Self::TooLong { .. } => ErrorCode::KeychainTooLong,
            Self::WrongBack | Self::Failed { .. } => ErrorCode::KeychainFailed,
        }
    }

    /// The failure as it crosses to the page.
    pub fn to_failure(&self) -> Failure {
        Failure::new(self.code(), self.to_string())
    }

    /// Whether a store opened anew may do better: its service may have ended or been replaced since it was opened.
    pub(crate) fn may_be_stale(&self) -> bool {
        matches!(self, Self::Absent { .. } | Self::Failed { .. })
    }

    pub(crate) fn failed(words: impl Into<Source>) -> Self {
        Self::Failed { source: words.into() }
    }
}

/// What a probe found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeychainState {
    /// It answers and is open.
    Unlocked,
    /// It answers and is locked.
    Locked,
    /// There is none.
    Absent,
    /// It does not answer.
    Silent,
    /// It answers with errors.
    Failing,
}

impl KeychainState {
    /// The code of the failure a call would meet in this state; `None` when it is open.
    pub fn code(self) -> Option<ErrorCode> {
        match self {
            Self::Unlocked => None,
            Self::Locked => Some(ErrorCode::KeychainLocked),
            Self::Absent => Some(ErrorCode::KeychainAbsent),
            Self::Silent => Some(ErrorCode::KeychainTimedOut),
            Self::Failing => Some(ErrorCode::KeychainFailed),
        }
    }
}

impl From<Result<(), KeychainError>> for KeychainState {
    fn from(answer: Result<(), KeychainError>) -> Self {
        let Err(error) = answer else { return Self::Unlocked };
        match error {
            KeychainError::Locked { .. } => Self::Locked,
            KeychainError::Absent { .. } => Self::Absent,
            KeychainError::TimedOut | KeychainError::Held => Self::Silent,
            KeychainError::Denied { .. }
            | KeychainError::TooLong { .. }
            | KeychainError::WrongBack
            | KeychainError::Failed { .. } => Self::Failing,
        }
    }
}

#[cfg(target_os = "linux")]
mod advice {
    pub(super) const SERVICE: &str = "no keychain answers here: install and start gnome-keyring, KWallet or KeePassXC \
                                      (Secret Service), then sign in to the desktop again";
    pub(super) const DEFAULT_KEYRING: &str = "the keychain has no default keyring: create one in Passwords and Keys, \
                                              KWallet or KeePassXC and set it as default";
    pub(super) const LOCKED: &str = "the keychain is locked: answer its question for the password, or unlock it in \
                                     its own program, then try again";
}

#[cfg(windows)]
mod advice {
    pub(super) const SERVICE: &str = "Credential Manager is not available to this sign-in: start the service \
                                      \"Credential Manager\", or sign in at the computer itself";
    pub(super) const DEFAULT_KEYRING: &str = SERVICE;
    pub(super) const LOCKED: &str = "Credential Manager is locked: sign in to Windows again, then try again";
}

#[cfg(target_os = "macos")]
mod advice {
    pub(super) const SERVICE: &str = "the keychain is not available: open Keychain Access and see whether it shows \
                                      your login keychain";
    pub(super) const DEFAULT_KEYRING: &str =
        "this user has no default keychain: create a login keychain in Keychain Access";
    pub(super) const LOCKED: &str = "the keychain is locked: unlock it in Keychain Access, then try again";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each() -> Vec<KeychainError> {
        let source = || Source::from("said by the system");
        vec![
            KeychainError::Absent {
                lacking: Lacking::Service,
                source: source(),
            },
            KeychainError::Locked { source: source() },
            KeychainError::Denied { source: source() },
            KeychainError::TimedOut,
            KeychainError::Held,
            KeychainError::TooLong {
                limit: 2560,
                length: 2561,
            },
            KeychainError::WrongBack,
            KeychainError::Failed { source: source() },
        ]
    }

    #[test]
    fn every_error_has_advice_of_its_own() {
        let mut advice: Vec<String> = each().iter().map(ToString::to_string).collect();
        advice.sort();
        advice.dedup();
        assert_eq!(advice.len(), each().len(), "no two errors send a person the same way");
    }

    #[test]
    fn the_systems_own_words_stay_in_the_source() {
        for error in each() {
            let shown = error.to_failure();
            assert_eq!(shown.code, error.code());
            assert!(!shown.message.contains("said by the system"), "{shown}");
        }
    }
}
