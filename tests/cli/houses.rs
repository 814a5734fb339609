//! House styles: the worked examples of docs/house-styles/, mistakes in a configuration, and what is learnt.

use serde_json::Value;

use crate::sandbox::Sandbox;

const PARAGRAPHS: &str = "The ferry is late again, and the town waits for it as it has waited for forty years, and nobody \
asks why.\n\nRead more: The price of a ticket\n\nA bridge costs less than the hours that are lost on the quay, and \
everybody who has counted them knows it.\n";

/// The path of a worked example.
fn example(name: &str) -> String {
    format!("{}/docs/house-styles/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

fn inspected(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let arguments = [&["inspect", "--json"], arguments].concat();
    serde_json::from_str(sandbox.run(&arguments).exits(0).text()).unwrap()
}

fn roles<'a>(object: &'a Value, role: &str) -> Vec<&'a str> {
    let blocks = object["blocks"].as_array().unwrap();
    blocks.iter().filter(|block| block["role"] == role).map(|block| block["text"].as_str().unwrap()).collect()
}

#[test]
fn a_daily_with_labels_dates_and_boxes_of_its_own() {
    let text =
        format!("The harbour needs a bridge\n\nAt the desk: Ada Holm\n\nFiled 5/12/2017 in Opinion\n\n{PARAGRAPHS}");
    let page = text.split("\n\n").map(|line| format!("<p>{line}</p>")).collect::<String>();
    let page = format!(
        "<html><head><link rel=\"canonical\" href=\"https://www.harbourpost.example/a\"></head><body><article>{page}"
    );
    let sandbox = Sandbox::with(&[("a.txt", &text), ("a.html", &page)]);
    let plain = inspected(&sandbox, &["a.txt"]);
    assert!(plain["metadata"]["authors"].as_array().unwrap().is_empty(), "the rules do not know this label");
    let object = inspected(&sandbox, &["a.html", "--config", &example("english-daily")]);
    let metadata = &object["metadata"];
    assert_eq!(metadata["authors"][0]["value"], "Ada Holm");
    assert_eq!(metadata["authors"][0]["rule"], "profile.field");
    let span = metadata["authors"][0]["span"].as_array().unwrap();
    let (start, end) = (span[0].as_u64().unwrap() as usize, span[1].as_u64().unwrap() as usize);
    assert_eq!(&page[start..end], "Ada Holm");
    assert_eq!(metadata["published"]["value"], "2017-05-12");
    assert_eq!(metadata["publisher"]["rule"], "profile.default");
    assert_eq!(
        (&metadata["publisher"]["span"], metadata["rights"]["value"].as_str()),
        (&Value::Null, Some("© The Harbour Post"))
    );
    assert_eq!(roles(&object, "furniture"), ["Read more: The price of a ticket"]);
}

#[test]
fn a_head_in_one_line_with_labels_of_one_portal() {
    let text = "港口需要一座橋\n\n稿源：海嶼日報 丨 發稿：李明 丨 入庫：2017-12-05\n\n渡輪又遲到了，全鎮的人都在等候，四十年來一直如此，沒有人問為什麼，也沒有人願意回答這個問題。\n\n字號：大 中 小\n\n建一座橋的花費，比碼頭上失去的時間要少得多，每一個計算過的人都知道，只是沒有人說出來。\n";
    let sandbox = Sandbox::with(&[("a.txt", text)]);
    sandbox.write("a.jsonl", serde_json::json!({"text": text, "url": "https://news.haiyu.example/1"}).to_string());
    let object = inspected(&sandbox, &["a.jsonl", "--config", &example("chinese-portal")]);
    let metadata = &object["metadata"];
    assert_eq!(metadata["authors"][0]["value"], "李明");
    assert_eq!(metadata["source"]["title"]["value"], "海嶼日報");
    assert_eq!(metadata["published"]["value"], "2017-12-05");
    assert_eq!(metadata["publisher"]["value"], "海嶼網");
    assert_eq!(roles(&object, "furniture"), ["字號：大 中 小"]);
}

#[test]
fn an_archive_with_defaults_and_a_desk_of_its_own() {
    let text = format!("Der Hafen braucht eine Brücke\n\nDienst: Jan Weber\n\n{PARAGRAPHS}");
    let sandbox = Sandbox::with(&[("in/de/a.txt", &text), ("in/en/b.txt", &text)]);
    sandbox.run(&["in", "--to", "tei", "--config", &example("agency-archive")]).exits(0);
    let tei = |name: &str| sandbox.text(&format!("output/{name}.tei.xml"));
    for name in ["de/a", "en/b"] {
        assert!(tei(name).contains("Nordvik Press Agency. For research use only."), "{name}");
    }
    assert!(tei("de/a").contains("<editor>") && !tei("en/b").contains("<editor>"));
}

#[test]
fn mistakes_stop_the_run_with_their_place() {
    let sandbox = Sandbox::with(&[("a.txt", PARAGRAPHS), ("bad.toml", "[[house]]\nname = \"A\"\nfurnitur = []\n")]);
    let run = sandbox.run(&["a.txt", "--config", "bad.toml"]).exits(2);
    run.complains(&["bad.toml", "line 3, column 1", "unknown field `furnitur`"]);
    sandbox.run(&["a.txt", "--config", "none.toml"]).exits(2).complains(&["none.toml cannot be read"]);
    assert!(!sandbox.exists("output"));
}

#[test]
fn what_is_learnt_is_a_configuration_that_works() {
    let sandbox = Sandbox::new();
    for (n, what) in ["ferry", "train", "tram", "bus", "boat"].iter().enumerate() {
        let text = format!(
            "The harbour needs the {what}\n\nKlaxon: Story of the {what}\n\nFiled: 1{n}/12/2017\n\nThe {what} is late \
             again, and the town waits for it as it has waited for forty years.\n\nKeep the Post alive with {n} pounds\
             \n\nA {what} costs less than the hours that are lost without it, which everybody on the quay knows.\n"
        );
        sandbox.write(&format!("in/post/{n}.txt"), text);
    }
    sandbox.write("in/else/a.txt", PARAGRAPHS);
    let learnt = sandbox.run(&["learn", "in"]).exits(0).text().to_owned();
    assert!(learnt.contains("paths = [\"post/**\"]"), "{learnt}");
    assert!(learnt.contains("furniture = [\n    'Keep the Post alive with \\d+ pounds', # in 5\n]\n"), "{learnt}");
    assert!(learnt.contains("# else: 1 of its texts"), "{learnt}");
    assert!(learnt.contains("Klaxon") && learnt.contains("# Which field is it?"), "{learnt}");
    sandbox.write("papers.toml", &learnt);
    sandbox.run(&["in", "--to", "tei", "--config", "papers.toml"]).exits(0);
    let tei = sandbox.text("output/post/3.tei.xml");
    assert!(tei.contains("<ab type=\"boilerplate\">Keep the Post alive with 3 pounds</ab>"), "{tei}");
    sandbox.write("void/empty.bin", "");
    sandbox.run(&["learn", "void"]).exits(2).complains(&["none of the inputs"]);
}
