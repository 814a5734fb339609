//! The archive layer: lopdf's objects behind the few operations that the writer needs, and the saving of the
//! file (ISO 32000-1 §7.5, with object and cross-reference streams).
//!
//! Objects that printpdf writes and PDF/A forbids or nobody needs are taken out on the way in, and their
//! numbers used again, so that the file has no free entries.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use sha2::{Digest as _, Sha256};

use crate::typeset::Length;
use crate::write::WriteError;

/// A PDF file in the making.
pub(super) struct Archive {
    document: lopdf::Document,
    /// The page objects in order.
    pub pages: Vec<ObjectId>,
    /// The resources of all pages.
    resources: ObjectId,
    free: Vec<ObjectId>,
}

/// A failure that only a defect of ours or of lopdf explains.
fn failed(error: impl std::fmt::Display) -> WriteError {
    WriteError::Library { library: "lopdf", reason: error.to_string() }
}

impl Archive {
    /// Takes printpdf's objects over.
    pub fn new(mut document: lopdf::Document, width: Length, height: Length) -> Result<Self, WriteError> {
        document.version = "1.7".to_owned();
        let pages = document.get_pages().into_values().collect();
        let mut archive = Self { document, pages, resources: (0, 0), free: Vec::new() };
        archive.share_resources(width, height)?;
        Ok(archive)
    }

    /// One resource dictionary for all pages, with fonts only; printpdf gives each page one of its own.
    fn share_resources(&mut self, width: Length, height: Length) -> Result<(), WriteError> {
        let mut fonts = None;
        for page in self.pages.clone() {
            let resources = self.dictionary(page)?.get(b"Resources").and_then(Object::as_reference).map_err(failed)?;
            for key in [b"XObject".as_slice(), b"ExtGState", b"Shading"] {
                if let Ok(id) = self.dictionary(resources)?.get(key).and_then(Object::as_reference) {
                    self.remove(id);
                }
            }
            fonts = self.dictionary(resources)?.get(b"Font").ok().cloned().or(fonts);
            self.remove(resources);
        }
        let shared = self.add(dictionary! { "Font" => fonts.unwrap_or(Object::Null) });
        self.resources = shared;
        let media_box: Vec<Object> = [0, 0, width, height].map(number).into();
        for page in self.pages.clone() {
            let page = self.dictionary_mut(page)?;
            let contents = page.get(b"Contents").and_then(Object::as_reference).map_err(failed)?;
            page.set("Resources", shared);
            page.set("MediaBox", media_box.clone());
            for key in [b"TrimBox".as_slice(), b"CropBox", b"Annots"] {
                page.remove(key);
            }
            if let Ok(Object::Stream(stream)) = self.document.get_object_mut(contents) {
                join_strings(&mut stream.content);
            }
        }
        Ok(())
    }

    /// The dictionary of a font by its name in the pages' resources.
    pub fn font(&mut self, name: &str) -> Result<&mut Dictionary, WriteError> {
        let fonts = self.dictionary(self.resources)?.get(b"Font").map_err(failed)?;
        let (_, fonts) = self.document.dereference(fonts).map_err(failed)?;
        let font = fonts.as_dict().and_then(|fonts| fonts.get(name.as_bytes())).and_then(Object::as_reference);
        self.dictionary_mut(font.map_err(failed)?)
    }

