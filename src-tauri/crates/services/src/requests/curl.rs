//! Owns a request as commands of a POSIX shell with curl. Must not hold a secret: the command reads it from the variable
//! `COUNTERSIGN_SECRET` and hands it on through standard input, so that it stands in no argument of any process. What the
//! way needs and is not known here, a certificate's path and a proxy's password, comes from variables too.

use countersign_domain::{BoundAddress, ErrorCode, Failure, Network, ProxyChoice};
use countersign_gateway::{Authentication, ConnectionProfile};
use url::Url;

use super::DocumentedCall;

/// Puts a backslash before what curl's configuration would take for the end of a value.
const ESCAPED: &str = r#"sed 's/[\\"]/\\&/g'"#;
/// Takes the access token out of a token endpoint's answer.
const TAKEN: &str = r#"sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p'"#;
/// Introduces the person to the proxy. curl takes this argument out of the list of processes.
const PROXY_USER: &str = r#" --proxy-user "${COUNTERSIGN_PROXY_USER:?name:password of the proxy}""#;
/// Signs a grant token with the secret on its standard input (RFC 7523, HS256, five minutes).
const SIGNED: &str = r#"python3 -c 'import base64, hashlib, hmac, json, sys, time
part = lambda text: base64.urlsafe_b64encode(text).rstrip(b"=")
now = int(time.time())
claims = dict(zip(("aud", "iss", "sub"), sys.argv[1:]), nbf=now - 5, exp=now + 300)
signed = b".".join(part(json.dumps(one).encode()) for one in ({"alg": "HS256", "typ": "JWT"}, claims))
print((signed + b"." + part(hmac.new(sys.stdin.buffer.read(), signed, hashlib.sha256).digest())).decode())'"#;

/// The commands for `request` under `profile`.
///
/// # Errors
/// `outside-binding` where the path does not stay below the bound address.
pub(super) fn command(profile: &ConnectionProfile, accept: &str, request: &DocumentedCall) -> Result<String, Failure> {
    let query: Vec<(&str, &str)> = request.query.iter().map(|(name, value)| (&**name, &**value)).collect();
    let url = profile
        .api
        .join(&request.path, &query)
        .map_err(|fault| Failure::new(ErrorCode::OutsideBinding, format!("Nothing was made: {fault}.")))?;
    let call = Call {
        accept,
        url: &url,
        way: way(&profile.network, &profile.api),
    };
    Ok(match &profile.authentication {
        Authentication::Anonymous => call.open(),
        Authentication::Bearer => format!("{}{}", needed("the token"), call.with_bearer("COUNTERSIGN_SECRET")),
        Authentication::Basic { client_id } => {
            let user = format!("printf 'user = \"%s:%s\"\\n' {} ", quoted(&client_id.to_string()));
            let secret = format!("\"$(printf '%s' \"$COUNTERSIGN_SECRET\" | {ESCAPED})\"");
            format!(
                "{}{user}{secret} |\n  {}",
                needed("the client secret"),
                call.configured()
            )
        }
        Authentication::ClientCredentials {
            token_endpoint,
            client_id,
            scopes,
        } => {
            let mut form = vec![
                "grant_type=client_credentials".to_owned(),
                format!("client_id={client_id}"),
            ];
            form.extend(scopes.iter().map(|scopes| format!("scope={scopes}")));
            let secret = "printf '%s' \"$COUNTERSIGN_SECRET\"";
            let token = minted(secret, "client_secret@-", &form, token_endpoint, &profile.network);
            format!("{}{token}{}", needed("the client secret"), call.with_bearer("token"))
        }
        Authentication::GrantToken {
            token_endpoint,
            client_id,
            userid,
        } => {
            let names = [token_endpoint.host(), &client_id.to_string(), userid.as_str()]
                .map(quoted)
                .join(" ");
            let assertion = format!("printf '%s' \"$COUNTERSIGN_SECRET\" | {SIGNED} {names} | tr -d '\\n'");
            let form = ["grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer".to_owned()];
            let token = minted(&assertion, "assertion@-", &form, token_endpoint, &profile.network);
            format!("{}{token}{}", needed("the client secret"), call.with_bearer("token"))
        }
        // What a sign-in brought stays here, and no command can sign in: another token of the same person does.
        Authentication::SignIn { .. } => {
            let token = needed("an access token or personal token of the same account");
            format!("{token}{}", call.with_bearer("COUNTERSIGN_SECRET"))
        }
    })
}

/// Ends the commands at once where the variable is not set. No comment: not every shell takes one at its prompt.
fn needed(what: &str) -> String {
    format!(": \"${{COUNTERSIGN_SECRET:?set it to {what}}}\" &&\n")
}

/// Fetches an access token into the shell variable `token`; `source` writes what `field` reads.
fn minted(source: &str, field: &str, form: &[String], endpoint: &BoundAddress, network: &Network) -> String {
    let form: Vec<String> = form.iter().map(|pair| quoted(pair)).collect();
    let form = form.join(" --data-urlencode ");
    let way = way(network, endpoint);
    let address = quoted(endpoint.as_url().as_str());
    format!(
        "token=$({source} |\n  curl --silent --show-error --fail-with-body --globoff{way} --data-urlencode {field} \
         --data-urlencode {form} {address} |\n  {TAKEN}) &&\n: \"${{token:?no access token came}}\" &&\n"
    )
}

/// How curl finds the way that the connection finds: never through a proxy to this computer.
fn way(network: &Network, to: &BoundAddress) -> String {
    let proxy = match &network.proxy {
        _ if to.is_loopback() => " --noproxy '*'".to_owned(),
        ProxyChoice::System => String::new(),
        ProxyChoice::Direct => " --noproxy '*'".to_owned(),
        ProxyChoice::Address { address, username } => {
            let introduced = username.as_ref().map(|_| PROXY_USER).unwrap_or_default();
            format!(" --proxy {}{introduced}", quoted(&address.to_string()))
        }
    };
    // Of the chosen file its name alone is kept: where it lies now, only the person knows.
    let certificate = network.certificate_authority.as_ref();
    let certificate = certificate.map(|chosen| {
        let name = plain(&chosen.name);
        format!(" --cacert \"${{COUNTERSIGN_CA:?path of the certificate {name}}}\"")
    });
    format!("{proxy}{}", certificate.unwrap_or_default())
}

/// `name` without what means something to a shell inside `"${…}"`: it only reminds a person.
fn plain(name: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || " .-_".contains(letter);
    name.chars()
        .map(|letter| if is_plain(letter) { letter } else { '_' })
        .collect()
}

struct Call<'a> {
    accept: &'a str,
    url: &'a Url,
    way: String,
}

impl Call<'_> {
    fn open(&self) -> String {
        let Self { accept, url, way } = self;
        let (accept, url) = (quoted(&format!("Accept: {accept}")), quoted(url.as_str()));
        format!("curl --silent --show-error --fail-with-body --globoff{way} --header {accept} {url}")
    }

    /// The same, with what else it needs to know on its standard input.
    fn configured(&self) -> String {
        self.open().replacen("curl ", "curl --config - ", 1)
    }

    fn with_bearer(&self, variable: &str) -> String {
        let token = format!("\"$(printf '%s' \"${variable}\" | {ESCAPED})\"");
        format!(
            "printf 'header = \"Authorization: Bearer %s\"\\n' {token} |\n  {}",
            self.configured()
        )
    }
}

/// `text` as one word of a POSIX shell, whatever it holds.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests;
