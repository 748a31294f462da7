//! Owns reading the one English sentence in which Hypothesis tells all faults of a write, and saying each beside its
//! field. Must not guess a field, nor lose a word of the server's.
//!
//! Faults are joined with ", " (or a line break) and quote the values sent, which may hold commas and quotes
//! themselves: in 400s as Python writes a string, in 409s between bare apostrophes (`h/services/user_unique.py`).

use countersign_domain::account_rules::{AccountFault, username_faults};
use countersign_domain::{Action, ErrorCode, Failure, Field};

/// How a fault begins; only before one of these a comma parts two faults.
const BEGINNINGS: [&str; 9] = [
    "username: ",
    "email: ",
    "display_name: ",
    "authority: ",
    "identities: ",
    "identities.",
    "authority '",
    "user with ",
    "{'",
];

/// How much of a reason is read, in characters: more is no reason for people.
const LONGEST_REASON: usize = 8_000;

/// The values that were sent, which the server quotes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sent<'a> {
    pub(super) authority: Option<&'a str>,
    pub(super) username: Option<&'a str>,
    pub(super) email: Option<&'a str>,
    pub(super) display_name: Option<&'a str>,
}

/// The failures that `reason` tells: one for each field and code, in the order of the server; never empty.
pub(super) fn failures(reason: &str, sent: &Sent<'_>) -> Vec<Failure> {
    let mut told: Vec<Told> = Vec::new();
    for clause in clauses(reason, sent) {
        let new = Told::of(clause, sent);
        match told.iter_mut().find(|earlier| earlier.belongs_with(&new)) {
            Some(earlier) => earlier.join(new),
            None => told.push(new),
        }
    }
    told.into_iter().map(Told::into_failure).collect()
}

/// Faults of one field and code, not yet a failure.
struct Told {
    code: ErrorCode,
    field: Option<Field>,
    messages: Vec<String>,
    words: Vec<String>,
}

impl Told {
    fn of(clause: String, sent: &Sent<'_>) -> Self {
        let (code, field, message) = meaning(&clause, sent);
        Self {
            code,
            field,
            messages: vec![message],
            words: vec![clause],
        }
    }

    fn belongs_with(&self, other: &Self) -> bool {
        self.field == other.field && self.code == other.code
    }

    fn join(&mut self, other: Self) {
        for message in other.messages {
            if !self.messages.contains(&message) {
                self.messages.push(message);
            }
        }
        self.words.extend(other.words);
    }

    fn into_failure(self) -> Failure {
        let mut failure = Failure::new(self.code, self.messages.join(" ")).with_server_words(&self.words.join(", "));
        failure.field = self.field;
        failure.action = Action::Correct;
        failure
    }
}

fn meaning(clause: &str, sent: &Sent<'_>) -> (ErrorCode, Option<Field>, String) {
    let refused = ErrorCode::Refused;
    if let Some(rest) = clause.strip_prefix("username: ") {
        return (
            refused,
            Some(Field::Username),
            rule_message(rest, Field::Username, sent),
        );
    }
    if let Some(rest) = clause.strip_prefix("email: ") {
        return (refused, Some(Field::Email), rule_message(rest, Field::Email, sent));
    }
    if let Some(rest) = clause.strip_prefix("display_name: ") {
        return (
            refused,
            Some(Field::DisplayName),
            rule_message(rest, Field::DisplayName, sent),
        );
    }
    if clause.starts_with("authority") {
        let message = "This credential belongs to another authority.".to_owned();
        return (refused, Some(Field::Authority), message);
    }
    if let Some(rest) = clause
        .strip_prefix("user with ")
        .filter(|rest| rest.ends_with("already exists"))
    {
        let (field, message) = taken(rest);
        return (ErrorCode::AlreadyExists, field, message.to_owned());
    }
    if clause.starts_with("User id '") {
        return (refused, Some(Field::Username), sentence(AccountFault::Userid));
    }
    let message = if clause.ends_with("is not valid under any of the given schemas") {
        "Something that Hypothesis needs for an account is missing."
    } else {
        "Hypothesis refused what was sent."
    };
    (refused, None, message.to_owned())
}

fn taken(rest: &str) -> (Option<Field>, &'static str) {
    if rest.starts_with("username '") {
        let message = "An account with this username is there already; case and periods do not tell names apart.";
        return (Some(Field::Username), message);
    }
    if rest.starts_with("email address '") {
        return (Some(Field::Email), "Another account has this address.");
    }
    (None, "Another account has this identity.")
}

