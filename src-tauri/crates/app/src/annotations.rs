//! Owns the search for annotations, of everybody or one's own. Must not write.

use countersign_domain::{Connection, ConnectionKind, ErrorCode, Failure};
use countersign_services::hypothesis::{Annotation, AnnotationsAsked, Hypothesis};
use countersign_services::{Proof, ServiceError};
use tokio_util::sync::CancellationToken;

use crate::app::{App, connection_id};
use crate::bound_services::unsuited;
use crate::page::{AnnotationShown, AnnotationsPage, AnnotationsQuery};

impl App {
    /// At most 200 annotations that match, newest first. The operation's name is `annotations:<connection>`.
    ///
    /// # Errors
    /// `connection-unknown`, `kind-unsuited` (no Hypothesis, or one's own without an account), `input-invalid`, or a
    /// failure of keychain or service.
    pub async fn search_annotations(&self, id: &str, query: &AnnotationsQuery) -> Result<AnnotationsPage, Failure> {
        let id = connection_id(id)?;
        let connection = self.0.settings.ready(&id)?.connection;
        if query.mine && !stands_for_an_account(connection.kind) {
            return Err(unsuited());
        }
        let client = self.0.services.of(&connection).await?.hypothesis()?;
        let running = self.0.operations.begin(format!("annotations:{id}"));
        let found = self.found(&connection, &client, query, &running.cancel).await;
        found.inspect_err(|failure| {
            // What was typed wrongly says nothing of the connection; a field alone does not tell: a dead secret has one.
            if failure.code != ErrorCode::InputInvalid {
                self.0.observations.note_failure(&id, self.now(), failure);
            }
        })
    }

    async fn found(
        &self,
        connection: &Connection,
        client: &Hypothesis,
        query: &AnnotationsQuery,
        cancel: &CancellationToken,
    ) -> Result<AnnotationsPage, Failure> {
        let user = if query.mine {
            Some(self.own_userid(connection, query.after.is_some(), cancel).await?)
        } else {
            None
        };
        let asked = AnnotationsAsked {
            user,
            words: query.words.clone(),
            uri: query.uri.clone(),
            tag: query.tag.clone(),
            after: query.after.clone(),
        };
        let page = client.annotations(&asked, cancel).await;
        let page = page.map_err(ServiceError::into_failure)?;
        Ok(AnnotationsPage {
            rows: page.rows.into_iter().map(shown).collect(),
            total: page.total,
            next: page.next,
        })
    }

    /// A dead token is answered as nobody's, so each list of one's own begins with the question whose it is: the proof of
    /// the connection, which gets another access token where the service has ended this one.
    async fn own_userid(
        &self,
        connection: &Connection,
        goes_on: bool,
        cancel: &CancellationToken,
    ) -> Result<String, Failure> {
        let observed = self.0.observations.of(&connection.id);
        match observed.and_then(|known| known.proof).and_then(userid) {
            Some(known) if goes_on => Ok(known),
            _ => userid(self.prove(connection, cancel).await?).ok_or_else(nameless),
        }
    }
}

fn userid(proof: Proof) -> Option<String> {
    let line = proof.identity.into_iter().find(|line| line.name == "userid");
    line.map(|line| line.value)
}

fn nameless() -> Failure {
    let words = "Hypothesis does not say which account this credential stands for.";
    Failure::new(ErrorCode::AnswerUnreadable, words)
}

fn stands_for_an_account(kind: ConnectionKind) -> bool {
    match kind {
        ConnectionKind::HypothesisPersonalToken
        | ConnectionKind::HypothesisSignIn
        | ConnectionKind::HypothesisGrantToken => true,
        ConnectionKind::HypothesisAnonymous
        | ConnectionKind::HypothesisClientCredentials
        | ConnectionKind::HyperproofClientCredentials
        | ConnectionKind::HyperproofAuthorizationCode
        | ConnectionKind::Practice => false,
    }
}

fn shown(row: Annotation) -> AnnotationShown {
    AnnotationShown {
        id: row.id,
        user: row.user,
        uri: row.uri,
        title: row.title,
        text: row.text,
        quote: row.quote,
        tags: row.tags,
        group: row.group,
        created: row.created,
        updated: row.updated,
    }
}
