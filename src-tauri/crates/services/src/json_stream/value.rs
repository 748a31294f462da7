//! Owns finding where one JSON value ends, byte by byte. Must not parse it: brackets, strings and escapes suffice, and
//! bytes of a multi-byte character are never taken for one of these.

/// How the end of the value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// An object or list, `depth` brackets open, inside a string or not.
    Nested { depth: u64, in_string: bool },
    /// A string.
    Text,
    /// A number or a word: it ends before the next comma, bracket or white space.
    Bare,
}

/// A value whose bytes still arrive.
#[derive(Debug)]
pub(super) struct Value {
    form: Form,
    escaped: bool,
    opened: bool,
    complete: bool,
    kept: Option<Vec<u8>>,
    longest: usize,
}

/// White space as JSON knows it (RFC 8259 section 2).
pub(super) fn is_white_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

impl Value {
    /// A value that begins with `first`, of which at most `longest` bytes are kept; `None` where no value begins so.
    pub(super) fn begin(first: u8, longest: usize) -> Option<Self> {
        let form = match first {
            b'{' | b'[' => Form::Nested {
                depth: 0,
                in_string: false,
            },
            b'"' => Form::Text,
            b'}' | b']' | b',' | b':' => return None,
            _ => Form::Bare,
        };
        Some(Self {
            form,
            escaped: false,
            opened: false,
            complete: false,
            kept: Some(Vec::new()),
            longest,
        })
    }

    /// Takes its part of `bytes` and says how many these were.
    pub(super) fn take(&mut self, bytes: &[u8]) -> usize {
        let used = bytes.iter().position(|byte| self.ends_before(*byte));
        let used = used.unwrap_or(bytes.len());
        self.keep(bytes.get(..used).unwrap_or_default());
        used
    }

    /// Whether its last byte was taken.
    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    /// Its bytes; `None` when they were more than to be kept.
    pub(super) fn into_kept(self) -> Option<Vec<u8>> {
        self.kept
    }

    fn keep(&mut self, bytes: &[u8]) {
        match &mut self.kept {
            Some(kept) if kept.len() + bytes.len() <= self.longest => kept.extend_from_slice(bytes),
            _ => self.kept = None,
        }
    }

    /// Whether the value was over before `byte`; if not, `byte` is part of it.
    fn ends_before(&mut self, byte: u8) -> bool {
        if self.form == Form::Bare {
            self.complete = is_white_space(byte) || matches!(byte, b',' | b']' | b'}');
        }
        if !self.complete {
            self.look_at(byte);
            return false;
        }
        true
    }

    fn look_at(&mut self, byte: u8) {
        let escaped = std::mem::take(&mut self.escaped);
        match &mut self.form {
            Form::Bare => {}
            Form::Text => match byte {
                _ if escaped => {}
                b'\\' => self.escaped = true,
                b'"' => self.complete = std::mem::replace(&mut self.opened, true),
                _ => {}
            },
            Form::Nested { depth, in_string } => match (*in_string, byte) {
                (true, _) if escaped => {}
                (true, b'\\') => self.escaped = true,
                (_, b'"') => *in_string = !*in_string,
                (false, b'{' | b'[') => *depth += 1,
                (false, b'}' | b']') => {
                    *depth = depth.saturating_sub(1);
                    self.complete = *depth == 0;
                }
                _ => {}
            },
        }
    }
}
