#!/usr/bin/env python3
"""Writes repair.jsonl: damaged texts and what they ought to become.

The clean texts are in texts/<language>.json and texts/keep.json. Every case is
made by encoding a clean text and decoding the bytes with another encoding (or
by leaving the bytes as they are), and is kept only if the damage is visible
and can be undone exactly. Nothing here is random: the same texts always give
the same cases.

    make_repair_cases.py               writes repair.jsonl (a selection)
    make_repair_cases.py --all FILE    also writes every case to FILE

A case is one line: {"id", "family", "language", "original" or "original_hex",
"expected", "expect"}. Those that known_failures.txt names, one id a line, are
expected to fail: the test breaks on the day that one of them passes.
"""

import argparse
import html.entities
import json
import re
import sys
import unicodedata
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "texts"
LANGUAGES = (
    "en fr de es pt it nl sv da nb fi pl cs sk hu ro tr lt lv hr vi ru uk bg el "
    "ar he fa hi th zh-Hans zh-Hant ja ko"
).split()

WESTERN = "en fr de es pt it nl sv da nb fi".split()
CENTRAL = "pl cs sk hu ro hr".split()
CYRILLIC = "ru uk bg".split()
BALTIC = "lt lv".split()


# ---------------------------------------------------------------- encodings
#
# Names are the usual ones; the codec behind each is the one browsers mean by
# it. Single-byte decoding is sloppy: a byte the page leaves undefined shows
# as the C1 control of the same number, so that decoding never fails.

