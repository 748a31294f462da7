//! Owns the client of Hyperproof's public API, `v1`. Must not write anything, nor use its beta or web API.
//!
//! Source: hyperproof-api sections 2, 3, 4.2 and 9 (developer.hyperproof.app).

mod controls;
mod permissions;
pub(crate) mod refusal;
mod users;

use countersign_domain::{ErrorCode, Failure};
use countersign_gateway::{AnswerStream, BoundGateway};

pub use controls::{ControlsRead, LARGEST_BATCH};

use crate::error::{AnswerFault, ServiceError};
use crate::received::{Received, is_page_type};
use refusal::{Asked, page_came, refusal};

/// How much of a refusal's body is read for its words, in bytes.
const LONGEST_REFUSAL: usize = 64 * 1024;

/// Hyperproof, called with one connection's credential. The bound address ends with `/v1`.
#[derive(Clone)]
pub struct Hyperproof {
    gateway: BoundGateway,
}

impl std::fmt::Debug for Hyperproof {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Hyperproof").finish_non_exhaustive()
    }
}

impl Hyperproof {
    /// A client over `gateway`.
    pub fn new(gateway: BoundGateway) -> Self {
        Self { gateway }
    }
}

/// The error of an answer that is not 2xx or is a page, else nothing.
fn refused(received: &Received<'_>, asked: Asked) -> Result<(), ServiceError> {
    if !received.is_success() {
        return Err(ServiceError::Refused {
            status: received.status,
            failure: refusal(received, asked),
        });
    }
    if received.is_page() {
        return Err(ServiceError::Unreadable {
            failure: page_came(received),
            fault: AnswerFault::Page,
        });
    }
    Ok(())
}

/// The same for an answer whose body was not read yet; on an error its beginning is read for the server's words.
async fn refused_stream(stream: &mut AnswerStream, asked: Asked) -> Result<(), ServiceError> {
    let is_data = (200..300).contains(&stream.status()) && !is_page_type(stream.content_type());
    if is_data {
        return Ok(());
    }
    // The status alone tells what happened; words that did not come are not missed.
    let body = stream.beginning(LONGEST_REFUSAL).await;
    let received = Received {
        status: stream.status(),
        content_type: stream.content_type(),
        retry_after_seconds: stream.retry_after_seconds(),
        body: &body,
    };
    refused(&received, asked)
}

fn unreadable(fault: impl Into<AnswerFault>) -> ServiceError {
    let fault = fault.into();
    let message = match &fault {
        AnswerFault::List(crate::json_stream::SplitFault::Cut) => {
            "The list of controls broke off before its end. What was there before is unchanged."
        }
        AnswerFault::Endless => "Hyperproof's list of controls does not end. What was there before is unchanged.",
        AnswerFault::Page
        | AnswerFault::Json(_)
        | AnswerFault::Shape
        | AnswerFault::List(_)
        | AnswerFault::Control(_) => "The answer is not what Hyperproof documents. The address may be another one.",
    };
    ServiceError::Unreadable {
        failure: Failure::new(ErrorCode::AnswerUnreadable, message),
        fault,
    }
}
