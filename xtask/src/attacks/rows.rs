//! Owns the list of attacks: what each is, what must come of it, and which tests show it.
//!
//! It must not run anything. Tests in `tests/attacks` whose names begin with the row belong to it without being named.

/// One row of the threat model.
pub(super) struct Attack {
    pub(super) row: &'static str,
    pub(super) tries: &'static str,
    pub(super) expected: &'static str,
    pub(super) proof: Proof,
}

/// How a row is shown to hold.
#[derive(Clone, Copy)]
pub(super) enum Proof {
    /// By the row's own tests, if any, and by these others, all by their names.
    Tests(&'static [&'static str]),
    /// Not at all, for this reason.
    DoesNotApply(&'static str),
}

impl Attack {
    /// What the names of the row's own tests begin with: `a07_` for A7.
    pub(super) fn prefix(&self) -> String {
        format!("a{:0>2}_", self.row.trim_start_matches('A'))
    }
}

/// By its own tests in `tests/attacks` alone.
const OWN: Proof = Proof::Tests(&[]);

const fn row(row: &'static str, tries: &'static str, expected: &'static str, proof: Proof) -> Attack {
    Attack {
        row,
        tries,
        expected,
        proof,
    }
}

/// Every row, in order.
pub(super) const ROWS: &[Attack] = &[
    row(
        "A1",
        "token endpoint answers with a redirect to another host",
        "no request reaches the other host, the body is never sent again",
        Proof::Tests(&[
            "a_token_endpoint_that_answers_307_does_not_pass_the_secret_on",
            "neither_code_nor_refresh_token_follows_a_redirect",
        ]),
    ),
    row(
        "A2",
        "API answers 301, 302, 303, 307, 308 to another host, port or scheme",
        "refused; neither credential nor body reaches the second listener",
        Proof::Tests(&["an_api_redirect_reaches_nobody_and_names_its_origin_only"]),
    ),
    row("A3", "redirect loop on the same host", "refused at the first", OWN),
    row(
        "A4",
        "settings edited so that the host is not the bound host",
        "blocked before a name is looked up",
        OWN,
    ),
    row(
        "A5",
        "http, userinfo, look-alike letters, //host, trailing dot, numeric host as address",
        "refused when saved, at its field; plain http for loopback alone, shown as such",
        Proof::Tests(&["addresses_that_lead_elsewhere_are_refused_at_their_field"]),
    ),
    row(
        "A6",
        "links and next-page addresses of the server that lead elsewhere (metadata service, file:)",
        "only the connection's own origin and base path are followed",
        Proof::Tests(&[
            "only_gets_below_the_bound_address_are_offered",
            "a_path_that_leaves_its_base_or_its_shape_goes_nowhere_and_is_recorded",
        ]),
    ),
    row(
        "A7",
        "certificate self-signed, expired, for another host, of an unknown CA; TLS 1.1",
        "refused before a request; with a custom CA only what it signed passes, for that connection",
        Proof::Tests(&["a_certificate_of_an_unknown_issuer_gets_no_byte_of_http"]),
    ),
    row(
        "A8",
        "custom CA with a proxy in the path",
        "token and API both use the CA behind the proxy",
        OWN,
    ),
    row(
        "A9",
        "proxy that asks for a password; proxy that strips TLS",
        "said as the proxy's refusal; no credential in the clear, no password in a message",
        Proof::Tests(&[
            "a_password_in_the_systems_setting_is_never_shown",
            "a_password_that_the_desktop_names_is_never_shown",
        ]),
    ),
    row(
        "A10",
        "callback with a wrong, missing or used state; two callbacks; another page",
        "a neutral page, the sign-in goes on; one exchange, then the port closes",
        OWN,
    ),
    row(
        "A11",
        "a listener on the callback's port, on either family, before the sign-in",
        "the sign-in does not begin, names the holder, opens no browser",
        OWN,
    ),
    row(
        "A12",
        "callback with a foreign Host, POST, one megabyte of query, a head without end",
        "refused or hung up on; only loopback listens",
        Proof::Tests(&["only_a_get_of_the_callback_at_the_literal_address_is_heard"]),
    ),
    row(
        "A13",
        "a code of one server delivered to the sign-in of another",
        "not taken; codes go to the server that gave them",
        OWN,
    ),
    row(
        "A14",
        "malicious deep links",
        "no side effect",
        Proof::DoesNotApply("the program registers no address scheme; a sign-in comes back to loopback alone"),
    ),
    row(
        "A15",
        "script in control names, descriptions, display names, reasons",
        "rendered as text; the page has no way to write markup",
        Proof::Tests(&[
            "the_page_reaches_no_network",
            "the_page_is_confined",
            "rows_with_unknown_words_odd_dates_and_wrong_types_are_kept_as_they_came",
            "words_of_a_service_are_read_and_do_nothing",
        ]),
    ),
    row(
        "A16",
        "frames, new windows, navigation elsewhere, dropped files",
        "blocked; the commands are granted to one window of the program's own page",
        Proof::Tests(&[
            "only_the_programs_own_page_is_shown",
            "the_page_is_confined",
            "a_page_that_was_taken_over_reaches_nothing",
            "the_capability_grants_the_table_to_one_window",
        ]),
    ),
    row(
        "A17",
        "every command with wrong types, huge texts, unknown identifiers",
        "a code and words, no panic, nothing lost, nothing quoted",
        Proof::Tests(&[
            "every_spoilt_request_of_every_command_is_refused_in_words_that_quote_nothing",
            "ten_megabytes_in_any_text_of_any_command_are_refused_at_the_door",
            "bytes_and_lists_in_place_of_arguments_are_refused",
            "identifiers_that_are_paths_or_nobodys_find_nothing",
        ]),
    ),
    row(
        "A18",
        "planted secrets searched for in replies, events, logs, files, registers, command lines, the window",
        "none is found, in no writing",
        Proof::Tests(&[
            "no_secret_comes_out_of_a_whole_journey",
            "no_error_record_or_log_line_holds_a_planted_secret",
            "a_secret_typed_into_the_window_stays_nowhere_in_it",
        ]),
    ),
    row(
        "A19",
        "log at trace level, key log of TLS",
        "headers with secrets are marked, bodies are not logged, the key log is refused",
        Proof::Tests(&[
            "no_secret_comes_out_of_a_whole_journey",
            "a_secret_in_a_header_is_never_printed",
            "what_opens_the_web_view_to_others_is_refused",
        ]),
    ),
    row(
        "A20",
        "panic while a secret is held, core dump",
        "[redacted] in every print; no core dump",
        Proof::Tests(&["no_secret_comes_out_of_a_whole_journey"]),
    ),
    row(
        "A21",
        "keychain absent, locked, denied, slow, lying, full, emptied by others",
        "no hang, no plain file, the exact reason, what was typed stays",
        Proof::Tests(&[
            "without_a_keychain_a_connection_is_offered_for_this_run_only",
            "a_secret_deleted_by_others_is_asked_for_again",
            "a_foreign_entry_in_the_keychain_is_not_sent_anywhere",
            "a_silent_keychain_times_out_and_is_then_left_alone",
            "a_store_that_keeps_something_else_is_caught_at_once",
            "a_locked_keychain_says_so_and_is_never_taken_for_an_empty_one",
            "without_a_keychain_service_the_advice_is_to_install_one",
            "a_secret_over_the_limit_of_the_store_is_never_handed_to_it",
        ]),
    ),
    row(
        "A37",
        "file:, smb:, javascript:, flags and foreign hosts for the browser to open",
        "only the bound service's own page is opened",
        OWN,
    ),
    row(
        "A38",
        "grant tokens: too long a life, wrong audience, alg none, secret shown",
        "named or refused; the secret is never shown",
        Proof::Tests(&[
            "a_grant_token_says_what_the_server_wants_for_five_minutes",
            "a_signed_assertion_buys_the_token_and_the_secret_stays_here",
        ]),
    ),
    row(
        "A39",
        "endless bodies, a million brackets, one endless string, compressed bombs, doubled names",
        "limits on size, depth and time; the register stays as it was",
        Proof::Tests(&[
            "an_endless_body_without_a_length_is_cut_at_the_limit",
            "a_server_that_falls_silent_within_its_answer_times_out",
            "a_list_that_is_no_list_is_refused_and_the_register_stays",
        ]),
    ),
    row(
        "A40",
        "line breaks and separators in client id, secret, username, path",
        "refused before a request; segments of a path are encoded",
        Proof::Tests(&[
            "a_secret_that_would_add_a_header_is_not_sent",
            "no_value_adds_a_header_or_a_field",
        ]),
    ),
    row(
        "A41",
        "line breaks and escape sequences in values that are logged; a log without end",
        "one line each, no control character; a file a day, the newest five, 64 MiB a run at most",
        Proof::Tests(&[
            "a_log_has_an_end",
            "a_hostile_path_is_recorded_as_one_bounded_line_without_its_query",
        ]),
    ),
    row(
        "A43",
        "HTTP_PROXY set, or a proxy in the desktop's settings, and a connection to this computer",
        "nothing reaches the proxy",
        Proof::Tests(&[
            "loopback_never_reaches_a_proxy",
            "hosts_that_need_no_proxy_are_not_asked_about",
        ]),
    ),
    row(
        "A44",
        "a start with each variable that would open, record or move something",
        "no automation, no inspector, no key log, no moved folder",
        Proof::Tests(&[
            "what_opens_the_web_view_to_others_is_refused",
            "a_release_has_no_automation",
        ]),
    ),
    row(
        "A45",
        "a path in place of a file that a person chose",
        "refused by type: handles are known or unknown, no command takes a path",
        Proof::Tests(&["identifiers_that_are_paths_or_nobodys_find_nothing"]),
    ),
];
