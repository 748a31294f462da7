//! Owns the journey over a real catalogue of controls, where its folder lies beside the repository.

use std::path::Path;

use serde_json::Value;

use crate::support::{Desk, Furniture, Sandbox};
use crate::{acts, register};

const REGISTER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../shared/data/register-nist-800-53-high.json"
);

#[tokio::test]
async fn the_nist_register_is_read_searched_and_opened() {
    if !Path::new(REGISTER).exists() {
        println!("skipped: {REGISTER} is not there");
        return;
    }
    let sandbox = Sandbox::start(&["--controls-file", REGISTER]);
    let desk = Desk::new(Furniture::default()).await;
    let window = desk.start().await;
    acts::connect_hyperproof(&window, &sandbox).await;
    register::read_first(&window, 370).await;
    register::search(&window, "account", holding("account"), 370).await;
    register::open_detail(&window, "*Account Management*").await;
}

/// How many rows of the file hold a word in what the search looks at.
fn holding(word: &str) -> usize {
    let text = std::fs::read_to_string(REGISTER).expect("the register can be read");
    let rows: Vec<Value> = serde_json::from_str(&text).expect("the register is a JSON array");
    let fields = ["controlIdentifier", "name", "domainName", "description"];
    let holds = |row: &&Value| {
        let mut texts = fields.iter().filter_map(|field| row.get(field)?.as_str());
        texts.any(|text| text.to_lowercase().contains(word))
    };
    rows.iter().filter(holds).count()
}
