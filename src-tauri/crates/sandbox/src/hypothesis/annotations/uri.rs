//! Owns when two addresses are of one page, and what a wildcard fits (h/util/uri.py, near enough for made-up pages).
//! Must not know requests.

/// The address without what does not tell pages apart: scheme of the web, case of the host, fragment, last slash.
pub(super) fn normalized(uri: &str) -> String {
    let uri = uri.split('#').next().unwrap_or_default();
    let Some((scheme, rest)) = uri.split_once("://") else {
        return uri.to_owned();
    };
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let scheme = scheme.to_lowercase();
    let scheme = if scheme == "http" || scheme == "https" {
        "httpx"
    } else {
        &scheme
    };
    format!("{scheme}://{}{}", host.to_lowercase(), path.trim_end_matches('/'))
}

/// The same for an address with wildcards: the one at its end stays.
pub(super) fn normalized_wildcard(uri: &str) -> String {
    match uri.strip_suffix('*') {
        Some(before) => normalized(before) + "*",
        None => normalized(uri),
    }
}

/// Whether there is a wildcard, and none in scheme or host.
pub(super) fn is_wildcard(uri: &str) -> bool {
    let wild = |text: &str| text.contains(['*', '_']);
    let host = match uri.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            let (host, path) = rest.split_at(end);
            return wild(path) && !wild(scheme) && !wild(host) && !host.is_empty();
        }
        None => uri.split_once(':').map_or("", |(scheme, _)| scheme),
    };
    wild(uri) && !host.is_empty() && !wild(host)
}

/// Whether `pattern` fits all of `text`: `*` is any text, `_` any character.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // Which beginnings of the text the pattern so far fits.
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for sign in pattern {
        let mut next = vec![false; text.len() + 1];
        let mut any_before = false;
        for (at, slot) in next.iter_mut().enumerate() {
            let here = reached.get(at).copied().unwrap_or_default();
            any_before |= here;
            let one_before = at
                .checked_sub(1)
                .and_then(|before| Some((reached.get(before)?, text.get(before)?)));
            *slot = match (sign, one_before) {
                ('*', _) => any_before,
                ('_', Some((before, _))) => *before,
                (sign, Some((before, character))) => *before && *character == sign,
                (_, None) => false,
            };
        }
        reached = next;
    }
    reached.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_many_addresses() {
        let page = normalized("https://Practice.example/Standards/ac-2");
        for same in [
            "http://practice.example/Standards/ac-2/",
            "https://practice.example/Standards/ac-2#top",
        ] {
            assert_eq!(normalized(same), page);
        }
        assert_ne!(normalized("https://practice.example/standards/ac-2"), page);
        assert_eq!(normalized("urn:x-pdf:abc"), "urn:x-pdf:abc");
    }

    #[test]
    fn wildcards_are_for_the_path_only() {
        for good in ["http://foo.com/*", "urn:x-pdf:*", "file://localhost/_bc.pdf"] {
            assert!(is_wildcard(good), "{good}");
        }
        for bad in ["*foo.com", "u_n:*", "file://*", "http://foo.com*", "http://foo.com/"] {
            assert!(!is_wildcard(bad), "{bad}");
        }
    }

    #[test]
    fn a_pattern_fits_the_whole_address() {
        let fits = |pattern: &str, text: &str| fits(&normalized_wildcard(pattern), &normalized(text));
        assert!(fits("http://foo.com/*", "https://foo.com/a/b") && fits("http://foo.com/*", "http://foo.com"));
        assert!(fits("http://foo.com/a_c", "http://foo.com/abc") && !fits("http://foo.com/a_c", "http://foo.com/abbc"));
        assert!(!fits("http://foo.com/a*c", "http://foo.com/abd"));
    }
}
