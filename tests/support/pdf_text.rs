//! A reader of our PDFs for tests, over lopdf: follows the structure tree to marked content, and glyphs through
//! ToUnicode and ActualText to text. It knows only what the writer writes, and panics on anything else.

#![allow(dead_code, reason = "each test that includes this file uses a part of it")]

use std::collections::{BTreeMap, HashMap};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// What a PDF says in the order of its structure.
#[derive(Debug, Default)]
pub struct PdfText {
    /// The document's text; blocks are separated by one LF.
    pub document: String,
    /// Text in elements of the class `Generated`, one entry an element.
    pub generated: Vec<String>,
    /// Text of artifacts, page by page.
    pub artifacts: Vec<String>,
    /// Structure types in document order, indented by depth.
    pub structure: Vec<String>,
    /// Languages of elements that state one, with their text.
    pub languages: Vec<(String, String)>,
}

/// Reads a PDF and checks on the way that marked content and parent tree agree.
pub fn read(bytes: &[u8]) -> PdfText {
    let pdf = Document::load_mem(bytes).expect("lopdf reads the file");
    let catalog = pdf.catalog().expect("a catalogue");
    let root = dictionary(&pdf, catalog.get(b"StructTreeRoot").expect("a structure tree"));
    let pages: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    let mut reader = Reader { pdf: &pdf, content: BTreeMap::new(), seen: HashMap::new(), text: PdfText::default() };
    for &page in &pages {
        reader.read_page(page);
    }
    let top = root.get(b"K").and_then(Object::as_reference).expect("one top element");
    reader.element(top, 0, false, pages[0]);
    check_parent_tree(&pdf, root, &pages, &reader.seen);
    for (page, sequences) in &reader.content {
        for mcid in sequences.keys() {
            assert!(reader.seen.contains_key(&(*page, *mcid)), "MCID {mcid} is in no element");
        }
    }
    reader.text
}

struct Reader<'a> {
    pdf: &'a Document,
    /// Page to MCID to text.
    content: BTreeMap<ObjectId, BTreeMap<i64, String>>,
    /// Which element holds which marked content.
    seen: HashMap<(ObjectId, i64), ObjectId>,
    text: PdfText,
}

const BLOCKS: &[&str] =
    &["H1", "H2", "H3", "H4", "H5", "H6", "P", "Lbl", "LBody", "TH", "TD", "Caption", "BlockQuote", "Note"];

