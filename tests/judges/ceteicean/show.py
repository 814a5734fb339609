"""Shows TEI files in a browser with CETEIcean and compares what is visible with the article.

usage: show.py CETEI.js CHROMIUM FILE...

Each line of body and back has to be visible, but for what stood there before a repair (sic) and readings of ruby, which
a style sheet hides as an edition would. One line per finding on stdout.
"""

import html
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

TEI = "{http://www.tei-c.org/ns/1.0}"
LINES = {TEI + name for name in ("p", "head", "byline", "dateline", "label", "l", "cell")}
PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>tei-sic, tei-rt {{ display: none }}</style>
<script src="{library}"></script><div id="article"></div><script>
new CETEI().makeHTML5({file}, function (data) {{
  document.getElementById("article").appendChild(data);
  const shown = document.createElement("pre");
  shown.id = "shown";
  shown.textContent = document.querySelector("tei-text").innerText;
  document.body.replaceChildren(shown);
}});
</script>"""


def characters(element):
    """The text of a line, without what is not shown."""
    if element.tag in (TEI + "sic", TEI + "rt"):
        return ""
    return (element.text or "") + "".join(characters(child) + (child.tail or "") for child in element)


def squeezed(text):
    return re.sub(r"\s+", "", text)


def expected(path):
    text = ET.parse(path).getroot().find(TEI + "text")
    parts = [part for part in text if part.tag != TEI + "front"]
    innermost = (e for part in parts for e in part.iter() if e.tag in LINES and not any(c.tag in LINES for c in e.iter() if c is not e))
    return [line for line in map(characters, innermost) if line.strip()]


def shown(library, chromium, path):
    source = json.dumps(Path(path).read_text(encoding="utf-8")).replace("</", "<\\/")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(PAGE.format(library=Path(library).as_uri(), file=source), encoding="utf-8")
        command = [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                   "--allow-file-access-from-files", "--virtual-time-budget=10000", "--dump-dom", page.as_uri()]
        dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    found = re.search(r'<pre id="shown">(.*?)</pre>', dom, re.DOTALL)
    if not found:
        sys.exit(f"{path}: the browser gave no page")
    return html.unescape(found.group(1))


def main(library, chromium, *paths):
    for path in paths:
        visible = squeezed(shown(library, chromium, path))
        for line in expected(path):
            if squeezed(line) not in visible:
                print(f"{path}: not shown: {line.strip()[:120]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
