//! Owns what is told of a replayed file. Must not decide what counts as an agreement.

use std::fmt;

/// One example that the sandbox answered otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The example's name.
    pub example: String,
    /// `place: recorded …, got …`
    pub what: Vec<String>,
}

/// How one file went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// Its name.
    pub file: String,
    /// Examples answered as recorded.
    pub agreed: usize,
    /// All examples.
    pub examples: usize,
    /// The others.
    pub differences: Vec<Difference>,
    /// Places where a value was allowed to differ, with why.
    pub masked: Vec<String>,
}

impl FileReport {
    /// Agreements in a hundred; 100 for a file without examples.
    pub fn percent(&self) -> f64 {
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        if self.examples == 0 {
            return 100.0;
        }
        count(self.agreed) * 100.0 / count(self.examples)
    }
}

impl fmt::Display for FileReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}: agree {} of {}", self.file, self.agreed, self.examples)?;
        for difference in &self.differences {
            writeln!(formatter, "  {}", difference.example)?;
            for what in &difference.what {
                writeln!(formatter, "    {what}")?;
            }
        }
        Ok(())
    }
}
