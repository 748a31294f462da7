//! Owns the changes of a saved connection that leave its binding alone: its pace and its way through the network.
//! Must not change where its credential may go.

use countersign_domain::{ConnectionKind, CredentialPart, ErrorCode, Failure, Field, Pace};

use super::draft::{PasswordChange, checked_network, invalid};
use crate::app::{App, connection_id};
use crate::bound_services::unsuited;
use crate::page::{ConnectionCard, NetworkDraft};

/// The highest rate taken, in calls a second.
const HIGHEST_RATE: f64 = 100.0;
/// The largest burst taken, in calls.
const LARGEST_BURST: u32 = 1_000;

impl App {
    /// Keeps the calls of a connection to a rate of the person's own; both `None` go back to the service's.
    ///
    /// # Errors
    /// `input-invalid` at rate or burst, `connection-unknown`, `settings-failed`.
    pub fn set_rate(&self, id: &str, per_second: Option<f64>, burst: Option<u32>) -> Result<ConnectionCard, Failure> {
        let id = connection_id(id)?;
        self.0.settings.ready(&id)?;
        let pace = checked_pace(per_second, burst)?;
        self.0.settings.update(&id, |saved| saved.connection.pace = pace)?;
        self.0.services.rebind(&id);
        Ok(self.card(&self.0.settings.ready(&id)?))
    }

    /// Has the calls of a connection find their way otherwise, and proves it then; the card says how that went. The
    /// operation's name is `test:<connection>`.
    ///
    /// # Errors
    /// `input-invalid` at a field, `connection-unknown`, `kind-unsuited`, a failure of keychain or settings.
    pub async fn set_network(&self, id: &str, draft: &NetworkDraft) -> Result<ConnectionCard, Failure> {
        let id = connection_id(id)?;
        let connection = self.0.settings.ready(&id)?.connection;
        if connection.kind.service() == countersign_domain::Service::Practice {
            return Err(unsuited());
        }
        let checked = checked_network(draft, &connection.network, &|handle| self.certificate(handle))?;
        let keeps_nothing = connection.kind == ConnectionKind::HypothesisAnonymous;
        // Settings that somebody else edited are not made right by a change of another part of them.
        let sealed = match self.0.credentials.is_sealed(&id).await {
            Ok(sealed) => sealed,
            // Where nothing is kept, no keychain is needed either.
            Err(failure) if keeps_nothing && failure.code != ErrorCode::OutsideBinding => false,
            Err(failure) => return Err(failure),
        };
        // A password goes before the way that would use it for another proxy, and comes before the way that needs it.
        match checked.password {
            PasswordChange::Keep => {}
            PasswordChange::Forget => {
                self.0
                    .credentials
                    .delete_part(&id, CredentialPart::ProxyPassword)
                    .await?;
            }
            PasswordChange::Set(password) => {
                self.keep(&id, vec![(CredentialPart::ProxyPassword, password)]).await?;
            }
        }
        let network = checked.network;
        self.0
            .settings
            .update(&id, |saved| saved.connection.network = network)?;
        if sealed {
            self.0.credentials.seal(&id).await?;
        }
        self.0.services.rebind(&id);
        self.test_connection(id.as_str()).await
    }
}

fn checked_pace(per_second: Option<f64>, burst: Option<u32>) -> Result<Option<Pace>, Failure> {
    let (per_second, burst) = match (per_second, burst) {
        (None, None) => return Ok(None),
        (Some(per_second), Some(burst)) => (per_second, burst),
        (None, Some(_)) => return Err(missing(Field::PerSecond)),
        (Some(_), None) => return Err(missing(Field::Burst)),
    };
    if !(per_second > 0.0 && per_second <= HIGHEST_RATE) {
        return Err(invalid(
            Field::PerSecond,
            "a rate is above 0 and at most 100 calls a second",
        ));
    }
    if burst == 0 || burst > LARGEST_BURST {
        return Err(invalid(Field::Burst, "1 to 1,000 calls can go out at once"));
    }
    Ok(Some(Pace { per_second, burst }))
}

fn missing(field: Field) -> Failure {
    Failure::new(
        ErrorCode::InputInvalid,
        "Enter both numbers, or go back to the service's own.",
    )
    .at(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_whole_and_within_bounds_or_the_services_own() {
        assert_eq!(checked_pace(None, None), Ok(None));
        let chosen = checked_pace(Some(0.5), Some(1)).unwrap().unwrap();
        assert_eq!((chosen.per_second, chosen.burst), (0.5, 1));
        let field = |per_second, burst| checked_pace(per_second, burst).unwrap_err().field.unwrap();
        assert_eq!(field(None, Some(4)), Field::PerSecond);
        assert_eq!(field(Some(4.0), None), Field::Burst);
        for wrong in [0.0, -1.0, 100.5, f64::NAN, f64::INFINITY] {
            assert_eq!(field(Some(wrong), Some(4)), Field::PerSecond, "{wrong}");
        }
        assert_eq!(field(Some(4.0), Some(0)), Field::Burst);
        assert_eq!(field(Some(4.0), Some(1_001)), Field::Burst);
    }
}
