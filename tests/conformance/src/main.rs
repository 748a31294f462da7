//! The command line of the conformance tool. Owns: arguments and printing. Must not compare anything itself.
//!
//! Ends with 0 when every file ran, whatever the differences, unless `--at-least` asks for more.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use countersign_conformance::{Plan, run};

/// Replays recorded exchanges against the sandbox and counts the agreements.
#[derive(Debug, Parser)]
#[command(name = "countersign-conformance")]
struct Arguments {
    /// Holds `fixture.json` and the recordings; the project's own by default.
    directory: Option<PathBuf>,
    /// Only files whose names begin with this; may be given again.
    #[arg(long = "file")]
    files: Vec<String>,
    /// Lists what was allowed to differ.
    #[arg(long)]
    strict_report: bool,
    /// Fails when fewer of a hundred examples of any file agree.
    #[arg(long)]
    at_least: Option<f64>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../recorded/hypothesis");
    let plan = Plan {
        directory: arguments.directory.unwrap_or(own),
        prefixes: arguments.files,
        planted: Vec::new(),
    };
    let reports = run(&plan).await?;
    let mut output = io::stdout().lock();
    let mut enough = true;
    for report in &reports {
        write!(output, "{report}")?;
        if arguments.strict_report {
            for masked in &report.masked {
                writeln!(output, "  masked {masked}")?;
            }
        }
        enough &= arguments.at_least.is_none_or(|least| report.percent() >= least);
    }
    Ok(if enough { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
