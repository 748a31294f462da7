//! Owns the bench `call`: authenticated calls through the gateway beside a bare hyper client, and beside curl on a kept
//! connection.
//!
//! It must not time anything itself: `tests/bench/call` and curl do, one process a run, against one server process.

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

use super::row::{Found, Row};
use crate::command::{answer, cargo, command, perform};
use crate::folders;

/// Runs of each client; their medians are kept.
const RUNS: usize = 7;
/// Calls of each client in one run.
const CALLS: usize = 10_000;
/// Which of a hundred calls, in their order of time.
const PERCENTILES: [usize; 2] = [50, 99];

/// Builds the clients and their server with the program's own flags.
///
/// # Errors
/// When they cannot be built.
pub(crate) fn prepare() -> Result<()> {
    let release = [
        "build",
        "--release",
        "--quiet",
        "--package",
        "countersign-call-overhead",
    ];
    perform(&mut cargo(&release))
}

/// Measures. What cannot be measured is said in its row.
pub(crate) fn rows() -> Vec<Row> {
    let times = measured().map_err(|error| format!("{error:#}"));
    let row = |what, aim, place: usize| Row {
        what,
        unit: "µs",
        aim,
        found: times.as_ref().map_err(|why| anyhow!(why.clone())).and_then(|times| {
            let times = times.get(place).context("a percentile is missing")?;
            Ok(times.found())
        }),
    };
    vec![
        row("overhead per authenticated call over a bare hyper client, p50", 40.0, 0),
        row(
            "overhead per authenticated call over a bare hyper client, p99",
            250.0,
            1,
        ),
    ]
}

/// What one percentile of the calls takes, in microseconds: medians over the runs.
struct Times {
    bare: f64,
    /// Of the HTTP library that the gateway stands on.
    library: f64,
    ours: f64,
    /// The median of each run's difference, which is not the difference of the medians.
    overhead: f64,
    curl: Result<f64, String>,
}

impl Times {
    fn found(&self) -> Found {
        let curl = match &self.curl {
            Ok(took) => format!("curl on one connection {took:.0} µs"),
            Err(why) => format!("curl not measured ({why})"),
        };
        let (bare, library, ours) = (self.bare, self.library, self.ours);
        let peer = format!(
            "bare hyper {bare:.0} µs, reqwest alone {library:.0} µs, ours {ours:.0} µs, {curl}; medians of {RUNS} runs of {CALLS} calls"
        );
        Found {
            measured: self.overhead,
            peer: Some(peer),
        }
    }
}

fn measured() -> Result<Vec<Times>> {
    let server = Server::start()?;
    let mut runs = Vec::new();
    let mut curls = Vec::new();
    for _ in 0..RUNS {
        let calls = CALLS.to_string();
        let printed = answer(command(program()).args(["measure", &server.origin, &calls]))?;
        runs.push(serde_json::from_str::<Value>(&printed).context("the clients gave no times")?);
        curls.push(curl(&server.origin).map_err(|error| format!("{error:#}")));
    }
    let curls: Result<Vec<Vec<f64>>, String> = curls.into_iter().collect();
    PERCENTILES
        .iter()
        .map(|percent| times(&runs, &curls, *percent))
        .collect()
}

fn times(runs: &[Value], curls: &Result<Vec<Vec<f64>>, String>, percent: usize) -> Result<Times> {
    let of = |client: &str| -> Result<Vec<f64>> {
        let time = |run: &Value| run.pointer(&format!("/{client}/p{percent}"))?.as_f64();
        let found: Option<Vec<f64>> = runs.iter().map(time).collect();
        found.with_context(|| format!("{client} has no p{percent}"))
    };
    let (bare, library, ours) = (of("bare")?, of("library")?, of("ours")?);
    let overhead = ours.iter().zip(&bare).map(|(ours, bare)| ours - bare).collect();
    let curl = curls.as_ref().map_err(Clone::clone);
    let curl = curl.map(|runs| median(runs.iter().map(|run| percentile(run.clone(), percent)).collect()));
    Ok(Times {
        bare: median(bare),
        library: median(library),
        ours: median(ours),
        overhead: median(overhead),
        curl,
    })
}

/// What each of curl's transfers took, in microseconds, all over one connection.
fn curl(origin: &str) -> Result<Vec<f64>> {
    let url = format!("{origin}/v1/users/me?call=[1-{CALLS}]");
    let printed = answer(command("curl").args([
        "--silent",
        "--noproxy",
        "*",
        "--output",
        if cfg!(windows) { "NUL" } else { "/dev/null" },
        "--header",
        "Authorization: Bearer bench-access-token",
        "--write-out",
        "%{http_code} %{num_connects} %{time_total}\\n",
        &url,
    ]))?;
    let mut connections = 0;
    let mut took = Vec::new();
    for line in printed.lines() {
        let [status, connects, seconds]: [&str; 3] = line
            .split(' ')
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| anyhow!("curl printed {line}"))?;
        ensure!(status == "200", "curl was answered {status}");
        connections += connects.parse::<u32>()?;
        took.push(seconds.parse::<f64>()? * 1e6);
    }
    ensure!(connections == 1, "curl opened {connections} connections");
    ensure!(took.len() == CALLS, "curl made {} calls", took.len());
    Ok(took)
}

fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(rank).copied().unwrap_or(f64::NAN)
}

fn median(values: Vec<f64>) -> f64 {
    percentile(values, 50)
}

fn program() -> PathBuf {
    let name = format!("countersign-call-overhead{}", env::consts::EXE_SUFFIX);
    folders::target().join("release").join(name)
}

/// The server, ended with its owner.
struct Server {
    process: Child,
    origin: String,
}

impl Server {
    fn start() -> Result<Self> {
        let log = File::create(folders::target().join("bench-call-server.log"))?;
        let mut process = command(program())
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .context("the server does not start")?;
        let mut origin = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut origin)?;
        }
        let origin = origin.trim().to_owned();
        let server = Self { process, origin };
        ensure!(!server.origin.is_empty(), "the server ended at once");
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_overhead_is_the_median_of_each_runs_own_difference() {
        let run = |bare: u32, ours: u32| json!({ "bare": { "p50": bare }, "library": { "p50": 60 }, "ours": { "p50": ours } });
        let runs = [run(100, 130), run(200, 220), run(50, 140)];
        let curls = Ok(vec![vec![70.0, 80.0, 90.0], vec![10.0], vec![75.0]]);
        let times = times(&runs, &curls, 50).unwrap();
        assert_eq!((times.bare, times.ours, times.overhead), (100.0, 140.0, 30.0));
        assert_eq!(times.curl, Ok(75.0));
        assert!(
            times
                .found()
                .peer
                .unwrap()
                .starts_with("bare hyper 100 µs, reqwest alone 60 µs, ours 140 µs, curl on one connection 75 µs")
        );
    }

    #[test]
    fn without_curl_the_rest_is_told_all_the_same() {
        let runs = [json!({ "bare": { "p99": 1.0 }, "library": { "p99": 2.0 }, "ours": { "p99": 3.5 } })];
        let times = times(&runs, &Err("no curl".to_owned()), 99).unwrap();
        assert!((times.found().measured - 2.5).abs() < 1e-9);
        assert!(times.found().peer.unwrap().contains("curl not measured (no curl)"));
        assert!(
            super::times(&runs, &Err(String::new()), 50).is_err(),
            "no p50 was found"
        );
    }
}
