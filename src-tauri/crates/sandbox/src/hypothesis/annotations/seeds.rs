//! Owns the annotations that practice starts with: the same each time. Must not hold words of anybody in particular.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};

use super::Annotation;
use crate::random::Sequence;

/// More than two pages of the longest kind.
const COUNT: u64 = 470;
const SEED: u64 = 0xA220;
/// 2026-03-01T08:00:00Z
const FIRST: i64 = 1_772_352_000;
/// Seconds between one annotation and the next, at most.
const STEP: i64 = 18_000;

/// Username and display name of those who annotate beside the reader.
const AUTHORS: [(&str, &str); 7] = [
    ("anneke_bakker", "Anneke Bakker"),
    ("d.osei", "Daniel Osei"),
    ("eva.lindqvist", "Eva Lindqvist"),
    ("farid_h", "Farid Haddad"),
    ("m.tanaka", "田中 美咲"),
    ("rui.moreira", "Rui Moreira"),
    ("s_kovacs", "Kovács Sára"),
];

/// Path under the practice library, title, and words of the page.
const PAGES: [(&str, &str, &str); 9] = [
    (
        "ac-2",
        "AC-2 Account management",
        "Define and document the types of accounts allowed",
    ),
    (
        "ac-6",
        "AC-6 Least privilege",
        "only authorized accesses that are necessary",
    ),
    (
        "au-6",
        "AU-6 Audit record review",
        "Review and analyze system audit records weekly",
    ),
    (
        "cp-9",
        "CP-9 System backup",
        "Conduct backups of user-level information",
    ),
    (
        "ia-2",
        "IA-2 Identification",
        "Uniquely identify and authenticate organizational users",
    ),
    (
        "ir-4",
        "IR-4 Incident handling",
        "preparation, detection and analysis, containment",
    ),
    (
        "ra-5",
        "RA-5 Vulnerability scanning",
        "Monitor and scan for vulnerabilities",
    ),
    (
        "sc-8",
        "SC-8 Transmission confidentiality",
        "Protect the confidentiality of transmitted information",
    ),
    (
        "si-2",
        "SI-2 Flaw remediation",
        "Install security-relevant updates within 30 days",
    ),
];

const TEXTS: [&str; 12] = [
    "Does this cover service accounts as well?",
    "We do this with the directory's own report, every quarter.",
    "**Evidence:** the export of 12 May, signed by the owner.",
    "The auditor asked for the same sentence last year.",
    "Not true for the branch office in Kraków: they have a tool of their own.",
    "See also the exceptions register, entry 14.\n\n> two people must agree",
    "Thirty days is too long for what faces the internet.",
    "監査の証跡はここにあります。",
    "Who owns this since the reorganisation?",
    "<b>Draft</b> wording, not agreed yet & open for comments.",
    "Prüfung am 3. Juni abgeschlossen, keine Feststellungen.",
    "",
];

const TAGS: [&str; 8] = [
    "evidence",
    "question",
    "audit 2026",
    "to do",
    "agreed",
    "exception",
    "zugriff",
    "日本",
];

/// The accounts that the annotations are of, beside the reader's.
pub(crate) fn authors() -> impl Iterator<Item = (&'static str, &'static str)> {
    AUTHORS.into_iter()
}

/// Annotations of the world group. `reader` is a userid of `authority`, whose private ones are among them.
pub(crate) fn seeds(reader: &str, authority: &str, group: &str) -> Vec<Annotation> {
    let mut made: Vec<Annotation> = Vec::new();
    let mut second = FIRST;
    for at in 0..COUNT {
        let mut drawn = Sequence::of(SEED, at);
        second += 60 + i64::try_from(drawn.below(STEP.unsigned_abs())).unwrap_or_default();
        let author = match drawn.below(5) {
            0 | 1 => reader.to_owned(),
            _ => format!("acct:{}@{authority}", drawn.pick(&AUTHORS).0),
        };
        let parent = Some(drawn.below(at.max(1))).filter(|_| at > 5 && drawn.one_in(8));
        let parent = parent.and_then(|parent| made.get(usize::try_from(parent).ok()?));
        let annotation = annotation(&mut drawn, author, second, group, parent);
        made.push(annotation);
    }
    made
}

fn annotation(
    drawn: &mut Sequence,
    author: String,
    second: i64,
    group: &str,
    parent: Option<&Annotation>,
) -> Annotation {
    let (path, title, words) = drawn.pick(&PAGES);
    let uri = format!("https://library.practice.example/standards/{path}");
    let created = instant(second, drawn);
    let updated = if drawn.one_in(4) {
        instant(second + i64::try_from(drawn.below(700_000)).unwrap_or_default(), drawn)
    } else {
        created
    };
    // A reply is to something that others see, so others see it too.
    let parent = parent.filter(|parent| parent.shared);
    Annotation {
        id: id(drawn),
        created,
        updated,
        userid: author,
        uri: parent.map_or(uri, |parent| parent.uri.clone()),
        title: title.to_owned(),
        text: drawn.pick(&TEXTS).to_owned(),
        tags: tags(drawn),
        group: group.to_owned(),
        shared: parent.is_some() || !drawn.one_in(5),
        quote: if parent.is_some() {
            String::new()
        } else {
            words.to_owned()
        },
        references: parent.map_or_else(Vec::new, |parent| {
            parent.references.iter().cloned().chain([parent.id.clone()]).collect()
        }),
    }
}

fn tags(drawn: &mut Sequence) -> Vec<String> {
    let mut tags: Vec<String> = (0..drawn.below(4)).map(|_| drawn.pick(&TAGS).to_owned()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

fn instant(second: i64, drawn: &mut Sequence) -> Timestamp {
    let microseconds = i64::try_from(drawn.below(1_000_000)).unwrap_or_default();
    let start = Timestamp::from_second(second).unwrap_or_default();
    start
        .saturating_add(SignedDuration::from_micros(microseconds))
        .unwrap_or(start)
}

/// Sixteen bytes in base64url, as the server writes ids.
fn id(drawn: &mut Sequence) -> String {
    let (one, other) = (drawn.next().to_be_bytes(), drawn.next().to_be_bytes());
    URL_SAFE_NO_PAD.encode([one, other].concat())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn there_is_something_of_every_kind() {
        let reader = "acct:reader@practice.example";
        let all = seeds(reader, "practice.example", "__world__");
        let ids: HashSet<&str> = all.iter().map(|annotation| annotation.id.as_str()).collect();
        assert_eq!(ids.len(), all.len());
        let own = |shared| {
            all.iter()
                .filter(move |one| one.userid == reader && one.shared == shared)
                .count()
        };
        assert!(own(true) > 100 && own(false) > 20);
        assert!(all.iter().filter(|one| one.shared).count() > 300);
        assert!(all.iter().any(|one| one.references.len() == 1));
        assert!(all.iter().any(|one| one.tags.is_empty()) && all.iter().any(|one| one.text.is_empty()));
    }
}
