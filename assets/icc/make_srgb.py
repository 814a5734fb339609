"""Writes srgb-v4.icc, an ICC version 4.2 display profile of the sRGB colour space.

usage: make_srgb.py srgb-v4.icc

Standard library only, exact fractions throughout: the same bytes on every machine.
Sources of the numbers:
  IEC 61966-2-1:1999: chromaticities of the primaries (those of ITU-R BT.709) and of the white point D65, transfer curve.
  ICC.1:2004-10 (version 4.2): layout of the file, PCS illuminant D50, s15Fixed16Number, parametric curve type 3,
      Annex E: chromatic adaptation with the linear Bradford matrix.
"""

import hashlib
import struct
import sys
from fractions import Fraction as F

# x and y of red, green, blue and white (IEC 61966-2-1).
PRIMARIES = [(F("0.64"), F("0.33")), (F("0.30"), F("0.60")), (F("0.15"), F("0.06"))]
WHITE = (F("0.3127"), F("0.3290"))
# The profile connection space's white, as the header spells it in s15Fixed16Number: 0.9642, 1, 0.8249.
D50 = [F(0xF6D6, 65536), F(1), F(0xD32D, 65536)]
BRADFORD = [[F("0.8951"), F("0.2664"), F("-0.1614")],
            [F("-0.7502"), F("1.7135"), F("0.0367")],
            [F("0.0389"), F("-0.0685"), F("1.0296")]]
# Encoded value e to linear: ((e + 0.055) / 1.055) ** 2.4 from 0.04045 up, e / 12.92 below.
CURVE = [F("2.4"), 1 / F("1.055"), F("0.055") / F("1.055"), 1 / F("12.92"), F("0.04045")]

# The header must hold a date; this one stands for the profile's first version, not for the time of the run.
DATE = (2026, 11, 1, 0, 0, 0)


def product(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def inverse(m):
    (a, b, c), (d, e, f), (g, h, i) = m
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    return [[(e * i - f * h) / determinant, (c * h - b * i) / determinant, (b * f - c * e) / determinant],
            [(f * g - d * i) / determinant, (a * i - c * g) / determinant, (c * d - a * f) / determinant],
            [(d * h - e * g) / determinant, (b * g - a * h) / determinant, (a * e - b * d) / determinant]]


def tristimulus(x, y):
    return [x / y, F(1), (1 - x - y) / y]


def column(values):
    return [[value] for value in values]


def diagonal(values):
    return [[value if r == c else F(0) for c in range(3)] for r, value in enumerate(values)]


def adaptation(source, target):
    """The Bradford matrix that takes one white to the other."""
    before, after = product(BRADFORD, column(source)), product(BRADFORD, column(target))
    gains = diagonal([t[0] / s[0] for s, t in zip(before, after)])
    return product(inverse(BRADFORD), product(gains, BRADFORD))


def rounded(value):
    """To the nearest number that s15Fixed16Number can hold."""
    return F((2 * value.numerator * 65536 + value.denominator) // (2 * value.denominator), 65536)


def fixed(value):
    """s15Fixed16Number."""
    return struct.pack(">i", int(rounded(value) * 65536))


def xyz(values):
    return b"XYZ \0\0\0\0" + b"".join(map(fixed, values))


def text(string):
    encoded = string.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded


def profile():
    white = tristimulus(*WHITE)
    primaries = [list(row) for row in zip(*(tristimulus(*primary) for primary in PRIMARIES))]
    amounts = [row[0] for row in product(inverse(primaries), column(white))]
    adapt = adaptation(white, D50)
    red, _, blue = zip(*product(adapt, product(primaries, diagonal(amounts))))
    red, blue = [[rounded(value) for value in colorant] for colorant in (red, blue)]
    # Green takes what rounding leaves, so that the three add up to D50 to the last bit and greys have no hue.
    green = [whole - r - b for whole, r, b in zip(D50, red, blue)]
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + b"".join(map(fixed, CURVE))
    tags = [
        (b"desc", text("sRGB")),
        (b"cprt", text("CC0")),
        (b"wtpt", xyz(D50)),
        (b"chad", b"sf32\0\0\0\0" + b"".join(fixed(value) for row in adapt for value in row)),
        (b"rXYZ", xyz(red)),
        (b"gXYZ", xyz(green)),
        (b"bXYZ", xyz(blue)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    # Equal elements are stored once.
    table, body, places = b"", b"", {}
    start = 128 + 4 + 12 * len(tags)
    for name, element in tags:
        if element not in places:
            places[element] = start + len(body)
            body += element + bytes(-len(element) % 4)
        table += struct.pack(">4sII", name, places[element], len(element))

    def header(identity):
        return struct.pack(
            ">I4sI4s4s4s6H4s4sI4s4sQI12s4s16s28x",
            start + len(body), b"", 0x04200000, b"mntr", b"RGB ", b"XYZ ", *DATE, b"acsp", b"", 0, b"", b"",
            0, 0, b"".join(map(fixed, D50)), b"", identity)

    rest = struct.pack(">I", len(tags)) + table + body
    # Version 4: MD5 of the profile with flags, rendering intent and the identity itself set to zero.
    return header(hashlib.md5(header(bytes(16)) + rest, usedforsecurity=False).digest()) + rest


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    data = profile()
    with open(sys.argv[1], "wb") as file:
        file.write(data)
    print(f"{len(data)} bytes, {hashlib.sha256(data).hexdigest()}")


main()
