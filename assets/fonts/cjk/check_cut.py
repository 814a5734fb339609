"""Shapes text with OpedSerifCJK-Regular.otf and, where the original is given too, compares the two.

usage: check_cut.py OpedSerifCJK-Regular.otf [NotoSerifCJK-Regular.ttc]

Needs `pip install fonttools==4.68.0 uharfbuzz==0.57.0`. Exits 1 at the first thing that is wrong.
"""

import sys

import uharfbuzz as hb
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

SENTENCES = {
    "zh-Hans": ("hani", "网络空间治理是各国共同的责任，美国不能推卸。“直骨角”、2017年12月5日——作者系研究员……"),
    "zh-Hant": ("hani", "網路空間治理是各國共同的責任，美國不能推卸。「直骨角」、2017年12月5日——作者係研究員……"),
    "zh-HK": ("hani", "網絡空間治理是各國共同的責任，美國不能推卸。「直骨角」、2017年12月5日——作者係研究員……"),
    "ja": ("kana", "サイバー空間の統治は、各国が共に負う責任だ。「直骨角」と２０１７年㈱①ｶﾞ〜ー々〆ヶ。"),
    "ko": ("hang", "사이버 공간의 관리는 각국의 공동 책임이다. “直骨角”, 2017년 12월 5일 — 한글과 漢字, 뷁 힣."),
}
LANGUAGES = {"zh-Hans": "ZHS", "zh-Hant": "ZHT", "zh-HK": "ZHH", "ja": "JAN", "ko": "KOR"}


class Face:
    def __init__(self, path, index=0):
        self.tables = TTFont(path, fontNumber=index, lazy=True)
        self.outlines = self.tables.getGlyphSet()
        self.names = self.tables.getGlyphOrder()
        self.font = hb.Font(hb.Face(hb.Blob.from_file_path(path), index))

    def shape(self, text, script, language):
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "ltr", script.title(), language
        hb.shape(self.font, buffer)
        return [info.codepoint for info in buffer.glyph_infos], [place.x_advance for place in buffer.glyph_positions]

    def outline(self, glyph):
        pen = RecordingPen()
        self.outlines[self.names[glyph]].draw(pen)
        return pen.value


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    cut = Face(sys.argv[1])
    # Face 2 of the collection is the one the cut was made from.
    whole = Face(sys.argv[2], 2) if len(sys.argv) == 3 else None

    for language, (script, sentence) in SENTENCES.items():
        glyphs, _ = cut.shape(sentence, script, language)
        if 0 in glyphs:
            sys.exit(f"{language}: .notdef in {sentence}")
    for character in "直骨角":
        forms = {tag: cut.shape(character, "hani", language)[0][0] for language, tag in LANGUAGES.items()}
        print(character, *(f"{tag} {glyph}" for tag, glyph in forms.items()))
        if len(set(forms.values())) == 1:
            sys.exit(f"{character}: one form for all languages")
    if not whole:
        return

    # Every character in every language: the same outline, at the same width, as in the original.
    characters, compared = sorted(cut.tables.getBestCmap()), 0
    for language in LANGUAGES:
        seen = {}
        for c in characters:
            ours, our_widths = cut.shape(chr(c), "hani", language)
            theirs, their_widths = whole.shape(chr(c), "hani", language)
            if 0 in ours or our_widths != their_widths or len(ours) != len(theirs):
                sys.exit(f"U+{c:04X} in {language} is shaped differently")
            for pair in zip(ours, theirs):
                if pair not in seen and cut.outline(pair[0]) != whole.outline(pair[1]):
                    sys.exit(f"U+{c:04X} in {language} has another outline")
                seen[pair] = True
        compared += len(seen)
    print(f"{len(characters)} characters in {len(LANGUAGES)} languages, {compared} outlines: as in the original")


main()
