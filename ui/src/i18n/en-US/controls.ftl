# Words of the Controls screen.

controls-title = Controls
controls-none = No connection reads controls yet
controls-none-sentence = Add a Hyperproof connection, or start Practice, and its register is read here.
controls-none-action = Go to Connections

controls-list = Controls
controls-search = Search { $total ->
    [0] controls
   *[other] { $total } controls
    }
controls-search-key = Ctrl F
controls-search-key-mac = ⌘ F
controls-count = { $matched } of { $total }
controls-matches = { $matched } of { $total } controls match
controls-dash = –

controls-sync = Sync now
controls-sync-hint = Sync now (Ctrl R)
controls-synced = Synced { $age }
controls-changed = { $changed ->
    [0] nothing changed
   *[other] { $changed } changed
    }
controls-syncing = Syncing
controls-sync-of = { $rows } of about { $total }
controls-sync-rows = { $rows } so far
controls-sync-stopping = Stopping…
controls-sync-stop-name = Stop the sync
controls-sync-ended = { $label }: { $rows ->
    [one] { $rows } control
   *[other] { $rows } controls
    } read, { $changed } changed
controls-sync-ended-first = { $label }: { $rows ->
    [one] { $rows } control
   *[other] { $rows } controls
    } read
controls-sync-stopped = Sync stopped. The register is what it was before.
controls-sync-stopped-first = Sync stopped. Nothing was kept.

controls-never = This register has not been read yet
controls-never-sentence = A sync reads every control { $label } may see and keeps the list on this computer, encrypted.
controls-first-sync = Reading the register
controls-first-sync-sentence = { $rows ->
    [one] { $rows } control
   *[other] { $rows } controls
    } so far, { $size }. The list appears when the sync is whole.
controls-empty = The server sent no controls
controls-empty-sentence = This credential may see none: its user is perhaps a member of no control, or a scope is missing.
controls-no-match = No control matches
controls-no-match-search = None of { $total } holds every word of “{ $search }”.
controls-no-match-filters = None of { $total } passes these filters.
controls-no-match-both = None of { $total } holds every word of “{ $search }” and passes these filters.
controls-clear-search = Clear search
controls-clear-filters = Clear filters
controls-clear-both = Clear search and filters

controls-locked-sentence = Countersign could not read the key of this register; nothing is lost, and unlocking the keychain opens it where you left it.
controls-unreadable = The register could not be opened
controls-open-connection = Go to the connection

controls-offline = Offline.
controls-offline-advice = You see the register of { $moment }.
controls-not-synced-advice = You see the register of { $moment }. { $advice }
controls-suspicious = Exactly { $rows } rows.
controls-suspicious-advice = Perhaps not all: services cut lists at this number. Compare with the count Hyperproof shows.
controls-skipped = { $count ->
    [one] { $count } element was no control
   *[other] { $count } elements were no controls
    } and left out.
controls-skipped-advice = The server sent them without an id or not as an object; the rest is complete.
controls-partial = { $count ->
    [one] { $count } row arrives without its states.
   *[other] { $count } rows arrive without their states.
    }
controls-partial-advice = They read “Not provided” and count in no share: this user is probably not a member of them.
controls-partial-show = Show them
controls-partial-mark = Partial

controls-filters = Filters
controls-facets = Facets
controls-add-filter = Filter
controls-choose-field = Filter by
controls-is = is
controls-values = { $count } values
controls-sort-then = { $column }, then identifier
controls-sort-descending = { $column } descending

controls-status = { $matched } of { $total ->
    [one] { $total } control
   *[other] { $total } controls
    }
controls-status-short = { $matched } of { $total }
controls-selected = { $words } · { $count } selected
controls-snapshot = Snapshot { $number } · { $moment } · on this computer
controls-snapshot-short = Snapshot { $number } · { $moment }
controls-snapshot-until = You see snapshot { $number } of { $moment }, until this sync is whole

controls-detail = Detail
controls-detail-copy = Copy every field
controls-detail-copy-raw = Copy the JSON
controls-detail-close = Close detail
controls-detail-back = Back to the list
controls-detail-nothing = Select a control to see what the server sent.
controls-detail-gone = The register no longer holds this control.
controls-detail-unnamed = No name provided
controls-tab-fields = Fields
controls-tab-raw = Raw
controls-all-fields = As the server sent it
controls-field-count = { $count ->
    [one] { $count } field
   *[other] { $count } fields
    }

column-identifier = Identifier
column-name = Name
column-health = Health
column-freshness = Freshness
column-implementation = Implementation
column-testing = Testing
column-domain = Domain
column-owner = Owner
column-updated = Updated

facet-health = Health
facet-freshness = Freshness
facet-status = Status
facet-domain = Domain
facet-owner = Owner

span-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
    }
span-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
    }
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
    }

value-health-critical = Critical
value-health-atRisk = At risk
value-health-healthy = Healthy
value-health-notAvailable = Not available
value-freshness-fresh = Fresh
value-freshness-expired = Expired
value-freshness-unknown = Unknown
value-freshness-noFreshness = None
value-implementation-completed = Completed
value-implementation-inProgress = In progress
value-implementation-notStarted = Not started
value-implementation-unknown = Unknown
value-testingStatus-effective = Effective
value-testingStatus-ineffective = Ineffective
value-testingStatus-inProgress = In progress
value-testingStatus-notTested = Not tested
value-automation-fullyAutomated = Fully automated
value-automation-partial = Partial
value-automation-notStarted = Not started
value-status-active = Active
value-status-archived = Archived
value-status-deleted = Deleted
value-status-pending = Pending
value-status-canceled = Canceled
value-controlType-simple = Simple
value-controlType-parent = Parent
value-controlType-scopeAssignment = Scope assignment
value-freshnessPolicy-none = None
value-freshnessPolicy-manual = Manual
value-owner-type-activeUser = Active user
value-owner-type-contact = Contact
value-owner-type-deactivatedUser = Deactivated user
value-owner-type-serviceAccount = Service account
value-owner-status-active = Active
value-computeTestingStatus-true = Yes
value-computeTestingStatus-false = No
value-overrideHealth-true = Yes
value-overrideHealth-false = No
value-_isPartialData-true = Yes
value-_isPartialData-false = No

field-id = Id
field-orgId = Organisation id
field-controlType = Kind
field-controlIdentifier = Identifier
field-name = Name
field-description = Description
field-notes = Notes
field-scopeName = Scope
field-scopeId = Scope id
field-parentControlId = Parent control id
field-domainId = Domain id
field-domainName = Domain
field-freshnessPolicy = Freshness policy
field-freshForDuration = Fresh for
field-freshness = Freshness
field-freshAsOfDate = Fresh as of
field-freshAsOfNote = Freshness note
field-expiration = Expires
field-implementation = Implementation
field-testingStatus = Testing
field-testingDeficiency = Deficiency
field-computeTestingStatus = Testing calculated
field-automation = Automation
field-health = Health
field-overrideHealth = Health overridden
field-overrideHealthOn = Overridden on
field-overrideHealthReason = Override reason
field-owner = Owner
field-owner-id = Owner id
field-owner-type = Owner kind
field-owner-userId = Owner user id
field-owner-email = Owner e-mail
field-owner-givenName = Owner given name
field-owner-surname = Owner surname
field-owner-language = Owner language
field-owner-locale = Owner locale
field-owner-timeZone = Owner time zone
field-owner-status = Owner status
field-status = Status
field-createdBy = Created by
field-createdOn = Created
field-updatedBy = Updated by
field-updatedOn = Updated
field-permissions = Permissions
field-_isPartialData = Partial data
