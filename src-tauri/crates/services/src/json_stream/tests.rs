//! Owns the proof that chunking changes nothing and that nothing short passes for whole.

use super::*;

fn split(chunks: &[&[u8]]) -> Result<(Vec<Element>, Option<String>), SplitFault> {
    let mut splitter = ElementSplitter::new();
    let mut found = Vec::new();
    for chunk in chunks {
        splitter.push(chunk, &mut found)?;
    }
    Ok((found, splitter.finish()?))
}

fn whole(text: &str) -> Result<Vec<Element>, SplitFault> {
    split(&[text.as_bytes()]).map(|(found, _)| found)
}

fn texts(texts: &[&str]) -> Vec<Element> {
    texts.iter().map(|text| Element::Text((*text).to_owned())).collect()
}

const LIST: &str =
    "\u{feff} [ {\"id\":\"1\",\"t\":\"a\\\"],}[\\\\\"} ,\n{\"é🗝\":[{},[\"]\"]]},\"s,\\\"]\",-1.5e3,null,[],{} ]\n";
const ELEMENTS: [&str; 7] = [
    "{\"id\":\"1\",\"t\":\"a\\\"],}[\\\\\"}",
    "{\"é🗝\":[{},[\"]\"]]}",
    "\"s,\\\"]\"",
    "-1.5e3",
    "null",
    "[]",
    "{}",
];

#[test]
fn elements_come_verbatim_in_their_order() {
    assert_eq!(whole(LIST).unwrap(), texts(&ELEMENTS));
    assert_eq!(whole("[]").unwrap(), []);
    assert_eq!(whole(" [\n] ").unwrap(), []);
}

#[test]
fn any_two_cuts_give_the_same_elements() {
    let bytes = LIST.as_bytes();
    for first in 0..=bytes.len() {
        for second in first..=bytes.len() {
            let chunks = [&bytes[..first], &bytes[first..second], &bytes[second..]];
            assert_eq!(
                split(&chunks).unwrap().0,
                texts(&ELEMENTS),
                "cut at {first} and {second}"
            );
        }
    }
    let single: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(split(&single).unwrap().0, texts(&ELEMENTS));
}

#[test]
fn random_lists_in_random_chunks_give_what_a_parser_gives() {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below).unwrap()
    };
    let pieces = ["a\\\"b", "\\\\", "]", "}", "{[,:", "é", "🗝", "\\u00e9", " ", ""];
    for _ in 0..300 {
        let elements: Vec<String> = (0..next(9))
            .map(|number| {
                let inside: String = (0..next(6)).map(|_| pieces[next(10)]).collect();
                match next(4) {
                    0 => format!("{{\"id\":{number},\"x\":[\"{inside}\",{{\"{inside}\":null}}]}}"),
                    1 => format!("\"{inside}\""),
                    2 => format!("[[\"{inside}\"],[]]"),
                    _ => format!("{number}.25"),
                }
            })
            .collect();
        let text = if next(2) == 0 {
            format!("[{}]", elements.join([",", " , ", "\n,"][next(3)]))
        } else {
            format!(
                "{{\"total\":{{\"data\":[1]}},\"items\":[{}],\"x\":[]}}",
                elements.join(",")
            )
        };
        let mut rest = text.as_bytes();
        let mut chunks = Vec::new();
        while !rest.is_empty() {
            let (chunk, tail) = rest.split_at((1 + next(7)).min(rest.len()));
            chunks.push(chunk);
            rest = tail;
        }
        let expected: Vec<Element> = elements.into_iter().map(Element::Text).collect();
        assert_eq!(split(&chunks).unwrap().0, expected, "{text}");
    }
}

#[test]
fn a_list_cut_anywhere_is_an_error() {
    for text in [LIST, "{\"a\":[1,{}],\"data\":[{\"id\":1},{\"id\":2}],\"b\":\"c\"}"] {
        for end in 0..text.trim_end().len() {
            let fault = split(&[&text.as_bytes()[..end]]).unwrap_err();
            assert!(
                matches!(fault, SplitFault::Cut | SplitFault::NotJson),
                "cut at {end}: {fault}"
            );
        }
    }
}

#[test]
fn a_list_may_be_wrapped_under_four_names() {
    for name in ["data", "items", "value", "results"] {
        let text = format!("{{ \"a\" : {{\"data\":[9]}} , \"{name}\" : [1,{{}}] , \"results\":[7], \"n\": 3 }}");
        assert_eq!(whole(&text).unwrap(), texts(&["1", "{}"]), "{name}");
    }
}

#[test]
fn a_wrapped_list_that_goes_on_says_so() {
    let (_, more) = split(&[br#"{"nextToken":"t-2","data":[1]}"#]).unwrap();
    assert_eq!(more.as_deref(), Some("t-2"));
    for last in [
        r#"{"data":[1],"nextToken":null}"#,
        r#"{"data":[1],"continuationToken":""}"#,
        "[1]",
    ] {
        assert_eq!(split(&[last.as_bytes()]).unwrap().1, None, "{last}");
    }
}

#[test]
fn what_is_no_list_is_an_error() {
    for (text, fault) in [
        ("", SplitFault::NotJson),
        ("  ", SplitFault::NotJson),
        ("<!DOCTYPE html><html>", SplitFault::NotJson),
        ("null", SplitFault::NotJson),
        ("\"data\"", SplitFault::NotJson),
        ("{}", SplitFault::NoList),
        (r#"{"statusCode":200,"data":null}"#, SplitFault::NoList),
        ("[1 2]", SplitFault::Malformed),
        ("[1,]", SplitFault::Malformed),
        ("[,1]", SplitFault::Malformed),
        ("[1]]", SplitFault::Malformed),
        ("[1] {}", SplitFault::Malformed),
        ("{1:2}", SplitFault::Malformed),
        (r#"{"data" [1]}"#, SplitFault::Malformed),
        (r#"{"data":[1],}"#, SplitFault::Malformed),
        ("[{} <html>", SplitFault::Malformed),
    ] {
        assert_eq!(whole(text), Err(fault), "{text}");
    }
}

#[test]
fn an_element_too_large_is_passed_over_and_the_next_one_kept() {
    let large = format!("{{\"x\":\"{}\"}}", "a".repeat(LARGEST_ELEMENT));
    let text = format!("[{{\"id\":1}},{large},{{\"id\":2}}]");
    let chunks: Vec<&[u8]> = text.as_bytes().chunks(65_536).collect();
    let expected = [
        Element::Text("{\"id\":1}".to_owned()),
        Element::TooLarge,
        Element::Text("{\"id\":2}".to_owned()),
    ];
    assert_eq!(split(&chunks).unwrap().0, expected);
}

#[test]
fn an_element_that_is_not_utf_8_is_told_apart() {
    let found = split(&[b"[{\"a\":\"\xff\"},1]"]).unwrap().0;
    assert_eq!(found, [Element::NotText, Element::Text("1".to_owned())]);
}
