//! Owns the tables of a `ledger` file and their forms. A step that was released is never edited: the next one follows.

use crate::schema::Schema;

const FIRST: &str = "
CREATE TABLE account (
    userid TEXT PRIMARY KEY,
    username TEXT NOT NULL,
    authority TEXT NOT NULL,
    email TEXT,
    display_name TEXT,
    read TEXT NOT NULL,
    normal_form TEXT NOT NULL,
    username_key BLOB NOT NULL,
    folded TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE call (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    connection TEXT NOT NULL,
    correlation TEXT NOT NULL,
    at TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER,
    code TEXT,
    microseconds INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    CHECK ((status IS NULL) <> (code IS NULL))
) STRICT;
CREATE INDEX call_by_connection ON call (connection, number);
CREATE INDEX call_refused ON call (number) WHERE status >= 400 OR code <> 'cancelled';
";

const SECOND: &str = "
CREATE TABLE request (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    path TEXT NOT NULL,
    query TEXT NOT NULL,
    status INTEGER
) STRICT;
";

/// The `ledger` file: every commit is on disk before it is reported.
pub(crate) const LEDGER: Schema = Schema {
    application: 0x4353_4C31,
    steps: &[FIRST, SECOND],
    irreplaceable: true,
    synchronous: "FULL",
    reader_cache_kib: 8_192,
};
