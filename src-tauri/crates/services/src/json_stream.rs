//! Owns the cutting of a JSON list into its elements while its bytes still arrive.
//! Must not hold more than one element, judge an element's content, or take a list that broke off for a short one.

mod value;

#[cfg(test)]
mod tests;

use thiserror::Error;

use value::{Value, is_white_space};

/// The largest element kept, in bytes; a larger one is passed over and reported as such.
pub const LARGEST_ELEMENT: usize = 4 * 1024 * 1024;

/// The names under which a wrapped list is found (hyperproof-api section 9, rule 3).
const LIST_NAMES: [&str; 4] = ["data", "items", "value", "results"];
/// The names under which a wrapped list says that it goes on elsewhere.
const CONTINUATION_NAMES: [&str; 2] = ["nextToken", "continuationToken"];
const LONGEST_NAME: usize = 256;
const LONGEST_CONTINUATION: usize = 16 * 1024;
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// One element of the list, in the order of arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// Its text, byte for byte as it came, without the white space around it.
    Text(String),
    /// Larger than the limit: its bytes were not kept.
    TooLarge,
    /// Not UTF-8, so no JSON.
    NotText,
}

/// Why the bytes are no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SplitFault {
    /// Neither `[` nor `{` came first (a web page, a bare text, nothing readable).
    #[error("the answer is not JSON")]
    NotJson,
    /// JSON, but neither a list nor an object that holds one under a known name.
    #[error("the answer holds no list")]
    NoList,
    /// A comma, a colon or a bracket stands where none may.
    #[error("the answer is not well-formed JSON")]
    Malformed,
    /// The bytes ended before the list did.
    #[error("the answer broke off before its end")]
    Cut,
}

/// Where in the document the next byte that is no white space stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first byte.
    Beginning,
    /// Before an element; `closing` when the list may end here.
    Element { closing: bool },
    /// Behind an element.
    BehindElement,
    /// Before a name of the wrapping object; `closing` when the object may end here.
    Name { closing: bool },
    /// Behind a name.
    BehindName,
    /// Before a value of the wrapping object.
    Wrapped,
    /// Behind a value of the wrapping object.
    BehindWrapped,
    /// Behind the document.
    End,
}

/// Cuts a JSON list, or the list inside `{data|items|value|results}`, into its elements. Feed it every chunk with
/// [`push`](Self::push), then ask [`finish`](Self::finish) whether all of it came.
#[derive(Debug)]
pub struct ElementSplitter {
    place: Place,
    value: Option<Value>,
    mark_seen: usize,
    wrapped: bool,
    name: String,
    list_seen: bool,
    continuation: Option<String>,
}

impl Default for ElementSplitter {
    fn default() -> Self {
        Self::new()
    }
}

impl ElementSplitter {
    /// A splitter before its first byte.
    pub fn new() -> Self {
        Self {
            place: Place::Beginning,
            value: None,
            mark_seen: 0,
            wrapped: false,
            name: String::new(),
            list_seen: false,
            continuation: None,
        }
    }

    /// Takes the next bytes, cut anywhere, and adds each element they complete to `found`.
    ///
    /// # Errors
    /// `SplitFault` but `Cut`; after an error the splitter must not be used again.
    pub fn push(&mut self, bytes: &[u8], found: &mut Vec<Element>) -> Result<(), SplitFault> {
        let mut rest = bytes;
        while let Some((first, tail)) = rest.split_first() {
            if let Some(mut value) = self.value.take() {
                let used = value.take(rest);
                rest = rest.get(used..).unwrap_or_default();
                if value.is_complete() {
                    self.completed(value, found)?;
                } else {
                    self.value = Some(value);
                }
            } else if is_white_space(*first) || self.is_mark(*first) || self.punctuation(*first)? {
                rest = tail;
            } else {
                self.begin(*first)?;
            }
        }
        Ok(())
    }

    /// Says whether the list was there and whole. With `Ok`, `Some` token means that the service keeps more elsewhere.
    ///
    /// # Errors
    /// `Cut` when the bytes ended too early, `NotJson` when there were none, `NoList` when no list was among them.
    pub fn finish(self) -> Result<Option<String>, SplitFault> {
        if self.place == Place::Beginning {
            return Err(SplitFault::NotJson);
        }
        if self.place != Place::End {
            return Err(SplitFault::Cut);
        }
        if self.list_seen {
            Ok(self.continuation)
        } else {
            Err(SplitFault::NoList)
        }
    }

