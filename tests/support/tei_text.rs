//! What the tests ask of a TEI file beside what its own reader gives.

use std::collections::BTreeSet;

use oped_convert::write::tei::tree::Node;

/// Every `xml:id`; panics where one stands twice.
pub fn ids(tei: &Node) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    for id in tei.all().into_iter().filter_map(|node| node.attribute("xml:id")) {
        assert!(ids.insert(id), "{id} stands twice");
    }
    ids
}

/// Every pointer into the document itself, without its `#`.
pub fn internal_pointers(tei: &Node) -> Vec<&str> {
    let pointing = ["target", "ref", "resp", "who", "scheme", "corresp"];
    let values = tei.all().into_iter().flat_map(|node| &node.attributes);
    let values = values.filter(|(key, _)| pointing.contains(&key.as_str()));
    values.flat_map(|(_, value)| value.split(' ')).filter_map(|pointer| pointer.strip_prefix('#')).collect()
}
