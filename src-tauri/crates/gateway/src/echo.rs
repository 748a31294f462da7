//! Owns the taking out of a credential from an answer that repeats it: a careless service or proxy quotes what it was
//! sent, and its words are shown. Must not look for anything but what was sent itself.

mod fit;
mod forms;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use countersign_domain::{ExposeSecret, SecretString, redaction};
use secrecy::zeroize::Zeroizing;

use fit::Fit;

/// `text` without `secret`: as it is, as JSON writes it, as forms and addresses write it.
pub(crate) fn without(text: &str, secret: &SecretString) -> String {
    let mut concealment = Concealment::of(Arc::new(Sought::of_any_length(secret)));
    let mut left = concealment.pass(Bytes::copy_from_slice(text.as_bytes())).to_vec();
    left.extend_from_slice(&concealment.end());
    String::from_utf8_lossy(&left).into_owned()
}

/// What is looked for of one secret. Made once for as long as the secret is held: every answer needs it.
pub(crate) struct Sought {
    forms: Vec<Zeroizing<String>>,
    /// By a byte, whether a form may begin with it, and whether it may be the second one: most places need no closer look.
    beginnings: [bool; 256],
    followers: [bool; 256],
}

impl Sought {
    /// For answers that are data; none for a secret so short that it stands there by chance.
    pub(crate) fn new(secret: &SecretString) -> Option<Arc<Self>> {
        (secret.expose_secret().len() >= forms::SHORTEST).then(|| Arc::new(Self::of_any_length(secret)))
    }

    fn of_any_length(secret: &SecretString) -> Self {
        let forms = forms::of(secret.expose_secret());
        let (mut beginnings, mut followers) = ([false; 256], [false; 256]);
        for form in &forms {
            let (first, second) = fit::beginnings(form);
            note(&mut beginnings, &first);
            note(&mut followers, &second);
        }
        Self {
            forms,
            beginnings,
            followers,
        }
    }

    /// Where a form may begin, from `at` on.
    fn next_beginning(&self, text: &[u8], at: usize) -> Option<usize> {
        let mut from = at;
        loop {
            let further = text.get(from..)?.iter().position(|byte| has(&self.beginnings, *byte))?;
            let place = from + further;
            if text.get(place + 1).is_none_or(|byte| has(&self.followers, *byte)) {
                return Some(place);
            }
            from = place + 1;
        }
    }

    fn fit(&self, text: &[u8], last: bool) -> Fit {
        self.forms
            .iter()
            .flat_map(|form| [fit::plainly(form, text), fit::in_json(form, text)])
            .filter(|fit| !last || *fit != Fit::Begun)
            .max()
            .unwrap_or(Fit::No)
    }
}

/// Takes a secret out of a body that comes part by part, wherever the parts are cut. What may be its beginning waits for
/// the next part, never more than that; a part that has nothing of it is handed on uncopied.
pub(crate) struct Concealment {
    sought: Arc<Sought>,
    /// What may be the beginning of a form.
    held: Bytes,
    /// How much of what is held a mark stands for already: forms may overlap.
    covered: usize,
    /// Whether what was handed on ends within an escape, a backslash that waits for its letter.
    escaping: bool,
}

impl Concealment {
    /// Of one body.
    pub(crate) fn of(sought: Arc<Sought>) -> Self {
        Self {
            sought,
            held: Bytes::new(),
            covered: 0,
            escaping: false,
        }
    }

    /// What can be handed on once `part` has come; it may be nothing.
    pub(crate) fn pass(&mut self, part: Bytes) -> Bytes {
        let text = if self.held.is_empty() {
            part
        } else {
            let mut joined = BytesMut::from(std::mem::take(&mut self.held));
            joined.extend_from_slice(&part);
            joined.freeze()
        };
        self.passed(&text, false)
    }

    /// What was held, once nothing more comes.
    pub(crate) fn end(&mut self) -> Bytes {
        let text = std::mem::take(&mut self.held);
        self.passed(&text, true)
    }

    fn passed(&mut self, text: &Bytes, last: bool) -> Bytes {
        let mut mended: Option<BytesMut> = None;
        let (mut at, mut covered) = (0, self.covered);
        let mut clean_from = covered;
        while let Some(place) = self.sought.next_beginning(text, at) {
            at = place;
            match self.sought.fit(text.get(at..).unwrap_or_default(), last) {
                Fit::Begun => break,
                Fit::No => {}
                Fit::Whole(length) => {
                    if at >= covered {
                        let clean = text.get(clean_from..at).unwrap_or_default();
                        self.mark(mended.get_or_insert_default(), clean);
                    }
                    covered = covered.max(at + length);
                    clean_from = covered;
                }
            }
            at += 1;
        }
        let until = self.sought.next_beginning(text, at).unwrap_or(text.len());
        let clean = text.slice(clean_from.min(until)..until);
        self.held = text.slice(until..);
        self.covered = covered.saturating_sub(until);
        self.handed_on(&clean);
        match mended {
            None => clean,
            Some(mut before) => {
                before.extend_from_slice(&clean);
                before.freeze()
            }
        }
    }

    /// A mark behind `clean`. Where a backslash would be left without its letter, it becomes one that stands for itself:
    /// JSON stays JSON.
    fn mark(&mut self, mended: &mut BytesMut, clean: &[u8]) {
        mended.extend_from_slice(clean);
        self.handed_on(clean);
        if self.escaping {
            mended.extend_from_slice(b"\\");
        }
        mended.extend_from_slice(redaction::MARK.as_bytes());
        self.escaping = false;
    }

    fn handed_on(&mut self, clean: &[u8]) {
        let backslashes = clean.iter().rev().take_while(|byte| **byte == b'\\').count();
        let before = self.escaping && backslashes == clean.len();
        self.escaping = before != (backslashes % 2 == 1);
    }
}

fn note(table: &mut [bool; 256], bytes: &[u8]) {
    for byte in bytes {
        if let Some(noted) = table.get_mut(usize::from(*byte)) {
            *noted = true;
        }
    }
}

fn has(table: &[bool; 256], byte: u8) -> bool {
    table.get(usize::from(byte)) == Some(&true)
}
