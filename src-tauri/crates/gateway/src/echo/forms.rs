//! Owns the forms in which an answer repeats a secret it was sent. Must not look for them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::zeroize::Zeroizing;
use url::form_urlencoded;

/// A shorter text may stand in an answer by chance, and an answer is data.
pub(super) const SHORTEST: usize = 8;

/// The forms in which answers repeat what they were sent: as it is, inside a form, inside an address, and inside the
/// base64 of more than the secret, as a Basic header has it. Each is looked for as JSON may write it, too.
pub(super) fn of(secret: &str) -> Vec<Zeroizing<String>> {
    let form: Zeroizing<String> = Zeroizing::new(form_urlencoded::byte_serialize(secret.as_bytes()).collect());
    let address = Zeroizing::new(form.replace('+', "%20"));
    let plain = [Zeroizing::new(secret.to_owned()), form, address];
    let encoded = (0..3).map(|offset| within_base64(secret, offset));
    let mut forms: Vec<_> = plain
        .into_iter()
        .filter(|form| !form.is_empty())
        .chain(encoded.filter(|form| form.len() >= SHORTEST))
        .collect();
    forms.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    forms.dedup();
    forms
}

/// What of the base64 of something that holds `secret` from a byte on depends on `secret` alone. The same bytes look
/// different at each of three places; the characters at the edges belong to the neighbours as well.
fn within_base64(secret: &str, offset: usize) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(vec![0; offset]);
    bytes.extend_from_slice(secret.as_bytes());
    let encoded = Zeroizing::new(STANDARD_NO_PAD.encode(bytes.as_slice()));
    let (first, last) = ((offset * 8).div_ceil(6), bytes.len() * 8 / 6);
    Zeroizing::new(encoded.get(first..last).unwrap_or_default().to_owned())
}
