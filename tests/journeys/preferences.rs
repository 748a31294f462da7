//! The look that a person chooses: over restarts, and beside the connections in the same file.

use std::collections::BTreeMap;

use countersign_app::page::{Contrast, PaneName, Preferences};
use countersign_domain::{ConnectionKind, ErrorCode};

use super::desk::Desk;
use super::services::draft;

fn chosen() -> Preferences {
    Preferences {
        contrast: Contrast::More,
        rail_narrow: true,
        pane_widths: BTreeMap::from([(PaneName::Connections, 300), (PaneName::Doctor, 400)]),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_look_is_there_at_the_next_start_whatever_became_of_the_connections() {
    let desk = Desk::new();
    let app = desk.start();
    assert_eq!(
        app.status().preferences,
        Preferences::default(),
        "nothing was chosen yet"
    );
    let card = app.save_connection(&draft(ConnectionKind::Practice)).await.unwrap();
    app.save_preferences(&chosen()).unwrap();
    assert_eq!(app.status().preferences, chosen());
    drop(app);
    let app = desk.start();
    assert_eq!(app.status().preferences, chosen());
    assert_eq!(app.connections().len(), 1, "the connection stays beside it");
    app.forget_connection(&card.id).await.unwrap();
    drop(app);
    assert_eq!(desk.start().status().preferences, chosen());
}

#[test]
fn a_look_that_cannot_be_is_refused_and_the_one_before_stays() {
    let desk = Desk::new();
    let app = desk.start();
    app.save_preferences(&chosen()).unwrap();
    for width in [0, 119, 1201, u16::MAX] {
        let wrong = Preferences {
            pane_widths: BTreeMap::from([(PaneName::Accounts, width)]),
            ..chosen()
        };
        let failure = app.save_preferences(&wrong).unwrap_err();
        assert_eq!(failure.code, ErrorCode::InputInvalid, "{width}");
    }
    assert_eq!(app.status().preferences, chosen());
    assert_eq!(desk.start().status().preferences, chosen());
}
