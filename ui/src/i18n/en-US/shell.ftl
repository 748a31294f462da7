# Words of the shell and of components that every screen uses.

app-name = Countersign
rail-name = Screens
rail-connections = Connections
rail-controls = Controls
rail-accounts = Accounts
rail-hyperproof = Hyperproof
rail-hypothesis = Hypothesis
keychain-asking = Asking the keychain
keychain-unlocked = Keychain unlocked
keychain-locked = Keychain locked
keychain-absent = No keychain
keychain-silent = Keychain does not answer
keychain-failing = Keychain fails
switcher-name = Connection
switcher-choose = Choose a connection

close = Close
cancel = Cancel
clear = Clear
copy = Copy
copied = Copied
copied-not = Not copied: the system gave no access to the clipboard
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