impl Reader<'_> {
    fn element(&mut self, id: ObjectId, depth: usize, generated: bool, page: ObjectId) {
        let element = self.pdf.get_dictionary(id).expect("an element");
        let kind = name(element.get(b"S").expect("a structure type"));
        self.text.structure.push(format!("{}{kind}", "  ".repeat(depth)));
        let begins = element.get(b"C").is_ok();
        if begins {
            self.text.generated.push(String::new());
        }
        let generated = generated || begins;
        if BLOCKS.contains(&kind.as_str()) {
            self.end_block(generated);
        }
        let page = element.get(b"Pg").and_then(Object::as_reference).unwrap_or(page);
        let start = self.text.document.len();
        for kid in kids(element) {
            self.kid(&kid, id, depth, generated, page);
        }
        if let Ok(language) = element.get(b"Lang").and_then(Object::as_str) {
            let language = String::from_utf8(language.to_vec()).expect("an ASCII tag");
            self.text.languages.push((language, self.text.document[start..].to_owned()));
        }
        if BLOCKS.contains(&kind.as_str()) {
            self.end_block(generated);
        }
    }

    fn kid(&mut self, kid: &Object, parent: ObjectId, depth: usize, generated: bool, page: ObjectId) {
        match kid {
            Object::Integer(mcid) => self.sequence(page, *mcid, parent, generated),
            Object::Reference(id) => {
                let child = self.pdf.get_dictionary(*id).expect("a child");
                assert_eq!(child.get(b"P").and_then(Object::as_reference).ok(), Some(parent), "P of a child");
                self.element(*id, depth + 1, generated, page);
            }
            Object::Dictionary(d) => match name(d.get(b"Type").expect("a type")).as_str() {
                "MCR" => {
                    let page = d.get(b"Pg").and_then(Object::as_reference).expect("a page");
                    let mcid = d.get(b"MCID").and_then(Object::as_i64).expect("an MCID");
                    self.sequence(page, mcid, parent, generated);
                }
                "OBJR" => {
                    let annotation = dictionary(self.pdf, d.get(b"Obj").expect("an object"));
                    assert!(annotation.has(b"Contents") && annotation.has(b"StructParent"));
                }
                other => panic!("unknown kid {other}"),
            },
            other => panic!("unknown kid {other:?}"),
        }
    }

    fn sequence(&mut self, page: ObjectId, mcid: i64, element: ObjectId, generated: bool) {
        assert!(self.seen.insert((page, mcid), element).is_none(), "MCID {mcid} stands in two elements");
        let text = self.content[&page][&mcid].clone();
        match (generated, self.text.generated.last_mut()) {
            (true, Some(last)) => last.push_str(&text),
            _ => self.text.document.push_str(&text),
        }
    }

    fn end_block(&mut self, generated: bool) {
        if !generated && !self.text.document.is_empty() && !self.text.document.ends_with('\n') {
            self.text.document.push('\n');
        }
    }

    /// Collects the text of each marked-content sequence of a page.
    fn read_page(&mut self, page: ObjectId) {
        let fonts = to_unicode(self.pdf, page);
        let content = Content::decode(&self.pdf.get_page_content(page)).expect("operators");
        let sequences = self.content.entry(page).or_default();
        let (mut mcid, mut is_artifact, mut actual, mut font) = (None, false, false, String::new());
        let (mut artifact, mut said) = (String::new(), String::new());
        let mut depth = 0;
        for operation in content.operations {
            match operation.operator.as_str() {
                "BDC" => {
                    depth += 1;
                    let properties = operation.operands[1].as_dict().expect("inline properties");
                    if let Ok(id) = properties.get(b"MCID").and_then(Object::as_i64) {
                        assert_eq!(depth, 1, "marked content with an MCID inside another");
                        mcid = Some(id);
                        assert_eq!(id, sequences.len() as i64, "MCIDs count from 0");
                        sequences.insert(id, String::new());
                        if let Ok(text) = properties.get(b"ActualText") {
                            actual = true;
                            push(&text_string(text), mcid, is_artifact, sequences, &mut artifact);
                        }
                    } else if name(&operation.operands[0]) == "Artifact" {
                        is_artifact = true;
                    } else {
                        panic!("marked content that belongs to nothing");
                    }
                }
                "EMC" => {
                    depth -= 1;
                    // Readers that know no ActualText find the same in the codes, but for what ToUnicode must not say.
                    if let (true, Some(id)) = (actual && !said.contains('\u{FFFD}'), mcid) {
                        assert_eq!(said, sequences[&id]);
                    }
                    said.clear();
                    (mcid, is_artifact, actual) = (None, false, false);
                }
                "Tf" => font = name(&operation.operands[0]),
                "TJ" => {
                    for part in operation.operands[0].as_array().expect("an array") {
                        let Ok(codes) = part.as_str() else { continue };
                        for code in codes.chunks(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            assert_ne!(code, 0, ".notdef is shown");
                            let text = fonts[&font].get(&code).expect("every glyph has a ToUnicode entry");
                            if actual {
                                said.push_str(text);
                            } else {
                                push(text, mcid, is_artifact, sequences, &mut artifact);
                            }
                        }
                    }
                }
                // Places, the weight of letters, and rules.
                "BT" | "ET" | "Tm" | "Tr" | "w" | "m" | "l" | "S" => {}
                other => panic!("unknown operator {other}"),
            }
        }
        assert_eq!(depth, 0, "marked content is balanced");
        self.text.artifacts.push(artifact);
    }
}

fn push(
    text: &str,
    mcid: Option<i64>,
    is_artifact: bool,
    sequences: &mut BTreeMap<i64, String>,
    artifact: &mut String,
) {
    match mcid {
        Some(id) => sequences.get_mut(&id).expect("an open sequence").push_str(text),
        None => {
            assert!(is_artifact, "text outside marked content: {text}");
            artifact.push_str(text);
        }
    }
}

