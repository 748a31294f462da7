//! Owns the sentences for failed calls: what happened, what is true now, what to do. Must not hold anything of a request
//! but host names.

use countersign_domain::{Failure, Field};

use crate::error::GatewayError;
use crate::fault::{Phase, ProxyTrouble, TlsFault, UnreachableCause};
use crate::ports::CredentialError;
use crate::token_wording;

/// The failure that `error` is to the page.
pub(crate) fn failure(error: &GatewayError) -> Failure {
    if let GatewayError::Credential(CredentialError::Unavailable(failure)) = error {
        return failure.clone();
    }
    if let GatewayError::TokenUnobtained(inner) = error {
        let inner = failure(inner);
        let message = format!(
            "No access token could be fetched, so the call was not made. {}",
            inner.message
        );
        return Failure { message, ..inner };
    }
    if let GatewayError::TokenRefused {
        host,
        refusal,
        words,
        wait_seconds,
        ..
    } = error
    {
        return token_wording::refused(host, *refusal)
            .with_server_words(words)
            .after_seconds(*wait_seconds);
    }
    if let Some(failure) = token_wording::of_sign_in(error) {
        return failure;
    }
    let failure = Failure::new(error.code(), sentence(error)).saying_all();
    match place(error) {
        Some(field) => failure.at(field),
        None => failure,
    }
}

/// The field of a connection's form that mends it.
fn place(error: &GatewayError) -> Option<Field> {
    if let GatewayError::AuthorityUnreadable { .. } = error {
        return Some(Field::CertificateAuthority);
    }
    let GatewayError::Proxy { trouble, .. } = error else {
        return None;
    };
    Some(match trouble {
        ProxyTrouble::Authentication => Field::ProxyPassword,
        ProxyTrouble::Refused
        | ProxyTrouble::RefusedByName
        | ProxyTrouble::Unknown
        | ProxyTrouble::Unreachable
        | ProxyTrouble::Silent
        | ProxyTrouble::Untrusted
        | ProxyTrouble::Unreadable
        | ProxyTrouble::Unsupported => Field::ProxyAddress,
    })
}

fn sentence(error: &GatewayError) -> String {
    match error {
        GatewayError::HostUnknown { host, .. } => format!(
            "The name {host} is not known to this computer's network. Nothing was sent. Check the address and the connection to the network, then try again."
        ),
        GatewayError::Unreachable { host, cause, .. } => unreachable(host, *cause),
        GatewayError::Proxy { host, proxy, trouble, .. } => carried(host, proxy, *trouble),
        GatewayError::AuthorityUnreadable { name, .. } => format!(
            "{name} holds no certificates that can be read. Nothing was sent. Choose a file in PEM form for this connection."
        ),
        GatewayError::TlsUntrusted { host, fault, .. } => untrusted(host, *fault),
        GatewayError::NoClient { .. } => "This computer offers no list of trusted certificate authorities, so no secure connection is possible. Nothing was sent. Install the system's certificates (on Debian: ca-certificates) and start again.".to_owned(),
        GatewayError::TimedOut { host, phase } => timed_out(host, *phase),
        GatewayError::Cancelled { sent: true } => "Stopped. The request had already left, so the service may have acted on it.".to_owned(),
        GatewayError::Cancelled { sent: false } => "Stopped before anything was sent.".to_owned(),
        GatewayError::Redirected { host, to } => format!(
            "{host} pointed to {} instead of answering. Credentials never follow, so nothing went there. Check the address with who runs the service.",
            to.as_deref().unwrap_or("another place")
        ),
        GatewayError::OutsideBinding { .. } => "The call would have left the address that this credential is bound to. Nothing was sent. Save a connection for the other address if you trust it.".to_owned(),
        GatewayError::AnswerTooLarge { host, limit } => format!(
            "The answer of {host} is larger than the {} that are read. The rest was not read, and nothing was kept of it. Ask for less.",
            size(*limit)
        ),
        GatewayError::BrokenOff { host, .. } => format!(
            "The connection to {host} broke before the answer was whole. Nothing of it was kept. Try again."
        ),
        GatewayError::AnswerUnreadable { host, .. } => format!(
            "{host} answered, but not in HTTP. Check the address and the port."
        ),
        GatewayError::CredentialUnfit => "The saved secret holds characters that cannot be sent. Nothing was sent. Enter it again.".to_owned(),
        GatewayError::TokenUnreadable { host } => format!(
            "{host} answered, but its answer holds no access token. The call was not made. Check that the token address is right."
        ),
        GatewayError::Credential(_) => "There is no secret for this connection. Nothing was sent. Enter it again.".to_owned(),
        GatewayError::TokenRefused { .. }
        | GatewayError::TokenUnobtained(_)
        | GatewayError::SignedOut { .. }
        | GatewayError::UserUnfit
        | GatewayError::NoSignIn
        | GatewayError::NotRevoked { .. } => error.to_string(),
    }
}

