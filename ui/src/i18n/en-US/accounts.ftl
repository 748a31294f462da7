# Words of the Accounts screen.

accounts-title = Accounts
accounts-none = No connection administers accounts yet
accounts-none-sentence = Add a Hypothesis connection with client credentials, or start Practice, and its accounts are kept here.
accounts-none-action = Go to Connections

accounts-new = New account
accounts-new-hint = New account (Ctrl N)
accounts-search = Search accounts
accounts-found = { $count ->
    [one] 1 account found
   *[other] { $shown } accounts found
}
accounts-found-short = { $shown } found
accounts-row = { $username } · { $email }
accounts-row-new = Not created yet
accounts-row-refused = Refused, not created
accounts-row-unknown = Not known whether created
accounts-first-rows = The first { $rows } of { $matched }. Type more of a name to find the others.
accounts-no-match = None of the { $total } accounts seen here matches “{ $search }”.
accounts-no-match-none = No account is seen here yet; the server may know “{ $search }”.
accounts-seen = { $total ->
    [one] 1 account seen by this computer.
   *[other] { $shown } accounts seen by this computer.
}
accounts-seen-none = No account seen by this computer yet.
accounts-seen-exact = An exact username asks the server too.
accounts-ask = Ask the server
accounts-ask-for = Ask the server for “{ $search }”
accounts-asking = Asking the server…
accounts-stopping = Stopping…
accounts-stop-name = Stop asking the server

accounts-choose = Choose an account
accounts-choose-sentence = Or type an exact username or userid and press Enter: the server is asked for it.
accounts-nothing-seen = No account is seen here yet
accounts-nothing-seen-sentence = The service gives no list. Type an exact username or userid and press Enter to ask the server for it, or create the first account.
accounts-missing = The server knows no account { $username }
accounts-missing-sentence = Asked just now, { $where }: there is none of that name, with or without case and periods. The service answers the same when it does not accept the credential.
accounts-create-it = Create it
accounts-locked-sentence = Countersign could not read the key of the accounts kept here; nothing is lost, and unlocking the keychain opens them where you left them.
accounts-unreadable = The accounts kept here could not be opened

accounts-in = in { $authority }
accounts-in-practice = in practice.example, the practice organisation
accounts-in-unknown = in the authority of { $label }
accounts-username = Username
accounts-email = E-mail
accounts-display-name = Display name
accounts-username-locked = Set when the account was created; the service cannot change it.
accounts-username-rule = 3–30 letters a–z, digits, periods or underscores; no period first or last. Unique without case and periods.
accounts-username-good = Fits the server’s rule, and no account seen here is { $normal }.
accounts-username-seen = { $username } is seen here already; case and periods do not tell names apart.
accounts-email-seen = { $username } has this address already.
accounts-email-hint = At most { $limit } characters · { $used } used
accounts-open = Open { $name }
accounts-open-there = Open it
accounts-read-back = Read back
accounts-reading-back = Reading back…

accounts-read = Read again
accounts-read-again = Read again from the server.
accounts-save = Save changes
accounts-saving = Saving…
accounts-discard = Discard
accounts-create = Create account
accounts-creating = Creating…
accounts-changed = { $count ->
    [one] 1 field changed
   *[other] { $shown } fields changed
}
accounts-saved = { $count ->
    [one] 1 field saved
   *[other] { $shown } fields saved
}
accounts-created = { $username } created

accounts-server = As the server has it
accounts-authority = Authority
accounts-normal-form = Normal form
accounts-normal-form-note = without case and periods
accounts-identities = Identities
accounts-identities-never = Never told by the service
accounts-read-at = Read
accounts-no-deletion = Accounts cannot be deleted through the service. Ask Hypothesis support to close one.

account-fault-authority = This is not an authority such as example.com.
account-fault-userid = This is neither a username nor a userid such as acct:name@example.com.
account-fault-other-authority = This userid belongs to another authority.
account-fault-username-missing = A username is needed.
account-fault-username-too-short = A username has at least 3 characters.
account-fault-username-too-long = { accounts-over }
account-fault-username-characters = Only letters a–z without accents, digits, periods and underscores fit.
account-fault-username-period = A username does not begin or end with a period.
account-fault-email-missing = An e-mail address is needed: this form makes no account that signs in by identities alone.
account-fault-email-form = An e-mail address holds an @.
account-fault-email-too-long = { accounts-over }
account-fault-display-name-too-long = { accounts-over }
accounts-over = { $over ->
    [1] One character too many.
    [2] Two characters too many.
    [3] Three characters too many.
    [4] Four characters too many.
    [5] Five characters too many.
    [6] Six characters too many.
    [7] Seven characters too many.
    [8] Eight characters too many.
    [9] Nine characters too many.
   *[other] { $over } characters too many.
}
accounts-server-would = { $words } The server would answer:
accounts-server-said = { $words } The server said:
accounts-taken-username = An account has this name already; case and periods do not tell names apart.
accounts-taken-email = Another account has this address.
accounts-email-perhaps-taken = Another account probably has this e-mail address; the service answers that with a failure.
accounts-value-refused = The server refused this value.

accounts-not-created = The account was not created.
accounts-not-changed = The account was not changed.
accounts-refused = The server refused { $what }; { $again }
accounts-refused-here = Something typed breaks a rule of the service, so nothing was sent; { $again }
accounts-refused-username = the username
accounts-refused-email = the e‑mail address
accounts-refused-displayName = the display name
accounts-refused-several = { $count } values
accounts-refused-create = change it and create again.
accounts-refused-save = change it and save again.
accounts-refused-authority = This credential belongs to another authority. Correct the authority of the connection.
accounts-nothing-written = Nothing was written.
accounts-create-again = It is safe to create it again.
accounts-save-again = It is safe to save it again.
accounts-done-read-back = No answer came; read back, the account is there and right.
accounts-differs = The account is not as it was sent.
    .advice = No usable answer came. What you typed is kept below; read back, the server has:
accounts-differs-created = An account named { $username } is there, but not as it was sent.
    .advice = No usable answer came. It may be another person’s: open it and compare before you create anything. Read back, the server has:
accounts-as-before = No usable answer came; read back, the account is as it was. It is safe to save it again.
accounts-unknown-created = It is not known whether the account was created.
accounts-unknown-changed = It is not known whether the change was saved.
accounts-unknown-advice = No usable answer came, and reading back did not settle it: the service may be at work on it still. Read it back before anything is sent again; what you typed is kept.
accounts-not-there = Read back: the server has no such account.
    .advice = It may come still. If it does not within a minute, it is safe to create it again.
accounts-gone = The server does not know this account any more.
    .advice = Below is what it was when it was last read; nothing typed was saved. Hypothesis support may have closed it.
accounts-not-asked = The server gave no account.
accounts-offline = Offline.
accounts-offline-advice = You see the accounts as this computer last read them.

accounts-leave = Leave without saving?
accounts-leave-new = The new account was not created. Leaving drops what was typed.
accounts-leave-changes = The changes to { $name } were not saved. Leaving drops what was typed.
accounts-leave-busy = An answer is awaited
accounts-leave-busy-sentence = Wait for the answer, or stop: in both cases what became of it is read back and said here.
accounts-keep-editing = Keep editing
accounts-wait = Wait

accounts-status = { $matched } of { $total }
accounts-status-selected = { $matched } of { $total } · 1 selected
accounts-status-unsaved = 1 unsaved
accounts-rate = { $rate } calls a second allowed · { $burst } at once
accounts-rate-alone = { $rate } calls a second allowed
