//! Owns made-up controls: the same for the same seed, with the gaps and odd forms that real lists have
//! (hyperproof-api 2.3, 3.2, 3.4). Must not decide which rows a list has.

use serde_json::{Map, Value, json};

use super::catalogue::{DOMAINS, EVIDENCE, MOTIVES, NOTES, PEOPLE, QUALIFIERS, SCOPES};
use crate::random::Sequence;

/// Which lists a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Archived,
    Scope,
    Team,
}

#[derive(Debug)]
pub(crate) struct Generator {
    plain: usize,
    seed: u64,
}

/// Apart from the rows' own numbers, so that names and people are the same in every row.
const SHARED: u64 = u64::MAX;

impl Generator {
    pub(crate) fn new(count: u32, seed: u64) -> Self {
        let plain = usize::try_from(count).unwrap_or(usize::MAX);
        Self { plain, seed }
    }

    /// All rows: the plain ones, then a twentieth archived, a twentieth scoped, a fortieth of teams.
    pub(crate) fn total(&self) -> usize {
        self.plain + self.plain / 20 * 2 + self.plain / 40
    }

    pub(crate) fn kind(&self, at: usize) -> Kind {
        let part = self.plain / 20;
        match at.checked_sub(self.plain) {
            None => Kind::Plain,
            Some(beyond) if beyond < part => Kind::Archived,
            Some(beyond) if beyond < part * 2 => Kind::Scope,
            Some(_) => Kind::Team,
        }
    }

    pub(crate) fn id(&self, at: usize) -> String {
        Sequence::of(self.seed, at as u64).uuid()
    }

    pub(crate) fn is_linkable(&self, at: usize) -> bool {
        !Sequence::of(self.seed ^ 0x11_6b, at as u64).one_in(9)
    }

    pub(crate) fn row(&self, at: usize) -> Map<String, Value> {
        let mut made = Sequence::of(self.seed ^ 0xC0_17, at as u64);
        let mut row = self.named(at, &mut made);
        if made.one_in(17) {
            row.insert("_isPartialData".to_owned(), Value::Bool(true));
            return row;
        }
        described(&mut row, &mut made);
        self.dated(&mut row, &mut made);
        for field in [
            "notes",
            "automation",
            "freshAsOfDate",
            "implementation",
            "health",
            "customFields",
        ] {
            if made.one_in(23) {
                row.shift_remove(field);
            }
        }
        row
    }

    /// What even a reduced row has.
    fn named(&self, at: usize, made: &mut Sequence) -> Map<String, Value> {
        let kind = self.kind(at);
        let number = at % self.plain.max(1);
        let at_domain = number % DOMAINS.len();
        let (code, domain, titles) = DOMAINS.get(at_domain).copied().unwrap_or_default();
        let round = number / DOMAINS.len();
        let title = titles.get(round % titles.len().max(1)).copied().unwrap_or_default();
        let qualifier = QUALIFIERS
            .get((round / titles.len().max(1)) % QUALIFIERS.len())
            .copied()
            .unwrap_or_default();
        let mut row = object(json!({
            "id": self.id(at),
            "orgId": self.organisation(),
            "controlType": if kind == Kind::Scope { "scopeAssignment" } else { "simple" },
            "controlIdentifier": identifier(code, round, titles.len(), kind),
            "name": format!("{title}{qualifier}"),
            "description": format!("{title}: {}. {}", made.pick(EVIDENCE), made.pick(MOTIVES)),
            "domainId": self.shared(100 + at_domain as u64),
            "domainName": domain,
            "overrideHealth": made.one_in(12),
            "owner": self.owner(made),
            "permissions": if self.is_linkable(at) { json!(["read", "update", "link"]) } else { json!(["read"]) },
            "status": if kind == Kind::Archived { "archived" } else { "active" },
            "createdBy": self.user(at % PEOPLE.len()),
            "updatedBy": self.user(at / 3 % PEOPLE.len()),
        }));
        if kind == Kind::Scope {
            let scope = made.pick(SCOPES);
            row.insert("scopeName".to_owned(), json!(scope));
            row.insert("scopeId".to_owned(), json!(self.shared(200 + scope.len() as u64)));
            row.insert("parentControlId".to_owned(), json!(self.id(number)));
        }
        if made.one_in(29) {
            row.shift_remove("owner");
        }
        row
    }

    /// An object mostly, an id or null at times (hyperproof-api 3.2).
    fn owner(&self, made: &mut Sequence) -> Value {
        let person = usize::try_from(made.below(PEOPLE.len() as u64)).unwrap_or_default();
        match made.below(12) {
            0 => Value::Null,
            1 => json!(self.organisation_user(person)),
            _ => self.person(person),
        }
    }

