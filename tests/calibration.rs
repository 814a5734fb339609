//! Confidences are measured on one half of the material; on the other they have to hold.

#[allow(dead_code, reason = "the example uses the rest")]
#[path = "support/calibration.rs"]
mod calibration;
#[allow(dead_code, reason = "another test uses the rest")]
#[path = "support/labelled_pages.rs"]
mod labelled_pages;
#[allow(dead_code, reason = "another test uses the rest")]
#[path = "support/metadata_cases.rs"]
mod metadata_cases;

use std::collections::BTreeMap;
use std::io::Write as _;

use calibration::{Half, Judged};
use oped_convert::document::Medium;
use oped_convert::span::Permille;

/// What a value has to be stated with to be called sure.
const SURE: Permille = Permille::new(950);

#[test]
fn what_is_stated_as_sure_is_right_and_most_of_what_is_right_is_stated_as_sure() {
    if labelled_pages::folder().is_none() {
        // Past the harness, which swallows what a test prints.
        let _ = writeln!(std::io::stderr(), "not checked: ../shared/corpus/08-labelled-pages is not here");
        return;
    }
    let judged = calibration::judged();
    let is_counted =
        |j: &&Judged| j.half == Half::Tests && j.is_taken && ["title", "authors", "published"].contains(&j.field);
    let tested: Vec<&Judged> = judged.iter().filter(is_counted).collect();
    assert!(tested.len() >= 800, "{} values", tested.len());
    let count = |is: &dyn Fn(&Judged) -> bool| tested.iter().filter(|j| is(j)).count() as f64;
    let sure = count(&|j| j.confidence >= SURE);
    let both = count(&|j| j.confidence >= SURE && j.is_right);
    assert!(both >= 0.95 * sure, "{both} of {sure} are right");
    // In a page that was printed with its menus hardly anything is sure.
    let is_told = |j: &Judged| j.is_right && j.medium != Medium::PrintedPage;
    let (told, right) = (count(&|j| is_told(j) && j.confidence >= SURE), count(&is_told));
    assert!(told >= 0.60 * right, "{told} of {right} are stated as sure");
    // And what is stated there is right about as often as its confidence says.
    let printed = || tested.iter().filter(|j| j.medium == Medium::PrintedPage);
    let stated = printed().map(|j| f64::from(j.confidence.get()) / 1000.0).sum::<f64>();
    let right = printed().filter(|j| j.is_right).count() as f64;
    assert!(right >= 0.95 * stated, "{right} are right of {stated:.0} that should be");
}

#[test]
fn few_labels_are_left_out_and_each_says_why() {
    let rows = include_str!("labels.tsv").lines().skip(1);
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [page, field, reason, line] = cells[..] else { panic!("{row}") };
        assert!(["title", "authors", "date"].contains(&field) && !reason.is_empty() && !line.is_empty(), "{row}");
        assert!(seen.last().is_none_or(|last| *last < (page, field)), "sorted, once each: {row}");
        seen.push((page, field));
        *fields.entry(field).or_default() += 1;
    }
    let Some(folder) = labelled_pages::folder() else { return };
    let pages = labelled_pages::pages(&folder);
    for (field, left_out) in fields {
        let labelled = pages.iter().filter(|page| match field {
            "title" => page.title.is_some(),
            "authors" => page.authors.is_some(),
            _ => page.date.is_some(),
        });
        assert!(left_out as f64 <= 0.15 * labelled.count() as f64, "{left_out} labels of {field}");
    }
    assert!(seen.iter().all(|(file, _)| pages.iter().any(|page| page.file == *file)), "a page is not there");
}
