//! Owns how an entry is called: `countersign/<channel>/<service>/<connection>`.
//! Must not hold a secret or a name typed by a person.

use std::fmt;

use countersign_domain::{ConnectionId, CredentialPart, Service};
use thiserror::Error;

/// The longest channel, in characters.
const LONGEST_CHANNEL: usize = 40;

/// The third part of the name under which a connection's register key is kept.
const REGISTER: &str = "register";

/// The third part of the name under which what a sign-in brought is kept.
const REFRESH_TOKEN: &str = "refresh-token";

/// The third part of the name under which the password for a connection's proxy is kept.
const PROXY_PASSWORD: &str = "proxy-password";

/// The third part of the name under which it is kept where a connection's secrets may go.
const SEAL: &str = "seal";

/// A text that is no channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a channel has 1 to 40 characters of a-z, 0-9 and -")]
pub struct ChannelFault;

/// Keeps the entries of releases, of development and of each test apart: 1 to 40 characters of `a-z0-9-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Channel(String);

impl Channel {
    /// What people install.
    pub fn release() -> Self {
        Self("release".to_owned())
    }

    /// What is built while working on the program.
    pub fn development() -> Self {
        Self("development".to_owned())
    }

    /// Reads a channel, such as a test's own.
    ///
    /// # Errors
    /// `ChannelFault` for anything but 1 to 40 characters of `a-z0-9-`.
    pub fn parse(text: &str) -> Result<Self, ChannelFault> {
        let fits = (1..=LONGEST_CHANNEL).contains(&text.len());
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if fits && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ChannelFault)
        }
    }

    /// The channel as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of one entry. Not secret: it may be logged.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntryName {
    whole: String,
    place: String,
    holder: String,
}

impl EntryName {
    /// Where the secret of a connection is kept: `countersign/<channel>/<service>/<connection>`.
    pub fn credential(channel: &Channel, service: Service, id: &ConnectionId) -> Self {
        Self::compose(channel, service.as_str(), id)
    }

    /// Where the key of a connection's register files is kept: `countersign/<channel>/register/<connection>`.
    pub fn register_key(channel: &Channel, id: &ConnectionId) -> Self {
        Self::compose(channel, REGISTER, id)
    }

    /// Where one of a connection's secrets is kept: the typed one as `credential`, a refresh token at
    /// `countersign/<channel>/refresh-token/<connection>`, a proxy's password at
    /// `countersign/<channel>/proxy-password/<connection>`.
    pub fn part(channel: &Channel, service: Service, id: &ConnectionId, part: CredentialPart) -> Self {
        match part {
            CredentialPart::Secret => Self::credential(channel, service, id),
            CredentialPart::RefreshToken => Self::compose(channel, REFRESH_TOKEN, id),
            CredentialPart::ProxyPassword => Self::compose(channel, PROXY_PASSWORD, id),
        }
    }

    /// Where it is kept which addresses a connection's secrets were saved for: `countersign/<channel>/seal/<connection>`.
    pub fn seal(channel: &Channel, id: &ConnectionId) -> Self {
        Self::compose(channel, SEAL, id)
    }

    fn compose(channel: &Channel, part: &str, id: &ConnectionId) -> Self {
        let place = format!("countersign/{}/{part}", channel.as_str());
        let holder = id.as_str().to_owned();
        Self {
            whole: format!("{place}/{holder}"),
            place,
            holder,
        }
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// All but the connection: what stores with two-part names call the service.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The connection: what stores with two-part names call the user or account.
    pub fn holder(&self) -> &str {
        &self.holder
    }
}

impl fmt::Display for EntryName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_channel_service_and_connection() {
        let id = ConnectionId::parse("67e55044-10b1-426f-9247-bb680e5fe0c8").unwrap();
        let name = EntryName::credential(&Channel::release(), Service::Hypothesis, &id);
        assert_eq!(
            name.as_str(),
            "countersign/release/hypothesis/67e55044-10b1-426f-9247-bb680e5fe0c8"
        );
        assert_eq!(format!("{}/{}", name.place(), name.holder()), name.as_str());
        let key = EntryName::register_key(&Channel::development(), &id);
        assert_eq!(
            key.as_str(),
            "countersign/development/register/67e55044-10b1-426f-9247-bb680e5fe0c8"
        );
    }

    #[test]
    fn channels_and_services_do_not_share_names() {
        let id = ConnectionId::random();
        let released = EntryName::credential(&Channel::release(), Service::Hyperproof, &id);
        assert_ne!(
            released,
            EntryName::credential(&Channel::development(), Service::Hyperproof, &id)
        );
        assert_ne!(
            released,
            EntryName::credential(&Channel::release(), Service::Practice, &id)
        );
        assert_ne!(released, EntryName::register_key(&Channel::release(), &id));
    }

    #[test]
    fn a_channel_cannot_reach_into_another_part_of_the_name() {
        assert_eq!(Channel::parse("test-4f"), Ok(Channel("test-4f".to_owned())));
        for bad in ["", "Release", "a/b", "a b", "ä", "..", &"x".repeat(41)] {
            assert_eq!(Channel::parse(bad), Err(ChannelFault), "{bad}");
        }
    }
}
