//! Owns the checking of typed values by the service's own rules, before anything is sent. Must not send anything.

use countersign_domain::account_rules::{AccountFault, display_name_faults, email_faults, username_faults};
use countersign_domain::{Authority, ErrorCode, Failure, Field, account};

use crate::app::App;
use crate::page::{AccountCheck, AccountCheckRequest, AccountFaultShown};
use crate::text::beginning;

/// Longer values are not checked one by one: they are too long whatever else they are.
const LONGEST_CHECKED: usize = 10_000;

impl App {
    /// The faults of typed values, in the order of the form, each with the words the server would answer.
    pub fn check_account(&self, request: &AccountCheckRequest) -> AccountCheck {
        let authority = request
            .authority
            .as_deref()
            .map(|typed| (typed, authority_faults(typed)));
        let username = request
            .username
            .as_deref()
            .map(|typed| (typed.trim(), username_faults(typed.trim())));
        let email = request
            .email
            .as_deref()
            .map(|typed| (typed.trim(), email_faults(typed.trim())));
        let display_name = request
            .display_name
            .as_deref()
            .map(|typed| (typed, display_name_faults(typed)));
        let all = [authority, username, email, display_name];
        let faults = all.into_iter().flatten().flat_map(|(typed, faults)| {
            faults.into_iter().map(move |fault| AccountFaultShown {
                field: fault.field(),
                fault,
                server_words: server_words(fault, typed),
            })
        });
        let normal_form = request
            .username
            .as_deref()
            .map(|typed| account::normal_form(short(typed.trim())));
        AccountCheck {
            faults: faults.collect(),
            normal_form,
        }
    }
}

/// A fault in the form of a failure beside its field.
pub(super) fn failure(fault: AccountFault, typed: &str) -> Failure {
    let failure = Failure::new(ErrorCode::InputInvalid, sentence(fault)).at(fault.field());
    match server_words(fault, typed) {
        Some(words) => failure.with_server_words(&words),
        None => failure,
    }
}

/// The faults of a value, at most one for each field, in the form of failures.
pub(super) fn failures(username: Option<&str>, email: Option<&str>, display_name: Option<&str>) -> Vec<Failure> {
    let checked = [
        username.map(|typed| (typed, username_faults(typed))),
        email.map(|typed| (typed, email_faults(typed))),
        display_name.map(|typed| (typed, display_name_faults(typed))),
    ];
    let first = |(typed, faults): (&str, Vec<AccountFault>)| faults.first().map(|fault| failure(*fault, typed));
    checked.into_iter().flatten().filter_map(first).collect()
}

fn authority_faults(typed: &str) -> Vec<AccountFault> {
    Authority::parse(typed).err().into_iter().collect()
}

fn server_words(fault: AccountFault, typed: &str) -> Option<String> {
    fault
        .server_words(short(typed))
        .map(|words| words.chars().take(500).collect())
}

fn short(typed: &str) -> &str {
    beginning(typed, LONGEST_CHECKED)
}

fn sentence(fault: AccountFault) -> String {
    match fault.field() {
        Field::Username => format!("The username was not sent: {fault}."),
        Field::Email => format!("The e-mail address was not sent: {fault}."),
        Field::DisplayName => format!("The display name was not sent: {fault}."),
        Field::Label
        | Field::ApiAddress
        | Field::TokenAddress
        | Field::ClientId
        | Field::Secret
        | Field::Scopes
        | Field::Region
        | Field::Authority
        | Field::AuthorizeAddress
        | Field::CallbackPort
        | Field::CallbackAddress
        | Field::Userid
        | Field::ProxyAddress
        | Field::ProxyUsername
        | Field::ProxyPassword
        | Field::CertificateAuthority
        | Field::PerSecond
        | Field::Burst
        | Field::Path
        | Field::Query
        | Field::Token => format!("Nothing was sent: {fault}."),
    }
}
