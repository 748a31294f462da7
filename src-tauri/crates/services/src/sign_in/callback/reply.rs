//! Owns the two pages that a browser may be shown here, and the heads they travel under. Must not hold a script, a
//! style, a link, or anything that came with the request.

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    /// The sign-in's own answer came.
    Finished,
    /// An answer that is not this sign-in's: which fault it has is not told.
    NotThisSignIn,
    /// No request, or one to another host.
    Malformed,
    /// Another path.
    NothingThere,
    /// Another method than GET.
    WrongMethod,
    /// The request's first line does not end.
    AddressTooLong,
    /// The request did not arrive in time.
    TooSlow,
}

/// Nothing is loaded, framed, posted or kept; the page's own address, which holds a code, goes nowhere.
const HEADERS: &str = "Content-Type: text/html; charset=utf-8\r\n\
     Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\
     X-Content-Type-Options: nosniff\r\n\
     Referrer-Policy: no-referrer\r\n\
     Cache-Control: no-store\r\n\
     Connection: close\r\n";

impl Reply {
    /// The whole answer, head and page.
    pub(super) fn bytes(self) -> Vec<u8> {
        let page = self.page();
        let length = page.len();
        let allow = if self == Self::WrongMethod {
            "Allow: GET\r\n"
        } else {
            ""
        };
        let status = self.status();
        format!("HTTP/1.1 {status}\r\n{HEADERS}{allow}Content-Length: {length}\r\n\r\n{page}").into_bytes()
    }

    fn status(self) -> &'static str {
        match self {
            Self::Finished => "200 OK",
            Self::NotThisSignIn | Self::Malformed => "400 Bad Request",
            Self::NothingThere => "404 Not Found",
            Self::WrongMethod => "405 Method Not Allowed",
            Self::TooSlow => "408 Request Timeout",
            Self::AddressTooLong => "414 URI Too Long",
        }
    }

    fn page(self) -> String {
        let (title, words) = match self {
            Self::Finished => (
                "Back to Countersign",
                "The browser's part of the sign-in is done. Go back to Countersign; this page can be closed.",
            ),
            Self::NotThisSignIn
            | Self::Malformed
            | Self::NothingThere
            | Self::WrongMethod
            | Self::TooSlow
            | Self::AddressTooLong => (
                "Nothing to do here",
                "This page belongs to Countersign, and there is nothing to do on it. It can be closed.",
            ),
        };
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
             <body><h1>{title}</h1><p>{words}</p></body>\n</html>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_loads_nothing_and_runs_nothing() {
        for reply in [Reply::Finished, Reply::NotThisSignIn, Reply::WrongMethod] {
            let text = String::from_utf8(reply.bytes()).unwrap();
            let (head, page) = text.split_once("\r\n\r\n").unwrap();
            assert!(head.contains("Content-Security-Policy: default-src 'none';"));
            assert!(head.contains(&format!("Content-Length: {}", page.len())));
            for forbidden in ["<script", "<style", "<img", "<a ", "href", "style=", "http:"] {
                assert!(!page.contains(forbidden), "{forbidden}");
            }
        }
    }

    #[test]
    fn what_was_wrong_is_not_told() {
        let page = |reply: Reply| reply.page();
        assert_eq!(page(Reply::NotThisSignIn), page(Reply::Malformed));
        assert_eq!(page(Reply::NotThisSignIn), page(Reply::NothingThere));
    }
}
