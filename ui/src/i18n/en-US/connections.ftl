# Words of the Connections screen.

connections-title = Connections
connections-add = Add connection
connections-group-hyperproof = Hyperproof
connections-group-hypothesis = Hypothesis
connections-group-practice = On this computer
connections-count = { $count ->
    [one] 1 connection
   *[other] { $count } connections
}
connections-store = { $store } on this computer
connections-card-name = Connection

kind-hyperproofClientCredentials = Client credentials
    .detail = Client ID and secret
    .source = An administrator makes both in Hyperproof under Settings, API clients.
kind-hypothesisPersonalToken = Personal token
    .detail = One account, your own
    .source = Sign in to Hypothesis, open Account settings, Developer, and generate your API token.
kind-hypothesisClientCredentials = Client credentials
    .detail = Administers an authority
    .source = Hypothesis gives both to an organisation together with its authority.
kind-practice = Practice
    .detail = Both services, nothing real
    .source = Countersign runs both services itself, on this computer, with 370 controls and 24 accounts. Nothing leaves it, and nothing real can be changed.
kind-practice-row = Both services

region-us = US
region-eu = EU
region-gov = Gov
region-custom = Custom

state-working = Working
state-not-checked = Not checked
state-stopped = Stopped
state-token-refused = Token refused
state-secret-refused = Secret refused
state-keychain-unavailable = Keychain unavailable
state-checked = Checked { $moment }
state-never-checked = Not checked yet

badge-plain-http = Plain HTTP
badge-practice = Practice
badge-this-run = This run only
row-plain-http = { $host }, plain HTTP

binding-two = The secret goes only to { $secret }; what it buys goes only to { $api }
binding-one = This secret can only go to { $host }
binding-practice = Practice credentials are made up and stay on this computer
binding-keychain = It is in the keychain and is never shown.
binding-this-run = It is kept in memory for this run only and is never shown.

card-keychain-was = The keychain could not be used at the last test.
    .advice = It answers now; test the connection again.
card-rename = Rename
card-replace = Replace secret…
card-forget = Forget…
card-test = Test connection
card-testing = Testing…
card-tested = { $label }: { $state }
card-stop = Stop
card-identity = Who the server says you are
card-identity-none = Nobody yet: test the connection to ask.
card-credential = Credential
card-permissions = What it may do
card-permissions-when = { $moment }, nothing written
card-calls = Recent calls
card-calls-none = No calls yet.

identity-name = Name
identity-email = E-mail
identity-user-state = User state
identity-time-zone = Time zone
identity-userid = User ID
identity-authority = Authority
identity-display-name = Display name
identity-groups = Groups

permission-controls = Controls
permission-users = Users
permission-profile = Profile
permission-accounts = Accounts
permission-allowed = Read
permission-allowed-accounts = Create and change
permission-refused = Refused
permission-refused-status = Refused, { $status }
permission-notAsked = Not asked

credential-client-id = Client ID
credential-secret = Secret
credential-authority = Authority
credential-scopes = Scopes
credential-scopes-all = All that the API client has
credential-in-keychain = In the keychain
credential-this-run = In memory, until Countersign closes
credential-age = Age
credential-days = { $days ->
    [0] Today
    [one] 1 day
   *[other] { $days } days
}
credential-saved = saved { $day }
credential-last-use = Last use
credential-never = Never
credential-last-refusal = Last refusal
credential-none = None
credential-rate = Rate
credential-rate-value = { $rate } a second
credential-burst = { $burst } at once

call-time = Time
call-method = Method
call-path = Path
call-status = Status
call-duration = Took
call-size = Size

keychain-banner-locked = The keychain is locked.
    .advice = Secrets in it cannot be read until it is unlocked; nothing is lost.
keychain-banner-absent = No keychain service runs on this computer.
    .advice = Install and start GNOME Keyring, KWallet or KeePassXC, or add a connection for this run only.
keychain-banner-silent = The keychain does not answer.
    .advice = It may be waiting for you in a prompt of its own.
keychain-banner-failing = The keychain fails.
    .advice = Restart the keychain service, then check again.
keychain-unlock = Unlock keychain…
keychain-check = Check again
keychain-checking = Checking…

first-heading = Nothing is connected yet
first-sentence = Countersign reads a Hyperproof controls register and administers Hypothesis accounts, with secrets that stay in this computer’s keychain.
first-practice = Try it with a practice organisation
first-practice-sentence = 370 controls and 24 accounts on this computer. Nothing leaves it, and nothing real can be changed.
first-practice-action = Start practice
first-practice-busy = Starting…
first-practice-this-run = Start for this run only
first-add = Add a connection
first-add-sentence = Bring a personal token, or a client ID and secret.
first-add-action = Add connection…
first-keychain-unlocked = The keychain answers: { $store }, unlocked. No file is used in its place.
first-keys = Ctrl N adds a connection
practice-not-started = Practice was not started.
practice-started = Practice is ready

