//! `--tei-corpus`: all articles of a run in one file.

use std::collections::BTreeSet;

use oped_convert::write::tei::parse;
use oped_convert::write::tei::tree::Node;

use crate::sandbox::{Sandbox, codes};

const CORPUS: &str = "all/corpus.tei.xml";

/// Five inputs in two folders.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with(&[]);
    for number in 1..=5 {
        let damaged = if number % 2 == 0 { "t’s" } else { "tâ€™s" };
        let text = format!(
            "Bridge {number} is late\n\nBy Ada Holm\n\nI{damaged} a bridge, and the town waits for it as it has waited \
             for forty years, number {number} of them.\n"
        );
        sandbox.write(&format!("in/{}/{number}.txt", number % 2), text);
    }
    sandbox
}

fn members(sandbox: &Sandbox) -> Vec<Node> {
    let corpus = Node::parse(&sandbox.text(CORPUS)).unwrap();
    assert_eq!(corpus.name, "teiCorpus");
    let mut ids = BTreeSet::new();
    for id in corpus.all().into_iter().filter_map(|node| node.attribute("xml:id")) {
        assert!(ids.insert(id.to_owned()), "{id} stands twice");
    }
    corpus.elements().filter(|node| node.name == "TEI").cloned().collect()
}

#[test]
fn a_corpus_holds_what_the_single_files_hold() {
    let sandbox = sandbox();
    sandbox.run(&["in", "--to", "tei", "--tei-corpus", CORPUS]).exits(0);
    let single: Vec<_> = ["0/2", "0/4", "1/1", "1/3", "1/5"]
        .iter()
        .map(|name| parse::read(&sandbox.text(&format!("output/{name}.tei.xml"))).unwrap())
        .collect();
    let members: Vec<_> = members(&sandbox).iter().map(|node| parse::read_element(node).unwrap()).collect();
    assert_eq!(members, single);
    assert!(members.iter().any(|member| !member.repairs.is_empty()));
    let corpus = Node::parse(&sandbox.text(CORPUS)).unwrap();
    assert_eq!(corpus.named("measure")[0].attribute("quantity"), Some("5"));
}

#[test]
fn a_corpus_alone_writes_nothing_else_and_the_same_bytes() {
    let sandbox = sandbox();
    sandbox.run(&["in", "--tei-corpus", CORPUS, "--jobs", "1"]).exits(0);
    assert_eq!(sandbox.names("output"), ["report.json"]);
    let first = sandbox.read(CORPUS);
    sandbox.run(&["in", "--tei-corpus", CORPUS, "--jobs", "4"]).exits(0);
    assert_eq!(sandbox.read(CORPUS), first);
    assert_eq!(sandbox.names("all"), ["corpus.tei.xml"], "nothing is left beside it");
}

#[test]
fn an_article_that_is_given_twice_stands_once() {
    let sandbox = sandbox();
    sandbox.write("more/1/1.txt", sandbox.read("in/1/1.txt"));
    let run = sandbox.run(&["in", "more", "--tei-corpus", CORPUS]);
    assert_eq!(members(&sandbox).len(), 5, "{run:?}");
    let report = sandbox.report();
    let told = report["inputs"].as_array().unwrap().iter().filter(|row| codes(row).contains(&"S003")).count();
    assert_eq!(told, 1);
}

#[test]
fn a_file_of_somebody_else_is_not_replaced() {
    let sandbox = sandbox();
    sandbox.write(CORPUS, "<teiCorpus>by hand</teiCorpus>");
    sandbox.run(&["in", "--tei-corpus", CORPUS]).exits(2).complains(&["corpus.tei.xml exists", "--force"]);
    sandbox.run(&["in", "--tei-corpus", CORPUS, "--force"]).exits(0);
    assert_eq!(members(&sandbox).len(), 5);
    let input = sandbox.read("in/1/1.txt");
    sandbox.run(&["in", "--tei-corpus", "in/1/1.txt", "--force"]).exits(2).complains(&["is an input of this run"]);
    assert_eq!(sandbox.read("in/1/1.txt"), input, "not even --force writes over an input");
    sandbox.run(&["in", "--tei-corpus", "dry.xml", "--dry-run"]).exits(0);
    assert!(!sandbox.exists("dry.xml"));
}
