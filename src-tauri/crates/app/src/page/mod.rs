//! Owns the shapes that cross to the page and back (DTOs), exported to `ui/src/generated`.
//! Must not hold a secret on its way out: no outgoing shape has a field for one.

mod account;
mod activity;
mod connection;
mod controls;
mod doctor;
mod draft;
mod preferences;
mod requests;
mod sign_in;
mod status;

pub use account::{
    AccountCheck, AccountCheckRequest, AccountCreateRequest, AccountFaultShown, AccountLookUp, AccountShown,
    AccountUpdateRequest, AccountWindow, CreateOutcome, KnownAccount,
};
pub use activity::{CallShown, WaitShown};
pub use connection::{
    ConnectionCard, ConnectionState, IdentityLine, NetworkShown, PermissionShown, PermissionState, SignInShown,
};
pub use controls::{
    ControlColumn, ControlDetail, ControlRow, ControlsFacet, ControlsFilter, ControlsQuery, ControlsWindow, FacetField,
    FacetValue, FieldShown, SnapshotShown, SyncOutcome, SyncProgress,
};
pub use doctor::{CertificateChosen, DoctorFinding, DoctorLayer, DoctorMender, DoctorReport, DoctorState};
pub use draft::{ConnectionDraft, NetworkDraft, ProxyKind};
pub use preferences::{Contrast, PaneName, Preferences};
pub use requests::{
    AnnotationShown, AnnotationsPage, AnnotationsQuery, DocumentedRequest, QueryPair, RequestAnswer, RequestDraft,
    RequestRemembered,
};
pub use sign_in::{ClaimShown, SignInStep, TokenShown};
pub use status::{AppStatus, KeychainShown, KeychainState};
