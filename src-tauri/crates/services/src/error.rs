//! Owns the ways in which a call to a service fails. Must not decide what is said of a refusal (the services' modules do).

use countersign_domain::control::ControlFault;
use countersign_domain::{ErrorCode, Failure};
use countersign_gateway::GatewayError;
use thiserror::Error;

use crate::json_stream::SplitFault;

/// Why an answer with a status of success cannot be used.
#[derive(Debug, Error)]
pub enum AnswerFault {
    /// A web page came.
    #[error("a web page came in place of data")]
    Page,
    /// Not JSON, or JSON without the fields that the service documents.
    #[error("the answer is not what the service documents")]
    Json(#[from] serde_json::Error),
    /// JSON of another shape.
    #[error("the answer has another shape than the service documents")]
    Shape,
    /// No list, or one that broke off.
    #[error(transparent)]
    List(#[from] SplitFault),
    /// No control.
    #[error(transparent)]
    Control(#[from] ControlFault),
    /// The list names a next part that was read already, or more parts than any list has.
    #[error("the list does not end")]
    Endless,
}

/// Why a call did not give what it was made for. The code of [`into_failure`](Self::into_failure) tells a wait (quota,
/// rate) from a missing permission, a refused credential, access that was never enabled and an answer that is no data.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// There was no answer.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The service answered and said no.
    #[error("refused with status {status}: {failure}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What it means.
        failure: Failure,
    },
    /// The service answered, but not with what it documents.
    #[error("the answer cannot be used")]
    Unreadable {
        /// What is said of it.
        failure: Failure,
        /// What is wrong with it.
        #[source]
        fault: AnswerFault,
    },
    /// The caller stopped it, or no longer takes the rows.
    #[error("stopped")]
    Stopped,
}

impl ServiceError {
    /// What went wrong, from the closed list.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Gateway(error) => error.code(),
            Self::Refused { failure, .. } | Self::Unreadable { failure, .. } => failure.code,
            Self::Stopped => ErrorCode::Cancelled,
        }
    }

    /// The failure as it crosses to the page.
    pub fn into_failure(self) -> Failure {
        match self {
            Self::Gateway(error) => error.into_failure(),
            Self::Refused { failure, .. } | Self::Unreadable { failure, .. } => failure,
            Self::Stopped => Failure::new(ErrorCode::Cancelled, "Stopped. What was there before is unchanged."),
        }
    }
}

/// Why a write gave no account. Nothing is ever sent again here: the caller decides, after reading back.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WriteError {
    /// The service refused it and wrote nothing. One failure for each field it named, or one without a field; never empty.
    #[error("the service refused what was sent")]
    Refused(Vec<Failure>),
    /// Whether it was written is not known: time-out, broken connection, 5xx, an answer that cannot be read, an unknown
    /// conflict. Read back before anything else.
    #[error("whether it was written is not known: {0}")]
    Uncertain(#[source] Failure),
    /// Certainly not written: nothing left this computer, or it was turned away before anything was done.
    #[error("nothing was written: {0}")]
    NotSent(#[source] Failure),
}

impl From<GatewayError> for WriteError {
    fn from(error: GatewayError) -> Self {
        if error.is_certainly_not_done() {
            Self::NotSent(error.into_failure())
        } else {
            Self::Uncertain(error.into_failure())
        }
    }
}