CODECS = {
    "utf8": "utf-8",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "windows-1252": "cp1252",
    "windows-1253": "cp1253", "windows-1254": "cp1254", "windows-1255": "cp1255",
    "windows-1256": "cp1256", "windows-1257": "cp1257", "windows-1258": "cp1258",
    "windows-874": "cp874",
    "iso-8859-1": "latin-1", "iso-8859-2": "iso8859_2", "iso-8859-5": "iso8859_5",
    "iso-8859-7": "iso8859_7", "iso-8859-8": "iso8859_8", "iso-8859-9": "iso8859_9",
    "iso-8859-15": "iso8859_15",
    "koi8-r": "koi8_r", "koi8-u": "koi8_u",
    "macintosh": "mac_roman", "mac-cyrillic": "mac_cyrillic",
    "ibm437": "cp437", "ibm850": "cp850", "ibm855": "cp855", "ibm866": "cp866",
    "gbk": "gbk", "gb18030": "gb18030", "big5": "cp950", "shift_jis": "cp932",
    "euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp", "euc-kr": "cp949",
}
MULTIBYTE = {"utf8", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr"}


def sloppy_table(codec):
    table = []
    for byte in range(256):
        try:
            table.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            table.append(chr(byte))
    return table


TABLES = {name: sloppy_table(codec) for name, codec in CODECS.items() if name not in MULTIBYTE}
INVERSE = {name: {c: b for b, c in reversed(list(enumerate(t)))} for name, t in TABLES.items()}


def encode_char_ok(char, name):
    """Whether an encoding has the character (C1 controls of sloppy pages aside)."""
    if name in TABLES:
        if char not in INVERSE[name]:
            return False
        return name == "iso-8859-1" or not 0x80 <= ord(char) < 0xA0
    try:
        char.encode(CODECS[name])
        return True
    except UnicodeEncodeError:
        return False


def encode(text, name):
    """Bytes of the text, or None."""
    if name in TABLES:
        inverse = INVERSE[name]
        if any(c not in inverse for c in text):
            return None
        return bytes(inverse[c] for c in text)
    try:
        data = text.encode(CODECS[name])
        # Only the part of Big5 on which its dialects agree.
        if name == "big5" and text.encode("big5hkscs") != data:
            return None
    except UnicodeEncodeError:
        return None
    return data


def decode(data, name):
    """Text of the bytes, or None where the encoding does not allow them."""
    if name in TABLES:
        table = TABLES[name]
        return "".join(table[b] for b in data)
    try:
        text = data.decode(CODECS[name])
        if name == "gb18030":
            text.encode("gbk")
        if name == "big5" and data.decode("big5hkscs") != text:
            return None
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    return text


# What a typist without the character would have written.
FALLBACK = {
    "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "−": "-", "…": "...", "\u00a0": " ", "€": "EUR",
    "״": '"', "׳": "'", "־": "-",
    # Romanian before its comma letters were in any page, Persian likewise.
    "ș": "ş", "ț": "ţ", "Ș": "Ş", "Ț": "Ţ", "ی": "ي", "ٔ": "", "ۀ": "ه",
    **{chr(0x6F0 + n): str(n) for n in range(10)}, "٪": "%",
}


def fitted(text, name):
    """The text as the encoding can write it, or None."""
    out = []
    for char in text:
        if not encode_char_ok(char, name):
            char = FALLBACK.get(char)
            if char is None or not all(encode_char_ok(c, name) for c in char):
                return None
        out.append(char)
    return "".join(out)


def damage(text, steps):
    """Applies [(encode as, decode as), ...]; None unless it can be undone."""
    current = text
    for source, target in steps:
        data = encode(current, source)
        if data is None:
            return None
        current = decode(data, target)
        if current is None:
            return None
    back = current
    for source, target in reversed(steps):
        data = encode(back, target)
        back = None if data is None else decode(data, source)
        if back is None:
            return None
    return current if back == text and current != text else None


# ---------------------------------------------------- English for the chains
#
# English set by a typist whose quotation marks, dashes and spaces came from an
# East Asian font. Only punctuation is outside ASCII.

ENGLISH = [
    "CIIS　Time:12 05, 2017　Writer:Lin Haoran\n\n"
    "Asia’s trade talks are often described as “a marathon without a finish line”. "
    "That isn’t quite fair. A marathon has a route, and its runners don’t stop every mile "
    "to argue about the shoes.\n\n"
    "What the region needs is not another summit but a secretary who answers the telephone. "
    "“We can’t even agree on a calendar,” one delegate told me, and he wasn’t joking.",

    "Every spring the river board publishes a map of the places that will not flood. "
    "Every autumn some of them do. The board’s engineers aren’t fools; they simply aren’t "
    "asked the right question.\n\n"
    "“You’re paid to predict water,” a farmer said at last week’s hearing, “not to reassure us.” "
    "Nobody on the platform replied…",

    "It’s tempting to say that local newspapers died of the internet. They didn’t. "
    "They died of owners who thought a town could be reported from two hundred miles away — "
    "and of readers, myself included, who noticed too late.\n\n"
    "The last editor of the Harbour Gazette kept a note above her desk: ‘Spell the names right.’ "
    "That was her whole business plan — and it worked for thirty-one years.",

    "The new curriculum runs to 412 pages and uses the word “resilience” 96 times. "
    "It doesn’t once use the word “boredom”. Yet boredom is where most of us learned to read.\n\n"
    "I’ve no quarrel with resilience. But a child who isn’t allowed an empty afternoon "
    "won’t become resilient; she’ll become busy.",

    "Author：Chen Weimin\n"
    "Source：Coastal Policy Review　No. 4\n\n"
    "The port’s expansion was sold as “green growth”. Three years later the cranes are taller, "
    "the mangroves are gone, and the promised jobs haven’t arrived.\n\n"
    "Officials say the figures will improve “in the second phase”. They said so in the first.",

    "When my grandfather bought his first radio, the whole street came to listen. "
    "When I bought my last telephone, nobody looked up. I don’t say this to praise the past: "
    "the street was cold, and the radio mostly hissed.\n\n"
    "But there’s a difference between hearing the news together and hearing it alone. "
    "We’ve traded an audience for a feed, and we call it ‘choice’.",

    "Nobody votes for a drain. That’s the difficulty with maintenance: it leaves nothing to "
    "photograph. A mayor who repairs 60 miles of pipe won’t be remembered; a mayor who builds "
    "a fountain will.\n\n"
    "So let’s give the pipes a ribbon, a brass band and a speech. “I declare this sewer open” "
    "isn’t poetry… but it’s better government than most.",

    "Time：08 21, 2012　Writer：Helen Marsh\n\n"
    "The debate about the island has produced more maps than facts. Each side’s historians "
    "find what each side’s ministers require – and each side calls the other’s archive “incomplete”.\n\n"
    "A joint commission wouldn’t settle the matter. It would, however, do something useful: "
    "it would oblige both capitals to read the same page at the same time.",
]

# Exactly one character of each is outside ASCII.
ENGLISH_LONE = [
    "The committee can’t agree on a date, and so the library stays shut for another winter.",
    "A budget is a list of priorities — and this one puts children on the last page.",
    "He promised a full report by June… it arrived, half empty, in December.",
    "The ferry runs twice a day in summer and not at all in winter. The islanders’ patience "
    "has lasted longer than three ministers, two enquiries and a lighthouse.\n\n"
    "It will not last for ever. Somebody should ask them before the next timetable is printed.",
    "Time: 03 14, 2009　Writer: Paul Ashby\n\n"
    "The price of rice has doubled in a year, and the price of promises has fallen by half.",
    "We were told that the market would decide. It decided, as markets do, in favour of those "
    "who were already there. That is no scandal, but it isn’t a policy either.",
]


# --------------------------------------------------------------------- cases

cases = []
seen = set()


def add(family, language, expected, original=None, raw=None):
    """Keeps a case unless it is empty, changes nothing or is there already."""
    if not expected or (original is None) == (raw is None):
        return
    if family.startswith("keep"):
        assert original == expected
    elif original == expected or raw == expected.encode("utf-8"):
        return
    key = (family, original if raw is None else raw.hex())
    if key in seen:
        return
    seen.add(key)
    case = {"id": None, "family": family, "language": language}
    if raw is None:
        case["original"] = original
    else:
        case["original_hex"] = raw.hex()
    case["expected"] = expected
    case["expect"] = "pass"  # or "fail", by known_failures.txt
    cases.append(case)


def load():
    texts = {}
    for language in LANGUAGES:
        with open(TEXTS / f"{language}.json", encoding="utf-8") as file:
            texts[language] = json.load(file)
    with open(TEXTS / "keep.json", encoding="utf-8") as file:
        return texts, json.load(file)


def units(text):
    """The document and the sentences of one language."""
    return [text["document"], *text["sentences"]]


def pieces(document):
    """Paragraphs, each followed by its sentences, for the chains so strict
    that a whole document seldom fits."""
    out = []
    for paragraph in document.split("\n\n"):
        parts = re.findall(r".+?(?:[。！？]+[」”]?|[.!?…]+[”“»]?(?=\s|$)|$)", paragraph)
        parts = [part.strip() for part in parts]
        wide = any(ord(c) > 0x2E80 for c in paragraph)
        out.append((paragraph, [
            part for part in parts
            if len(part) >= (16 if wide else 40) and part[-1] in ".!?…。！？”“»」"
            and (part[0].isalpha() or part[0] in "«»„“”「¿¡")
        ]))
    return out


def chain_unit(family, language, unit, steps):
    unit = fitted(unit, steps[0][0])
    damaged = unit and damage(unit, steps)
    if damaged:
        add(family, language, unit, damaged)
    return bool(damaged)


def chain(family, texts, languages, steps, strict=False):
    for language in languages:
        text = texts[language]
        fits = chain_unit(family, language, text["document"], steps)
        for sentence in text["sentences"]:
            chain_unit(family, language, sentence, steps)
        if strict and not fits:
            for paragraph, parts in pieces(text["document"]):
                if not chain_unit(family, language, paragraph, steps):
                    for part in parts:
                        chain_unit(family, language, part, steps)


def mojibake(texts):
    for page in ("windows-1252 iso-8859-1 windows-1250 windows-1251 windows-1254 macintosh "
                 "ibm437 ibm850 iso-8859-2 gb18030 shift_jis big5").split():
        chain(f"utf8-as-{page}", texts, LANGUAGES, [("utf8", page)],
              strict=page in ("gb18030", "shift_jis", "big5"))
    for page, times, word in (("windows-1252", 2, "twice"), ("iso-8859-1", 2, "twice"),
                              ("windows-1252", 3, "three-times")):
        chain(f"utf8-as-{page}-{word}", texts, LANGUAGES, [("utf8", page)] * times)
    written = {
        "gbk": ["zh-Hans"], "big5": ["zh-Hant"], "shift_jis": ["ja"], "euc-jp": ["ja"],
        "euc-kr": ["ko"], "windows-1251": CYRILLIC, "windows-1253": ["el"],
        "windows-1255": ["he"], "windows-1256": ["ar", "fa"], "windows-1250": CENTRAL,
        "windows-1254": ["tr"],
    }
    for source, languages in written.items():
        for page in ("iso-8859-1", "windows-1252"):
            chain(f"{source}-as-{page}", texts, languages, [(source, page)])
    one, utf = "iso-8859-1", "utf8"
    chain("gbk-as-iso-8859-1-then-utf8-as-iso-8859-1", texts, ["zh-Hans"],
          [("gbk", one), (utf, one)])
    for source, page, languages, strict in (
        ("gbk", "windows-1251", ["zh-Hans"], False),
        ("gbk", "big5", ["zh-Hans"], True),
        ("shift_jis", "gbk", ["ja"], True),
        ("euc-kr", "gbk", ["ko"], True),
        ("koi8-r", "windows-1251", ["ru", "bg"], False),
        ("windows-1251", "koi8-r", CYRILLIC, False),
        ("ibm866", "windows-1251", ["ru", "bg"], False),
        ("windows-1252", "macintosh", WESTERN, False),
        ("macintosh", "windows-1252", WESTERN, False),
    ):
        chain(f"{source}-as-{page}", texts, languages, [(source, page)], strict)
    chain("windows-1252-as-iso-8859-1", texts, WESTERN, [("windows-1252", "iso-8859-1")])


# English whose punctuation was double-byte, each read as Latin-1.
PUNCTUATION = ("gbk", "big5", "shift_jis", "euc-kr")


def english_for(encoding, document):
    """The document as the encoding can set it. Japanese and Korean pages have
    no em or en dash, so there the sentence takes a spaced hyphen."""
    if encoding in ("shift_jis", "euc-kr"):
        document = document.replace(" — ", " - ").replace(" – ", " - ")
    return document if encode(document, encoding) is not None else None


def wide(text):
    return sum(ord(c) > 0x7F for c in text)


def english(texts):
    documents = [*ENGLISH, texts["en"]["document"]]
    for encoding in PUNCTUATION:
        family = f"english-with-{encoding}-punctuation-as-iso-8859-1"
        steps = [(encoding, "iso-8859-1")]
        for document in documents:
            document = english_for(encoding, document)
            damaged = document and wide(document) >= 3 and damage(document, steps)
            if damaged:
                add(family, "en", document, damaged)
        for document in ENGLISH_LONE:
            document = english_for(encoding, document)
            damaged = document and wide(document) == 1 and damage(document, steps)
            if damaged:
                add(f"{family}-lone-span", "en", document, damaged)
        # Blank lines that really are no-break spaces, among the damage.
        for number, document in enumerate(documents):
            document = english_for(encoding, document)
            if not document or wide(document) < 3:
                continue
            gap = ("\n\u00a0\n", "\n\n\u00a0\n\n", "\n\u00a0 \u00a0\n")[number % 3]
            paragraphs = document.split("\n\n")
            damaged = [encode(p, encoding).decode("latin-1") for p in paragraphs]
            add(f"{family}-with-nbsp-lines", "en", gap.join(paragraphs), gap.join(damaged))


def partial(texts):
    """Every other paragraph is damaged, the others are clean."""
    for language in LANGUAGES:
        if language == "ru":
            kinds = [[("utf8", "windows-1252")], [("utf8", "windows-1251")]]
        elif language == "zh-Hans":
            kinds = [[("utf8", "windows-1252")], [("gbk", "iso-8859-1")]]
        else:
            kinds = [[("utf8", "windows-1252")]]
        document = texts[language]["document"]
        paragraphs = document.split("\n\n")
        for steps in kinds:
            for parity in (0, 1):
                damaged = [
                    (damage(p, steps) or p) if n % 2 == parity else p
                    for n, p in enumerate(paragraphs)
                ]
                add("partial-damage", language, document, "\n\n".join(damaged))


def two_chains(texts):
    """One paragraph went through one chain, another through another."""
    number = 0
    for language in [*WESTERN, *CENTRAL, "tr", "ru", "el"]:
        for paragraph in texts[language]["document"].split("\n\n")[:2]:
            first = ENGLISH[number % len(ENGLISH)].split("\n\n")[-1]
            number += 1
            damaged = damage(paragraph, [("utf8", "windows-1252")])
            if not damaged:
                continue
            other = damage(first, [("gbk", "iso-8859-1")])
            pair, harm = [first, paragraph], [other, damaged]
            if number % 2:
                pair.reverse()
                harm.reverse()
            tag = "en" if language == "en" else f"en-{language}"
            add("two-chains", tag, "\n\n".join(pair), "\n\n".join(harm))


def c1_dropped(texts):
    """UTF-8 read as windows-1252 by a program that throws away what the page
    leaves undefined. Only ” may have lost something."""
    for language in LANGUAGES:
        text = texts[language]
        for unit in [*units(text), *text["document"].split("\n\n")]:
            if "”" not in unit:
                continue
            rest = unit.replace("”", "").encode("utf-8")
            if any(byte in rest for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)):
                continue
            damaged = damage(unit, [("utf8", "windows-1252")])
            add("c1-dropped", language, unit, damaged.replace("\u009d", ""))


