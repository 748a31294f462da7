//! Owns the reading of a Hypothesis server's index: `{"links":{resource:{verb:{method,url,desc}}}}`, `:id` in templates.
//! Must not take an entry that is no GET or leads out of the bound address: the server's word is no permission.

use std::time::Duration;

use countersign_domain::BoundAddress;
use countersign_gateway::{BoundGateway, Call, CallLimits};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::documented::Documented;
use super::template::Template;
use crate::error::{AnswerFault, ServiceError};
use crate::hypothesis::ACCEPT;
use crate::hypothesis::refusal::{refused, unreadable};
use crate::received::Received;

/// The largest index read, in bytes; a server's own is under 10 KiB.
const LARGEST_INDEX: u64 = 256 * 1024;
/// The longest wait for it: what is known without it is shown then.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// The most entries taken.
const MOST_ENTRIES: usize = 300;
/// How deep verbs are nested (`group.member.add`).
const DEEPEST: usize = 6;
/// The longest description, in characters.
const LONGEST_DESCRIPTION: usize = 300;

/// Asks the server what it offers.
///
/// # Errors
/// `ServiceError`.
pub(super) async fn read(gateway: &BoundGateway, cancel: &CancellationToken) -> Result<Vec<Documented>, ServiceError> {
    let limits = CallLimits {
        body: Some(LARGEST_INDEX),
        total: Some(LONGEST_WAIT),
        ..CallLimits::default()
    };
    let answer = gateway
        .send(Call::get("/").accept(ACCEPT).limits(limits), cancel)
        .await?;
    let received = Received::from(&answer);
    if !received.is_success() {
        return Err(refused(&received));
    }
    let index = received.json().map_err(|fault| unreadable(&received, fault))?;
    let links = index.get("links").filter(|links| links.is_object());
    let links = links.ok_or_else(|| unreadable(&received, AnswerFault::Shape))?;
    Ok(offered(links, &gateway.profile().api))
}

/// The GETs among `links` that lie below `api`.
fn offered(links: &Value, api: &BoundAddress) -> Vec<Documented> {
    let mut found = Vec::new();
    let mut waiting: Vec<(&str, &Value, usize)> = entries(links).map(|(name, inner)| (name, inner, 1)).collect();
    while let Some((resource, value, depth)) = waiting.pop() {
        if let Some(documented) = entry(resource, value, api) {
            found.push(documented);
        } else if depth < DEEPEST {
            waiting.extend(entries(value).map(|(_, inner)| (resource, inner, depth + 1)));
        }
        if found.len() == MOST_ENTRIES {
            break;
        }
    }
    found.sort_by_cached_key(|one| (one.resource.clone(), one.path()));
    found
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, inner)| (name.as_str(), inner))
}

fn entry(resource: &str, value: &Value, api: &BoundAddress) -> Option<Documented> {
    let text = |field: &str| value.get(field).and_then(Value::as_str);
    if text("method")? != "GET" {
        return None;
    }
    let url = Url::parse(text("url")?).ok()?;
    if !api.contains(&url) || url.query().is_some() || url.fragment().is_some() {
        return None;
    }
    let path = url.path().strip_prefix(api.base_path())?;
    let words: String = text("desc")
        .unwrap_or_default()
        .chars()
        .take(LONGEST_DESCRIPTION)
        .collect();
    let name: String = resource.chars().take(60).collect();
    Some(Documented::new(&name, Template::parse(path)?, &words, &[]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(links: &Value) -> Vec<String> {
        let api = BoundAddress::parse("https://hypothes.is/api").unwrap();
        offered(links, &api).iter().map(Documented::path).collect()
    }

    #[test]
    fn only_gets_below_the_bound_address_are_offered() {
        let at = |method: &str, url: &str| json!({ "method": method, "url": url, "desc": "words" });
        let links = json!({
            "search": at("GET", "https://hypothes.is/api/search"),
            "group": {
                "create": at("POST", "https://hypothes.is/api/groups"),
                "member": { "read": at("GET", "https://hypothes.is/api/groups/:pubid/members/:userid") },
            },
            "evil": {
                "metadata": at("GET", "http://169.254.169.254/latest/meta-data"),
                "file": at("GET", "file:///etc/passwd"),
                "port": at("GET", "https://hypothes.is:8443/api/x"),
                "above": at("GET", "https://hypothes.is/admin"),
                "escaped": at("GET", "https://hypothes.is/api/../admin"),
                "named": at("GET", "https://hypothes.is@evil.example/api/x"),
                "query": at("GET", "https://hypothes.is/api/x?token=1"),
                "lower": at("get", "https://hypothes.is/api/x"),
                "shape": { "method": 7, "url": null },
            },
        });
        assert_eq!(paths(&links), ["/groups/{pubid}/members/{userid}", "/search"]);
    }

    #[test]
    fn a_tree_that_is_deep_or_endless_is_cut() {
        let mut deep = json!({ "method": "GET", "url": "https://hypothes.is/api/deep" });
        for _ in 0..100 {
            deep = json!({ "x": deep });
        }
        assert_eq!(paths(&deep), Vec::<String>::new());
        let many: serde_json::Map<_, _> = (0..1_000)
            .map(|at| {
                (
                    format!("r{at}"),
                    json!({ "method": "GET", "url": format!("https://hypothes.is/api/{at}") }),
                )
            })
            .collect();
        assert_eq!(paths(&Value::Object(many)).len(), 300);
    }
}
