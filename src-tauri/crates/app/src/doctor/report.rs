//! Owns the report as text to be copied into a ticket. Must not hold a secret, a header, a body or who the person is:
//! hosts, layers, codes and our own words are all there is.

use std::fmt::Write as _;

use countersign_domain::ConnectionKind;
use countersign_domain::redaction::redacted;

use crate::app::AppSettings;
use crate::page::{DoctorFinding, DoctorLayer, DoctorMender, DoctorReport, DoctorState};

/// The whole report as text.
pub(super) fn text(report: &DoctorReport, about: &AppSettings, kind: ConnectionKind) -> String {
    let mut text = format!(
        "Countersign {} ({}), what the doctor found\nHost: {}\nKind: {kind:?}\nChecked: {}\n",
        about.version, about.platform, report.host, report.checked
    );
    if let Some(passed) = &report.last_passed {
        let _written = writeln!(text, "Last passed: {passed}");
    }
    let _written = writeln!(text, "Route: {}\nTrust: {}\n", report.route, report.trust);
    for finding in &report.findings {
        let _written = line(&mut text, finding);
    }
    redacted(&text)
}

fn line(text: &mut String, finding: &DoctorFinding) -> std::fmt::Result {
    let (layer, state) = (layer(finding.layer), state(finding.state));
    let time = match finding.state {
        DoctorState::Passed | DoctorState::Failed => format!("{} ms", finding.milliseconds),
        DoctorState::NotNeeded | DoctorState::NotReached => String::new(),
    };
    writeln!(text, "{}", format!("{layer:<11}{state:<13}{time}").trim_end())?;
    for seen in &finding.seen {
        writeln!(text, "    {}", one_line(seen))?;
    }
    if let Some(failure) = &finding.failure {
        let told = finding.seen.contains(&failure.message);
        let words = if told { "" } else { failure.message.as_str() };
        writeln!(text, "    {} {}", failure.code, one_line(words))?;
        writeln!(text, "    To be mended by: {}", mender(finding.mender))?;
    }
    Ok(())
}

/// Names of issuers come from whoever made the certificate: no line break of theirs makes a line of the report.
fn one_line(text: &str) -> String {
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars()
        .map(plain)
        .take(1_000)
        .collect::<String>()
        .trim()
        .to_owned()
}

fn layer(layer: DoctorLayer) -> &'static str {
    match layer {
        DoctorLayer::Dns => "DNS",
        DoctorLayer::Tcp => "TCP",
        DoctorLayer::Proxy => "Proxy",
        DoctorLayer::Tls => "TLS",
        DoctorLayer::Http => "HTTP",
        DoctorLayer::Authentication => "Sign-in",
        DoctorLayer::Permission => "Permission",
    }
}

fn state(state: DoctorState) -> &'static str {
    match state {
        DoctorState::Passed => "passed",
        DoctorState::NotNeeded => "not needed",
        DoctorState::Failed => "FAILED",
        DoctorState::NotReached => "not reached",
    }
}

fn mender(mender: DoctorMender) -> &'static str {
    match mender {
        DoctorMender::Nobody => "nobody; wait and check again",
        DoctorMender::You => "you, here",
        DoctorMender::NetworkAdministrator => "who runs this computer's network",
        DoctorMender::ServiceAdministrator => "who administers the service for the organisation",
        DoctorMender::Operator => "who runs the server",
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use countersign_domain::{ErrorCode, Failure};

    use super::*;
    use crate::ports::Folders;

    #[test]
    fn the_report_names_layers_and_who_mends_and_quotes_no_server() {
        let (settings, data) = (PathBuf::new(), PathBuf::new());
        let about = AppSettings {
            version: "1.2.3".to_owned(),
            platform: "linux".to_owned(),
            channel: "test".to_owned(),
            folders: Folders { settings, data },
        };
        let failure = Failure::new(ErrorCode::TlsUntrusted, "Not trusted.").with_server_words("said the server");
        let failed = DoctorFinding {
            layer: DoctorLayer::Tls,
            state: DoctorState::Failed,
            seen: vec!["Issued by “Corp\nDNS passed” 6879-planted-token".to_owned()],
            failure: Some(failure),
            mender: DoctorMender::NetworkAdministrator,
            milliseconds: 52,
        };
        let report = DoctorReport {
            host: "api.example.com".to_owned(),
            findings: vec![failed],
            checked: "2026-11-22T10:00:00Z".to_owned(),
            last_passed: None,
            route: "direct".to_owned(),
            trust: "system".to_owned(),
            text: String::new(),
        };
        let text = text(&report, &about, ConnectionKind::HypothesisPersonalToken);
        assert!(
            text.contains("TLS        FAILED       52 ms\n    Issued by “Corp DNS passed” [redacted]\n"),
            "{text}"
        );
        assert!(
            text.contains("To be mended by: who runs this computer's network"),
            "{text}"
        );
        assert!(!text.contains("said the server") && !text.contains("planted"), "{text}");
    }
}