# Between ⟦ and ⟧ stands what is damaged; everything else is as it should be.
HTML = [
    ("en", "gbk", "<!doctype html><html><head><title>Letters</title></head><body>"
     "<p>We can⟦’⟧t go on like this, and we won⟦’⟧t.</p>"
     "<p>⟦“⟧The bus is late,⟦”⟧ she said &mdash; again.</p></body></html>"),
    ("en", "gbk", "<!doctype html><html><body><h1>The price of rain</h1>\n"
     "<p>It isn⟦’⟧t the weather; it⟦’⟧s the drains ⟦—⟧ and everybody on Mill Lane knows it.</p>\n"
     "<p>Copyright &copy; 2014 Fenwick &amp; Sons. ⟦“⟧All rights reserved.⟦”⟧</p>\n</body></html>"),
    ("en", "gbk", "<!doctype html><html><body><p>Time:12 05, 2017⟦　⟧Writer:Lin Haoran</p>"
     "<p>The ministry⟦’⟧s answer ran to ⟦“⟧two lines⟦”⟧&nbsp;&hellip;</p>"
     "<p>x &lt; y &amp;&amp; y &gt; z</p></body></html>"),
    ("en", "gbk", "<!doctype html><html><body><blockquote>⟦“⟧Nobody⟦’⟧s fault⟦”⟧ is what "
     "they call it when it⟦’⟧s everybody⟦’⟧s.</blockquote>"
     "<a href=\"https://www.example.org/?a=1&amp;copy=2&amp;reg=3\">More</a></body></html>"),
    ("en", "utf8", "<!doctype html><html><head><title>Opinion</title></head><body>"
     "<p>They didn⟦’⟧t ask us, and we shouldn⟦’⟧t be surprised.</p>"
     "<p>Tea costs &pound;3 now ⟦–⟧ that⟦’⟧s progress.</p></body></html>"),
    ("en", "utf8", "<!doctype html><html><body><p>⟦“⟧A modest reform,⟦”⟧ said the minister.</p>\n"
     "<p>The queue wasn⟦’⟧t modest⟦…⟧ &laquo;&nbsp;Next!&nbsp;&raquo;</p></body></html>"),
    ("en", "utf8", "<!doctype html><html><body><ul><li>Don⟦’⟧t wait.</li><li>Don⟦’⟧t panic.</li>"
     "<li>R&amp;D isn⟦’⟧t a luxury ⟦—⟧ it⟦’⟧s a habit.</li></ul></body></html>"),
    ("fr", "utf8", "<!doctype html><html><body><p>L⟦’⟧⟦é⟧t⟦é⟧ dernier, la rivi⟦è⟧re ⟦é⟧tait basse.</p>"
     "<p>&Agrave; qui la faute&nbsp;? ⟦À⟧ nous.</p></body></html>"),
    ("de", "utf8", "<!doctype html><html><body><h2>Gr⟦ü⟧⟦ß⟧e aus K⟦ö⟧ln</h2>"
     "<p>Sch⟦ö⟧n w⟦ä⟧re es, wenn die Busse f⟦ü⟧hren &ndash; p&uuml;nktlich.</p></body></html>"),
    ("es", "utf8", "<!doctype html><html><body><p>⟦¿⟧Qui⟦é⟧n pag⟦ó⟧ la fuente?</p>"
     "<p>Ma⟦ñ⟧ana lo sabremos, seg⟦ú⟧n dicen. &iexcl;Ya era hora!</p></body></html>"),
    ("ru", "utf8", "<!doctype html><html><body><p>⟦Весна пришла рано⟧, 12&nbsp;⟦марта⟧.</p>"
     "<p>&laquo;⟦Никто не ждал⟧&raquo; &mdash; ⟦сказал сторож⟧.</p></body></html>"),
    ("zh-Hans", "gbk", "<!doctype html><html><body><p>⟦城市需要树荫，也需要长椅。⟧</p>"
     "<p>&copy; 2008 ⟦晚报编辑部⟧</p></body></html>"),
]


