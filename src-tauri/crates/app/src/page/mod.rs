//! Owns the shapes that cross to the page and back (DTOs), exported to `ui/src/generated`.
//! Must not hold a secret on its way out: no outgoing shape has a field for one.

mod account;
mod connection;
mod controls;
mod status;

pub use account::{
    AccountCheck, AccountCheckRequest, AccountCreateRequest, AccountFaultShown, AccountLookUp, AccountShown,
    AccountUpdateRequest, AccountWindow, CreateOutcome, KnownAccount,
};
pub use connection::{
    CallShown, ConnectionCard, ConnectionDraft, ConnectionState, IdentityLine, PermissionShown, PermissionState,
};
pub use controls::{
    ControlColumn, ControlDetail, ControlRow, ControlsFacet, ControlsFilter, ControlsQuery, ControlsWindow, FacetField,
    FacetValue, FieldShown, SnapshotShown, SyncOutcome, SyncProgress,
};
pub use status::{AppStatus, KeychainShown, KeychainState};
