//! Owns the reading of how a connection's calls find their way. Must not let a kept password go to another proxy than
//! the one it was entered for.

use countersign_domain::credential::checked_secret;
use countersign_domain::{
    CertificateAuthority, CredentialFault, Failure, Field, Network, ProxyAddress, ProxyChoice, SecretString,
};

use super::invalid;
use crate::page::{NetworkDraft, ProxyKind};

/// The longest user name for a proxy, in characters.
const LONGEST_USERNAME: usize = 200;
/// Stands for the certificates saved before.
const KEPT: &str = "kept";

/// What becomes of the proxy's password.
#[derive(Debug)]
pub(crate) enum PasswordChange {
    /// It stays as it is.
    Keep,
    /// It goes: there is no such proxy any more.
    Forget,
    /// This one takes its place.
    Set(SecretString),
}

/// A way that could be saved.
#[derive(Debug)]
pub(crate) struct CheckedNetwork {
    pub(crate) network: Network,
    pub(crate) password: PasswordChange,
}

/// Checks what was typed against what is `kept`.
pub(crate) fn checked_network(
    draft: &NetworkDraft,
    kept: &Network,
    certificate: &(dyn Fn(&str) -> Option<CertificateAuthority> + Sync),
) -> Result<CheckedNetwork, Failure> {
    let proxy = proxy(draft)?;
    let password = password(draft, &proxy, &kept.proxy)?;
    let network = Network {
        proxy,
        certificate_authority: authority(draft.certificate.as_deref(), kept, certificate)?,
    };
    Ok(CheckedNetwork { network, password })
}

fn proxy(draft: &NetworkDraft) -> Result<ProxyChoice, Failure> {
    match draft.proxy {
        ProxyKind::System => Ok(ProxyChoice::System),
        ProxyKind::Direct => Ok(ProxyChoice::Direct),
        ProxyKind::Address => {
            let address = ProxyAddress::parse(&draft.proxy_address);
            let address = address.map_err(|fault| invalid(Field::ProxyAddress, fault))?;
            Ok(ProxyChoice::Address {
                address,
                username: username(&draft.proxy_username)?,
            })
        }
    }
}

/// No colon: the proxy parts name and password at the first one (RFC 7617).
fn username(typed: &str) -> Result<Option<String>, Failure> {
    let typed = typed.trim();
    let fits = typed.chars().count() <= LONGEST_USERNAME && !typed.contains(':') && !typed.contains(char::is_control);
    if !fits {
        let words = "a proxy's user name has at most 200 characters, no colon and no line break";
        return Err(invalid(Field::ProxyUsername, words));
    }
    Ok((!typed.is_empty()).then(|| typed.to_owned()))
}

fn password(draft: &NetworkDraft, proxy: &ProxyChoice, kept: &ProxyChoice) -> Result<PasswordChange, Failure> {
    let ProxyChoice::Address { address, username } = proxy else {
        return Ok(PasswordChange::Forget);
    };
    let typed = match checked_secret(&draft.proxy_password) {
        Ok(typed) => Some(typed),
        Err(CredentialFault::Empty) => None,
        Err(fault) => return Err(invalid(Field::ProxyPassword, fault)),
    };
    match (username, typed) {
        (None, Some(_)) => Err(invalid(Field::ProxyUsername, "a password needs a user name")),
        (Some(_), Some(typed)) => Ok(PasswordChange::Set(typed)),
        (None, None) => Ok(PasswordChange::Forget),
        (Some(_), None) => {
            let same = matches!(kept, ProxyChoice::Address { address: earlier, username: of }
                if earlier == address && of == username);
            Ok(if same {
                PasswordChange::Keep
            } else {
                PasswordChange::Forget
            })
        }
    }
}

fn authority(
    chosen: Option<&str>,
    kept: &Network,
    certificate: &(dyn Fn(&str) -> Option<CertificateAuthority> + Sync),
) -> Result<Option<CertificateAuthority>, Failure> {
    match chosen {
        None => Ok(None),
        Some(KEPT) => Ok(kept.certificate_authority.clone()),
        Some(handle) => certificate(handle)
            .map(Some)
            .ok_or_else(|| invalid(Field::CertificateAuthority, "choose the file once more")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(address: &str, username: &str, password: &str) -> NetworkDraft {
        NetworkDraft {
            proxy: ProxyKind::Address,
            proxy_address: address.into(),
            proxy_username: username.into(),
            proxy_password: SecretString::from(password),
            certificate: None,
        }
    }

    fn check(draft: &NetworkDraft, kept: &Network) -> Result<CheckedNetwork, Failure> {
        checked_network(draft, kept, &|_| None)
    }

    #[test]
    fn a_kept_password_stays_only_for_the_same_proxy_and_name() {
        let first = check(&typed("proxy.corp:3128", "jo", "pw"), &Network::default()).unwrap();
        assert!(matches!(first.password, PasswordChange::Set(_)));
        let again = |address, username| check(&typed(address, username, ""), &first.network).unwrap().password;
        assert!(matches!(again("proxy.corp:3128", "jo"), PasswordChange::Keep));
        assert!(matches!(again("other.corp:3128", "jo"), PasswordChange::Forget));
        assert!(matches!(again("proxy.corp:3128", "al"), PasswordChange::Forget));
        assert!(matches!(again("proxy.corp:3128", ""), PasswordChange::Forget));
    }

    #[test]
    fn every_fault_names_its_field() {
        let field = |draft: &NetworkDraft| check(draft, &Network::default()).unwrap_err().field.unwrap();
        assert_eq!(field(&typed("nonsense/x", "", "")), Field::ProxyAddress);
        assert_eq!(field(&typed("http://jo:pw@proxy.corp:1", "", "")), Field::ProxyAddress);
        assert_eq!(field(&typed("proxy.corp:1", "jo:e", "")), Field::ProxyUsername);
        assert_eq!(field(&typed("proxy.corp:1", "", "pw")), Field::ProxyUsername);
        assert_eq!(field(&typed("proxy.corp:1", "jo", "p\nw")), Field::ProxyPassword);
        let unknown = NetworkDraft {
            certificate: Some("gone".into()),
            ..typed("proxy.corp:1", "", "")
        };
        assert_eq!(field(&unknown), Field::CertificateAuthority);
    }

    #[test]
    fn certificates_are_chosen_kept_or_left_out() {
        let authority = CertificateAuthority {
            name: "corp.pem".into(),
            pem: "PEM".into(),
        };
        let direct = |certificate: Option<&str>| NetworkDraft {
            proxy: ProxyKind::Direct,
            certificate: certificate.map(Into::into),
            ..typed("", "", "")
        };
        let find = |handle: &str| (handle == "h1").then(|| authority.clone());
        let checked = |certificate, kept: &Network| {
            let checked = checked_network(&direct(certificate), kept, &find).unwrap();
            checked.network
        };
        let chosen = checked(Some("h1"), &Network::default());
        assert_eq!(chosen.certificate_authority, Some(authority.clone()));
        assert_eq!(
            checked(Some("kept"), &chosen).certificate_authority,
            Some(authority.clone())
        );
        assert_eq!(checked(None, &chosen).certificate_authority, None);
    }
}
