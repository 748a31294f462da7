//! Owns what can go wrong with the register. Must not carry a key or a value of a row in any text.

use std::io;

use countersign_domain::{ErrorCode, Failure};
use thiserror::Error;

/// Why a register could not do what it was asked.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// Another process, or another part of this one, has this file open.
    #[error("another copy of the program has this register open")]
    Held,
    /// A snapshot is being written already.
    #[error("a sync of this register is already under way")]
    WriterBusy,
    /// The key is not 32 bytes.
    #[error("the register's key has {length} bytes instead of 32")]
    KeyLength {
        /// Bytes given.
        length: usize,
    },
    /// The file does not open with this key, or its content is broken. It is left exactly as it is.
    #[error("the register cannot be read with its key: the key is another, or the file is damaged")]
    Damaged {
        /// What the database said, where it said anything.
        #[source]
        source: Option<rusqlite::Error>,
    },
    /// A newer version of the program wrote the file. It is left exactly as it is.
    #[error("the register was written by a newer version of the program (form {found}, known up to {known})")]
    Newer {
        /// The file's version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The database library was built without encryption: it would ignore the key silently.
    #[error("this program was built without encryption for its register")]
    NotEncrypted,
    /// The question is outside what may be asked.
    #[error("the question is not possible: {0}")]
    Question(&'static str),
    /// The file or its folder cannot be used.
    #[error("the register's file cannot be used")]
    File {
        /// The system's answer.
        #[from]
        source: io::Error,
    },
    /// The database failed in another way, such as a full disk.
    #[error("the register failed")]
    Database {
        /// The database's answer.
        #[source]
        source: rusqlite::Error,
    },
}

impl RegisterError {
    /// The code the page has words for.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Held | Self::WriterBusy => ErrorCode::RegisterHeld,
            Self::Damaged { .. } => ErrorCode::RegisterDamaged,
            Self::Question(_) => ErrorCode::InputInvalid,
            Self::NotEncrypted | Self::KeyLength { .. } => ErrorCode::Internal,
            Self::Newer { .. } | Self::File { .. } | Self::Database { .. } => ErrorCode::RegisterFailed,
        }
    }

    /// The failure as it crosses to the page.
    pub fn into_failure(self) -> Failure {
        let mut failure = Failure::new(self.code(), self.to_string());
        if matches!(self, Self::Newer { .. }) {
            failure.retryable = false;
        }
        failure
    }
}

impl From<rusqlite::Error> for RegisterError {
    /// A page that fails its authentication reads as "not a database" or as a malformed one; a value of another type
    /// or form than the schema's can only come from damage as well.
    fn from(source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Sqlite;
        let broken = matches!(
            source.sqlite_error_code(),
            Some(Sqlite::NotADatabase | Sqlite::DatabaseCorrupt)
        );
        let misshapen = matches!(
            source,
            rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
        );
        if broken || misshapen {
            Self::Damaged { source: Some(source) }
        } else {
            Self::Database { source }
        }
    }
}
