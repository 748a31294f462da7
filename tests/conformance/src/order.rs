//! Owns the order of files: which go before one, as the fixture says. Must not read or replay them.

use std::collections::HashMap;

/// For a file's number those that go before it.
type Needs = HashMap<String, Vec<String>>;

/// The numbers of all files that go before the one of that number: each once, after those it needs itself.
///
/// # Errors
/// When files need each other in a circle.
pub(crate) fn before<'a>(number: &'a str, needs: &'a Needs) -> anyhow::Result<Vec<&'a str>> {
    let mut order = Vec::new();
    visit(&mut vec![number], needs, &mut order)?;
    Ok(order)
}

/// Adds what the last of `way` needs; `way` leads there from the file that was asked for.
fn visit<'a>(way: &mut Vec<&'a str>, needs: &'a Needs, order: &mut Vec<&'a str>) -> anyhow::Result<()> {
    let needed = way.last().and_then(|number| needs.get(*number));
    for next in needed.into_iter().flatten().map(String::as_str) {
        if order.contains(&next) {
            continue;
        }
        anyhow::ensure!(
            !way.contains(&next),
            "the fixture's needs go in a circle: {} > {next}",
            way.join(" > ")
        );
        way.push(next);
        visit(way, needs, order)?;
        way.pop();
        order.push(next);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(all: &[(&str, &[&str])]) -> Needs {
        let all = all.iter();
        all.map(|(number, needed)| {
            let needed = needed.iter().map(|needed| (*needed).to_owned());
            ((*number).to_owned(), needed.collect())
        })
        .collect()
    }

    #[test]
    fn what_is_needed_at_any_distance_goes_before_once() {
        let needs = needs(&[("06", &["05", "02"]), ("05", &["04", "03"]), ("04", &["03"])]);
        assert_eq!(before("06", &needs).unwrap(), ["03", "04", "05", "02"]);
        assert_eq!(before("03", &needs).unwrap(), [""; 0]);
    }

    #[test]
    fn a_circle_is_named() {
        let needs = needs(&[("06", &["05"]), ("05", &["04"]), ("04", &["05"])]);
        let error = before("06", &needs).unwrap_err().to_string();
        assert!(error.contains("06 > 05 > 04 > 05"), "{error}");
    }
}
