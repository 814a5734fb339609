#!/usr/bin/env python3
"""Makes characters.bin, what characters cost in genuine text, from character n-gram models.

    python3 train.py            # installs its inputs with pip into a temporary virtual environment
    python3 train.py --check    # exit status 1 where characters.bin is not what the inputs give

Inputs, as packages of PyPI (ORIGIN.md says more):
    lingua-language-detector 1.3.5     unigrams and bigrams of letters, 75 languages (Apache-2.0)
    opencc-python-reimplemented 0.1.7  traditional to simplified characters (Apache-2.0)
    brotli 1.2.1                       to read the first

The file, all numbers little-endian; a cost is one byte, in 1/8 bit, 255 the most:
    "OCM3"
    u8 number of alphabets; for each
        u8 class of the script (the order of SCRIPTS), u16 n, n x u32 code points (lower case),
        (n+1)*(n+1) costs: row = letter before, column = letter; 0 is the edge of a word
        u8 number of languages; for each
            u8 length of its tag, the tag, u8 k, k x u8 indices into the alphabet (1-based),
            (k+1)*(k+1) costs
    u16 number of variants; for each  u32 code point, u8 class, u8 index of the base letter, u8 cost beyond it
    u8 number of unigram ranges; for each  u8 class, u32 first code point, u32 n,
        u8 number of languages and n costs for each, after n costs of all together
"""
import json
import math
import struct
import subprocess
import sys
import tempfile
import unicodedata
import venv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUTPUT = HERE / "characters.bin"
PACKAGES = ["lingua-language-detector==1.3.5", "opencc-python-reimplemented==0.1.7", "brotli==1.2.1"]

# Class numbers of model/class.rs; languages with their weight in the pooled table of the script. English and the
# languages of the largest presses weigh more; 1 otherwise.
SCRIPTS = {
    "latin": (0, {
        "en": 4, "fr": 2, "de": 2, "es": 2, "pt": 2, "it": 1.5, "nl": 1, "sv": 1, "da": 1, "nb": 1, "fi": 1,
        "is": 0.7, "pl": 1.2, "cs": 1, "sk": 1, "sl": 0.7, "hr": 0.8, "hu": 1, "ro": 1, "sq": 0.6, "tr": 1,
        "az": 0.5, "lv": 0.7, "lt": 0.7, "et": 0.7, "ca": 0.7, "eu": 0.5, "cy": 0.5, "ga": 0.5, "vi": 1, "id": 1,
        "eo": 0.4, "sw": 0.3, "tl": 0.3, "la": 0.3, "af": 0.3,
    }),
    "greek": (1, {"el": 1}),
    "cyrillic": (2, {"ru": 3, "uk": 1.5, "bg": 1, "sr": 1, "mk": 0.5, "be": 0.7, "kk": 0.3, "mn": 0.3}),
    "arabic": (3, {"ar": 2, "fa": 1, "ur": 0.5}),
    "hebrew": (4, {"he": 1}),
}
# class, ranges, languages
UNIGRAMS = [
    (5, (0x0900, 0x0980), {"hi": 2, "mr": 1}),
    (6, (0x0E00, 0x0E60), {"th": 1}),
    (7, (0x3040, 0x3100), {"ja": 1}),
    (8, (0xAC00, 0xD7A4), {"ko": 1}),
    (9, (0x4E00, 0xA000), {"zh-Hans": 1, "zh-Hant": 1, "ja": 1}),
]
# The letters above ASCII of each orthography. The corpora behind the models hold misread text themselves
# (Hungarian "õ" for "ő", Romanian "ã" for "ă"), which the tables must not learn.
LETTERS = {
    "en": "éèïöñçàüêâôîäó", "fr": "àâæçéèêëîïôœùûüÿ", "de": "äöüßé", "es": "áéíñóúü", "pt": "áâãàçéêíóôõúü",
    "it": "àèéìíîòóùú", "nl": "éèëïöüáó", "sv": "åäöéà", "da": "æøåé", "nb": "æøåéèêóòâôä", "fi": "äöåšž",
    "is": "áðéíóúýþæö", "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšžćđ",
    "hr": "čćđšž", "hu": "áéíóöőúüű", "ro": "ăâîșțşţ", "sq": "çë", "tr": "çğıöşüâîû", "az": "əçğıöşü",
    "lv": "āčēģīķļņšūž", "lt": "ąčęėįšųūž", "et": "äõöüšž", "ca": "àçéèíïóòúü", "eu": "ñçü",
    "cy": "âêîôûŵŷáéíóúàèìòùäëïöüÿ", "ga": "áéíóú", "eo": "ĉĝĥĵŝŭ", "af": "éèêëíîïóôúû", "id": "é", "sw": "",
    "tl": "ñ", "la": "",
}
# Languages without letters of their own: their tables would be taken for those of many that the model has not.
POOLED_ONLY = {"sw", "tl", "id", "la"}
SCRIPT_OF_NAME = {"latin": "LATIN", "greek": "GREEK", "cyrillic": "CYRILLIC", "arabic": "ARABIC", "hebrew": "HEBREW"}
# A letter belongs to the alphabet where it is at least this frequent in some language.
LEAST_FREQUENT = 2e-5
# Occurrences of the unigram model that are added to those of each bigram.
SMOOTHING = 60
# No letter of an alphabet is rarer than this after another.
FLOOR = 2.0 ** -14
# The share of the unigram models of Chinese and Japanese that unseen characters share.
UNSEEN = 2.0 ** -22
# What a letter with a mark that no language of the model uses costs beyond its base letter, in bits.
VARIANT_COST = {"latin": 12, "greek": 4, "cyrillic": 8, "arabic": 6, "hebrew": 6}


