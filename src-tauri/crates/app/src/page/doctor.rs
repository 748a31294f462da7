//! Owns the shapes of the Doctor screen. Hosts and layers are named; no secret, header or body is.

use countersign_domain::Failure;
use serde::Serialize;
use ts_rs::TS;

/// A layer between this program and an answer, in the order in which they are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DoctorLayer {
    /// The host's name becomes an address.
    Dns,
    /// The address is reached.
    Tcp,
    /// The proxy lets the call through.
    Proxy,
    /// The server proves who it is.
    Tls,
    /// The server speaks HTTP and answers a request without credential.
    Http,
    /// The credential is accepted.
    Authentication,
    /// The credential may do what this program does with it.
    Permission,
}

/// How a layer was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DoctorState {
    /// It holds.
    Passed,
    /// It does not apply (no proxy, plain http on this computer, no credential).
    NotNeeded,
    /// It fails: the walk ends here.
    Failed,
    /// An earlier one failed.
    NotReached,
}

/// Who can mend what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DoctorMender {
    /// Nobody needs to.
    Nobody,
    /// The person, here.
    You,
    /// Who runs this computer's network.
    NetworkAdministrator,
    /// Who administers the service for the organisation.
    ServiceAdministrator,
    /// Who runs the server.
    Operator,
}

/// One layer of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DoctorFinding {
    /// The layer.
    pub layer: DoctorLayer,
    /// How it was found.
    pub state: DoctorState,
    /// What was seen, in sentences: the first is the row's text, the rest its second line. English; hosts, addresses, names
    /// of issuers and dates only.
    pub seen: Vec<String>,
    /// What is wrong.
    pub failure: Option<Failure>,
    /// Who can mend it.
    pub mender: DoctorMender,
    /// How long it took.
    #[ts(type = "number")]
    pub milliseconds: u64,
}

/// What the doctor found. Times are ISO 8601, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DoctorReport {
    /// The host walked to.
    pub host: String,
    /// The seven layers.
    pub findings: Vec<DoctorFinding>,
    /// When it began.
    pub checked: String,
    /// When all seven last passed, in this run.
    pub last_passed: Option<String>,
    /// `direct`, or the proxy's host and port.
    pub route: String,
    /// `system`, or `system` and the name of the connection's own certificate file.
    pub trust: String,
    /// The whole as text to copy, redacted.
    pub text: String,
}

/// A certificate file that was chosen and read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CertificateChosen {
    /// To be sent back in a `NetworkDraft`; good until the program ends.
    pub handle: String,
    /// The file's name, without its folder.
    pub name: String,
    /// How many certificates it holds.
    pub certificates: u32,
}