form-label = Label
form-region = Region
form-server = Server
form-server-hint = Such as https://hypothes.is
form-server-binding = Sends to { $host } only, fixed once saved
form-api-address = API address
form-token-address = Token address
form-token-address-hint = Where the secret buys access tokens
form-api-address-hint = Ends with the version, such as https://api.example.com/v1
form-client-id = Client ID
form-client-secret = Client secret
form-token = Personal token
form-authority = Authority
form-authority-hint = The part after @ in a userid, such as example.com
form-scopes = Scopes
form-scopes-all = All that the API client has
form-sends-to = Sends to
form-sends-secret = the secret
form-sends-bought = what it buys
form-sends-fixed = fixed once saved
form-token-choice = The secret goes to
form-unverified = Unverified
form-unverified-hint = Hyperproof’s pages name accounts.hyperproof.app for every region; for this one Countersign cannot check it. Ask who made the secret.
form-kinds = Kinds of connection
form-kept = Kept in this computer’s keychain.
    .later = It can be replaced later, never shown.
form-kept-this-run = Kept in memory, in no file.
    .later = It is gone when Countersign closes.
form-this-run = Keep for this run only
form-this-run-hint = The secret stays in memory until Countersign closes; it is written nowhere.
form-save = Save and test
form-saving = Testing…
form-not-saved = The connection was not saved.
form-saved = { $label } is saved and works
form-unsaved = What you typed is not saved.
form-keep-editing = Keep editing
form-discard = Discard
form-secret-dropped = The secret was cleared after five minutes. Enter it again.

fault-empty-clientId = Enter the client ID.
fault-empty-secret = Enter the secret.
fault-empty-token = Enter the token.
fault-empty-authority = Enter the authority, such as example.com.
fault-empty-apiAddress = Enter an address such as https://api.example.com.
fault-empty-tokenAddress = Enter the address where the secret buys tokens.
fault-token-choice = Choose where the secret goes. Countersign sends it nowhere by itself.
fault-address = This is not an address such as https://api.example.com.
fault-address-insecure = Only https is used; plain http is for this computer alone.
fault-address-user = An address holds no user name and no password.
fault-address-extra = An address ends with its path; leave out everything from ? or #.
fault-client-id-colon = A client ID holds no colon. It may be an ID and a secret in one: keep the part before the colon.
fault-client-id-ascii = A client ID is made of ASCII characters.
fault-client-id-long = A client ID has at most 200 characters.
fault-secret-long = A secret has at most 2,560 bytes; this keychain keeps no more.
fault-token-ascii = A token is made of visible ASCII characters without spaces.
fault-authority = This is not an authority such as example.com.
fault-label-long = A name has at most 80 characters.
fault-label-empty = Give the connection a name.

shape-hypothesisPersonalToken = This looks like a Hypothesis personal token
    .why = It begins with 6879-; this box wants { $wanted }.
shape-hypothesisAccessToken = This looks like a Hypothesis access token
    .why = It begins with 5768- and ends within the hour; this box wants { $wanted }.
shape-hypothesisRefreshToken = This looks like a Hypothesis refresh token
    .why = It begins with 4657-; this box wants { $wanted }.
shape-hypothesisClientId = This looks like a Hypothesis client ID
    .why = It has the form of a UUID; this box wants { $wanted }.
shape-hyperproofClientId = This looks like a Hyperproof client ID
    .why = It has 32 hexadecimal characters; this box wants { $wanted }.
shape-jsonWebToken = This looks like a JSON web token
    .why = Such tokens end after a while; this box wants { $wanted }.
shape-address = This looks like an address
    .why = This box wants { $wanted }.
shape-length = This does not look like a Hyperproof client ID
    .why = Those have 32 characters; this has { $length }. Copy it again from Settings, API clients, unless yours differ.
shape-token = This does not look like a personal token
    .why = Those begin with 6879-. Save it all the same if your server makes others.
wanted-secret = a secret
wanted-token = a personal token
wanted-clientId = a client ID
wanted-address = an address
wanted-authority = an authority
use-token = Use as personal token
use-clientId = Use as client ID
use-apiAddress = Use as server

rename-heading = Rename connection
rename-save = Rename
rename-saving = Renaming…
rename-done = Renamed to { $label }
rename-failed = The connection was not renamed.
replace-heading = Replace the secret of { $label }
replace-save = Replace and test
replace-saving = Testing…
replace-done = The secret of { $label } is replaced and works
replace-failed = The secret was not replaced.
replace-now = The one before is kept.
forget-heading = Forget { $label }?
forget-secret = This deletes the secret in the keychain.
forget-secret-register = This deletes the secret in the keychain and the register of { $rows } controls.
forget-this-run = This drops the secret from memory.
forget-this-run-register = This drops the secret from memory and deletes the register of { $rows } controls.
forget-practice = This deletes the practice organisation: its register of { $rows } controls and every account you made in it.
forget-server = Nothing changes on the server.
forget-action = Forget
forget-busy = Forgetting…
forget-done = { $label } is forgotten
forget-failed = The connection was not forgotten.
test-failed = The connection was not tested.
