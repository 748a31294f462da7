# Words of the shell and of components that every screen uses.

app-name = Countersign
rail-name = Screens
rail-connections = Connections
rail-controls = Controls
rail-accounts = Accounts
rail-requests = Requests
rail-activity = Activity
rail-doctor = Doctor
rail-tools = Tools
rail-settings = Settings
rail-hyperproof = Hyperproof
rail-hypothesis = Hypothesis
keychain-asking = Asking the keychain
keychain-unlocked = Keychain unlocked
keychain-locked = Keychain locked
keychain-absent = No keychain
keychain-silent = Keychain does not answer
keychain-failing = Keychain fails
switcher-name = Connection
switcher-all = All connections
switcher-choose = Choose a connection

close = Close
cancel = Cancel
clear = Clear
copy = Copy
copied = Copied
copied-not = Not copied: the system gave no access to the clipboard
call-waits = { $label }: the service asked for a wait of { $time }. Countersign goes on by itself, unless you stop it.
call-waits-unsaved = The service asked for a wait of { $time }. Countersign goes on by itself, unless you stop it.
copy-details = Copy details
copy-value = Copy { $name }
optional = optional
undo = Undo
stop = Stop
more = { $count } more…
fewer = Fewer
remove-filter = Remove { $field } filter
count-of = { $used } of { $limit }
not-provided = Not provided
esc-closes = Esc closes
error-mark = Error
warning-mark = Warning
in-progress = In progress
resize-pane = Width of the pane
table-loading = …
tree-object = { $count ->
    [0] empty object
    [one] 1 field
   *[other] { $shown } fields
}
tree-array = { $count ->
    [0] empty list
    [one] 1 entry
   *[other] { $shown } entries
}
raw-more = Show { $size } more of { $rest }
sorted-by = Sort by { $column }
notices = Results
field-line-break = What was pasted holds a line break inside. Nothing was put in; copy the value again without it.
field-too-long = That was { $length } characters; this field takes at most { $limit }. Nothing was put in.

size-kilobytes = { $value } kB
size-megabytes = { $value } MB
duration-milliseconds = { $value } ms
duration-seconds = { $value } s
duration-minutes = { $minutes } min { $seconds } s
duration-hours = { $hours } h { $minutes } min
moment-today = Today, { $time }
    .within = today, { $time }
moment-yesterday = Yesterday, { $time }
    .within = yesterday, { $time }
moment-this-year = { $day } { $month }, { $time }
day = { $day } { $month } { $year }
age-now = just now
age-minutes = { $minutes } min ago
age-hours = { $hours } h ago

service-hyperproof = Hyperproof
service-hypothesis = Hypothesis
service-practice = Practice

start-failed = Countersign could not read its own state
screen-loading = Loading

palette-name = Find a command or a connection
palette-list = Commands
palette-none = No command has these words.
palette-go = Go to { $screen }
palette-go-key = Ctrl { $number }
palette-open = { $label }
palette-doctor = Examine { $label }
palette-requests = Requests with { $label }
palette-activity = Activity of { $label }
palette-add = Add connection
    .detail = Ctrl N on Connections
palette-test = Test the chosen connection
    .detail = Ctrl R on Connections
palette-sync = Sync controls
    .detail = Ctrl R on Controls
palette-new-account = New account
    .detail = Ctrl N on Accounts
palette-token = Read a JSON web token
    .detail = On this computer, without a key
palette-rail = Fold or unfold the rail
    .detail = Ctrl B
palette-settings = Settings
    .detail = Ctrl comma
palette-keys = List of keys
    .detail = F1

keys-heading = Keys
keys-window = The window
keys-screen = The screen shown
keys-list = Lists and tables
key-palette = Any command, any connection
    .key = Ctrl K
key-entries = Screens, in the order of the rail
    .key = Ctrl 1 … Ctrl 6
key-panes = Next pane, previous pane
    .key = F6, Shift F6
key-rail = Fold or unfold the rail
    .key = Ctrl B
key-settings = Settings
    .key = Ctrl comma
key-keys = This list
    .key = F1
key-new = New connection or account
    .key = Ctrl N
key-search = Search
    .key = Ctrl F
key-refresh = Test, sync, check again or read again
    .key = Ctrl R
key-detail = Open or close the detail
    .key = Ctrl I
key-escape = Close what is open
    .key = Esc
key-move = Move
    .key = Up, Down, Page
key-ends = First and last
    .key = Home, End
key-open = Open
    .key = Enter
key-extend = Select more rows
    .key = Shift with Up, Down or a press
key-all = Select all rows
    .key = Ctrl A
key-copy = Copy the rows selected
    .key = Ctrl C
key-letters = Go to what begins so
    .key = letters

settings-look = Look
settings-contrast = High contrast
settings-contrast-hint = Stronger lines and texts. The system’s own setting always holds.
preferences-not-saved = Not saved: the choice holds until Countersign closes. { $next }
settings-places = Where things are
settings-secrets = Secrets
settings-secrets-where = In the keychain ({ $store }), nowhere else
settings-data = Everything else
settings-data-where = In Countersign’s folder among your application data; registers and activity are encrypted with a key from the keychain
settings-version = Version
