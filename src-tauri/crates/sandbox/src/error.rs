//! Owns the reasons for which a sandbox does not start. Must not hold a credential.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why the sandbox did not start.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// The port is taken or may not be used.
    #[error("the sandbox cannot listen on 127.0.0.1:{port}")]
    Listen {
        /// As asked; 0 for any.
        port: u16,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A file cannot be read.
    #[error("{path} cannot be read", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A file is not what it should be.
    #[error("{path} is not {expected}", path = path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        expected: &'static str,
        /// Where it differs.
        #[source]
        source: serde_json::Error,
    },
    /// The certificates of this run cannot be made.
    #[cfg(feature = "faults")]
    #[error("the sandbox's certificates cannot be made")]
    Certificate {
        /// What went wrong.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
