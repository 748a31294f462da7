//! Owns the tables of a `controls` file and their forms. A step that was released is never edited: the next one follows.

use crate::schema::Schema;

/// The listed columns stand in a narrow table of their own, with the bytes they are ordered by; the searched text and
/// the verbatim document stand apart, so that a list never decrypts a document.
const FIRST: &str = "
CREATE TABLE snapshot (
    number INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    partial_count INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    repeated INTEGER NOT NULL
) STRICT;
CREATE TABLE control (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    identifier TEXT,
    name TEXT,
    domain TEXT,
    implementation TEXT,
    testing TEXT,
    freshness TEXT,
    health TEXT,
    status TEXT,
    owner TEXT,
    updated TEXT,
    partial INTEGER NOT NULL,
    identifier_key BLOB,
    name_key BLOB,
    domain_key BLOB,
    implementation_key BLOB,
    testing_key BLOB,
    freshness_key BLOB,
    health_key BLOB,
    owner_key BLOB,
    updated_key BLOB
) STRICT;
CREATE INDEX control_facets ON control (health, freshness, status, domain, owner);
CREATE TABLE control_search (
    row INTEGER PRIMARY KEY REFERENCES control (row) ON DELETE CASCADE,
    folded TEXT NOT NULL
) STRICT;
CREATE TABLE control_document (
    row INTEGER PRIMARY KEY REFERENCES control (row) ON DELETE CASCADE,
    verbatim TEXT NOT NULL
) STRICT;
CREATE TABLE control_history (
    snapshot INTEGER NOT NULL,
    id TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('added', 'changed', 'gone')),
    earlier TEXT,
    PRIMARY KEY (snapshot, id)
) STRICT;
";

/// The `controls` file. A power failure may lose the newest snapshot (it can be fetched again), never the file.
pub(crate) const CONTROLS: Schema = Schema {
    application: 0x4353_4331,
    steps: &[FIRST],
    irreplaceable: false,
    synchronous: "NORMAL",
    reader_cache_kib: 131_072,
};
