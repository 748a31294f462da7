//! Owns the one `App` that the commands call: it holds every part and lends it to the use-cases.
//! Must not hold logic of its own: each use-case is an `impl App` in a module of its own.

use std::sync::Arc;

use countersign_domain::{ConnectionId, ErrorCode, Failure, Stage, Timestamp};
use countersign_gateway::{Gateway, GatewayError, GatewaySettings};
use countersign_keychain::{Channel, Keychain};

use crate::activity::Activity;
use crate::bound_services::BoundServices;
use crate::certificates::Certificates;
use crate::connections::observation::Observations;
use crate::credentials::Credentials;
use crate::doctor::Passed;
use crate::operations::Operations;
use crate::ports::{Folders, Ports};
use crate::practice::Practice;
use crate::registers::Registers;
use crate::requests::Indexes;
use crate::settings::Settings;
use crate::sign_in::PendingSignIns;

/// What the desktop says of itself at the start.
#[derive(Debug, Clone)]
pub struct AppSettings {
    /// The program's version.
    pub version: String,
    /// `linux`, `macos` or `windows`.
    pub platform: String,
    /// The part of keychain names that keeps releases, development and tests apart.
    pub channel: String,
    /// Where files lie.
    pub folders: Folders,
}

/// The use-cases of Countersign. Cheap to clone.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) about: AppSettings,
    pub(crate) ports: Ports,
    pub(crate) keychain: Keychain,
    pub(crate) settings: Arc<Settings>,
    pub(crate) credentials: Arc<Credentials>,
    pub(crate) activity: Arc<Activity>,
    pub(crate) services: BoundServices,
    pub(crate) practice: Arc<Practice>,
    pub(crate) registers: Registers,
    pub(crate) operations: Operations,
    pub(crate) observations: Observations,
    pub(crate) sign_ins: PendingSignIns,
    pub(crate) indexes: Indexes,
    pub(crate) certificates: Certificates,
    pub(crate) passed: Passed,
}

impl App {
    /// Puts the parts together. Opens no keychain, no register and no socket: the first paint waits for none of them.
    ///
    /// # Errors
    /// `settings-failed` when the settings are there but cannot be read, `internal` when a part cannot be made.
    pub fn new(about: AppSettings, ports: Ports, keychain: Keychain) -> Result<Self, Failure> {
        let settings = Arc::new(Settings::open(&about.folders.settings)?);
        let channel = Channel::parse(&about.channel).map_err(|fault| internal(&fault))?;
        let credentials = Arc::new(Credentials::new(
            keychain.clone(),
            channel,
            Arc::clone(&settings),
            Arc::clone(&ports.clock),
        ));
        let activity = Arc::new(Activity::new(Arc::clone(&settings), Arc::clone(&ports.waits)));
        let practice = Arc::new(Practice::new(about.folders.data.clone()));
        let agent = format!(
            "Countersign/{} ({}; {})",
            about.version,
            about.platform,
            std::env::consts::ARCH
        );
        let gateway = Gateway::new(
            GatewaySettings::new(agent),
            Arc::clone(&ports.clock),
            Arc::clone(&credentials) as _,
            Arc::clone(&activity) as _,
            Arc::clone(&ports.proxies),
        );
        let gateway = gateway.map_err(GatewayError::into_failure)?;
        let services = BoundServices::new(gateway, Arc::clone(&credentials), Arc::clone(&practice));
        let registers = Registers::new(
            about.folders.data.clone(),
            Arc::clone(&credentials),
            Arc::clone(&settings),
        )?;
        let (operations, observations) = (Operations::default(), Observations::default());
        Ok(Self(Arc::new(Parts {
            about,
            ports,
            keychain,
            settings,
            credentials,
            activity,
            services,
            practice,
            registers,
            operations,
            observations,
            sign_ins: PendingSignIns::default(),
            indexes: Indexes::default(),
            certificates: Certificates::default(),
            passed: Passed::default(),
        })))
    }

    /// Removes what a crash between keychain and settings left: a card that was never ready goes with its secret.
    /// One whose secret cannot be deleted now stays hidden, and is tried again at the next start.
    pub async fn reconcile(&self) {
        let saved = self.0.settings.connections();
        for pending in saved
            .into_iter()
            .filter(|saved| saved.connection.stage == Stage::Pending)
        {
            let id = &pending.connection.id;
            if self.0.credentials.delete(id).await.is_ok() && self.0.settings.remove(id).is_err() {
                tracing::warn!(connection = %id, "a half-saved connection stays until the settings can be written");
            }
        }
    }

    /// Stops the operation of that name; says whether it ran.
    pub fn cancel_operation(&self, name: &str) -> bool {
        self.0.operations.cancel(name)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.ports.clock.now()
    }
}

/// Reads an identifier that the page sent.
pub(crate) fn connection_id(text: &str) -> Result<ConnectionId, Failure> {
    let unknown = |_| Failure::new(ErrorCode::ConnectionUnknown, "This connection is no longer here.");
    ConnectionId::parse(text).map_err(unknown)
}

fn internal(why: &dyn std::fmt::Display) -> Failure {
    Failure::new(ErrorCode::Internal, format!("A fault of this program: {why}."))
}