    /// Whether `byte` continues a byte order mark at the very beginning, which some servers send.
    fn is_mark(&mut self, byte: u8) -> bool {
        let expected = BYTE_ORDER_MARK.get(self.mark_seen) == Some(&byte);
        let is_mark = self.place == Place::Beginning && expected;
        self.mark_seen += usize::from(is_mark);
        is_mark
    }

    /// Handles a byte that is not part of a value; `false` when a value begins with it.
    fn punctuation(&mut self, byte: u8) -> Result<bool, SplitFault> {
        self.place = match (self.place, byte) {
            (Place::Beginning, b'[') => self.enter_list(),
            (Place::Beginning, b'{') => {
                self.wrapped = true;
                Place::Name { closing: true }
            }
            (Place::Beginning, _) => return Err(SplitFault::NotJson),
            (Place::Element { closing: true } | Place::BehindElement, b']') => self.leave_list(),
            (Place::BehindElement, b',') => Place::Element { closing: false },
            (Place::Name { closing: true } | Place::BehindWrapped, b'}') => Place::End,
            (Place::BehindName, b':') => Place::Wrapped,
            (Place::BehindWrapped, b',') => Place::Name { closing: false },
            (Place::Wrapped, b'[') if self.is_list_here() => self.enter_list(),
            (Place::Element { .. } | Place::Name { .. } | Place::Wrapped, _) => return Ok(false),
            (Place::BehindElement | Place::BehindName | Place::BehindWrapped | Place::End, _) => {
                return Err(SplitFault::Malformed);
            }
        };
        Ok(true)
    }

    fn is_list_here(&self) -> bool {
        !self.list_seen && LIST_NAMES.contains(&self.name.as_str())
    }

    fn enter_list(&mut self) -> Place {
        self.list_seen = true;
        Place::Element { closing: true }
    }

    fn leave_list(&self) -> Place {
        if self.wrapped { Place::BehindWrapped } else { Place::End }
    }

    fn begin(&mut self, first: u8) -> Result<(), SplitFault> {
        let longest = match self.place {
            Place::Name { .. } if first != b'"' => return Err(SplitFault::Malformed),
            Place::Name { .. } => LONGEST_NAME,
            Place::Wrapped if CONTINUATION_NAMES.contains(&self.name.as_str()) => LONGEST_CONTINUATION,
            Place::Wrapped => 0,
            Place::Element { .. } => LARGEST_ELEMENT,
            Place::Beginning | Place::BehindElement | Place::BehindName | Place::BehindWrapped | Place::End => {
                return Err(SplitFault::Malformed);
            }
        };
        self.value = Some(Value::begin(first, longest).ok_or(SplitFault::Malformed)?);
        Ok(())
    }

    fn completed(&mut self, value: Value, found: &mut Vec<Element>) -> Result<(), SplitFault> {
        let kept = value.into_kept();
        match self.place {
            Place::Element { .. } => {
                found.push(element(kept));
                self.place = Place::BehindElement;
            }
            Place::Name { .. } => {
                self.name = text_of(kept).unwrap_or_default();
                self.place = Place::BehindName;
            }
            Place::Wrapped => {
                if CONTINUATION_NAMES.contains(&self.name.as_str()) {
                    let token = text_of(kept).filter(|token| !token.is_empty());
                    self.continuation = token.or_else(|| self.continuation.take());
                }
                self.place = Place::BehindWrapped;
            }
            Place::Beginning | Place::BehindElement | Place::BehindName | Place::BehindWrapped | Place::End => {
                return Err(SplitFault::Malformed);
            }
        }
        Ok(())
    }
}

fn element(kept: Option<Vec<u8>>) -> Element {
    match kept.map(String::from_utf8) {
        Some(Ok(text)) => Element::Text(text),
        Some(Err(_)) => Element::NotText,
        None => Element::TooLarge,
    }
}

/// A JSON string's content; `None` for anything else.
fn text_of(kept: Option<Vec<u8>>) -> Option<String> {
    serde_json::from_slice(&kept?).ok()
}
