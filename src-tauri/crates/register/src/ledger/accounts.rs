//! Owns the accounts this computer has seen. Must not claim that one still is as it was: `read` says when it was.

use countersign_domain::account::normal_form;
use countersign_domain::{Account, Timestamp, Userid};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::controls::LONGEST_SEARCH;
use crate::error::RegisterError;
use crate::{fold, sort_key};

const COLUMNS: &str = "userid, username, authority, email, display_name, normal_form, read";

/// An account as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAccount {
    /// `acct:...`
    pub userid: String,
    /// The username as spelt at its creation.
    pub username: String,
    /// The authority.
    pub authority: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The display name; "" where it was cleared.
    pub display_name: Option<String>,
    /// The username in the form in which it is unique.
    pub normal_form: String,
    /// When it was read from the server.
    pub read: Timestamp,
}

/// Accounts found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsFound {
    /// At most as many as were asked for, best match first.
    pub rows: Vec<KnownAccount>,
    /// How many match.
    pub matched: u32,
    /// How many are known in all.
    pub total: u32,
}

pub(super) fn record(connection: &Connection, account: &Account, read: Timestamp) -> Result<(), RegisterError> {
    let normal = normal_form(&account.username);
    let folded = fold::searched_text(&[
        Some(account.userid.as_str()),
        Some(normal.as_str()),
        account.email.as_deref(),
        account.display_name.as_deref(),
    ]);
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO account (userid, username, authority, email, display_name, read, normal_form, \
             username_key, folded) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            account.userid.as_str(),
            account.username,
            account.authority,
            account.email,
            account.display_name,
            read,
            normal,
            sort_key::natural(&account.username),
            folded,
        ])?;
    Ok(())
}

pub(super) fn one(connection: &Connection, userid: &Userid) -> Result<Option<KnownAccount>, RegisterError> {
    let sql = format!("SELECT {COLUMNS} FROM account WHERE userid = ?1");
    Ok(connection
        .prepare_cached(&sql)?
        .query_row([userid.as_str()], known)
        .optional()?)
}

pub(super) fn forget(connection: &Connection, userid: &Userid) -> Result<(), RegisterError> {
    connection
        .prepare_cached("DELETE FROM account WHERE userid = ?1")?
        .execute([userid.as_str()])?;
    Ok(())
}

pub(super) fn search(connection: &Connection, search: &str, limit: u32) -> Result<AccountsFound, RegisterError> {
    if search.chars().count() > LONGEST_SEARCH {
        return Err(RegisterError::Question("a search has at most 200 characters"));
    }
    let transaction = connection.unchecked_transaction()?;
    let (condition, values) = occurring(&fold::words(search));
    let matched = transaction.query_row(
        &format!("SELECT count(*) FROM account WHERE {condition}"),
        params_from_iter(&values),
        |row| row.get(0),
    )?;
    let total = transaction.query_row("SELECT count(*) FROM account", [], |row| row.get(0))?;
    // A name typed whole comes first, then names that begin with it, then everything else.
    let typed = normal_form(search.trim());
    let sql = format!(
        "SELECT {COLUMNS} FROM account WHERE {condition} ORDER BY \
         CASE WHEN normal_form = ? OR lower(userid) = lower(?) THEN 0 WHEN instr(normal_form, ?) = 1 THEN 1 ELSE 2 END, \
         username_key, userid LIMIT ?"
    );
    let order = [
        Value::Text(typed.clone()),
        Value::Text(search.trim().to_owned()),
        Value::Text(typed),
        Value::Integer(i64::from(limit)),
    ];
    let rows = transaction
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values.into_iter().chain(order)), known)?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(AccountsFound { rows, matched, total })
}

/// The condition that every word occurs, as it is or, for names, without its periods.
fn occurring(words: &[String]) -> (String, Vec<Value>) {
    let mut condition = "1".to_owned();
    let mut values = Vec::new();
    for word in words {
        condition.push_str(" AND (instr(folded, ?) > 0");
        values.push(Value::Text(word.clone()));
        let normal = normal_form(word);
        if !normal.is_empty() && normal != *word {
            condition.push_str(" OR instr(normal_form, ?) > 0");
            values.push(Value::Text(normal));
        }
        condition.push(')');
    }
    (condition, values)
}

fn known(row: &Row<'_>) -> rusqlite::Result<KnownAccount> {
    Ok(KnownAccount {
        userid: row.get(0)?,
        username: row.get(1)?,
        authority: row.get(2)?,
        email: row.get(3)?,
        display_name: row.get(4)?,
        normal_form: row.get(5)?,
        read: row.get(6)?,
    })
}