def reference(text, style):
    out = []
    for char in text:
        code = ord(char)
        if code < 0x80:
            out.append(char)
        elif style == "named" and code in html.entities.codepoint2name:
            out.append(f"&{html.entities.codepoint2name[code]};")
        elif style == "hex":
            out.append(f"&#x{code:X};")
        else:
            out.append(f"&#{code};")
    return "".join(out)


def html_references():
    for number, (language, source, page) in enumerate(HTML):
        target = "iso-8859-1" if source == "gbk" else "windows-1252"

        def harm(match, style):
            return reference(damage(match[1], [(source, target)]), style)

        expected = re.sub("[⟦⟧]", "", page)
        for style in ("named", "decimal", "hex"):
            if style == "hex" and number % 3:
                continue
            original = re.sub("⟦(.*?)⟧", lambda match: harm(match, style), page)
            add("html-references", language, expected, original)


# ----------------------------------------------------------------- raw bytes

RAW = {
    "gb18030": ["zh-Hans"], "big5": ["zh-Hant"], "shift_jis": ["ja"], "euc-jp": ["ja"],
    "iso-2022-jp": ["ja"], "euc-kr": ["ko"],
    "windows-1250": CENTRAL, "windows-1251": CYRILLIC, "windows-1252": WESTERN,
    "windows-1253": ["el"], "windows-1254": ["tr"], "windows-1255": ["he"],
    "windows-1256": ["ar", "fa"], "windows-1257": BALTIC,
    "iso-8859-1": "fr de es pt it nl sv da nb fi".split(), "iso-8859-2": CENTRAL,
    "iso-8859-5": CYRILLIC, "iso-8859-7": ["el"], "iso-8859-8": ["he"], "iso-8859-9": ["tr"],
    "iso-8859-15": "fr de es pt it nl fi".split(),
    "koi8-r": ["ru", "bg"], "koi8-u": ["uk"],
    "macintosh": "en fr de es pt it sv da nb fi".split(), "mac-cyrillic": CYRILLIC,
    "ibm866": ["ru", "bg"], "ibm855": ["ru", "bg"],
    "ibm437": "fr de es it sv fi".split(), "ibm850": "fr de es pt it sv da nb fi".split(),
    "windows-874": ["th"],
}


