"""Cuts OpedSerifCJK-Regular.otf out of Noto Serif CJK Regular: fewer characters, no hints, another name.

usage: make_cut.py NotoSerifCJK-Regular.ttc UNIHAN OpedSerifCJK-Regular.otf

Needs fontTools 4.68.0 (`pip install fonttools==4.68.0`), nothing else. The collection is that of Debian's package
fonts-noto-cjk 1:20220127+repack1-1, UNIHAN the folder of the Unihan database in its package unicode-data 15.0.0-1:
    apt-get download fonts-noto-cjk=1:20220127+repack1-1 unicode-data=15.0.0-1
    for package in *.deb; do dpkg-deb -x $package unpacked; done
    python3 make_cut.py unpacked/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc unpacked/usr/share/unicode \\
        OpedSerifCJK-Regular.otf
The same files and the same fontTools give the same bytes. It takes about two minutes and 600 MB of memory.
"""

import bz2
import hashlib
import io
import os
import sys

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont

FONTTOOLS = "4.68.0"
SOURCE_SHA256 = "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481"
# The face of the collection whose default forms are those of mainland China.
SIMPLIFIED_CHINESE = 2

FAMILY = "Oped Serif CJK"
POSTSCRIPT = "OpedSerifCJK-Regular"
# Trade names of the original, which a cut may not bear.
FORBIDDEN = ("noto", "source")

# GSUB: forms by language, composition, ligatures, vertical forms. GPOS: kerning, marks, proportional and half widths.
FEATURES = ["locl", "ccmp", "calt", "liga", "vert", "vrt2",
            "kern", "mark", "mkmk", "palt", "halt", "chws", "vkrn", "vpal", "vhal", "vchw"]

# Number and digest of the characters that the cut holds. They change when a table of Python's codecs does.
CHARACTERS = (30428, "8066712f6647c54f3d52c364b75413b62ea016a9f33e367270d8921afd067334")


def decoded(codec, leads, trails):
    """The characters of all two-byte codes, without controls and private use."""
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                found.update(map(ord, bytes([lead, trail]).decode(codec)))
            except UnicodeDecodeError:
                pass
    return {c for c in found if c >= 0x20 and not 0xE000 <= c <= 0xF8FF}


def span(first, last):
    return set(range(first, last + 1))


def unihan(folder, file, field):
    """The characters that have a field of the Unihan database."""
    found = set()
    with bz2.open(os.path.join(folder, file), "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+") and line.split("\t")[1] == field:
                found.add(int(line.split("\t")[0][2:], 16))
    return found


def character_sets(folder):
    """What the cut holds, by name, whether or not the font has it.

    Codecs of one set that map a symbol differently (a dash, a wave dash, a middle dot) are all taken.
    """
    high, low = range(0xA1, 0xFF), range(0x40, 0xFF)
    return {
        "GB 2312": decoded("gb2312", high, high) | decoded("gb18030", range(0xA1, 0xF8), high),
        # cp950 has ETEN's row F9; rows C6 to C8 (digits, kana, Cyrillic, radicals) are taken from HKSCS, which kept them.
        "Big5, ETEN, cp950": decoded("big5", range(0xA1, 0xFA), low) | decoded("cp950", range(0xA1, 0xFA), low)
                             | decoded("big5hkscs", range(0xC6, 0xC9), high),
        # cp932 with NEC's row 13 and IBM's extensions, which family names need.
        "JIS X 0208, half-width katakana, NEC row 13, IBM extensions": decoded("euc_jp", high, high)
                             | span(0xFF61, 0xFF9F) | decoded("cp932", [*range(0x81, 0xA0), *range(0xE0, 0xFD)], low),
        "KS X 1001": decoded("euc_kr", high, high),
        # The list of 2013, whose third level is for names of persons and places.
        "Tongyong Guifan Hanzi Biao": unihan(folder, "Unihan_OtherMappings.txt.bz2", "kTGH"),
        # What every system of East Asia should have (UAX #38); common characters of Cantonese are in it.
        "IICore": unihan(folder, "Unihan_IRGSources.txt.bz2", "kIICore"),
        "Hangul syllables": span(0xAC00, 0xD7A3),
        "basic Latin, no-break space, soft hyphen": span(0x20, 0x7E) | {0xA0, 0xAD},
        "general punctuation": span(0x2000, 0x206F),
        "CJK punctuation, full-width, half-width and vertical forms":
            span(0x3000, 0x303F) | span(0xFE10, 0xFE19) | span(0xFE30, 0xFE4F) | span(0xFF01, 0xFFEE),
        "substitutes": {0x25A1, 0x3013, 0xFFFD},
    }


