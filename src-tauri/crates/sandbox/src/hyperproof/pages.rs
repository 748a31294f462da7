//! Owns the words and forms of the sign-in's pages, without their looks. Must not decide which page is shown.

use crate::html::{document, escaped};

/// The page for a person whose application asked for something that is refused.
pub(super) fn refused(words: &str) -> String {
    let body = format!("<h1>This sign-in cannot go on</h1>\n<p>{}</p>", escaped(words));
    document("Sign-in refused | Hyperproof", &body)
}

/// `action` is where the form goes, `next` where the person wanted to go.
pub(super) fn log_in(action: &str, next: &str, email: &str, said: &str) -> String {
    let said = if said.is_empty() {
        String::new()
    } else {
        format!("<p role=\"alert\">{}</p>\n", escaped(said))
    };
    let body = format!(
        "<h1>Sign in to Hyperproof</h1>\n{said}\
         <form method=\"post\" action=\"{action}\">\n\
         <input type=\"hidden\" name=\"next\" value=\"{next}\">\n\
         <p><label>Email <input name=\"email\" value=\"{email}\" autofocus></label></p>\n\
         <p><label>Password <input type=\"password\" name=\"password\"></label></p>\n\
         <p><button type=\"submit\" id=\"log-in\">Sign in</button></p>\n\
         </form>",
        action = escaped(action),
        next = escaped(next),
        email = escaped(email),
    );
    document("Sign in | Hyperproof", &body)
}

/// `action` is the address of the page itself, from which the parameters are taken.
pub(super) fn consent(action: &str, scopes: &[&str]) -> String {
    let scopes = scopes
        .iter()
        .fold(String::new(), |list, scope| list + "<li>" + &escaped(scope) + "</li>\n");
    let body = format!(
        "<h1>Allow access to your organization</h1>\n\
         <p><strong>Practice API client</strong> would like to use:</p>\n<ul>\n{scopes}</ul>\n\
         <form method=\"post\" action=\"{action}\">\n\
         <p><button type=\"submit\" name=\"decision\" value=\"deny\" id=\"deny\">Deny</button>\n\
         <button type=\"submit\" name=\"decision\" value=\"allow\" id=\"allow\">Allow</button></p>\n\
         </form>",
        action = escaped(action),
    );
    document("Allow access | Hyperproof", &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_from_outside_stays_text() {
        let text = "\"><script>x</script>";
        for page in [refused(text), log_in(text, text, text, text), consent(text, &[text])] {
            assert!(!page.contains("<script"), "{page}");
        }
    }
}
