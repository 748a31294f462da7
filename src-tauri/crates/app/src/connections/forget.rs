//! Owns the forgetting of a connection: its calls are stopped, then everything of it goes. Must not leave a secret
//! behind whose card is gone: the card goes last.

use countersign_domain::{Failure, Stage};

use crate::app::{App, connection_id};

impl App {
    /// Deletes the secret in the keychain, the register, what was practised, and the card.
    ///
    /// # Errors
    /// `connection-unknown`, or a failure of keychain, register or settings; the card stays then.
    pub async fn forget_connection(&self, id: &str) -> Result<(), Failure> {
        let id = connection_id(id)?;
        self.0.settings.ready(&id)?;
        for work in [
            "sync",
            "test",
            "account",
            "request",
            "documented",
            "annotations",
            "doctor",
        ] {
            self.0.operations.cancel_all(&format!("{work}:{id}"));
        }
        if self.0.sign_ins.is_for(&id) {
            self.0.operations.cancel("sign-in");
        }
        self.0.services.drop_bound(&id);
        self.0.credentials.delete(&id).await?;
        // From here on a crash leaves a pending card, which the next start removes.
        self.0
            .settings
            .update(&id, |saved| saved.connection.stage = Stage::Pending)?;
        self.0.registers.delete(&id).await?;
        self.0.practice.forget(&id).await?;
        self.0.activity.forget(&id);
        self.0.observations.forget(&id);
        self.0.indexes.forget(&id);
        self.0.passed.forget(&id);
        self.0.settings.remove(&id)
    }
}