def raw(texts):
    for name, languages in RAW.items():
        for language in languages:
            for unit in units(texts[language]):
                unit = fitted(unit, name)
                data = unit and encode(unit, name)
                # A legacy file holds no byte its own page leaves undefined.
                if data and data.decode(CODECS[name]) == unit:
                    add(f"raw-{name}", language, unit, raw=data)
    for unit in units(texts["zh-Hans"]):
        add("raw-hz", "zh-Hans", unit, raw=hz(unit))
    for unit in units(texts["vi"]):
        data, expected = windows_1258(unit)
        add("raw-windows-1258", "vi", expected, raw=data)
    for language in LANGUAGES:
        for unit in units(texts[language]):
            for end in ("le", "be"):
                bom = "\ufeff".encode(f"utf-16-{end}")
                data = unit.encode(f"utf-16-{end}")
                add(f"raw-utf-16{end}-with-bom", language, unit, raw=bom + data)
                add(f"raw-utf-16{end}-without-bom", language, unit, raw=data)
                add(f"raw-utf-32{end}-with-bom", language, unit,
                    raw=("\ufeff" + unit).encode(f"utf-32-{end}"))
            add("raw-utf-8-with-bom", language, unit, raw=b"\xef\xbb\xbf" + unit.encode("utf-8"))


