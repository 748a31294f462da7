//! Owns redirect URIs: when one is the registered one, and how an answer is put into it. Must not follow any.

use url::form_urlencoded::byte_serialize;

use crate::hypothesis::answer::Refusal;

/// The registered URI with `{current_scheme}` and `{current_host}` of `example` (h/util/uri.py, `render_url_template`).
///
/// # Errors
/// The server's own fault for an example without a host (seen: 500 for `com.example.app:/callback`).
pub(super) fn rendered(registered: &str, example: &str) -> Result<String, Refusal> {
    let (scheme, host) = scheme_and_host(example).ok_or(Refusal::Fault)?;
    Ok(registered
        .replace("{current_scheme}", scheme)
        .replace("{current_host}", host))
}

fn scheme_and_host(uri: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = uri.split_once("://")?;
    let network = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = network.split(':').next().unwrap_or_default();
    (!scheme.is_empty() && !network.is_empty()).then_some((scheme, host))
}

/// A scheme and something after it, no fragment (RFC 3986 section 4.3).
pub(super) fn is_absolute(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else {
        return false;
    };
    let fits = |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
    let named = scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.chars().all(fits);
    named && !rest.is_empty() && !rest.contains(['#', ' '])
}

/// Where the person is sent back to.
pub(super) fn with_code(uri: &str, code: &str, state: Option<&str>) -> String {
    let separator = if uri.contains('?') { '&' } else { '?' };
    let mut location = format!("{uri}{separator}code={code}");
    if let Some(state) = state {
        location.push_str("&state=");
        location.extend(byte_serialize(state.as_bytes()));
    }
    location
}

/// `scheme://host:port` of a URI.
pub(super) fn origin(uri: &str) -> String {
    let (scheme, rest) = uri.split_once("://").unwrap_or((uri, ""));
    let network = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}://{network}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_takes_scheme_and_host_and_never_the_port() {
        let registered = "{current_scheme}://{current_host}:47814/callback";
        let wanted = "https://192.0.2.1:47814/callback";
        assert_eq!(rendered(registered, wanted).unwrap(), wanted);
        assert_ne!(
            rendered(registered, "http://127.0.0.1:50000/callback").unwrap(),
            "http://127.0.0.1:50000/callback"
        );
        assert_eq!(rendered("app:/x", "app:/x"), Err(Refusal::Fault));
    }

    #[test]
    fn only_a_uri_with_a_scheme_is_absolute() {
        assert!(is_absolute("http://127.0.0.1:1/x") && is_absolute("urn:ietf:wg:oauth:2.0:oob"));
        assert!(!is_absolute("/callback") && !is_absolute("") && !is_absolute("http://h/#x"));
    }

    #[test]
    fn an_answer_joins_a_query_that_is_there() {
        assert_eq!(
            with_code("http://h/?a=b", "c", Some("s t&")),
            "http://h/?a=b&code=c&state=s+t%26"
        );
        assert_eq!(with_code("http://h/", "c", None), "http://h/?code=c");
        assert_eq!(origin("http://127.0.0.1:7/x?y"), "http://127.0.0.1:7");
    }
}
