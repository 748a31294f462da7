//! Owns the question whether something made is newer than what it is made from.
//!
//! It must not make anything.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

/// Whether `made` exists and no source was changed after it. A folder stands for everything in it, the folder itself
/// included, so that a removed file counts as a change; a source that does not exist is none.
///
/// # Errors
/// When a source cannot be read.
pub(crate) fn is_newer(made: &Path, sources: &[PathBuf]) -> Result<bool> {
    let Some(made_at) = changed_at(made)? else {
        return Ok(false);
    };
    for source in sources {
        if newest(source)?.is_some_and(|changed| changed > made_at) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether `stamp` is an exact copy of `source`, as [`set_stamp`] leaves it.
///
/// # Errors
/// When `source` cannot be read.
pub(crate) fn is_stamped(source: &Path, stamp: &Path) -> Result<bool> {
    let wanted = fs::read(source).with_context(|| format!("{} cannot be read", source.display()))?;
    Ok(fs::read(stamp).is_ok_and(|found| found == wanted))
}

/// Notes what `source` holds now.
///
/// # Errors
/// When the stamp cannot be written.
pub(crate) fn set_stamp(source: &Path, stamp: &Path) -> Result<()> {
    fs::copy(source, stamp).with_context(|| format!("{} cannot be written", stamp.display()))?;
    Ok(())
}

fn newest(path: &Path) -> Result<Option<SystemTime>> {
    let mut newest = changed_at(path)?;
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))? {
            newest = newest.max(self::newest(&entry?.path())?);
        }
    }
    Ok(newest)
}

fn changed_at(path: &Path) -> Result<Option<SystemTime>> {
    match fs::metadata(path).and_then(|found| found.modified()) {
        Ok(time) => Ok(Some(time)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = crate::folders::target().join("xtask-tests").join(name);
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(folder.join("sources")).unwrap();
            Self(folder)
        }

        fn write(&self, name: &str, minutes: u64) -> PathBuf {
            let path = self.0.join(name);
            fs::write(&path, name).unwrap();
            self.touch(name, minutes);
            path
        }

        fn touch(&self, name: &str, minutes: u64) {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(60 * minutes);
            fs::File::open(self.0.join(name)).unwrap().set_modified(time).unwrap();
        }
    }

    #[test]
    fn a_page_older_than_any_source_is_not_fresh() {
        let folder = Folder::new("older");
        let made = folder.write("made", 10);
        folder.write("sources/early.js", 5);
        folder.touch("sources", 5);
        let sources = [folder.0.join("sources"), folder.0.join("absent")];
        assert!(is_newer(&made, &sources).unwrap(), "every source is older");
        folder.write("sources/late.js", 11);
        folder.touch("sources", 5);
        assert!(!is_newer(&made, &sources).unwrap(), "one source is newer");
    }

    #[test]
    fn a_removed_source_counts_as_a_change() {
        let folder = Folder::new("removed");
        let made = folder.write("made", 10);
        let source = folder.write("sources/one.js", 5);
        folder.touch("sources", 5);
        fs::remove_file(source).unwrap();
        assert!(!is_newer(&made, &[folder.0.join("sources")]).unwrap());
    }

    #[test]
    fn nothing_made_is_never_fresh() {
        let folder = Folder::new("absent");
        assert!(!is_newer(&folder.0.join("made"), &[]).unwrap());
    }

    #[test]
    fn a_stamp_holds_until_its_source_changes() {
        let folder = Folder::new("stamp");
        let (source, stamp) = (folder.write("lock", 1), folder.0.join("stamp"));
        assert!(!is_stamped(&source, &stamp).unwrap(), "nothing is stamped yet");
        set_stamp(&source, &stamp).unwrap();
        assert!(is_stamped(&source, &stamp).unwrap());
        fs::write(&source, "changed").unwrap();
        assert!(!is_stamped(&source, &stamp).unwrap());
    }
}