def main(output, packages, make):
    """Makes or checks a file with what `make` gives for the folder that the packages are installed in."""
    if "--inputs" in sys.argv:
        data = make(Path(sys.argv[sys.argv.index("--inputs") + 1]))
        output.write_bytes(data) if "--check" not in sys.argv else sys.exit(data != output.read_bytes())
        return
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
        where = "import lingua, os; print(os.path.dirname(os.path.dirname(lingua.__file__)))"
        inputs = subprocess.run([python, "-c", where], check=True, capture_output=True, text=True).stdout.strip()
        again = [python, sys.argv[0], "--inputs", inputs, *[a for a in sys.argv[1:] if a == "--check"]]
        sys.exit(subprocess.run(again).returncode)


def ngrams(inputs, language, kind):
    """Relative frequencies; those of bigrams are conditional on their first letter."""
    import brotli

    path = inputs / "lingua" / "language-models" / language / f"{kind}.json.br"
    found = {}
    for fraction, grams in json.loads(brotli.decompress(path.read_bytes()))["ngrams"].items():
        value = Fraction(fraction)
        for gram in grams.split():
            found[gram] = (float(value), value.denominator)
    return found


def in_script(letter, script):
    return unicodedata.name(letter, "").startswith(SCRIPT_OF_NAME[script])


def cost(probability):
    return min(255, max(0, round(-math.log2(probability) * 8))) if probability > 0 else 255


class Language:
    """Joint frequencies of a letter after another, the edge of a word being ''."""

    def __init__(self, inputs, tag, script):
        unigrams = ngrams(inputs, tag, "unigrams")
        own = LETTERS.get(tag)
        is_letter = lambda c: in_script(c, script) and c == c.lower() and (own is None or c.isascii() or c in own)
        self.letters = {c: f for c, (f, _) in unigrams.items() if is_letter(c)}
        total = sum(self.letters.values())
        self.letters = {c: f / total for c, f in self.letters.items()}
        self.size = max(d for _, d in unigrams.values())
        self.pairs = defaultdict(dict)
        for pair, (frequency, _) in ngrams(inputs, tag, "bigrams").items():
            if len(pair) == 2 and pair[0] in self.letters and pair[1] in self.letters:
                self.pairs[pair[0]][pair[1]] = frequency
        self.starts = dict(self.letters)
        self.ends = {}
        for a, f in self.letters.items():
            inside = sum(self.pairs[a].values())
            self.ends[a] = max(1.0 - inside, 0.001)
            for b, p in self.pairs[a].items():
                self.starts[b] -= f * p
        self.starts = {c: max(s, f * 0.01) for c, f in self.letters.items() for s in [self.starts[c]]}
        total = sum(self.starts.values())
        self.starts = {c: s / total for c, s in self.starts.items()}

    def joint(self):
        """(before, after) -> frequency, over all transitions."""
        words = sum(self.letters[a] * self.ends[a] for a in self.letters)
        table = {("", c): words * s for c, s in self.starts.items()}
        for a, f in self.letters.items():
            table[a, ""] = f * self.ends[a]
            for b, p in self.pairs[a].items():
                table[a, b] = f * p
        return table


