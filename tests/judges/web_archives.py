#!/usr/bin/env python3
"""The records of web archives, counted by warcio: web_archives.py BINARY [FILE...]

Archives that warcio writes (WARC 1.0 and 1.1, each record compressed or none, all kinds of records) and FILE..., which
are WARC or ARC files. Each record that warcio finds has to be one row of the program's report, at its place; no row of a
record stands anywhere else. Of a file that warcio cannot read to its end, the records before that count.

Last line: TOTAL, the judge, files, findings. Exit 0 clean, 1 findings, 2 could not run.
"""
import io
import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version

try:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
except ImportError as error:
    print(f"could not run: {error}", file=sys.stderr)
    sys.exit(2)

PARAGRAPH = "<p>The ferry to the outer islands was late again, and nobody on the quay was told why.</p>"
PAGE = f"<html><head><title>Ferries</title></head><body><h1>Ferries</h1>{PARAGRAPH * 8}</body></html>".encode()
# Kind, address, media type of the response, status.
RECORDS = [
    ("response", "https://harbour.example/one", "text/html; charset=utf-8", "200 OK", PAGE),
    ("response", "https://harbour.example/photo.png", "image/png", "200 OK", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    ("response", "https://harbour.example/gone", "text/html", "404 Not Found", PAGE),
    ("response", "https://harbour.example/robots.txt", "text/plain", "200 OK", b"User-agent: *\nDisallow:\n"),
    ("response", "https://harbour.example/moved", "text/html", "301 Moved Permanently", b""),
    ("response", "https://harbour.example/two", "text/html", "200 OK", PAGE.replace(b"Ferries", b"Bridges")),
]
PLAIN = [
    ("resource", "file:///notes.txt", "text/plain", b"The bridge was closed in winter.\n"),
    ("conversion", "https://harbour.example/one", "text/plain", b"The ferry was late again.\n"),
    ("metadata", "https://harbour.example/one", "application/warc-fields", b"via: https://harbour.example/\r\n"),
]


def written(path, form, is_compressed):
    """An archive with all kinds of records."""
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=is_compressed, warc_version=form)
        writer.write_record(writer.create_warcinfo_record(os.path.basename(path), {"software": "none"}))
        for kind, address, media_type, status, body in RECORDS:
            headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
            answer = writer.create_warc_record(address, kind, payload=io.BytesIO(body), http_headers=headers)
            question = StatusAndHeaders("GET / HTTP/1.1", [("Host", "harbour.example")], is_http_request=True)
            asked = writer.create_warc_record(address, "request", http_headers=question)
            writer.write_request_response_pair(asked, answer)
        same = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        digest = "sha1:B6QJ6BNJ3R4B23XXMRKZKHLPGJY2VE4O"
        writer.write_record(writer.create_revisit_record(
            "https://harbour.example/again", digest, "https://harbour.example/one", "2017-12-05T10:00:00Z", same))
        for kind, address, media_type, body in PLAIN:
            writer.write_record(writer.create_warc_record(
                address, kind, payload=io.BytesIO(body), warc_content_type=media_type))


def counted(path):
    """Offset and address of each record, as warcio has them; why it reads no further."""
    places = []
    with open(path, "rb") as archive:
        records = ArchiveIterator(archive, arc2warc=True)
        try:
            for record in records:
                places.append((records.get_record_offset(), record.rec_headers.get_header("WARC-Target-URI")))
        except (ArchiveLoadFailed, EOFError, ValueError) as error:
            return places, str(error).split("\n")[0]
    return places, None


def told(binary, path, folder):
    """Rows of the program by the place of their record."""
    run = subprocess.run([binary, path, "--to", "txt", "--json", "--dry-run", "-o", folder],
                         capture_output=True, text=True, check=False)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    places = {}
    for row in rows:
        if "record" in row:
            places.setdefault(row["record"]["offset"], []).append(row)
    return rows, places


def judge(binary, path, folder):
    """What is wrong with the account of an archive, and how many records warcio has."""
    expected, broken = counted(path)
    rows, places = told(binary, path, folder)
    wrong = []
    for offset, address in expected:
        # Records that are compressed together have one place.
        rows_there = len(places.get(offset, []))
        if rows_there != 1 and not (broken is not None and rows_there):
            wrong.append(f"{rows_there} rows for the record at byte {offset}, {address}")
    others = sorted(set(places) - {offset for offset, _ in expected})
    if broken is None and others:
        wrong.append(f"rows for records at bytes {others[:5]}, where warcio has none")
    if broken is not None and not any(row["status"] == "rejected" or row["diagnostics"] for row in rows):
        wrong.append(f"nothing is said of what warcio cannot read: {broken}")
    return wrong, len(expected), broken


def main():
    binary, files = sys.argv[1], sys.argv[2:]
    findings, records, damaged = 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for form in ("1.0", "1.1"):
            for is_compressed in (False, True):
                made.append(os.path.join(folder, f"made-{form}.warc" + (".gz" if is_compressed else "")))
                written(made[-1], form, is_compressed)
        for path in made + files:
            wrong, count, broken = judge(binary, path, os.path.join(folder, "output"))
            records, damaged = records + count, damaged + (broken is not None)
            findings += bool(wrong)
            for what in wrong:
                print(f"{os.path.basename(path)}: {what}")
    print(f"{records} records; {damaged} files that warcio reads in part")
    print(f"TOTAL\twarcio {version('warcio')}\t{len(made) + len(files)}\t{findings}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
