//! The sandbox as a process of its own, for tests that kill it and for hands that try it.
//!
//! Owns: its command line. Prints one JSON line with addresses and practice credentials, then serves until a signal
//! comes (or, asked so, its standard input closes). Must not print anything else.

use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser;
use countersign_sandbox::{ControlsSource, Fixture, Limiter, PracticeCredentials, Sandbox, SandboxSettings, Tls};
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// Both services on 127.0.0.1, made up.
#[derive(Debug, Parser)]
#[command(name = "countersign-sandbox")]
struct Arguments {
    /// Port of both services; 0 for a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// How many controls the plain list has.
    #[arg(long, default_value_t = 370, conflicts_with = "controls_file")]
    controls: u32,
    /// A JSON array of controls to serve as they stand.
    #[arg(long)]
    controls_file: Option<PathBuf>,
    /// Chooses the made-up controls.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Adds rows that a careless reader trips over.
    #[arg(long)]
    hostile_rows: bool,
    /// Hypothesis' rate limit: `off`, `h` (4 a second, burst 44) or `RATE:BURST`.
    #[arg(long, default_value = "off", value_parser = limiter)]
    limiter: Limiter,
    /// Milliseconds before each answer.
    #[arg(long, default_value_t = 0)]
    latency: u64,
    /// Speaks TLS: `good`, `expired`, `wrong-host`, `unknown` (of a CA that is not told) or `self-signed`.
    #[arg(long, value_parser = tls)]
    tls: Option<Tls>,
    /// A scope that Hyperproof's client was given, such as `control.read`; all when none is named.
    #[arg(long = "scope")]
    scopes: Vec<String>,
    /// State of Hypothesis in place of the practice one.
    #[arg(long)]
    fixture: Option<PathBuf>,
    /// Where accounts are kept between runs.
    #[arg(long)]
    data_file: Option<PathBuf>,
    /// Port of the control listener; 0 for a free one.
    #[arg(long, default_value_t = 0)]
    control_port: u16,
    /// Ends as well when its standard input closes, so that it does not outlive the process that holds the pipe.
    #[arg(long)]
    until_input_ends: bool,
}

fn limiter(text: &str) -> Result<Limiter, String> {
    let scaled = || {
        let (per_second, burst) = text.split_once(':')?;
        let per_second = per_second
            .parse()
            .ok()
            .filter(|rate: &f64| rate.is_finite() && *rate > 0.0)?;
        let burst = burst.parse().ok()?;
        Some(Limiter::Scaled { per_second, burst })
    };
    match text {
        "off" => Ok(Limiter::Off),
        "h" => Ok(Limiter::Hypothesis),
        _ => scaled().ok_or_else(|| format!("{text} is neither off, h nor RATE:BURST")),
    }
}

fn tls(text: &str) -> Result<Tls, String> {
    match text {
        "good" => Ok(Tls::Good),
        "expired" => Ok(Tls::Expired),
        "wrong-host" => Ok(Tls::WrongHost),
        "unknown" => Ok(Tls::Unknown),
        "self-signed" => Ok(Tls::SelfSigned),
        _ => Err(format!(
            "{text} is not good, expired, wrong-host, unknown or self-signed"
        )),
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let until_input_ends = arguments.until_input_ends;
    let settings = settings(arguments)?;
    let credentials = settings.credentials.clone();
    let sandbox = Sandbox::start(settings).await?;
    announce(&sandbox, &credentials)?;
    until_told_to_stop(until_input_ends).await?;
    sandbox.stop().await;
    Ok(())
}

fn settings(arguments: Arguments) -> anyhow::Result<SandboxSettings> {
    let fixture = arguments.fixture.map(|path| Fixture::read(&path)).transpose()?;
    let generated = ControlsSource::Generated {
        count: arguments.controls,
        seed: arguments.seed,
    };
    Ok(SandboxSettings {
        port: arguments.port,
        controls: arguments.controls_file.map_or(generated, ControlsSource::File),
        credentials: credentials(fixture.as_ref()),
        hostile_rows: arguments.hostile_rows,
        limiter: arguments.limiter,
        latency: Duration::from_millis(arguments.latency),
        tls: arguments.tls,
        hyperproof_scopes: Some(arguments.scopes).filter(|scopes| !scopes.is_empty()),
        fixture,
        data_file: arguments.data_file,
        control_port: Some(arguments.control_port),
        ..SandboxSettings::default()
    })
}

/// New ones; with a fixture its first administrator and first personal token.
fn credentials(fixture: Option<&Fixture>) -> PracticeCredentials {
    let mut credentials = PracticeCredentials::random();
    if let Some((client, secret)) = fixture.and_then(Fixture::administrator) {
        credentials.hypothesis_client_id.clone_from(&client.id);
        credentials.authority.clone_from(&client.authority);
        secret.clone_into(&mut credentials.hypothesis_secret);
    }
    let tokens = fixture.iter().flat_map(|fixture| &fixture.personal_tokens);
    if let Some((_, token)) = tokens.min() {
        credentials.hypothesis_personal_token.clone_from(token);
    }
    credentials
}

fn announce(sandbox: &Sandbox, credentials: &PracticeCredentials) -> anyhow::Result<()> {
    let mut line = json!({
        "hyperproof_api": sandbox.hyperproof_api(),
        "hyperproof_token_endpoint": sandbox.hyperproof_token_endpoint(),
        "hyperproof_authorize_endpoint": sandbox.hyperproof_authorize_endpoint(),
        "hypothesis_server": sandbox.hypothesis_server(),
        "certificate_authority": sandbox.certificate_authority(),
        "control": sandbox.control_url(),
    });
    if let (Value::Object(line), Value::Object(mut keys)) = (&mut line, serde_json::to_value(credentials)?) {
        line.append(&mut keys);
    }
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush().context("nobody reads the addresses")
}

/// Until the process is asked to end, or its standard input ends where that counts: input that is closed from the
/// beginning is what a shell's `&` gives, and says nothing.
async fn until_told_to_stop(until_input_ends: bool) -> anyhow::Result<()> {
    tokio::select! {
        () = input_ended(), if until_input_ends => Ok(()),
        signal = signalled() => signal,
    }
}

/// A thread of its own reads: a read of tokio's cannot be given up, and would hold the runtime at its end.
async fn input_ended() {
    let (ended, input_ended) = oneshot::channel::<()>();
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut buffer = [0_u8; 256];
        while matches!(input.read(&mut buffer), Ok(1..)) {}
        drop(ended);
    });
    let _closed = input_ended.await;
}

#[cfg(unix)]
async fn signalled() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        interrupt = tokio::signal::ctrl_c() => Ok(interrupt?),
    }
}

#[cfg(not(unix))]
async fn signalled() -> anyhow::Result<()> {
    Ok(tokio::signal::ctrl_c().await?)
}
