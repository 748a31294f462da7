# Words of the Doctor screen.

doctor-check = Check now
doctor-again = Check again
doctor-checking = Checking…
doctor-copy = Copy report
doctor-layers = Layers
doctor-side = What it means
doctor-lead = Every layer between this computer and the service is walked in order. The secret goes along only in the last two, and only if TLS passed.
doctor-unchecked = { $host } was not checked yet
doctor-running = Checking { $host }
doctor-passed = All layers of { $host } answer
doctor-passed-sentence = The name, the way, the certificate, the service, the credential and its permission are in order.
doctor-broken = The check did not finish
doctor-status-running = { $done } of { $layers } layers
doctor-status-passed = All { $layers } layers passed
doctor-stopped-at = Stopped at layer { $layer } of { $layers }

doctor-layer-dns = DNS
doctor-layer-tcp = TCP
doctor-layer-proxy = Proxy
doctor-layer-tls = TLS
doctor-layer-http = HTTP
doctor-layer-authentication = Sign-in
doctor-layer-permission = Permission
doctor-state-passed = Passed
doctor-state-not-needed = Not needed
doctor-state-failed = Failed
doctor-state-not-reached = Not reached
doctor-state-walking = Checking…
doctor-state-waiting = Not checked yet

doctor-fails = { $layer } fails
doctor-fails-tls-untrusted = TLS fails: the certificate is not trusted here
doctor-fails-host-unknown = DNS fails: this network does not know the name
doctor-fails-unreachable = { $layer } fails: nothing answers there
doctor-fails-timed-out = { $layer } fails: no answer came in time
doctor-fails-proxy-refused = The proxy fails: it wants another name or password
doctor-fails-proxy-failed = The proxy fails: it lets nothing through
doctor-fails-redirected = HTTP fails: the server points to another address
doctor-fails-server-failed = { $layer } fails: the service itself is in trouble
doctor-fails-answer-unreadable = { $layer } fails: something else answers in the service’s place
doctor-fails-credential-refused = Sign-in fails: the service does not accept the credential
doctor-fails-credential-missing = Sign-in fails: the keychain holds no secret for this connection
doctor-fails-signed-out = Sign-in fails: the sign-in has ended
doctor-fails-access-not-enabled = Sign-in fails: API access is not enabled
doctor-fails-not-permitted = Permission fails: this credential may not read
doctor-fails-quota-exceeded = { $layer } waits: the quota is used up for now
doctor-fails-rate-limited = { $layer } waits: too many calls for now

doctor-secret-kept = No secret was sent.
doctor-secret-sent = The way to the service is open and trusted.
doctor-mender-nobody = It may pass by itself.
doctor-mender-you = You can mend it here.
doctor-mender-networkAdministrator = Your IT department can mend it.
doctor-mender-serviceAdministrator = An administrator of the service can mend it.
doctor-mender-operator = Whoever runs the service can mend it.

doctor-means = What this means
doctor-who = Who can mend it
doctor-here = Or, for this connection only
doctor-here-connection = What you can do here
doctor-here-certificate = Name the authority’s certificate file. It is used for this connection and no other.
doctor-here-network = Choose another proxy, or none.
doctor-change-network = Change network…
doctor-open-connection = Open the connection
doctor-who-nobody = Nobody needs to.
doctor-who-you = You.
doctor-who-networkAdministrator = Your IT department.
doctor-who-serviceAdministrator = An administrator of the service in your organisation.
doctor-who-operator = Whoever runs the service.

doctor-means-unknown = Nothing more is known about it.
doctor-means-tls-untrusted = The certificate was signed by an authority that is not on this computer’s list, or is not good for this name and day. Often a security appliance on the network opens encrypted traffic and signs it again with its own authority.
doctor-means-tls-untrusted-operator = The server’s certificate is not good for this name or this day, was withdrawn, or the server speaks only an old form of TLS. No secret is sent to such a server.
doctor-means-host-unknown = The server’s name leads to no address. This computer may be offline, the network may answer only for its own names, or the address is misspelt.
doctor-means-unreachable = The address exists, but nothing accepts a connection there. A firewall may be in the way, or the service is down.
doctor-means-timed-out = A packet went out and nothing came back. Firewalls that drop instead of refusing look like this.
doctor-means-proxy-refused = The proxy answered 407: it wants to know who asks. The name or the password kept for it is missing or wrong.
doctor-means-proxy-failed = The proxy could not be reached, or refuses to connect to this host.
doctor-means-redirected = The server answers with another address. Countersign follows no redirect, so that the secret stays with the address it was given for.
doctor-means-answer-unreadable = The answer is no answer of this service. A sign-in page of the network or a proxy may have put itself between.
doctor-means-credential-refused = Everything on the way works; the service says that this ID and secret are not good, have expired or were rotated.
doctor-means-not-permitted = The credential is good, but what Countersign reads first is not among its permissions.

doctor-remedy-tls-untrusted = Add the authority’s root to this computer’s trusted authorities, or let { $host } through unopened.
doctor-remedy-tls-untrusted-operator = { $host } needs a certificate for its own name that is good today, and TLS 1.2 or newer.
doctor-remedy-host-unknown = Check that { $host } can be resolved from this network.
doctor-remedy-tcp-unreachable = Let this computer reach { $host }, port 443.
doctor-remedy-tcp-timed-out = Let this computer reach { $host }, port 443.
doctor-remedy-proxy-refused = Enter the proxy’s name and password for this connection, or ask for them.
doctor-remedy-proxy-failed = Allow CONNECT to { $host }, port 443, or name another proxy.

doctor-checked = Checked
doctor-last-passed = Last passed
doctor-never-passed = Not since Countersign started
doctor-route = Route
doctor-route-direct = Direct, no proxy
doctor-route-unknown = Not known
doctor-trust = Trust
doctor-trust-system = The system’s authorities
doctor-trust-also = The system’s authorities and { $name }
doctor-promise = The report names hosts and layers. It holds no secret, header or body.

tools-none = Nothing is connected yet
tools-none-sentence = Add a connection first; this tool works with its address and its credential.
tools-none-action = Go to Connections
