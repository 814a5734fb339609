#!/usr/bin/env python3
"""Writes `cns11643.bin`: planes 1 to 3 of CNS 11643 as Unicode.

usage: make_euc_tw.py UNIHAN_DIR OUT [--check]

UNIHAN_DIR holds `Unihan_OtherMappings.txt` and `Unihan_IRGSources.txt`, plain or as .bz2 (Debian package
unicode-data, /usr/share/unicode). The rows that are not ideographs come from the iconv of the GNU C library,
because Unihan has ideographs only. `--check` compares every cell with that iconv and prints the differences.

Layout, all little-endian: 3 x 94 x 94 cells of 16 bits (plane, row, column), 0 for an undefined cell; a cell
D800 + n stands for the n-th of the 16-bit numbers that follow the cells, each the low half of a character of
Unicode's plane 2. The output is the same at every run.
"""

import bz2
import ctypes
import os
import re
import struct
import sys

# Rows of plane 1 that hold symbols, letters, numbers and pictures of controls.
SYMBOL_ROWS = [1, 2, 3, 4, 5, 6, 34]


def unihan(folder, name, field):
    """(code point, value) of one field."""
    path = os.path.join(folder, name)
    file = open(path, encoding="utf-8") if os.path.exists(path) else bz2.open(path + ".bz2", "rt", encoding="utf-8")
    with file:
        for line in file:
            if line.startswith("U+"):
                code, key, value = line.rstrip("\n").split("\t")
                if key == field:
                    yield int(code[2:], 16), value


class Iconv:
    """EUC-TW of the GNU C library, one character at a time."""

    def __init__(self):
        self.libc = ctypes.CDLL(None)
        self.libc.iconv_open.restype = ctypes.c_void_p
        self.libc.iconv.argtypes = [ctypes.c_void_p] * 5
        self.libc.iconv.restype = ctypes.c_size_t
        self.handle = self.libc.iconv_open(b"UTF-32LE", b"EUC-TW")

    def decode(self, source):
        buffers = ctypes.create_string_buffer(source), ctypes.create_string_buffer(16)
        at = [ctypes.c_void_p(ctypes.addressof(b)) for b in buffers]
        left = [ctypes.c_size_t(len(source)), ctypes.c_size_t(16)]
        self.libc.iconv(self.handle, None, None, None, None)
        arguments = [ctypes.byref(x) for x in (at[0], left[0], at[1], left[1])]
        if self.libc.iconv(self.handle, *arguments) == ctypes.c_size_t(-1).value:
            return None
        characters = buffers[1].raw[: 16 - left[1].value].decode("utf-32-le")
        return ord(characters) if len(characters) == 1 else None

    def cell(self, plane, row, column):
        return self.decode(bytes([0x8E, 0xA0 + plane, 0xA0 + row, 0xA0 + column]))


def main():
    folder, out = sys.argv[1:3]
    iconv = Iconv()
    cells = {}
    for code, value in unihan(folder, "Unihan_OtherMappings.txt", "kCNS1992"):
        plane, row, column = re.fullmatch(r"([0-9A-F])-(..)(..)", value).groups()
        if plane in "12":
            cells[int(plane), int(row, 16) - 0x20, int(column, 16) - 0x20] = code
    for code, value in unihan(folder, "Unihan_IRGSources.txt", "kIRG_TSource"):
        plane, row, column = re.fullmatch(r"T([0-9A-FU]+)-(..)(..).*", value).groups()
        # Plane 3 wholly; three ideographs of plane 1 stand among the radicals, where kCNS1992 has none.
        if plane in ("1", "3"):
            cells.setdefault((int(plane), int(row, 16) - 0x20, int(column, 16) - 0x20), code)
    for row in SYMBOL_ROWS:
        for column in range(1, 95):
            code = iconv.cell(1, row, column)
            if code is not None:
                cells.setdefault((1, row, column), code)

    data, beyond = [], []
    for plane in (1, 2, 3):
        for row in range(1, 95):
            for column in range(1, 95):
                code = cells.pop((plane, row, column), 0)
                if code > 0xFFFF:
                    assert code >> 16 == 2
                    beyond.append(code & 0xFFFF)
                    code = 0xD800 + len(beyond) - 1
                data.append(code)
    assert not cells, cells
    with open(out, "wb") as file:
        file.write(struct.pack(f"<{len(data) + len(beyond)}H", *data, *beyond))

    if "--check" in sys.argv:
        check(data, beyond, iconv)


def check(data, beyond, iconv):
    for plane in (1, 2, 3):
        defined = differences = 0
        for row in range(1, 95):
            for column in range(1, 95):
                code = data[((plane - 1) * 94 + row - 1) * 94 + column - 1]
                if 0xD800 <= code < 0xE000:
                    code = 0x20000 + beyond[code - 0xD800]
                defined += code != 0
                theirs = iconv.cell(plane, row, column) or 0
                if plane == 1 and (iconv.decode(bytes([0xA0 + row, 0xA0 + column])) or 0) != theirs:
                    print(f"iconv reads {plane}-{row}-{column} in two ways")
                if theirs != code:
                    differences += 1
                    print(f"plane {plane} row {row} column {column}: U+{code:04X} here, U+{theirs:04X} in iconv")
        print(f"plane {plane}: {defined} characters, {differences} differences")


main()
