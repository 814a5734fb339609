//! Tokens of html5gum, with their places, to the tokens of html5ever.

use std::convert::Infallible;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{Attribute, LocalName, QualName};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State};

use dom_query::NodeId;

use super::left_out::{LeftOut, Limits, breaks_out, holds_raw_text, opens_nothing};
use super::page::{Piece, TagPlace, within};
use super::tree::Sink;

type Builder = TreeBuilder<NodeId, Sink>;

/// An emitter that notes which stretch of the source each stretch of text was read from.
pub(super) struct Placing<'a> {
    inner: CallbackEmitter<Forwarding<'a>, Infallible, usize>,
    source: &'a str,
    position: usize,
}

impl<'a> Placing<'a> {
    pub(super) fn new(builder: &'a Builder, source: &'a str, limits: Limits) -> Self {
        let forwarding = Forwarding {
            builder,
            limits,
            tag: None,
            attributes: Vec::new(),
            tag_start: 0,
            next_state: None,
            text: Vec::new(),
            read_to: 0,
            is_raw_text: false,
            left_out: LeftOut::default(),
        };
        Self { inner: CallbackEmitter::new(forwarding), source, position: 0 }
    }
}

impl ForwardingEmitter for Placing<'_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.inner
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
        self.inner.move_position(offset);
    }

    fn init_string(&mut self) {
        let forwarding = self.inner.callback_mut();
        if forwarding.text.is_empty() {
            forwarding.read_to = self.position;
        }
        self.inner.init_string();
    }

    fn emit_string(&mut self, text: &[u8]) {
        let end = self.position.min(self.source.len());
        let forwarding = self.inner.callback_mut();
        let copied = end.checked_sub(text.len()).filter(|start| &self.source.as_bytes()[*start..end] == text);
        // What does not stand there as it is was a reference, a carriage return or a NUL.
        let start = copied.unwrap_or_else(|| forwarding.read_to.min(end));
        let at = forwarding.text.last().map_or(0, |p| p.text.end);
        // Behind a reference the tokenizer gives the first byte alone: characters are not to be cut.
        let joined = forwarding.text.last_mut().filter(|p| {
            copied.is_some() && p.text.len() == p.source.len() && p.source.end == start && p.text.end == at
        });
        match joined {
            Some(last) => {
                last.text.end += text.len();
                last.source.end = end;
            }
            None => forwarding.text.push(Piece { text: at..at + text.len(), source: start..end }),
        }
        forwarding.read_to = end;
        self.inner.emit_string(text);
    }

    fn emit_eof(&mut self) {
        self.inner.emit_eof();
        let builder = self.inner.callback_mut().builder;
        let _ = builder.process_token(Token::EOFToken, 1);
        builder.end();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        // The inner emitter has no states of its own.
        let _ = self.inner.emit_current_tag();
        let forwarding = self.inner.callback_mut();
        forwarding.read_to = self.position;
        forwarding.next_state.take()
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        // The tokenizer asks because of `<![CDATA[`, which is text in foreign content, also in such as was left out.
        let forwarding = self.inner.callback_mut();
        forwarding.left_out.is_foreign() || forwarding.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// What the inner emitter calls.
struct Forwarding<'a> {
    builder: &'a Builder,
    limits: Limits,
    tag: Option<Tag>,
    attributes: Vec<(LocalName, Range<usize>)>,
    tag_start: usize,
    next_state: Option<State>,
    /// The stretches of the text that is being read; contiguous from 0.
    text: Vec<Piece>,
    /// The end of the source that was read as text.
    read_to: usize,
    /// The tree construction reads raw text: it takes nothing but text and the end tag of the element that holds it.
    is_raw_text: bool,
    left_out: LeftOut,
}

fn tendril(bytes: &[u8]) -> StrTendril {
    StrTendril::from_slice(&String::from_utf8_lossy(bytes))
}

fn tag(kind: TagKind, name: &[u8]) -> Tag {
    Tag { kind, name: local_name(name), self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false }
}

fn local_name(bytes: &[u8]) -> LocalName {
    LocalName::from(&*String::from_utf8_lossy(bytes))
}

/// Attributes of a tag that are read. Generated pages have dozens.
const MOST_ATTRIBUTES: usize = 250;

