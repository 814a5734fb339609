#!/usr/bin/env python3
"""How well lines are justified: this program's PDFs beside typst's of the same text, face, size and measure.

usage: layout_quality.py BINARY TEXT...

Each TEXT is a plain text in UTF-8. Both PDFs are measured in the same way: poppler's `pdftotext -bbox-layout` gives the
places of words; a line that reaches the right edge is full; its spaces are the distances between its words. Counted are
the full lines whose mean space is wider than 1.5 times the space of the face, and those that end with a hyphen. Needs
PyPI's `typst` and poppler-utils; languages are told by this program.
"""

import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parents[1]
SIZE = 11
# 29 ideographs at 94 % of the size: `MEASURE` in src/typeset/compose.rs.
MEASURE = 299.86
# The space of Libertinus Serif in em.
SPACE = 0.25 * SIZE
WIDE = 1.5
XHTML = "{http://www.w3.org/1999/xhtml}"


def typeset(paragraphs, language, folder):
    """Typst's PDF: justified, hyphenated, the characters as they are."""
    strings = "\n\n".join(f"#{json.dumps(p, ensure_ascii=False)}" for p in paragraphs)
    source = folder / "text.typ"
    source.write_text(
        f'#set page(width: {MEASURE + 260}pt, height: 842pt, margin: (x: 130pt, y: 96pt))\n'
        f'#set text(font: "Libertinus Serif", size: {SIZE}pt, lang: "{language}")\n'
        f"#set par(justify: true, first-line-indent: 1.5em)\n#set smartquote(enabled: false)\n{strings}\n",
        encoding="utf-8",
    )
    return typst.compile(str(source), font_paths=[str(ROOT / "assets/fonts/libertinus")], ignore_system_fonts=True)


def measured(pdf, folder):
    """(full lines, loose ones, hyphenated ones) of a PDF."""
    file = folder / "measured.pdf"
    file.write_bytes(pdf)
    boxes = subprocess.run(["pdftotext", "-bbox-layout", str(file), "-"], check=True, capture_output=True).stdout
    lines = [list(line.iter(XHTML + "word")) for line in ET.fromstring(boxes).iter(XHTML + "line")]
    places = [[(float(w.get("xMin")), float(w.get("xMax")), w.text or "") for w in line] for line in lines]
    left = min((line[0][0] for line in places if len(line) > 5), default=0)
    full = loose = hyphens = 0
    for line in places:
        # Punctuation may stand outside, and the first line of a paragraph begins further in.
        if len(line) < 3 or line[-1][1] < left + MEASURE - 0.5 * SIZE or line[0][0] > left + 2 * SIZE:
            continue
        gaps = [after[0] - before[1] for before, after in zip(line, line[1:])]
        full += 1
        # Places are rounded to 1/1000 pt.
        loose += sum(gaps) / len(gaps) > WIDE * SPACE + 0.005
        hyphens += line[-1][2].endswith(("-", "\u00ad", "\u2010"))
    return full, loose, hyphens


def main(binary, texts):
    print(f"{'text':<40} {'lines':>7} {'loose':>6} {'hyphens':>8}   typst {'lines':>7} {'loose':>6} {'hyphens':>8}")
    total = [0] * 6
    for text in texts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            out = folder / "out"
            subprocess.run([binary, text, "--to", "pdf,txt", "-o", out, "-q", "--force"], check=True)
            stem = Path(text).stem
            inspected = subprocess.run([binary, "inspect", "--json", text], check=True, capture_output=True).stdout
            language = json.loads(inspected)["metadata"]["language"]["value"].split("-")[0]
            paragraphs = [line for line in (out / f"{stem}.txt").read_text(encoding="utf-8").split("\n") if line]
            row = measured((out / f"{stem}.pdf").read_bytes(), folder)
            row += measured(typeset(paragraphs, language, folder), folder)
        total = [a + b for a, b in zip(total, row)]
        print(f"{stem[:40]:<40} {row[0]:>7} {row[1]:>6} {row[2]:>8}         {row[3]:>7} {row[4]:>6} {row[5]:>8}")
    def rate(part, whole):
        return f"{100 * part / max(whole, 1):.2f} %"

    print(f"loose lines: {rate(total[1], total[0])} of {total[0]}; typst: {rate(total[4], total[3])} of {total[3]}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
