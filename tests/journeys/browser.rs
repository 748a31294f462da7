//! Owns a person with a browser: it walks the services' login and consent pages as they stand. Must not know a code, a
//! state or a token before a page shows it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use countersign_app::ports::OpenInBrowser;
use countersign_domain::{ErrorCode, Failure};
use countersign_sandbox::PracticeCredentials;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::{Url, form_urlencoded};

/// What the person does once the page opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// Logs in and allows it.
    Allows,
    /// Logs in and denies it.
    Denies,
    /// Looks at the page and goes away: Hypothesis' "Cancel" sends nothing.
    Nothing,
    /// Has no browser.
    HasNone,
}

/// The person's browser.
pub(crate) struct Browser {
    does: Mutex<Does>,
    walker: Walker,
    opened: Mutex<Vec<String>>,
}

/// What fills in the forms.
#[derive(Clone)]
pub(crate) struct Walker {
    credentials: PracticeCredentials,
    allows: bool,
}

impl Browser {
    pub(crate) fn of(credentials: &PracticeCredentials, does: Does) -> Arc<Self> {
        let walker = Walker {
            credentials: credentials.clone(),
            allows: true,
        };
        Arc::new(Self {
            does: Mutex::new(does),
            walker,
            opened: Mutex::default(),
        })
    }

    pub(crate) fn does_from_now_on(&self, does: Does) {
        *self.does.lock().unwrap() = does;
    }

    /// The addresses opened, oldest first.
    pub(crate) fn opened(&self) -> Vec<String> {
        self.opened.lock().unwrap().clone()
    }

    pub(crate) fn walker(&self) -> Walker {
        self.walker.clone()
    }
}

impl OpenInBrowser for Browser {
    #[expect(clippy::unwrap_in_result, reason = "a test fails where it unwraps")]
    fn open(&self, url: &str) -> Result<(), Failure> {
        self.opened.lock().unwrap().push(url.to_owned());
        let does = *self.does.lock().unwrap();
        let walker = Walker {
            allows: does == Does::Allows,
            ..self.walker.clone()
        };
        let address = Url::parse(url).unwrap();
        match does {
            Does::Allows | Does::Denies => {
                tokio::spawn(async move {
                    let back = walker.walk(address).await;
                    visit("GET", &back, "", &mut BTreeMap::new()).await;
                });
                Ok(())
            }
            Does::Nothing => Ok(()),
            Does::HasNone => Err(Failure::new(ErrorCode::Internal, "No browser.")),
        }
    }
}

impl Walker {
    /// Walks from `address` to where the service sends the person back to; that last address is not visited.
    pub(crate) async fn walk(&self, mut address: Url) -> Url {
        let (mut cookies, mut method, mut form) = (BTreeMap::new(), "GET", String::new());
        let origin = address.origin();
        for _ in 0..12 {
            let page = visit(method, &address, &form, &mut cookies).await;
            (method, form) = ("GET", String::new());
            if let Some(location) = page.header("location") {
                address = address.join(location).unwrap();
                if address.origin() != origin {
                    return address;
                }
                continue;
            }
            assert_eq!(page.status, "200", "{}", page.body);
            address = address
                .join(&unescaped(between(&page.body, "action=\"", "\"")))
                .unwrap();
            (method, form) = ("POST", self.filled(&page.body));
        }
        panic!("the pages do not end")
    }

    fn filled(&self, page: &str) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        for input in page.split("<input type=\"hidden\" ").skip(1) {
            let value = unescaped(between(input, "value=\"", "\""));
            form.append_pair(between(input, "name=\"", "\""), &value);
        }
        let known = &self.credentials;
        if page.contains("name=\"email\"") {
            form.append_pair("email", &known.hyperproof_email);
            form.append_pair("password", &known.hyperproof_password);
        } else if page.contains("name=\"password\"") {
            form.append_pair("username", &known.hypothesis_username);
            form.append_pair("password", &known.hypothesis_password);
        } else if page.contains("name=\"decision\"") {
            form.append_pair("decision", if self.allows { "allow" } else { "deny" });
        }
        form.finish()
    }
}

/// A page as it came.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: String,
    head: String,
    pub(crate) body: String,
}

impl Page {
    fn header<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.headers(name).next()
    }

    fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.head.lines().filter_map(move |line| {
            let (given, value) = line.split_once(':')?;
            given.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Asks for one page, as a browser that keeps its cookies and hangs up when it has the page.
pub(crate) async fn visit(method: &str, address: &Url, form: &str, cookies: &mut BTreeMap<String, String>) -> Page {
    let authority = format!("{}:{}", address.host_str().unwrap(), address.port().unwrap());
    let mut stream = TcpStream::connect(&authority).await.unwrap();
    let target = &address[url::Position::BeforePath..url::Position::AfterQuery];
    let kept: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let (kept, length) = (kept.join("; "), form.len());
    let request = format!(
        "{method} {target} HTTP/1.1\r\nHost: {authority}\r\nCookie: {kept}\r\nContent-Length: {length}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let page = read(&mut stream).await;
    for cookie in page.headers("set-cookie") {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        cookies.insert(name.to_owned(), value.to_owned());
    }
    page
}

async fn read(stream: &mut TcpStream) -> Page {
    let (mut bytes, mut part) = (Vec::new(), [0_u8; 8_192]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let (status, head) = (head.split(' ').nth(1).unwrap().to_owned(), head.to_owned());
            let page = Page {
                status,
                head,
                body: body.to_owned(),
            };
            let length: usize = page.header("content-length").unwrap_or("0").parse().unwrap();
            if page.body.len() >= length {
                return page;
            }
        }
        let read = stream.read(&mut part).await.unwrap();
        assert!(read > 0, "the page broke off: {text}");
        bytes.extend_from_slice(&part[..read]);
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split_once(after).unwrap().0
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", "\"");
    text.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}
