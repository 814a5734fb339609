#!/usr/bin/env python3
"""Makes contexts.bin: what a letter costs after the two or three before it, and an ideograph after the one before.

    python3 contexts.py            # installs its inputs with pip into a temporary virtual environment
    python3 contexts.py --check    # exit status 1 where contexts.bin is not what the inputs give

Inputs, as packages of PyPI: those of train.py, and jieba 0.42.1, whose dictionary counts the words of Chinese (MIT).

The file, all numbers little-endian; costs are in bits, 0 where the sequence is not among the known ones, and each table
is deflated by itself, in the zlib format:
    "OCC1"
    u8 number of languages; for each
        u8 length of its tag, the tag, u8 class of the script (train.py), u8 n, n x u32 code points (lower case),
        u8 order (3 or 4), then for each length from 2 to the order
            u32 bytes, a table of (n + 1) ^ length costs: the last index is that of the letter that has the cost,
            and 0 the edge of a word
        u32 bytes, a table of (n + 1) ^ 3 costs: those of the end of a word after the three letters that are all of it;
            no bytes where the order is 3
    u8 number of presses (the order of `Press` in tables.rs); for each
        u32 bytes, a table of pairs: u16 n, then n x (u16 first, u16 m, m x u16 second, m x u8 cost)
"""
import math
import struct
import sys
import zlib
from collections import defaultdict
from pathlib import Path

import train

OUTPUT = train.HERE / "contexts.bin"
PACKAGES = [*train.PACKAGES, "jieba==0.42.1"]

# The alphabets of which misreadings lose whole letters: three letters tell what the fourth is.
FOUR = ["ru", "uk", "bg", "el", "ar", "fa"]
# Those that have a few letters above ASCII: two tell enough.
THREE = ["sr", "mk", "be", "he", *(tag for tag in train.SCRIPTS["latin"][1] if tag not in {*train.POOLED_ONLY, *FOUR, "vi"})]
# The edge of a word in a sequence of letters.
EDGE = "#"
# No known sequence is dearer, in bits.
MOST = 15
# What a shorter sequence costs more where the longer one is unknown, in bits; a longer one that says no more than that
# is left out.
UNKNOWN = 3
# Longer sequences that are rarer are left out.
LEAST = {2: 0.0, 3: 2.0 ** -22, 4: 2.0 ** -20}
# The same for pairs of ideographs.
LEAST_PAIR = 2.0 ** -19


def joint_frequencies(inputs, tag, letters, order):
    """Frequencies of sequences of letters by their length; EDGE is the edge of a word, at either end of a sequence."""
    unigrams = {c: f for c, (f, _) in train.ngrams(inputs, tag, "unigrams").items() if c in letters}
    found = {1: unigrams}
    for length, kind in zip(range(2, order + 1), ["bigrams", "trigrams", "quadrigrams"]):
        shorter = found[length - 1]
        joint = {
            gram: shorter[gram[:-1]] * f
            for gram, (f, _) in train.ngrams(inputs, tag, kind).items()
            if gram[:-1] in shorter and set(gram) <= letters
        }
        # The models have no edges: what does not go on to a letter ends there.
        before, after = rest(shorter, joint, slice(1, None)), rest(shorter, joint, slice(None, -1))
        inside = [gram for gram in shorter if EDGE not in gram]
        edges = {EDGE + gram: before[gram] for gram in inside} | {gram + EDGE: after[gram] for gram in inside}
        starts = {gram: f for gram, f in shorter.items() if gram[0] == EDGE and gram[-1] != EDGE}
        edges |= {gram + EDGE: f for gram, f in rest(starts, edges, slice(None, -1)).items()}
        found[length] = joint | {gram: f for gram, f in edges.items() if f > 0}
    return found


def rest(grams, longer, part):
    """Frequencies of sequences less those of the longer ones of which they are a part."""
    left = dict(grams)
    for gram, f in longer.items():
        if gram[part] in left:
            left[gram[part]] -= f
    return left


