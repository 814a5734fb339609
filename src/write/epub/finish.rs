//! The finishing pass: a packed book in, the same book with our own package document, navigation and NCX out.
//!
//! OCF ZIP container (EPUB 3.3 §4.3): `mimetype` first and stored, the other entries in one fixed order, all with
//! the same time and permissions, so that equal content gives equal bytes. Entries that stay are copied as they
//! were compressed.

use std::io::{Cursor, Write};

use chrono::{DateTime, Datelike, Timelike, Utc};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::fonts::Fonts;
use super::{ARTICLE, COLOPHON, NAVIGATION, NCX, STYLESHEET};

/// Where epub-builder's container document says that the package document is.
pub(super) const PACKAGE: &str = "content.opf";
/// The folder of the package document.
pub(super) const FOLDER: &str = "OEBPS/";
/// Read by everybody, written by the owner.
pub(super) const PERMISSIONS: u32 = 0o644;

/// The parts that replace those of epub-builder.
pub(super) struct Own {
    pub(super) package: Vec<u8>,
    pub(super) navigation: Vec<u8>,
    pub(super) ncx: Vec<u8>,
}

/// The finished book.
pub(super) fn finish(packed: &[u8], own: &Own, fonts: &Fonts, time: DateTime<Utc>) -> ZipResult<Vec<u8>> {
    let time = dos_time(time);
    let mut source = ZipArchive::new(Cursor::new(packed))?;
    let mut target = ZipWriter::new(Cursor::new(Vec::with_capacity(packed.len() + 4096)));
    let options = SimpleFileOptions::default().last_modified_time(time).unix_permissions(PERMISSIONS);
    // EPUB 3.3 §4.3.3: `mimetype` is the first entry, neither compressed nor with an extra field.
    target.start_file("mimetype", options.compression_method(CompressionMethod::Stored))?;
    target.write_all(super::FORMAT.media_type.as_bytes())?;
    target.raw_copy_file_touch(source.by_name("META-INF/container.xml")?, time, Some(PERMISSIONS))?;
    for (name, bytes) in [(PACKAGE, &own.package), (NAVIGATION, &own.navigation), (NCX, &own.ncx)] {
        target.start_file([FOLDER, name].concat(), options.compression_method(CompressionMethod::Deflated))?;
        target.write_all(bytes)?;
    }
    let fonts = fonts.files.iter().map(|font| font.href.as_str());
    for name in [STYLESHEET, ARTICLE, COLOPHON].into_iter().chain(fonts) {
        target.raw_copy_file_touch(source.by_name(&[FOLDER, name].concat())?, time, Some(PERMISSIONS))?;
    }
    Ok(target.finish()?.into_inner())
}

/// The time of the entries. A DOS time counts two-second steps from 1980 to 2107; others are moved to its ends.
pub(super) fn dos_time(time: DateTime<Utc>) -> zip::DateTime {
    let year = u16::try_from(time.year().max(0)).unwrap_or(u16::MAX);
    let part = |value: u32| u8::try_from(value).unwrap_or_default();
    let exact = || {
        let (month, day) = (part(time.month()), part(time.day()));
        // A leap second counts as second 59 of chrono; the format has no odd seconds.
        let second = part(time.second()) & !1;
        zip::DateTime::from_date_and_time(year, month, day, part(time.hour()), part(time.minute()), second)
    };
    let last = || zip::DateTime::from_date_and_time(2107, 12, 31, 23, 59, 58);
    let result = match year {
        ..1980 => Ok(zip::DateTime::default()),
        1980..=2107 => exact(),
        2108.. => last(),
    };
    result.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_stay_inside_what_dos_can_say() {
        let year = |seconds| dos_time(DateTime::from_timestamp(seconds, 0).unwrap());
        assert_eq!(year(0), zip::DateTime::default());
        assert_eq!(year(-90_000_000_000), zip::DateTime::default());
        assert_eq!(year(1_795_392_001).to_string(), "2026-11-23 00:00:00");
        assert_eq!(year(9_000_000_000).to_string(), "2107-12-31 23:59:58");
    }
}