def hz(text):
    """GB 2312 in seven bits: ~{ begins Chinese, ~} ends it, ~~ is a tilde."""
    out, chinese = bytearray(), False
    for char in text:
        data = char.encode("gbk")
        if (len(data) == 2) != chinese:
            chinese = not chinese
            out += b"~{" if chinese else b"~}"
        if len(data) == 2:
            assert min(data) >= 0xA1 and data[0] <= 0xF7, char
            data = bytes(b & 0x7F for b in data)
        out += data.replace(b"~", b"~~") if not chinese else data
    return bytes(out + (b"~}" if chinese else b""))


def windows_1258(text):
    """Vietnamese with its tones as combining marks, as that page has them.
    Expected is what the bytes say, the marks still apart from their letters."""
    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
            continue
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        letter = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        out += (letter + tones).encode("cp1258")
    return bytes(out), bytes(out).decode("cp1258")


def raw_mixtures(texts):
    for document in [*ENGLISH, texts["en"]["document"]]:
        add("raw-english-gbk-quotes", "en", document, raw=encode(document, "gbk"))
    for document in ENGLISH_LONE:
        add("raw-english-gbk-quotes", "en", document, raw=encode(document, "gbk"))

    # A blank line of one A0 byte is no GBK at all: a no-break space was meant.
    chinese = [texts["zh-Hans"]["document"], "\n\n".join(texts["zh-Hans"]["sentences"])]
    chinese = [("zh-Hans", text) for text in chinese] + [("en", text) for text in ENGLISH[:4]]
    for language, document in chinese:
        for gap in ("\n\u00a0\n", "\n\n\u00a0\n\n", "\r\n\u00a0\r\n"):
            data = [p.encode("gbk") for p in document.split("\n\n")]
            add("raw-gbk-with-lone-a0", language, gap.join(document.split("\n\n")),
                raw=gap.encode("latin-1").join(data))

    for language in WESTERN:
        document = texts[language]["document"]
        paragraphs = document.split("\n\n")
        for place in range(len(paragraphs)):
            data = [
                p.encode("cp1252" if n == place else "utf-8") for n, p in enumerate(paragraphs)
            ]
            add("raw-mixed", language, document, raw=b"\n\n".join(data))