def rename(font):
    for record in list(font["name"].names):
        if record.nameID in (1, 16):
            record.string = FAMILY
        elif record.nameID == 3:
            record.string = f"2.001;NONE;{POSTSCRIPT}"
        elif record.nameID == 4:
            record.string = FAMILY
        elif record.nameID == 5:
            record.string = "Version 2.001;cut"
        elif record.nameID == 6:
            record.string = POSTSCRIPT
        elif record.nameID == 10:
            record.string = f"Modified version: fewer characters, no hints, another name. {record.toUnicode()}"
        elif record.nameID == 11:
            # The page of the original is not that of the cut.
            font["name"].names.remove(record)
    for record in font["name"].names:
        # 0 copyright, 7 trademark, 13 and 14 licence.
        if record.nameID not in (0, 7, 13, 14) and any(word in record.toUnicode().lower() for word in FORBIDDEN):
            sys.exit(f"name record {record.nameID} still has the name of the original: {record.toUnicode()}")
    font["OS/2"].achVendID = "NONE"

    cff = font["CFF "].cff
    cff.fontNames = [POSTSCRIPT]
    top = cff.topDictIndex[0]
    top.FullName = f"{FAMILY} Regular"
    top.FamilyName = FAMILY
    for part in top.FDArray:
        part.FontName = f"{POSTSCRIPT}-{part.FontName.rsplit('-', 1)[1]}"


def renumber(data):
    """Makes every CID equal to its glyph id; touches only the table `CFF `."""
    font = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    top = font["CFF "].cff.topDictIndex[0]
    old = top.charset
    new = [".notdef"] + [f"cid{glyph:05d}" for glyph in range(1, len(old))]

    strings = top.CharStrings.charStrings
    top.CharStrings.charStrings = {name: strings[before] for before, name in zip(old, new)}
    top.charset = new
    top.CIDCount = len(new)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    if fontTools.version != FONTTOOLS:
        sys.exit(f"fontTools {FONTTOOLS} is wanted, this is {fontTools.version}")
    with open(sys.argv[1], "rb") as file:
        source = file.read()
    if hashlib.sha256(source).hexdigest() != SOURCE_SHA256:
        sys.exit("this is another version of the collection")

    font = TTFont(io.BytesIO(source), fontNumber=SIMPLIFIED_CHINESE, lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    held = set(font.getBestCmap())
    wanted = set()
    for name, characters in character_sets(sys.argv[2]).items():
        wanted |= characters
        gaps = sorted(characters - held)
        print(f"{name}: {len(characters)} characters, {len(gaps)} not in the font", *(f"{c:04X}" for c in gaps))
    wanted &= held
    digest = hashlib.sha256(" ".join(f"{c:04X}" for c in sorted(wanted)).encode()).hexdigest()
    print(f"{len(wanted)} characters, {digest}")
    if (len(wanted), digest) != CHARACTERS:
        sys.exit("the characters are not those of the last cut: if that is meant, change CHARACTERS")

    # Variation sequences (format 14) would bring thousands of rare forms with them.
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format != 14]

    options = subset.Options()
    options.layout_features = FEATURES
    options.layout_scripts = ["*"]
    options.hinting = False
    options.bidi_closure = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.recalc_bounds = False
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    rename(font)
    out = io.BytesIO()
    font.save(out)
    data = renumber(out.getvalue())
    with open(sys.argv[3], "wb") as file:
        file.write(data)
    print(f"{len(data)} bytes, {hashlib.sha256(data).hexdigest()}")


main()
