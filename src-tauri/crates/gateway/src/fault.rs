//! Owns the causes that keep an answer away, as far as they can be told apart. Must not hold text or a source.

use countersign_domain::ErrorCode;

/// What a call was waiting for when its time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// A connection; the request never left.
    Connect,
    /// The first byte of the answer.
    Answer,
    /// The next part of the answer.
    Body,
    /// The whole call took longer than allowed.
    Total,
}

/// Why no connection came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreachableCause {
    /// The computer answered, but nothing listens on that port.
    NothingListens,
    /// There is no way to that network or computer: offline, VPN down.
    NoRoute,
    /// Something else; the source says.
    Other,
}

/// Why TLS was not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsFault {
    /// The certificate comes from an authority that this computer does not trust: a proxy that reads along, or a private one.
    UnknownIssuer,
    /// The certificate is of another host.
    OtherHost,
    /// The certificate has expired, or this computer's clock is ahead.
    Expired,
    /// The certificate is not valid yet, or this computer's clock is behind.
    NotValidYet,
    /// The certificate was withdrawn.
    Revoked,
    /// The certificate is faulty in another way.
    BadCertificate,
    /// The server speaks nothing newer than TLS 1.1, which this program does not.
    OldProtocol,
    /// What answers on that port does not speak TLS: another service, or a proxy that takes the encryption away.
    NotTls,
    /// Server and program found no common protocol in another way.
    NoAgreement,
}

/// Why a proxy did not carry a call. Nothing of the call had left for the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyTrouble {
    /// It asks for a name and a password, or does not accept those it got (407).
    Authentication,
    /// It does not connect to that host, or cannot reach it.
    Refused,
    /// The same after it was told a name and a password: some proxies (tinyproxy) answer wrong ones with another status
    /// than 407, so that both may be meant.
    RefusedByName,
    /// Its own name is not known.
    Unknown,
    /// It could not be reached.
    Unreachable,
    /// It did not connect in time, or did not answer.
    Silent,
    /// It could not prove who it is (a proxy of `https`).
    Untrusted,
    /// It broke off, or what it said is no answer of a proxy.
    Unreadable,
    /// It speaks SOCKS, which this program does not.
    Unsupported,
}

impl ProxyTrouble {
    /// The code of the closed list.
    pub fn code(self) -> ErrorCode {
        match self {
            Self::Authentication => ErrorCode::ProxyRefused,
            Self::Refused
            | Self::RefusedByName
            | Self::Unknown
            | Self::Unreachable
            | Self::Silent
            | Self::Untrusted
            | Self::Unreadable
            | Self::Unsupported => ErrorCode::ProxyFailed,
        }
    }
}