    fn person(&self, person: usize) -> Value {
        let (given_name, surname) = PEOPLE.get(person).copied().unwrap_or_default();
        json!({
            "id": self.organisation_user(person),
            "type": "activeUser",
            "userId": self.user(person),
            "email": format!("person{}@practice.example", person + 1),
            "givenName": given_name,
            "surname": surname,
            "language": "en",
            "locale": "en-US",
            "timeZone": "America/Los_Angeles",
            "status": "active",
        })
    }

    pub(crate) fn people(&self) -> Vec<Value> {
        (0..PEOPLE.len()).map(|person| self.person(person)).collect()
    }

    fn dated(&self, row: &mut Map<String, Value>, made: &mut Sequence) {
        let created = 1_735_689_600 + made.below(31_536_000);
        let updated = created + made.below(15_552_000);
        row.insert("createdOn".to_owned(), json!(date(created, made)));
        row.insert("updatedOn".to_owned(), json!(date(updated, made)));
        if row.get("freshnessPolicy").and_then(Value::as_str) == Some("manual") {
            row.insert(
                "freshForDuration".to_owned(),
                json!(made.pick(&["PT720H", "PT2160H", "P1Y"])),
            );
            row.insert("freshAsOfDate".to_owned(), json!(date(updated, made)));
        }
        let fields = json!([
            {"fieldId": self.shared(400), "fieldName": "Framework", "fieldType": "textSingleSelect",
             "selections": [made.pick(&["SOC 2", "ISO 27001", "NIST 800-53"])]},
            {"fieldId": self.shared(401), "fieldName": "Annual cost", "fieldType": "number",
             "numberValue": made.below(90_000)},
        ]);
        row.insert("customFields".to_owned(), fields);
    }

    fn shared(&self, number: u64) -> String {
        Sequence::of(self.seed, SHARED - number).uuid()
    }

    /// The organisation's own id.
    pub(crate) fn organisation(&self) -> String {
        self.shared(1)
    }

    /// A person's id within the organisation.
    pub(crate) fn organisation_user(&self, person: usize) -> String {
        self.shared(300 + person as u64)
    }

    /// A person's id over all organisations.
    pub(crate) fn user(&self, person: usize) -> String {
        self.shared(500 + person as u64)
    }
}

fn described(row: &mut Map<String, Value>, made: &mut Sequence) {
    let fresh = made.pick(&["manual", "manual", "manual", "none"]);
    let freshness = if fresh == "none" {
        "noFreshness"
    } else {
        made.pick(&["fresh", "fresh", "fresh", "expired", "unknown"])
    };
    let testing = made.pick(&["notTested", "inProgress", "effective", "effective", "ineffective"]);
    let deficiency = if testing == "ineffective" {
        json!([made.pick(&["design", "operation"])])
    } else {
        json!([])
    };
    let fields = json!({
        "notes": made.pick(NOTES),
        "freshnessPolicy": fresh,
        "freshness": freshness,
        "implementation": made.pick(&["unknown", "notStarted", "inProgress", "completed", "completed"]),
        "testingStatus": testing,
        "testingDeficiency": deficiency,
        "computeTestingStatus": made.one_in(3),
        "automation": made.pick(&["notStarted", "partial", "fullyAutomated", "cannotAutomate"]),
        "health": made.pick(&["healthy", "healthy", "healthy", "atRisk", "critical", "notAvailable"]),
    });
    row.append(&mut object(fields));
}

fn identifier(code: &str, round: usize, titles: usize, kind: Kind) -> String {
    let (base, enhancement) = (round % titles.max(1) + 1, round / titles.max(1));
    let suffix = if kind == Kind::Scope { "-S" } else { "" };
    match enhancement {
        0 => format!("{code}-{base:02}{suffix}"),
        _ => format!("{code}-{base:02}({enhancement:02}){suffix}"),
    }
}

/// The four uneven forms of this API's dates (hyperproof-api 2.3). `second`: seconds since 1970.
fn date(second: u64, made: &mut Sequence) -> String {
    let instant = i64::try_from(second)
        .ok()
        .and_then(|second| jiff::Timestamp::from_second(second).ok());
    let text = instant.unwrap_or_default().to_string();
    let whole = text.trim_end_matches('Z');
    match made.below(8) {
        0..=3 => format!("{whole}.{:06}Z", made.below(1_000_000)),
        4 | 5 => format!("{whole}.{:07}+00:00", made.below(10_000_000)),
        6 => format!("{whole}+0000"),
        _ => format!("{whole}.00.{:04}Z", made.below(10_000)),
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}
