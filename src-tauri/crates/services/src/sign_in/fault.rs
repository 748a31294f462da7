//! Owns the ways in which a sign-in fails before there are tokens. Must not hold a code, a state or an address.

use std::io;

use countersign_domain::{ErrorCode, Failure, Field};
use thiserror::Error;

/// Who holds the port that the browser should come back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortHolder {
    /// A program of the same person.
    Program {
        /// Its name, at most 60 characters.
        name: String,
        /// Its process id.
        pid: u32,
    },
    /// This program itself: another sign-in.
    ThisProgram,
    /// A program that this person may not look at.
    AnotherUsersProgram,
    /// Nobody listens; the system has not let go of an earlier connection yet.
    Nobody,
}

/// Why a sign-in brought no code.
#[derive(Debug, Error)]
pub enum SignInError {
    /// The callback's port is taken on 127.0.0.1 or `[::1]`. The browser was not opened.
    #[error("port {port} is taken")]
    PortHeld {
        /// The port.
        port: u16,
        /// By whom.
        holder: PortHolder,
    },
    /// The system does not give the callback's port. The browser was not opened.
    #[error("port {port} cannot be had")]
    PortUnavailable {
        /// The port.
        port: u16,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The system gives no random bytes.
    #[error("no random bytes")]
    NoRandomness(#[source] getrandom::Error),
    /// Nobody came back in time.
    #[error("nobody came back in time")]
    TimedOut,
    /// The person stopped it.
    #[error("stopped")]
    Cancelled,
    /// The service sent the person back without a code.
    #[error("the service did not let the person in ({error})")]
    Refused {
        /// The code of the refusal (RFC 6749 section 4.1.2.1).
        error: String,
        /// The service's own words.
        description: Option<String>,
    },
    /// A pasted address is not the callback's.
    #[error("the pasted address is not the callback's")]
    NotTheCallback,
    /// A pasted address belongs to another sign-in.
    #[error("the pasted address belongs to another sign-in")]
    NotThisSignIn,
    /// The sign-in has had its answer already, or none is under way.
    #[error("no sign-in waits for an answer")]
    Over,
}

impl SignInError {
    /// The failure as it crosses to the page: what happened, what is true now, what to do.
    pub fn into_failure(self) -> Failure {
        match self {
            Self::PortHeld { port, holder } => port_held(port, &holder),
            Self::PortUnavailable { port, source } => port_unavailable(port, &source),
            Self::NoRandomness(_) => Failure::new(ErrorCode::Internal, "This computer gives no random numbers."),
            Self::TimedOut => Failure::new(
                ErrorCode::SignInTimedOut,
                "Nobody came back from the browser in time. Nothing was changed; start the sign-in again.",
            ),
            Self::Cancelled => Failure::new(ErrorCode::Cancelled, "Stopped. Nothing was changed."),
            Self::Refused { error, description } => refused(&error, description.as_deref()),
            Self::NotTheCallback => at_paste(
                "This is not the address at which the browser ended. Copy the whole address that begins with \
                 http://127.0.0.1.",
            ),
            Self::NotThisSignIn => at_paste("This address belongs to another sign-in. This one still waits."),
            Self::Over => at_paste("No sign-in waits for an address now. Start the sign-in again."),
        }
    }
}

fn port_held(port: u16, holder: &PortHolder) -> Failure {
    let held = match holder {
        PortHolder::Program { name, pid } => format!("is held by {name} ({pid})"),
        PortHolder::ThisProgram => "is held by another sign-in of this program".to_owned(),
        PortHolder::AnotherUsersProgram => "is held by another user's program".to_owned(),
        PortHolder::Nobody => "is not free yet after an earlier connection; try again in a minute".to_owned(),
    };
    let message = format!(
        "Port {port} {held}. The browser was not opened, since it would have come back to somebody else. End that \
         program, or choose another port and register it with the service."
    );
    Failure::new(ErrorCode::CallbackPortHeld, message).at(Field::CallbackPort)
}

fn port_unavailable(port: u16, source: &io::Error) -> Failure {
    let message = format!(
        "This computer does not give port {port} to programs ({}). Choose another port and register it with the service.",
        source.kind()
    );
    Failure::new(ErrorCode::CallbackPortHeld, message).at(Field::CallbackPort)
}

fn refused(error: &str, description: Option<&str>) -> Failure {
    let message = match error {
        "access_denied" => "The service sent you back without access: it was denied. Nothing was changed.",
        "invalid_scope" => {
            "The service does not know the scopes asked for, or does not give them. Nothing was changed."
        }
        "server_error" | "temporarily_unavailable" => {
            "The service could not sign you in just now. Nothing was changed; try again later."
        }
        _ => "The service sent you back without access. Nothing was changed.",
    };
    let words = description.map_or_else(|| error.to_owned(), |description| format!("{error}: {description}"));
    let failure = Failure::new(ErrorCode::SignInRefused, message).with_server_words(&words);
    // There is nothing to check where the service failed.
    match error {
        "server_error" | "temporarily_unavailable" => failure.saying_all(),
        _ => failure,
    }
}

fn at_paste(message: &str) -> Failure {
    Failure::new(ErrorCode::InputInvalid, message).at(Field::CallbackAddress)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_names_its_holder_and_stands_at_its_field() {
        let words = |holder| {
            let failure = SignInError::PortHeld { port: 47_811, holder }.into_failure();
            assert_eq!(
                (failure.code, failure.field),
                (ErrorCode::CallbackPortHeld, Some(Field::CallbackPort))
            );
            failure.message
        };
        let (name, pid) = ("node".to_owned(), 812);
        assert!(words(PortHolder::Program { name, pid }).starts_with("Port 47811 is held by node (812)."));
        assert!(words(PortHolder::AnotherUsersProgram).contains("another user's program"));
    }

    #[test]
    fn a_refusal_keeps_the_services_words_apart_from_ours() {
        let (error, description) = ("access_denied".to_owned(), Some("4657-abcdefgh said no".to_owned()));
        let failure = SignInError::Refused { error, description }.into_failure();
        assert_eq!(failure.code, ErrorCode::SignInRefused);
        let words = failure.server_words.unwrap();
        assert!(
            words.starts_with("access_denied") && !words.contains("abcdefgh"),
            "{words}"
        );
    }
}
