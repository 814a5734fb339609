//! A file of any bytes, read as a container.

use std::cell::RefCell;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use oped_convert::container::{CONTAINERS, Input, InputPlace, originals};
use oped_convert::plan::{Limits, Opening, Reading};
use oped_convert::read_original;

thread_local! {
    /// In memory where the machine has such a folder: a file is written for each try.
    static FILE: RefCell<PathBuf> = RefCell::new({
        let memory = PathBuf::from("/dev/shm");
        let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
        folder.join(format!("oped-convert-fuzz-{}", std::process::id()))
    });
}

/// Reads bytes under a name: nothing panics, places are inside the file where it is not compressed, and what articles
/// there are can be read and restored. The last byte chooses the name, so that any file is a seed.
pub fn read(bytes: &[u8], names: &[&str]) {
    let name = names[usize::from(bytes.last().copied().unwrap_or_default()) % names.len()];
    FILE.with_borrow(|file| {
        fs::write(file, bytes).expect("the file is written");
        let input = Input { place: InputPlace::File(file.clone()), relative: name.to_owned(), root: String::new() };
        let opening = Opening { limits: Limits { max_bytes: 64 << 10, ..Limits::DEFAULT }, ..Opening::default() };
        let mut articles = 0;
        originals(&input, &opening, CONTAINERS, &mut |loaded| {
            let member = loaded.result.as_ref().ok().map(|original| &original.origin).or(loaded.origin.as_ref());
            let member = member.and_then(|origin| origin.member.as_ref());
            // Behind damage a member of a compressed file has no length that can be known.
            if let Some(member) = member.filter(|_| name.ends_with(".warc") || name.ends_with(".txt")) {
                assert!(member.offset <= bytes.len() as u64, "{name} {}: {member:?}", loaded.name);
            }
            if let Ok(original) = &loaded.result
                && articles < 3
            {
                articles += 1;
                let reading = read_original(original, &Reading::default());
                let restored = reading.repaired.log.restore(&reading.repaired.text);
                assert_eq!(restored.expect("a text is restored with its own log"), original.bytes[..]);
            }
            ControlFlow::Continue(())
        });
    });
}
