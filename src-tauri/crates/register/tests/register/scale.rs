//! A register of 10,000 controls answers as a plain walk over its rows would.

use countersign_domain::ControlDocument;
use countersign_register::{ControlColumn, ControlsQuery, FacetField};
use serde_json::json;

use crate::{Place, control, everything, search, sync};

const ROWS: usize = 10_000;
const HEALTH: [&str; 3] = ["critical", "atRisk", "healthy"];

fn documents() -> Vec<ControlDocument> {
    let filler =
        "Develop, document and disseminate to the organisation a policy that addresses its purpose. ".repeat(11);
    let document = |number: usize| {
        control(&json!({
            "id": format!("id-{}", number.wrapping_mul(7_919) % ROWS),
            "controlIdentifier": format!("AC-{number}"),
            "name": format!("Control {number}"),
            "health": HEALTH.get(number % 3),
            "description": format!("{filler} mark{}", number % 97),
        }))
    };
    (0..ROWS).rev().map(document).collect()
}

#[test]
fn ten_thousand_rows_are_listed_searched_and_counted_right() {
    let place = Place::new();
    let register = place.register();
    let documents = documents();
    let mut writer = register.begin_snapshot(crate::second(0)).unwrap();
    for batch in documents.chunks(500) {
        writer.write(batch).unwrap();
    }
    assert_eq!(writer.finish(crate::second(1)).unwrap().added as usize, ROWS);

    let mut listed = Vec::new();
    for offset in (0..10_000).step_by(200) {
        let window = register.window(&ControlsQuery { offset, ..everything() }).unwrap();
        assert_eq!(window.matched as usize, ROWS);
        listed.extend(window.rows.into_iter().filter_map(|row| row.identifier));
    }
    let expected: Vec<String> = (0..ROWS).map(|number| format!("AC-{number}")).collect();
    assert_eq!(listed, expected, "every row once, by number");

    let marked = (0..ROWS).filter(|number| number % 97 == 96).count();
    assert_eq!(register.window(&search("mark96")).unwrap().matched as usize, marked);
    let begins = (0..ROWS).filter(|number| number.to_string().starts_with("99")).count();
    assert_eq!(register.window(&search("C-99 pol")).unwrap().matched as usize, begins);

    let facets = register.facets(&search("mark96")).unwrap();
    let health = facets.iter().find(|facet| facet.field == FacetField::Health).unwrap();
    assert_eq!(
        health.values.iter().map(|value| value.count as usize).sum::<usize>(),
        marked
    );

    let again = sync(&register, &documents);
    assert_eq!((again.added, again.changed, again.gone), (0, 0, 0));
    let worst = ControlsQuery {
        sort: ControlColumn::Health,
        ..everything()
    };
    let window = register.window(&worst).unwrap();
    assert!(window.rows.iter().all(|row| row.health.as_deref() == Some("critical")));
}