# --------------------------------------------------------------------- clean

KEEP_LANGUAGE = {
    "keep-spanish": "es", "keep-swedish": "sv", "keep-icelandic": "is", "keep-welsh": "cy",
    "keep-catalan": "ca", "keep-maltese": "mt", "keep-esperanto": "eo",
    "keep-greek-diaeresis-quotes": "el",
}


def keep(texts, families):
    for language in LANGUAGES:
        for unit in units(texts[language]):
            add("keep-clean", language, unit, unit)
    for family, kept in families.items():
        for text in kept:
            add(family, KEEP_LANGUAGE.get(family, "mul"), text, text)


# ------------------------------------------------------------------- writing

# How many cases of a family the selection takes; the keep families go whole.
TAKE = 6
MORE = {
    "utf8-as-windows-1252": 14, "utf8-as-iso-8859-1": 8, "utf8-as-macintosh": 6,
    "utf8-as-windows-1251": 6, "utf8-as-gb18030": 6, "utf8-as-windows-1252-twice": 6,
    "english-with-gbk-punctuation-as-iso-8859-1": 9,
    "english-with-gbk-punctuation-as-iso-8859-1-lone-span": 6,
    "english-with-gbk-punctuation-as-iso-8859-1-with-nbsp-lines": 6,
    "partial-damage": 10, "two-chains": 8, "c1-dropped": 8, "html-references": 14,
    "raw-english-gbk-quotes": 6, "raw-gbk-with-lone-a0": 6, "raw-mixed": 6,
    "windows-1250-as-windows-1252": 6, "windows-1251-as-windows-1252": 6,
    "raw-windows-1250": 7, "raw-windows-1251": 6, "raw-windows-1252": 7,
}
# Bytes as hexadecimal digits, and damage upon damage, are long; few are enough.
for _family in ("raw-utf-32le-with-bom", "raw-utf-32be-with-bom"):
    MORE[_family] = 3
