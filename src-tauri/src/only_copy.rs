//! Owns the promise that one copy of the program at a time writes the settings, where no session bus tells a second start
//! of the first. Must not touch the settings themselves.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// The file that is locked. It stays when the program ends: removing it would let two copies hold two different files.
const FILE: &str = "running.lock";

/// Held as long as the program runs; the system lets go of it when the process dies, however it dies.
#[derive(Debug)]
pub(crate) struct OnlyCopy {
    _file: Option<File>,
}

/// Another copy of the program runs on the same settings.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct AlreadyRunning;

impl OnlyCopy {
    /// Takes the lock in the settings folder, made first where there is none.
    ///
    /// A folder that cannot be locked is no reason not to start: settings that cannot be written are said when they are.
    pub(crate) fn take(settings: &Path) -> Result<Self, AlreadyRunning> {
        match locked(settings) {
            Ok(file) => Ok(Self { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(AlreadyRunning),
            Err(TryLockError::Error(error)) => {
                tracing::warn!("another copy of the program would not be noticed: {error}");
                Ok(Self { _file: None })
            }
        }
    }
}

fn locked(settings: &Path) -> Result<File, TryLockError> {
    let file = opened(settings).map_err(TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}

/// Folder and file are for this user alone (0700 and 0600 on Unix; elsewhere the rights of the profile hold).
fn opened(settings: &Path) -> io::Result<File> {
    let (mut folder, mut file) = (DirBuilder::new(), OpenOptions::new());
    #[cfg(unix)]
    {
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    }
    folder.recursive(true).create(settings)?;
    file.write(true).create(true).truncate(false).open(settings.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_copy_is_refused_until_the_first_has_gone() {
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("not there yet");
        let first = OnlyCopy::take(&settings).unwrap();
        assert_eq!(OnlyCopy::take(&settings).unwrap_err(), AlreadyRunning);
        drop(first);
        assert!(OnlyCopy::take(&settings).is_ok(), "its file stays, its lock does not");
    }

    #[test]
    fn settings_elsewhere_are_another_copys() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let _first = OnlyCopy::take(one.path()).unwrap();
        assert!(OnlyCopy::take(other.path()).is_ok());
    }

    #[test]
    fn a_folder_that_cannot_be_locked_does_not_stop_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("settings");
        std::fs::write(&settings, "a file where the folder should be").unwrap();
        assert!(OnlyCopy::take(&settings).is_ok());
    }
}