/// ISO 32000-1 §14.7.4.4: each page's array and each annotation's key lead back to the elements.
fn check_parent_tree(pdf: &Document, root: &Dictionary, pages: &[ObjectId], seen: &HashMap<(ObjectId, i64), ObjectId>) {
    let tree = dictionary(pdf, root.get(b"ParentTree").expect("a parent tree"));
    let numbers = tree.get(b"Nums").and_then(Object::as_array).expect("numbers");
    let parents: BTreeMap<i64, &Object> =
        numbers.chunks(2).map(|pair| (pair[0].as_i64().expect("a key"), &pair[1])).collect();
    for &page in pages {
        let dictionary = pdf.get_dictionary(page).expect("a page");
        let key = dictionary.get(b"StructParents").and_then(Object::as_i64).expect("StructParents");
        for (mcid, parent) in parents[&key].as_array().expect("an array").iter().enumerate() {
            assert_eq!(parent.as_reference().ok(), seen.get(&(page, mcid as i64)).copied(), "parent of MCID {mcid}");
        }
        let Ok(annotations) = dictionary.get(b"Annots").and_then(Object::as_array) else { continue };
        assert_eq!(dictionary.get(b"Tabs").map(name).ok().as_deref(), Some("S"));
        for annotation in annotations {
            let annotation = self::dictionary(pdf, annotation);
            let key = annotation.get(b"StructParent").and_then(Object::as_i64).expect("StructParent");
            let element = self::dictionary(pdf, parents[&key]);
            assert_eq!(name(element.get(b"S").expect("a type")), "Link");
        }
    }
}

/// Font name to code to text.
fn to_unicode(pdf: &Document, page: ObjectId) -> HashMap<String, HashMap<u16, String>> {
    let page = pdf.get_dictionary(page).expect("a page");
    let resources = dictionary(pdf, page.get(b"Resources").expect("resources"));
    let fonts = dictionary(pdf, resources.get(b"Font").expect("fonts"));
    let read = |font: &Object| {
        let stream = dictionary(pdf, font).get(b"ToUnicode").and_then(Object::as_reference).expect("ToUnicode");
        let stream = pdf.get_object(stream).and_then(Object::as_stream).expect("a stream");
        let cmap = String::from_utf8(stream.decompressed_content().expect("deflate")).expect("ASCII");
        bfchars(&cmap)
    };
    fonts.iter().map(|(key, font)| (String::from_utf8_lossy(key).into_owned(), read(font))).collect()
}

fn bfchars(cmap: &str) -> HashMap<u16, String> {
    let mut map = HashMap::new();
    let mut inside = false;
    for line in cmap.lines() {
        if line.ends_with("beginbfchar") || line.ends_with("endbfchar") {
            inside = line.ends_with("beginbfchar");
        } else if inside {
            let (code, text) = line.split_once("> <").expect("two strings");
            let units: Vec<u16> = text
                .trim_end_matches('>')
                .as_bytes()
                .chunks(4)
                .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).expect("ASCII"), 16).expect("hex"))
                .collect();
            let code = u16::from_str_radix(code.trim_start_matches('<'), 16).expect("hex");
            map.insert(code, String::from_utf16(&units).expect("UTF-16"));
        }
    }
    map
}

fn kids(element: &Dictionary) -> Vec<Object> {
    match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(only) => vec![only.clone()],
        Err(_) => Vec::new(),
    }
}

fn dictionary<'a>(pdf: &'a Document, object: &'a Object) -> &'a Dictionary {
    match object {
        Object::Reference(id) => pdf.get_dictionary(*id).expect("a dictionary"),
        Object::Dictionary(dictionary) => dictionary,
        other => panic!("{other:?} is no dictionary"),
    }
}

fn name(object: &Object) -> String {
    String::from_utf8_lossy(object.as_name().expect("a name")).into_owned()
}

/// ISO 32000-1 §7.9.2.2.
pub fn text_string(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => {
            let units: Vec<u16> = units.chunks(2).map(|u| u16::from_be_bytes([u[0], u[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => String::from_utf8(bytes.to_vec()).expect("ASCII"),
    }
}