for _family in ("utf8-as-windows-1252-three-times",):
    MORE[_family] = 4


def select(family, group):
    """A spread over the languages, documents and sentences by turns."""
    if family.startswith("keep"):
        return group
    take = MORE.get(family, TAKE)
    by_language = {}
    for case in group:
        by_language.setdefault(case["language"], []).append(case)
    languages = list(by_language)
    # Families begin at different languages, and step through them so that
    # neighbours in the list, which are akin, are not all that is taken.
    start = zlib.crc32(family.encode()) % len(languages)
    languages = languages[start:] + languages[:start]
    step = next(s for s in (7, 5, 3, 11, 13, 1) if len(languages) % s or s == 1)
    languages = [languages[n * step % len(languages)] for n in range(len(languages))]
    chosen, turn = [], 0
    while len(chosen) < min(take, len(group)):
        for place, language in enumerate(languages):
            left = by_language[language]
            if left and len(chosen) < take:
                chosen.append(left.pop(0 if (place + turn) % 2 == 0 else -1))
        turn += 1
    order = {id(case): n for n, case in enumerate(group)}
    return sorted(chosen, key=lambda case: order[id(case)])


INVISIBLE = re.compile("[\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060\ufeff\ue000-\uf8ff]")


def line(case):
    text = json.dumps(case, ensure_ascii=False, separators=(",", ":"))
    return INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Writes repair.jsonl.")
    parser.add_argument("--all", metavar="FILE", help="also write every case to FILE")
    arguments = parser.parse_args()

    texts, families = load()
    mojibake(texts)
    english(texts)
    partial(texts)
    two_chains(texts)
    c1_dropped(texts)
    html_references()
    raw(texts)
    raw_mixtures(texts)
    keep(texts, families)

    known = set((HERE / "known_failures.txt").read_text("utf-8").split())
    groups, numbers = {}, {}
    for case in cases:
        groups.setdefault(case["family"], []).append(case)
        stem = f"{case['family']}/{case['language']}"
        numbers[stem] = numbers.get(stem, 0) + 1
        case["id"] = f"{stem}/{numbers[stem]:02}"
        if case["id"] in known:
            case["expect"] = "fail"

    chosen = [case for family, group in groups.items() for case in select(family, group)]
    check(cases)
    data = "".join(map(line, chosen)).encode("utf-8")
    (HERE / "repair.jsonl").write_bytes(data)
    if arguments.all:
        Path(arguments.all).write_bytes("".join(map(line, cases)).encode("utf-8"))

    width = max(map(len, groups))
    print(f"{'family':{width}}  {'n':>4}  {'all':>5}")
    for family, group in groups.items():
        taken = sum(case["family"] == family for case in chosen)
        print(f"{family:{width}}  {taken:4}  {len(group):5}")
    print(f"{'total':{width}}  {len(chosen):4}  {len(cases):5}  ({len(data)} bytes)")


def check(every):
    """Unique, not empty, and never the same input with two answers."""
    answers, ids = {}, set()
    for case in every:
        given = case.get("original", case.get("original_hex"))
        assert given and case["expected"] and case["id"] not in ids, case["id"]
        ids.add(case["id"])
        assert json.loads(line(case)) == case
        kind = "original" in case
        other = answers.setdefault((kind, given), case)
        if other["expected"] != case["expected"]:
            sys.exit(f"{other['id']} and {case['id']}: one input, two answers")


if __name__ == "__main__":
    main()
