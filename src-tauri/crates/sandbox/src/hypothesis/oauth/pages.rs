//! Owns the words and forms of the sign-in's pages, without their looks. Must not decide which page is shown.

use serde_json::{Value, json};

use crate::html::{document, escaped};

/// The page for a person whose application asked for something that is refused.
pub(crate) fn refused_authorization(words: &str) -> String {
    document(
        "Error while authorizing application | Hypothesis",
        &format!(
            "<h1>Error while authorizing application</h1>\n<p>{}</p>",
            escaped(words)
        ),
    )
}

/// The form was sent without the token of its session.
pub(super) fn invalid_session() -> String {
    document(
        "Invalid Session | Hypothesis",
        "<h1>Invalid Session</h1>\n<p>Your session has expired or your browser does not send cookies.</p>",
    )
}

/// What the log-in page is made of.
pub(super) struct LogIn<'a> {
    pub(super) csrf_token: &'a str,
    pub(super) for_oauth: bool,
    /// Where the form goes; the address of the page itself.
    pub(super) action: &'a str,
    pub(super) sign_up: &'a str,
    /// `{"data": …, "errors": …}` of what was typed before.
    pub(super) form: Value,
}

pub(super) fn log_in(page: &LogIn<'_>) -> String {
    let settings = json!({
        "csrfToken": page.csrf_token,
        "features": {"log_in_with_facebook": false, "log_in_with_google": false, "log_in_with_orcid": false},
        "flashMessages": [],
        "forOAuth": page.for_oauth,
        "form": page.form,
        "styles": ["/assets/styles/forms.css?24125e"],
        "urls": {"login": {"username_or_email": page.action}, "signup": page.sign_up},
    });
    let typed = page.form.pointer("/data/username").and_then(Value::as_str);
    let said = |field: &str| {
        let words = page.form.pointer(&format!("/errors/{field}")).and_then(Value::as_str);
        words.map_or_else(String::new, |words| {
            format!(" <span role=\"alert\">{}</span>", escaped(words))
        })
    };
    let body = format!(
        "<script class=\"js-config\" type=\"application/json\">{settings}</script>\n\
         <h1>Log in</h1>\n\
         <form method=\"post\" action=\"{action}\">\n\
         <input type=\"hidden\" name=\"csrf_token\" value=\"{csrf}\">\n\
         <p><label>Username or email <input name=\"username\" value=\"{username}\" autofocus></label>{username_said}</p>\n\
         <p><label>Password <input type=\"password\" name=\"password\"></label>{password_said}</p>\n\
         <p><button type=\"submit\" id=\"log-in\">Log in</button></p>\n\
         </form>",
        settings = in_script(&settings),
        action = escaped(page.action),
        csrf = escaped(page.csrf_token),
        username = escaped(typed.unwrap_or_default()),
        username_said = said("username"),
        password_said = said("password"),
    );
    document("Log in | Hypothesis", &body)
}

/// What the consent page is made of.
pub(super) struct Consent<'a> {
    pub(super) username: &'a str,
    pub(super) client_name: &'a str,
    /// Where the form goes: the address of the page itself, from which the server takes the parameters.
    pub(super) action: &'a str,
    /// Hidden inputs, in order.
    pub(super) inputs: &'a [(&'static str, String)],
}

/// "Cancel" closes the window and sends nothing to the redirect URI (hypothesis-api section 2).
pub(super) fn consent(page: &Consent<'_>) -> String {
    let inputs: String = page.inputs.iter().map(|(name, value)| hidden(name, value)).collect();
    let body = format!(
        "<h1>Authorize application</h1>\n\
         <p>{username}, would you like to authorize <strong>{client}</strong> to access and edit your annotations?</p>\n\
         <form method=\"post\" action=\"{action}\">\n{inputs}\
         <p><button type=\"button\" id=\"cancel\">Cancel</button> <button type=\"submit\" id=\"allow\">Allow</button></p>\n\
         </form>\n\
         <script>document.getElementById('cancel').addEventListener('click', () => window.close());</script>",
        username = escaped(page.username),
        client = escaped(page.client_name),
        action = escaped(page.action),
    );
    document("Authorize application | Hypothesis", &body)
}

fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", escaped(value))
}

/// The page that gives the code to the window which opened it.
pub(super) fn web_message(code: &str, origin: &str, state: Option<&str>) -> String {
    let settings = in_script(&json!({"code": code, "origin": origin, "state": state}));
    let body = format!(
        "<script class=\"js-authorization\" type=\"application/json\">{settings}</script>\n\
         <p>You may close this window.</p>\n\
         <script>\n\
         const given = JSON.parse(document.querySelector('.js-authorization').textContent);\n\
         if (window.opener) {{\n\
         const message = {{type: 'authorization_response', code: given.code, state: given.state}};\n\
         window.opener.postMessage(message, given.origin);\n\
         window.close();\n\
         }}\n\
         </script>"
    );
    document("Authorization completed", &body)
}

/// JSON that cannot end the script it stands in.
fn in_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_from_outside_stays_text() {
        let text = "</script><b title=\"x\">'&";
        let page = web_message(text, text, Some(text));
        assert_eq!(page.matches("</script>").count(), 2, "the page's own");
        let inputs = [("state", text.to_owned())];
        let page = consent(&Consent {
            username: text,
            client_name: text,
            action: text,
            inputs: &inputs,
        });
        assert!(!page.contains("<b title"));
        assert!(page.contains("value=\"&lt;/script&gt;&lt;b title=&#34;x&#34;&gt;&#39;&amp;\""));
    }
}
