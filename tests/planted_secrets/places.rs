//! Owns the places of this computer in which a secret could lie: files and their names, registers opened with their
//! key, files held open, command lines and environments. Must not change any of them.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;

/// A place and what lies in it.
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Place {
    pub(crate) fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let (name, bytes) = (name.into(), bytes.into());
        Self { name, bytes }
    }
}

/// Every file below `folder`, with its path.
pub(crate) fn files(folder: &Path) -> Vec<Place> {
    let (mut places, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
        {
            places.push(Place::new("the name of a file", path.as_os_str().as_bytes()));
            let kind = fs::symlink_metadata(&path).map(|found| found.file_type());
            if kind.as_ref().is_ok_and(fs::FileType::is_dir) {
                folders.push(path);
            } else if kind.is_ok_and(|kind| kind.is_file()) {
                let bytes = fs::read(&path).unwrap_or_default();
                places.push(Place::new(path.display().to_string(), bytes));
            }
        }
    }
    places
}

/// Every file that this process holds open, deleted ones too.
pub(crate) fn open_files() -> Vec<Place> {
    let handles = fs::read_dir("/proc/self/fd")
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let regular = handles.filter(|handle| fs::metadata(handle).is_ok_and(|found| found.is_file()));
    regular
        .map(|handle| {
            let target = fs::read_link(&handle).unwrap_or_default();
            Place::new(
                format!("open: {}", target.display()),
                fs::read(&handle).unwrap_or_default(),
            )
        })
        .collect()
}

/// The command line and the environment of this process and of its children.
pub(crate) fn processes() -> Vec<Place> {
    let own = std::process::id();
    let mut ids = vec![own];
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
        if parent == Some(&own.to_string()) {
            ids.extend(entry.file_name().to_string_lossy().parse::<u32>());
        }
    }
    let parts = ids
        .iter()
        .flat_map(|id| ["cmdline", "environ"].map(|part| PathBuf::from(format!("/proc/{id}/{part}"))));
    parts
        .map(|path| Place::new(path.display().to_string(), fs::read(&path).unwrap_or_default()))
        .collect()
}

/// Everything in the register files of `folder`, opened with `key`: each value of each table as it lies there.
pub(crate) fn register(folder: &Path, key: &[u8]) -> Vec<Place> {
    let copies = tempfile::tempdir().unwrap();
    let mut places = Vec::new();
    for file in files(folder) {
        let path = PathBuf::from(&file.name);
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            fs::write(copies.path().join(name), file.bytes).unwrap();
        }
    }
    for name in ["controls.db", "ledger.db"] {
        let mut held = Vec::new();
        tables(&copies.path().join(name), key, &mut held).unwrap();
        places.push(Place::new(format!("the tables of {name}"), held));
    }
    places
}

/// Opens a register as whoever has the key can.
pub(crate) fn opened(file: &Path, key: &[u8]) -> rusqlite::Result<rusqlite::Connection> {
    let connection = rusqlite::Connection::open(file)?;
    let key: Vec<_> = key.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\";", key.concat()))?;
    Ok(connection)
}

fn tables(file: &Path, key: &[u8], held: &mut Vec<u8>) -> rusqlite::Result<()> {
    let connection = opened(file, key)?;
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")?;
    let names: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    assert!(!names.is_empty(), "{} holds tables", file.display());
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => held.extend_from_slice(bytes),
                    ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => {}
                }
                held.push(b'\n');
            }
        }
    }
    Ok(())
}