/// Our words for a broken rule; the value stands at the beginning of `rest`, the rule at its end.
fn rule_message(rest: &str, field: Field, sent: &Sent<'_>) -> String {
    if rest.ends_with("is not of type 'string'") {
        return "A text is needed here; this cannot be left without one.".to_owned();
    }
    fault_of(rest, field, sent).map_or_else(|| "Hypothesis refused this value.".to_owned(), sentence)
}

fn fault_of(rest: &str, field: Field, sent: &Sent<'_>) -> Option<AccountFault> {
    let too_long = rest.ends_with("is too long");
    let rules = [
        (
            Field::Username,
            rest.ends_with("is too short"),
            AccountFault::UsernameTooShort,
        ),
        (Field::Username, too_long, AccountFault::UsernameTooLong),
        (Field::Username, rest.contains("does not match '^"), pattern_fault(sent)),
        (
            Field::Email,
            rest.ends_with("is not a 'email'"),
            AccountFault::EmailForm,
        ),
        (Field::Email, too_long, AccountFault::EmailTooLong),
        (Field::DisplayName, too_long, AccountFault::DisplayNameTooLong),
    ];
    let broken = rules.into_iter().find(|(of, broken, _)| *of == field && *broken);
    broken.map(|(.., fault)| fault)
}

fn pattern_fault(sent: &Sent<'_>) -> AccountFault {
    let faults = username_faults(sent.username.unwrap_or_default());
    let of_pattern = |fault: &AccountFault| matches!(fault, AccountFault::UsernamePeriod);
    let characters = faults.contains(&AccountFault::UsernameCharacters);
    let found = faults.into_iter().find(of_pattern).filter(|_| !characters);
    found.unwrap_or(AccountFault::UsernameCharacters)
}

/// The rule's own words as a sentence.
fn sentence(fault: AccountFault) -> String {
    let words = fault.to_string();
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), characters.as_str())
}

/// Parts the faults. A value that was sent is passed over whole wherever it is quoted, and so is any quoted text.
fn clauses(reason: &str, sent: &Sent<'_>) -> Vec<String> {
    let bounded: String = reason.chars().take(LONGEST_REASON).collect();
    let quoted = quoted_values(sent);
    let mut parted = Vec::new();
    let mut clause = String::new();
    let mut rest = bounded.as_str();
    while let Some(first) = rest.chars().next() {
        if let Some(length) = parting(rest) {
            parted.push(std::mem::take(&mut clause));
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        let length = quoted_length(rest, clause.chars().next_back(), &quoted).unwrap_or(first.len_utf8());
        let (taken, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        clause.push_str(taken);
        rest = tail;
    }
    parted.push(clause);
    let trimmed = parted.into_iter().map(|clause| clause.trim().to_owned());
    let kept: Vec<String> = trimmed.filter(|clause| !clause.is_empty()).collect();
    if kept.is_empty() { vec![String::new()] } else { kept }
}

/// The length of what parts two faults, when `rest` begins with it.
fn parting(rest: &str) -> Option<usize> {
    if rest.starts_with('\n') {
        return Some(1);
    }
    let next = rest.strip_prefix(", ")?;
    BEGINNINGS.iter().any(|begin| next.starts_with(begin)).then_some(2)
}

/// The length of the quoted text that `rest` begins with. An apostrophe inside a word quotes nothing.
fn quoted_length(rest: &str, previous: Option<char>, quoted: &[String]) -> Option<usize> {
    if let Some(value) = quoted.iter().find(|value| rest.starts_with(value.as_str())) {
        return Some(value.len());
    }
    let quote = rest.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
    if previous.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Every form in which the server may quote what was sent, longest first.
fn quoted_values(sent: &Sent<'_>) -> Vec<String> {
    let values = [sent.authority, sent.username, sent.email, sent.display_name];
    let values = values.into_iter().flatten().filter(|value| !value.is_empty());
    let mut quoted: Vec<String> = values
        .flat_map(|value| [format!("'{value}'"), python_text(value)])
        .collect();
    quoted.sort_by_key(|value| std::cmp::Reverse(value.len()));
    quoted
}

/// A text as Python's `repr` writes it, for the characters that occur in what is typed.
fn python_text(value: &str) -> String {
    let quote = if value.contains('\'') && !value.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut written = String::from(quote);
    for character in value.chars() {
        match character {
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            _ => {
                if character == quote || character == '\\' {
                    written.push('\\');
                }
                written.push(character);
            }
        }
    }
    written.push(quote);
    written
}

#[cfg(test)]
mod tests;
