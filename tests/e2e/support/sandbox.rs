//! Owns the services in a process of their own, as a stranger's servers would be: addresses and credentials are typed.
//! Must not know how the sandbox works: it reads its one line and talks to its control port.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::processes::ProcessGroup;
use super::programs;

/// Both services, listening on loopback until dropped.
pub(crate) struct Sandbox {
    line: Value,
    _process: ProcessGroup,
}

impl Sandbox {
    /// Starts it with the arguments of its command line.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(programs::sandbox());
        // Should this process be killed, its end of the pipe closes and the sandbox ends as well.
        command.arg("--until-input-ends").args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = ProcessGroup::start(&mut command);
        let told = process.leader().stdout.take().expect("standard output is piped");
        let mut line = String::new();
        BufReader::new(told)
            .read_line(&mut line)
            .expect("the sandbox tells its addresses");
        let line = serde_json::from_str(&line).unwrap_or_else(|_| panic!("the sandbox did not start: {line:?}"));
        Self {
            line,
            _process: process,
        }
    }

    /// A value of its line, such as `hyperproof_api`.
    pub(crate) fn told(&self, name: &str) -> &str {
        let told = self.line.get(name).and_then(Value::as_str);
        told.unwrap_or_else(|| {
            panic!(
                "the sandbox tells no {name}: {:?}",
                self.line.as_object().map(|line| line.keys().collect::<Vec<_>>())
            )
        })
    }

    /// Has the next request that fits meet a fault.
    pub(crate) fn provoke(&self, fault: &Value) {
        let answer = self.control("POST", "/faults", &fault.to_string());
        assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    }

    /// How many requests of that method reached paths that begin so.
    pub(crate) fn requests(&self, method: &str, path: &str) -> usize {
        let answer = self.control("GET", "/requests", "");
        let (_, body) = answer.split_once("\r\n\r\n").expect("an answer has a body");
        let requests: Vec<Value> = serde_json::from_str(body).expect("the ledger is JSON");
        let text =
            |request: &Value, name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let fit = requests
            .iter()
            .filter(|request| text(request, "method") == method && text(request, "path").starts_with(path));
        fit.count()
    }

    fn control(&self, method: &str, path: &str, body: &str) -> String {
        let address = self
            .told("control")
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        let mut stream = TcpStream::connect(&address).expect("the control port listens");
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
        let content = format!(
            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream
            .write_all(format!("{head}{content}").as_bytes())
            .expect("the control port reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the control port answers");
        answer
    }
}
