"""Writes THIRD-PARTY.md: what is linked into oped-convert or embedded in it, under which licence, with each licence text once.

usage: generate.py           writes THIRD-PARTY.md at the root of the repository
       generate.py --check   exits 1 when the file there is not what would be written

Packages: every normal or build dependency that Cargo.lock reaches from the package, on all platforms and with all
features; no dev-dependencies. Texts: the licence, notice and copyright files that each package ships. Texts that differ
only in their copyright lines are one text here, and the lines are listed with it.
Assets: the tables of assets/README.md and of each ORIGIN.md below assets/, and the licence files beside them.
"""

import difflib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "THIRD-PARTY.md"
LICENCE_FILE = re.compile(r"(un)?licen[cs]e|copying|copyright|notice|ofl", re.IGNORECASE)
COPYRIGHT_LINE = re.compile(r"^\W*(portions\s+)?copyright\b.*(\d{4}|©|\(c\)|authors|developers|contributors)", re.IGNORECASE)

# How to apply the licence to one's own work: part of some copies of the Apache licence, not of its terms.
APACHE_APPENDIX = re.compile(r" ?(end of terms and conditions)? ?appendix how to apply the apache license.*limitations under the license$| end of terms and conditions$")


def packages():
    """The packages that end up in the program, by name and version."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    reached, waiting = set(), [root]
    while waiting:
        package = waiting.pop()
        if package not in reached:
            reached.add(package)
            waiting += [dependency["pkg"] for dependency in nodes[package]["deps"]
                        if any(kind["kind"] in (None, "build") for kind in dependency["dep_kinds"])]
    found = [package for package in metadata["packages"] if package["id"] in reached - {root}]
    return sorted(found, key=lambda package: (package["name"], package["version"]))


def licence_files(folder):
    return sorted(file for file in folder.iterdir() if file.is_file() and LICENCE_FILE.match(file.name))


class Texts:
    """The distinct licence texts: each with the copyright lines it came with and who uses it."""

    def __init__(self):
        self.groups = {}

    def add(self, file, user):
        lines = file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").expandtabs().split("\n")
        copyrights = [line.strip() for line in lines if COPYRIGHT_LINE.match(line) and "[yyyy]" not in line]
        body = "\n".join(line.rstrip() for line in lines if line.strip() not in copyrights).strip("\n")
        if not body.strip():
            body = "(copyright lines only)"
        # Layout, case and the kind of quotation marks do not make another text.
        key = re.sub(r"[^a-z0-9]+", " ", body.lower()).strip()
        key = APACHE_APPENDIX.sub("", key)
        _, users = self.groups.setdefault(key, (body, {}))
        users.setdefault(user, [])
        users[user] += [line for line in copyrights if line not in users[user]]

    def write(self):
        """The most used text first; texts of equal use by their first words."""
        ordered = sorted(self.groups.items(), key=lambda group: (-len(group[1][1]), group[0]))
        for number, (_, (body, users)) in enumerate(ordered, 1):
            yield f"### Text {number}\n"
            by_lines = {}
            for user, lines in users.items():
                by_lines.setdefault("; ".join(lines) or "no copyright line", []).append(user)
            for lines, of in by_lines.items():
                yield f"* {', '.join(of)}: {lines}"
            fence = "~" * 4
            yield f"\n{fence}text\n{body}\n{fence}\n"


def table_lines(file):
    return [line.rstrip() for line in file.read_text(encoding="utf-8").split("\n") if line.startswith("|")]


def assets(texts):
    """The tables that say where the assets come from, as they stand in assets/."""
    folder = ROOT / "assets"
    if not folder.is_dir():
        return
    sources = [file for file in [folder / "README.md", *sorted(folder.rglob("ORIGIN.md"))] if file.is_file()]
    if not sources:
        sys.exit("assets/ has neither a README.md nor an ORIGIN.md that says where its files come from")
    yield "## Assets\n"
    for source in sources:
        lines = table_lines(source)
        if not lines:
            lines = [line.rstrip() for line in source.read_text(encoding="utf-8").strip().split("\n") if not line.startswith("# ")]
        yield f"From `{source.relative_to(ROOT).as_posix()}`:\n\n" + "\n".join(lines).strip("\n") + "\n"
    for place in [folder, *sorted(path for path in folder.rglob("*") if path.is_dir())]:
        for file in licence_files(place):
            texts.add(file, place.relative_to(ROOT).as_posix())


def document():
    texts = Texts()
    parts = [
        "# Third-party work in oped-convert\n",
        "Made by `tests/third_party/generate.py` from `Cargo.lock` and `assets/`; do not edit.",
        "The source of each package is the named version in the Rust community's package registry and in its repository.\n",
    ]
    parts += assets(texts)
    parts += ["## Rust packages\n", "| package | version | licence | repository |", "|---|---|---|---|"]
    without_text = []
    for package in packages():
        files = licence_files(Path(package["manifest_path"]).parent)
        if package["license_file"]:
            files.append(Path(package["manifest_path"]).parent / package["license_file"])
        user = f"{package['name']} {package['version']}"
        for file in dict.fromkeys(file.resolve() for file in files):
            texts.add(file, user)
        licence = package["license"] or f"see {package['license_file']}"
        if not files:
            without_text.append(f"* {user}: {licence}; authors: {', '.join(package['authors']) or 'not stated'}")
        parts.append(f"| {package['name']} | {package['version']} | {licence} | {package['repository'] or ''} |")
    if without_text:
        parts += ["\nThese packages ship no licence text of their own; the texts of the licences they name stand below:\n", *without_text]
    parts += ["\n## Licence texts\n", *texts.write()]
    return "\n".join(parts).rstrip("\n") + "\n"


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    text = document()
    if not sys.argv[1:]:
        OUTPUT.write_text(text, encoding="utf-8", newline="\n")
        return
    there = OUTPUT.read_text(encoding="utf-8") if OUTPUT.exists() else ""
    if there != text:
        difference = difflib.unified_diff(there.split("\n"), text.split("\n"), "THIRD-PARTY.md", "as generated", lineterm="")
        print("\n".join(list(difference)[:40]))
        sys.exit("THIRD-PARTY.md is not up to date: run tests/third_party/generate.py")


main()