impl Forwarding<'_> {
    fn process(&mut self, token: Token) {
        let result = self.builder.process_token(token, 1);
        self.is_raw_text |= matches!(result, TokenSinkResult::RawData(_));
        match result {
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => {}
            TokenSinkResult::Script(_) => self.next_state = Some(State::Data),
            TokenSinkResult::Plaintext => self.next_state = Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => self.next_state = Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => self.next_state = Some(State::RawText),
            // A script's escaped states are entered by the tokenizer alone.
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => {
                self.next_state = Some(State::ScriptData);
            }
        }
    }

    fn process_text(&mut self, value: &[u8]) {
        let text = String::from_utf8_lossy(value);
        let places = std::mem::take(&mut self.text);
        if self.left_out.hold_no_text() {
            return;
        }
        // The tokenizer gives UTF-8; anything else would have other places.
        let places = if text.len() == value.len() { places } else { Vec::new() };
        // The tree takes NUL away, or in foreign content has U+FFFD for it: what stands beside it may become one text.
        let mut done = 0;
        for part in text.split_inclusive('\0') {
            let nul = part.len() - part.trim_end_matches('\0').len();
            let end = done + part.len();
            self.give(&text, &places, done..end - nul);
            if nul > 0 {
                let place = places.get(places.partition_point(|place| place.text.end < end));
                let place = place.map(|place| within(place, &(end - nul..end), 0));
                let place = place.map(|place| Piece { text: 0..'\u{FFFD}'.len_utf8(), ..place });
                self.builder.sink.give_text("\u{FFFD}", place.as_slice());
                self.process(Token::NullCharacterToken);
            }
            done = end;
        }
    }

    /// A stretch of a text to the tree construction, with its places.
    fn give(&mut self, text: &str, places: &[Piece], stretch: Range<usize>) {
        if stretch.is_empty() {
            return;
        }
        let first = places.partition_point(|place| place.text.end <= stretch.start);
        let of_stretch = places[first..].iter().take_while(|place| place.text.start < stretch.end);
        let of_stretch: Vec<Piece> = of_stretch.map(|place| within(place, &stretch, 0)).collect();
        self.builder.sink.give_text(&text[stretch.clone()], &of_stretch);
        self.process(Token::CharacterTokens(StrTendril::from_slice(&text[stretch])));
    }

    fn process_start_tag(&mut self, mut tag: Tag, self_closing: bool, end: usize) {
        tag.self_closing = self_closing;
        let place = TagPlace { tag: self.tag_start..end, attributes: std::mem::take(&mut self.attributes) };
        let is_foreign = self.meet_open_elements();
        if self.is_taken(&tag, is_foreign) {
            self.builder.sink.give_tag(&tag.name, place);
            self.process(Token::TagToken(tag));
            self.builder.sink.end_tag();
            self.meet_open_elements();
        } else {
            self.builder.sink.leave_out();
            if !opens_nothing(&tag, is_foreign || self.left_out.is_foreign()) {
                self.left_out.open(&tag.name, self.builder.sink.innermost());
            }
        }
    }

    /// Whether a start tag goes into the tree.
    fn is_taken(&mut self, tag: &Tag, is_foreign: bool) -> bool {
        if self.left_out.is_empty() && self.builder.sink.has_room(self.limits) {
            return true;
        }
        if !is_foreign && !self.left_out.is_foreign() {
            // What a script or a style holds is read by other rules, and it is never deep.
            return holds_raw_text(&tag.name);
        }
        if !breaks_out(tag) {
            return false;
        }
        self.left_out.break_out();
        // It takes the place of the foreign content that it ends: the tree gets no deeper.
        is_foreign
    }

    fn process_end_tag(&mut self, name: &[u8]) {
        let tag = tag(TagKind::EndTag, name);
        // The end of raw text is the end of an element of the tree, whatever was left out.
        if std::mem::take(&mut self.is_raw_text) || !self.left_out.close(&tag.name) {
            self.process(Token::TagToken(tag));
            self.meet_open_elements();
        }
    }

    /// Takes notice of the elements that are open in the tree by now, and says whether start tags are read by the rules
    /// for foreign content.
    fn meet_open_elements(&mut self) -> bool {
        let sink = &self.builder.sink;
        // The tree construction keeps the stack of open elements to itself, but here it asks for the name of the
        // innermost one.
        sink.forget_innermost();
        let is_foreign = self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        sink.close_above_innermost();
        if self.left_out.around().is_some_and(|around| !sink.is_open(around)) {
            self.left_out.close_all();
        }
        is_foreign && !sink.is_at_integration_point()
    }
}

impl Callback<Infallible, usize> for Forwarding<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Some(tag(TagKind::StartTag, name));
                self.tag_start = span.start;
                self.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = self.tag.as_mut().filter(|tag| tag.attrs.len() < MOST_ATTRIBUTES) {
                    let name = QualName::new(None, html5ever::ns!(), local_name(name));
                    // The first of two attributes of one name counts; the second is read and dropped at the end.
                    tag.attrs.push(Attribute { name, value: StrTendril::new() });
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(attribute) = self.tag.as_mut().and_then(|tag| tag.attrs.last_mut()) {
                    attribute.value = tendril(value);
                    self.attributes.push((attribute.name.local.clone(), span.start..span.end));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(mut tag) = self.tag.take() {
                    drop_repeated(&mut tag.attrs);
                    self.process_start_tag(tag, self_closing, span.end);
                }
            }
            CallbackEvent::EndTag { name } => self.process_end_tag(name),
            CallbackEvent::String { value } => self.process_text(value),
            // No reader asks for comments.
            CallbackEvent::Comment { .. } | CallbackEvent::Error(_) => {}
            CallbackEvent::Doctype { name, public_identifier, system_identifier, force_quirks } => {
                self.process(Token::DoctypeToken(Doctype {
                    name: Some(name).filter(|n| !n.is_empty()).map(tendril),
                    public_id: public_identifier.map(tendril),
                    system_id: system_identifier.map(tendril),
                    force_quirks,
                }));
            }
        }
        None
    }
}

fn drop_repeated(attributes: &mut Vec<Attribute>) {
    let mut at = 1;
    while at < attributes.len() {
        if attributes[..at].iter().any(|a| a.name == attributes[at].name) {
            attributes.remove(at);
        } else {
            at += 1;
        }
    }
}