def short_words(inputs, tag, joint):
    """Frequencies of the words of three letters, and of the words that begin with three letters."""
    five = {
        gram: joint[4][gram[:-1]] * f
        for gram, (f, _) in train.ngrams(inputs, tag, "fivegrams").items()
        if gram[:-1] in joint[4] and gram[1:] in joint[4]
    }
    starts = {gram[1:]: f for gram, f in joint[4].items() if gram[0] == EDGE and gram[-1] != EDGE}
    four = rest({gram: f for gram, f in joint[4].items() if EDGE not in gram}, five, slice(1, None))
    return {word: (f, starts[word]) for word, f in rest(starts, four, slice(None, -1)).items() if f > 0}


def language_table(inputs, tag):
    script = next(script for script, (_, languages) in train.SCRIPTS.items() if tag in languages)
    letters = sorted(
        c for c, f in train.Language(inputs, tag, script).letters.items() if f >= train.LEAST_FREQUENT and len(c) == 1
    )
    index = {c: i for i, c in enumerate([EDGE, *letters])}
    order = 4 if tag in FOUR else 3
    joint = joint_frequencies(inputs, tag, set(letters), order)
    tables, shorter = [], {}
    for length in range(2, order + 1):
        # A word begins as often as one ends.
        starts = sum(f for gram, f in joint[2].items() if gram[0] == EDGE)
        known = {g: bits(f / joint[length - 1].get(g[:-1], starts)) for g, f in joint[length].items()}
        table = bytearray(len(index) ** length)
        for gram, cost in known.items():
            if joint[length][gram] >= LEAST[length] and cost != shorter.get(gram[1:], MOST) + UNKNOWN:
                at = 0
                for c in gram:
                    at = at * len(index) + index[c]
                table[at] = cost
        shorter = known
        tables.append(zlib.compress(bytes(table), 9))
    words = bytearray(len(index) ** 3 if order == 4 else 0)
    for word, (f, start) in short_words(inputs, tag, joint).items() if words else ():
        a, b, c = (index[letter] for letter in word)
        words[(a * len(index) + b) * len(index) + c] = bits(f / start)
    tables.append(zlib.compress(bytes(words), 9) if words else b"")
    number = train.SCRIPTS[script][0]
    out = struct.pack("<B", len(tag)) + tag.encode() + struct.pack("<BB", number, len(letters))
    out += b"".join(struct.pack("<I", ord(c)) for c in letters) + struct.pack("<B", order)
    return out + b"".join(struct.pack("<I", len(table)) + table for table in tables)


def bits(probability):
    return min(MOST, max(1, round(-math.log2(probability))))


def pairs_of_words(inputs, convert):
    """Pairs of ideographs inside words, with the bits of the second after the first."""
    pairs, firsts = defaultdict(float), defaultdict(float)
    for line in (inputs / "jieba" / "dict.txt").read_text("utf-8").splitlines():
        word, count, _ = line.split(" ")
        word = convert(word)
        for a in word:
            firsts[a] += int(count)
        for a, b in zip(word, word[1:]):
            if all("\u4e00" <= c <= "\u9fff" for c in a + b):
                pairs[a, b] += int(count)
    total = sum(firsts.values())
    rows = defaultdict(list)
    for (a, b), count in sorted(pairs.items()):
        if count / total >= LEAST_PAIR:
            rows[a].append((b, bits(count / firsts[a])))
    out = struct.pack("<H", len(rows))
    for a, row in rows.items():
        out += struct.pack("<HH", ord(a), len(row))
        out += b"".join(struct.pack("<H", ord(b)) for b, _ in row) + bytes(cost for _, cost in row)
    table = zlib.compress(out, 9)
    return struct.pack("<I", len(table)) + table


def make(inputs):
    # The converter loads its tables from the inputs.
    sys.path.insert(0, str(inputs))
    from opencc import OpenCC

    languages = FOUR + THREE
    out = bytearray(b"OCC1")
    out.append(len(languages))
    for tag in languages:
        table = language_table(inputs, tag)
        print(tag, len(table))
        out += table
    out.append(2)
    for convert in (lambda word: word, OpenCC("s2t").convert):
        table = pairs_of_words(inputs, convert)
        print("pairs", len(table))
        out += table
    return bytes(out)


if __name__ == "__main__":
    train.main(OUTPUT, PACKAGES, make)