fn size(bytes: u64) -> String {
    const MEBIBYTE: u64 = 1024 * 1024;
    if bytes < MEBIBYTE {
        format!("{} KiB", bytes.div_ceil(1024))
    } else {
        format!("{} MiB", bytes.div_ceil(MEBIBYTE))
    }
}

fn unreachable(host: &str, cause: UnreachableCause) -> String {
    match cause {
        UnreachableCause::NothingListens => format!(
            "Nothing listens at {host}. Nothing was sent. Check the address and whether the service runs, then try again."
        ),
        UnreachableCause::NoRoute => format!(
            "There is no way from this computer to {host}. Nothing was sent. Check the network and the VPN, then try again."
        ),
        UnreachableCause::Other => {
            format!("No connection to {host} came about. Nothing was sent. Check the network, then try again.")
        }
    }
}

fn carried(host: &str, proxy: &str, trouble: ProxyTrouble) -> String {
    let said = match trouble {
        ProxyTrouble::Authentication => {
            return format!(
                "The proxy {proxy} asks for a name and a password, or does not accept those it got (407). No credential was sent to {host}. Enter the proxy's name and password for this connection."
            );
        }
        ProxyTrouble::Refused => "does not connect to that host",
        ProxyTrouble::RefusedByName => {
            "was told a name and a password and did not connect: they may be wrong, or the host may not be allowed"
        }
        ProxyTrouble::Unknown => "is a name that this computer's network does not know",
        ProxyTrouble::Unreachable => "could not be reached",
        ProxyTrouble::Silent => "did not connect in time",
        ProxyTrouble::Untrusted => "could not prove who it is",
        ProxyTrouble::Unreadable => "broke off, or does not answer as a proxy does",
        ProxyTrouble::Unsupported => "speaks SOCKS, which this program does not",
    };
    format!(
        "The proxy {proxy} on the way to {host} {said}. No credential was sent. Check the proxy's address, or ask who runs the network."
    )
}

fn untrusted(host: &str, fault: TlsFault) -> String {
    let why = match fault {
        TlsFault::UnknownIssuer => "its certificate comes from an authority that this computer does not trust",
        TlsFault::OtherHost => "its certificate belongs to another host",
        TlsFault::Expired => "its certificate has expired, or this computer's clock is wrong",
        TlsFault::NotValidYet => "its certificate is not valid yet, or this computer's clock is wrong",
        TlsFault::Revoked => "its certificate was withdrawn",
        TlsFault::BadCertificate => "its certificate is faulty",
        TlsFault::OldProtocol => "it speaks nothing newer than TLS 1.1, which is not safe any more",
        TlsFault::NotTls => "what answers on that port does not speak TLS",
        TlsFault::NoAgreement => "no secure connection could be agreed on that port",
    };
    format!("{host} could not prove who it is: {why}. No credential was sent. Ask who runs the service or the network.")
}

fn timed_out(host: &str, phase: Phase) -> String {
    match phase {
        Phase::Connect => {
            format!("{host} could not be reached in time. Nothing was sent. Check the network, then try again.")
        }
        Phase::Answer => format!("{host} did not answer in time. Try again."),
        Phase::Body => format!("{host} fell silent before its answer was whole. Nothing of it was kept. Try again."),
        Phase::Total => {
            format!("The answer of {host} took longer than a call may take. Nothing of it was kept. Try again.")
        }
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::{Action, ErrorCode};

    use super::*;

    #[test]
    fn a_token_request_without_an_answer_says_that_the_call_was_not_made() {
        let host = "accounts.example.com".to_owned();
        let phase = Phase::Answer;
        let failure = failure(&GatewayError::TokenUnobtained(Box::new(GatewayError::TimedOut {
            host,
            phase,
        })));
        assert_eq!((failure.code, failure.action), (ErrorCode::TimedOut, Action::Retry));
        assert_eq!(
            failure.message,
            "No access token could be fetched, so the call was not made. accounts.example.com did not answer in time. Try again."
        );
    }

    #[test]
    fn the_failure_of_the_store_is_passed_on_as_it_is() {
        let locked = Failure::new(ErrorCode::KeychainLocked, "The keychain is locked.");
        let error = GatewayError::Credential(CredentialError::Unavailable(locked.clone()));
        assert_eq!((error.code(), error.is_retryable()), (ErrorCode::KeychainLocked, true));
        assert_eq!(error.into_failure(), locked);
    }

    #[test]
    fn a_limit_is_named_in_the_unit_that_fits() {
        assert_eq!(
            (size(33_554_432), size(262_144)),
            ("32 MiB".to_owned(), "256 KiB".to_owned())
        );
    }
}