def conditional(joint, alphabet, size):
    """Costs of each letter (or edge) after each, smoothed with the frequency of the letter."""
    symbols = [""] + alphabet
    after = defaultdict(float)
    before = defaultdict(float)
    for (a, b), f in joint.items():
        after[b] += f
        before[a] += f
    total = sum(after.values())
    costs = bytearray()
    for a in symbols:
        count = before[a] * size
        for b in symbols:
            if a == "" and b == "":
                costs.append(0)
                continue
            unigram = max(after[b] / total, FLOOR)
            p = (joint.get((a, b), 0.0) * size + SMOOTHING * unigram) / (count + SMOOTHING)
            costs.append(cost(max(p, FLOOR)))
    return bytes(costs)


def train(inputs):
    out = bytearray(b"OCM3")
    out.append(len(SCRIPTS))
    variants = []
    for script, (number, weights) in SCRIPTS.items():
        languages = {tag: Language(inputs, tag, script) for tag in weights}
        frequent = {c for l in languages.values() for c, f in l.letters.items() if f >= LEAST_FREQUENT}
        alphabet = sorted(frequent)
        assert len(alphabet) < 255, (script, len(alphabet))
        index = {c: i + 1 for i, c in enumerate(alphabet)}
        pooled = defaultdict(float)
        for tag, language in languages.items():
            for pair, f in language.joint().items():
                if all(c in index or c == "" for c in pair):
                    pooled[pair] += f * weights[tag] / sum(weights.values())
        out += struct.pack("<BH", number, len(alphabet))
        out += b"".join(struct.pack("<I", ord(c)) for c in alphabet)
        out += conditional(pooled, alphabet, 10**6)
        own = {tag: l for tag, l in languages.items() if tag not in POOLED_ONLY} if script == "latin" else {}
        out.append(len(own))
        for tag, language in own.items():
            letters = sorted(c for c, f in language.letters.items() if f >= LEAST_FREQUENT and c in index)
            joint = {p: f for p, f in language.joint().items() if all(c in letters or c == "" for c in p)}
            out += struct.pack("<B", len(tag)) + tag.encode()
            out += struct.pack("<B", len(letters)) + bytes(index[c] for c in letters)
            out += conditional(joint, letters, 10**6)
        print(script, len(alphabet), "".join(alphabet))
        variants += [(ord(c), number, index[b], VARIANT_COST[script] * 8) for c, b in letter_variants(script, index)]
    out += struct.pack("<H", len(variants))
    for code, number, base, extra in variants:
        out += struct.pack("<IBBB", code, number, base, extra)
    out.append(len(UNIGRAMS))
    for number, (first, end), weights in UNIGRAMS:
        out += struct.pack("<BII", number, first, end - first)
        own = [{tag: 1} for tag in weights] if len(weights) > 2 else []
        out.append(len(own))
        for table in [weights, *own]:
            out += unigram_costs(inputs, first, end, table)
    return bytes(out)


def letter_variants(script, index):
    """Letters outside the alphabet whose base letter is in it."""
    ranges = {
        "latin": [(0xC0, 0x250), (0x1E00, 0x1F00)], "greek": [(0x370, 0x400), (0x1F00, 0x2000)],
        "cyrillic": [(0x400, 0x530)], "arabic": [(0x620, 0x700)], "hebrew": [(0x5D0, 0x5EB)],
    }[script]
    for first, end in ranges:
        for code in range(first, end):
            c = chr(code)
            base = unicodedata.normalize("NFD", c)[0]
            if c not in index and c != "ſ" and c == c.lower() and unicodedata.category(c)[0] == "L":
                # A letter that is no base letter with a mark counts as a rare vowel or consonant of its script.
                yield c, base if base in index else min(index)


def unigram_costs(inputs, first, end, weights):
    pooled = defaultdict(float)
    for tag, weight in weights.items():
        unigrams = {c: f for c, (f, _) in ngrams(inputs, tag.split("-")[0], "unigrams").items()}
        # The model of Chinese is one of traditional characters.
        if tag == "zh-Hans":
            unigrams = simplified(inputs, unigrams)
        kept = {c: f for c, f in unigrams.items() if first <= ord(c) < end}
        total = sum(kept.values())
        for c, f in kept.items():
            pooled[c] += f / total * weight / sum(weights.values())
    return bytes(cost(pooled[chr(code)] + UNSEEN) for code in range(first, end))


def simplified(inputs, unigrams):
    """The same text in simplified characters."""
    table = {}
    for line in (inputs / "opencc" / "dictionary" / "TSCharacters.txt").read_text("utf-8").splitlines():
        traditional, forms = line.split("\t")
        table[traditional] = forms.split()[0]
    converted = defaultdict(float)
    for c, f in unigrams.items():
        converted[table.get(c, c)] += f
    return converted


if __name__ == "__main__":
    main(OUTPUT, PACKAGES, train)
