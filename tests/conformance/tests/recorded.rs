//! The project's own recordings against the sandbox, and proof that a fault is seen. Must not loosen the comparison.
#![expect(clippy::unwrap_used, reason = "a test stops where it finds something else")]

use std::path::{Path, PathBuf};

use countersign_conformance::{FileReport, Plan, run};
use countersign_sandbox::{Fault, FaultKind};

fn recordings() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../recorded/hypothesis")
}

async fn one(plan: Plan) -> FileReport {
    let reports = run(&plan).await.unwrap();
    assert_eq!(reports.len(), 1);
    reports.into_iter().next().unwrap()
}

#[tokio::test]
async fn the_sandbox_answers_as_recorded() {
    let reports = run(&Plan::of(&recordings())).await.unwrap();
    let files: Vec<&str> = reports.iter().filter_map(|report| report.file.get(..2)).collect();
    assert_eq!(files, ["02", "03", "04", "05", "09", "10"]);
    for report in reports {
        assert!(report.examples > 20, "{report}");
        assert_eq!(report.agreed, report.examples, "{report}");
    }
}

#[tokio::test]
async fn a_fault_planted_in_the_sandbox_lowers_the_count() {
    let whole = one(Plan::of(&recordings()).only("03")).await;
    let planted = FaultKind::Status {
        status: 200,
        body: r#"{"status": "failure", "reason": "planted"}"#.to_owned(),
        content_type: "application/json".to_owned(),
        headers: std::collections::BTreeMap::new(),
    };
    let mut plan = Plan::of(&recordings()).only("03");
    plan.planted.push(Fault {
        path_prefix: "/api/users/acct".to_owned(),
        method: Some("GET".to_owned()),
        times: 1,
        kind: planted,
    });
    let faulty = one(plan).await;
    assert_eq!(faulty.agreed + 1, whole.agreed);
    assert_eq!(faulty.differences[0].example, "read by userid");
}

#[tokio::test]
async fn a_file_is_replayed_after_all_that_those_before_it_need() {
    let directory = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(recordings()).unwrap().map(Result::unwrap) {
        std::fs::copy(file.path(), directory.path().join(file.file_name())).unwrap();
    }
    let path = directory.path().join("fixture.json");
    let mut fixture: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    fixture["needs"] = serde_json::json!({ "04": ["03"], "05": ["04"] });
    std::fs::write(&path, fixture.to_string()).unwrap();
    let report = one(Plan::of(directory.path()).only("05")).await;
    assert_eq!(report.agreed, report.examples, "{report}");
}

#[tokio::test]
async fn every_kind_of_difference_lowers_the_count() {
    for (recorded, changed) in [
        ("User id 'jbloggs1' is not valid", "User id 'jbloggs1' is not valid."),
        (r#""display_name": "Joe B""#, r#""display_name": null"#),
        (
            "application/vnd.hypothesis.v2+json\",\n     \"Access",
            "application/vnd.hypothesis.v1+json\",\n     \"Access",
        ),
    ] {
        let text = std::fs::read_to_string(recordings().join("03-users.json")).unwrap();
        let at = text.rfind(recorded).unwrap();
        let directory = tempfile::tempdir().unwrap();
        let (before, after) = text.split_at(at);
        let text = format!("{before}{}", after.replacen(recorded, changed, 1));
        std::fs::write(directory.path().join("03-users.json"), text).unwrap();
        std::fs::copy(recordings().join("fixture.json"), directory.path().join("fixture.json")).unwrap();
        let report = one(Plan::of(directory.path())).await;
        assert_eq!(report.agreed + 1, report.examples, "{recorded}: {report}");
    }
}
