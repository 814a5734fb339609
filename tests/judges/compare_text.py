"""Compares the text of TEI, EPUB and PDF with the text rendition of the same name.

usage: compare_text.py [--only tei|epub|pdf] NAME.txt...

NAME.txt is the document's text: one block a line. Every block must stand in NAME.tei.xml, NAME.epub and NAME.pdf as a
contiguous run of the same characters, white space aside, after the block before it; between blocks a rendition may
have text of its own (labels, header values, a colophon). A missing rendition is a finding.

One line per finding on stdout: FILE: FINDING. Exit status 0 whenever everything was compared.
"""

import os
import posixpath
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from urllib.parse import unquote

TEI = "{http://www.tei-c.org/ns/1.0}"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
SOFT_HYPHEN = "\u00ad"


def squeeze(text):
    return "".join(character for character in text if not character.isspace())


def text_of(element, skip):
    """The character data of an element, without the elements that `skip` names, with the alt text of images."""
    if skip(element):
        return element.tail or ""
    alt = element.get("alt", "") if element.tag == XHTML + "img" else ""
    return alt + (element.text or "") + "".join(text_of(child, skip) for child in element) + (element.tail or "")


def tei(file):
    """The corrected text: of each choice the reading of the editor, not that of the input."""
    return "".join(text_of(text, lambda element: element.tag == TEI + "sic") for text in ET.parse(file).iter(TEI + "text"))


def epub(file):
    """The documents of the spine in order, without the navigation document and without what is marked as generated."""
    with zipfile.ZipFile(file) as archive:
        def parse(name):
            return ET.fromstring(archive.read(name))

        package = parse("META-INF/container.xml").find(f".//{CONTAINER}rootfile").get("full-path")
        opf = parse(package)
        manifest = {item.get("id"): item for item in opf.iter(OPF + "item")}
        parts = []
        for itemref in opf.iter(OPF + "itemref"):
            item = manifest[itemref.get("idref")]
            if "nav" in (item.get("properties") or "").split():
                continue
            document = parse(posixpath.join(posixpath.dirname(package), unquote(item.get("href"))))
            parts.append(text_of(document.find(XHTML + "body"), lambda element: "data-generated" in element.attrib))
        return "\n".join(parts)


def printed(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout


def joined(text):
    """Without the soft hyphens that line breaking put in: each stands before its break."""
    return re.sub(SOFT_HYPHEN + r"\s*\n\s*", "", text)


# What `pdfinfo -struct-text` prints: a line an element, a line in quotes a piece of content, indented by their depth.
# A piece of content may hold line breaks: it ends where a closing quote is followed by a line of either kind.
ELEMENT = re.compile(r' *(?:Object \d+ \d+|\(No content\?\)|[A-Za-z0-9]+(?: <[^>]*>)?(?: ".*")?(?: r\d+)?(?: \((?:block|inline)\))?:?)$')
CONTENT = re.compile(r' +"')
# What is ours, not the document's.
GENERATED = re.compile(r" +/Generated \(Generated\) true$")
# Characters that ToUnicode must not say (ISO 19005-2 6.2.11.7.2).
UNSAYABLE = str.maketrans(dict.fromkeys("\0\ufeff\ufffe", "\ufffd"))


def indent(line):
    return len(line) - len(line.lstrip(" "))


def pdf(file):
    """The content in structure order, without generated elements."""
    lines = printed("pdfinfo", "-struct-text", "-enc", "UTF-8", file).decode("utf-8").split("\n")
    parts, inside = [], False
    # Of the element at hand, and of the generated one that it is or stands in.
    element, generated = 0, None
    for number, line in enumerate(lines):
        if not inside:
            if GENERATED.match(line):
                generated = element if generated is None else generated
            opening = CONTENT.match(line)
            if not opening:
                if ELEMENT.match(line):
                    element = indent(line)
                    generated = None if generated is not None and element <= generated else generated
                continue
            if generated is not None and indent(line) <= generated:
                generated = None
            line, inside = line[opening.end():], True
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if line.endswith('"') and (not following or CONTENT.match(following) or ELEMENT.match(following)):
            line, inside = line[:-1], False
        if generated is None:
            parts.append(line + "\n" if inside else line)
    return joined("".join(parts))


def place(block, text, position):
    """Where the block begins and ends, if it stands somewhere in the text from the position on."""
    if SOFT_HYPHEN not in block:
        start = text.find(block, position)
        return (start, start + len(block)) if start >= 0 else None
    # A soft hyphen of the text that came to stand at a line's end went with that break.
    found = re.compile(re.escape(block).replace(SOFT_HYPHEN, SOFT_HYPHEN + "?")).search(text, position)
    return found.span() if found else None


def longest_start(block, text, position):
    """How many characters of the block stand somewhere in the text from the position on."""
    low, high = 0, len(block)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text.find(block[:middle], position) >= 0 else (low, middle - 1)
    return low


def differences(blocks, text):
    """One message per block that is not where it should be in the text."""
    position = 0
    text = text.translate(UNSAYABLE)
    for number, block in enumerate(blocks, 1):
        block = block.translate(UNSAYABLE)
        found = place(block, text, position)
        if found:
            position = found[1]
        elif place(block, text, 0):
            yield f"block {number} stands before the end of the block before it: {block[:40]}"
        else:
            kept = longest_start(block, text, position)
            at = text.find(block[:kept], position) + kept
            yield (f"block {number} is not there: {block[:40]} (character {kept + 1} of {len(block)}: "
                   f"expected {block[kept:kept + 20]!r} after {block[max(0, kept - 20):kept]!r}, found {text[at:at + 20]!r})")


def main():
    names = sys.argv[1:]
    renditions = {"tei": (".tei.xml", tei), "epub": (".epub", epub), "pdf": (".pdf", pdf)}
    if names[:1] == ["--only"]:
        renditions = {names[1]: renditions[names[1]]}
        names = names[2:]
    if not names:
        sys.exit(__doc__)
    for name in names:
        with open(name, encoding="utf-8", newline="") as file:
            blocks = [block for block in map(squeeze, file.read().split("\n")) if block]
        if not blocks:
            print(f"{name}: no text")
        stem = name.removesuffix(".txt")
        for ending, read in renditions.values():
            if not os.path.exists(stem + ending):
                print(f"{stem}{ending}: is missing")
                continue
            try:
                text = squeeze(read(stem + ending))
            except Exception as problem:  # whatever it is that cannot be read is this file's finding
                print(f"{stem}{ending}: cannot be read: {' '.join(str(problem).split())}")
                continue
            for difference in differences(blocks, text):
                print(f"{stem}{ending}: {difference}")


main()