    /// The one descendant of a composite font.
    pub fn descendant_font(&mut self, name: &str) -> Result<&mut Dictionary, WriteError> {
        let fonts = self.font(name)?.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).map_err(failed)?;
        let first = fonts.first_mut().ok_or_else(|| failed("a composite font without a descendant"))?;
        first.as_dict_mut().map_err(failed)
    }

    /// The descriptor of a font; the program that printpdf gave it is taken out.
    pub fn font_descriptor(&mut self, name: &str) -> Result<&mut Dictionary, WriteError> {
        let descriptor = self.descendant_font(name)?.get(b"FontDescriptor").and_then(Object::as_reference);
        let descriptor = descriptor.map_err(failed)?;
        if let Ok(program) = self.dictionary(descriptor)?.get(b"FontFile2").and_then(Object::as_reference) {
            self.remove(program);
        }
        self.dictionary_mut(descriptor)
    }

    /// Puts the font's ToUnicode in the place of printpdf's.
    pub fn set_to_unicode(&mut self, font: &str, map: Stream) -> Result<(), WriteError> {
        let id = self.font(font)?.get(b"ToUnicode").and_then(Object::as_reference).map_err(failed)?;
        self.set(id, map);
        Ok(())
    }

    /// A new object.
    pub fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.reserve();
        self.set(id, object);
        id
    }

    /// A number for an object that is set later.
    pub fn reserve(&mut self) -> ObjectId {
        self.free.pop().unwrap_or_else(|| self.document.new_object_id())
    }

    /// Sets the object of a reserved number.
    pub fn set(&mut self, id: ObjectId, object: impl Into<Object>) {
        self.document.objects.insert(id, object.into());
    }

    fn remove(&mut self, id: ObjectId) {
        if self.document.objects.remove(&id).is_some() {
            self.free.push(id);
        }
    }

    fn dictionary(&self, id: ObjectId) -> Result<&Dictionary, WriteError> {
        self.document.get_dictionary(id).map_err(failed)
    }

    /// The dictionary of an object.
    pub fn dictionary_mut(&mut self, id: ObjectId) -> Result<&mut Dictionary, WriteError> {
        self.document.get_object_mut(id).and_then(Object::as_dict_mut).map_err(failed)
    }

    /// The document catalogue (ISO 32000-1 §7.7.2).
    pub fn catalog(&mut self) -> Result<&mut Dictionary, WriteError> {
        self.document.catalog_mut().map_err(failed)
    }

    /// SHA-256 of every stream and of `more`.
    pub fn content_digest(&self, more: &[u8]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        for object in self.document.objects.values() {
            if let Object::Stream(stream) = object {
                hasher.update((stream.content.len() as u64).to_be_bytes());
                hasher.update(&stream.content);
            }
        }
        hasher.update(more);
        hasher.finalize().into()
    }

    /// The information dictionary and the file identifier (ISO 32000-1 §14.3.3, §14.4).
    pub fn set_trailer(&mut self, info: Dictionary, id: &[u8]) {
        if let Ok(old) = self.document.trailer.get(b"Info").and_then(Object::as_reference) {
            self.set(old, info);
        }
        let id = Object::String(id.to_vec(), StringFormat::Hexadecimal);
        self.document.trailer.set("ID", vec![id.clone(), id]);
    }

    /// The bytes of the file.
    pub fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        let mut deflate = Compress::new(Compression::new(6), true);
        for object in self.document.objects.values_mut() {
            if let Object::Stream(stream) = object {
                compress(stream, &mut deflate)?;
            }
        }
        // One object stream: repeated keys compress best together.
        let options = SaveOptions::builder()
            .use_object_streams(true)
            .use_xref_streams(true)
            .max_objects_per_stream(usize::MAX)
            .compression_level(6)
            .build();
        let mut bytes = Vec::with_capacity(64 << 10);
        self.document.save_with_options(&mut bytes, options)?;
        Ok(bytes)
    }
}

/// Compresses a stream once, at level 6; metadata stays readable for programs that know no PDF.
fn compress(stream: &mut Stream, deflate: &mut Compress) -> Result<(), WriteError> {
    let is_metadata = stream.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|n| n == b"Metadata");
    if is_metadata || stream.dict.has(b"Filter") {
        return Ok(());
    }
    // The compressor's tables are larger than most streams, so one serves all.
    deflate.reset();
    let mut compressed = Vec::with_capacity(stream.content.len() / 2 + 64);
    loop {
        let read = usize::try_from(deflate.total_in()).map_err(failed)?;
        let rest = &stream.content[read..];
        match deflate.compress_vec(rest, &mut compressed, FlushCompress::Finish).map_err(failed)? {
            Status::StreamEnd => break,
            Status::Ok | Status::BufError => compressed.reserve(compressed.capacity().max(64)),
        }
    }
    stream.dict.set("Filter", "FlateDecode");
    stream.set_content(compressed);
    Ok(())
}

/// printpdf writes each glyph as a string of its own; neighbours become one. Our content streams hold strings
/// in hexadecimal only, and no dictionary begins or ends beside one, so `><` stands nowhere else.
fn join_strings(content: &mut Vec<u8>) {
    let (mut kept, mut read) = (0, 0);
    while read < content.len() {
        if content[read] == b'>' && content.get(read + 1) == Some(&b'<') {
            read += 2;
            continue;
        }
        content[kept] = content[read];
        kept += 1;
        read += 1;
    }
    content.truncate(kept);
}

/// A number in points.
pub(super) fn number(length: Length) -> Object {
    let thousandths = (length + 50) / 100;
    if thousandths % 1000 == 0 {
        Object::Integer(thousandths / 1000)
    } else {
        Object::Real(thousandths as f32 / 1000.0)
    }
}

/// A text string (ISO 32000-1 §7.9.2.2).
pub(super) fn text_string(text: &str) -> Object {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
    } else {
        Object::String(utf16(text), StringFormat::Hexadecimal)
    }
}

/// UTF-16BE with its byte order mark.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_be_bytes).collect()
}
