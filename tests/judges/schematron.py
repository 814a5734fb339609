"""Runs the Schematron rules embedded in a RELAX NG schema over XML files.

usage: schematron.py SCHEMA.rng FILE...

ISO Schematron (ISO/IEC 19757-3) as far as tei_all.rng uses it: ns, pattern, rule, let, assert, report, name, value-of.
Each pattern becomes a mode of one XSLT stylesheet, each rule a template whose priority falls from first to last:
within a pattern only the first rule that matches a node fires. Not supported, and refused: abstract patterns and
rules, extends, include, phases, diagnostics.

One line per finding on stdout: FILE: PATH: ROLE: MESSAGE. Exit status 0 whenever everything was judged.
"""

import re
import sys
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from saxonche import PySaxonProcessor

SCH = "{http://purl.oclc.org/dsdl/schematron}"
REFUSED = {SCH + name for name in ("extends", "include", "phase", "diagnostics", "param")}


def message(element):
    """The content of an assert or report as XSLT that writes its text."""
    parts = [f"<xsl:text>{escape(element.text or '')}</xsl:text>"]
    for child in element:
        if child.tag == SCH + "value-of":
            parts.append(f"<xsl:value-of select={quoteattr(child.get('select'))}/>")
        elif child.tag == SCH + "name":
            parts.append(f"<xsl:value-of select={quoteattr('name(%s)' % child.get('path', '.'))}/>")
        else:
            parts.append(f"<xsl:text>{escape(''.join(child.itertext()))}</xsl:text>")
        parts.append(f"<xsl:text>{escape(child.tail or '')}</xsl:text>")
    return "".join(parts)


def template(rule, mode, priority):
    """One rule as a template: its variables, its checks, then on to the nodes below."""
    body = []
    for child in rule:
        if child.tag == SCH + "let":
            body.append(f"<xsl:variable name={quoteattr(child.get('name'))} select={quoteattr(child.get('value'))}/>")
        elif child.tag in (SCH + "assert", SCH + "report"):
            test = child.get("test")
            if child.tag == SCH + "assert":
                test = f"not({test})"
            role = child.get("role", "error")
            body.append(
                f"<xsl:if test={quoteattr(test)}><finding path='{{path(.)}}' role={quoteattr(role)}>"
                f"{message(child)}</finding></xsl:if>"
            )
    return (
        f"<xsl:template match={quoteattr(rule.get('context'))} mode='{mode}' priority='{priority}'>"
        f"{''.join(body)}<xsl:apply-templates select='@*|node()' mode='{mode}'/></xsl:template>"
    )


def stylesheet(schema):
    """The whole schema as one stylesheet, and how many checks it holds."""
    root = ET.parse(schema).getroot()
    refused = sorted({element.tag for element in root.iter() if element.tag in REFUSED or
                      (element.tag in (SCH + "pattern", SCH + "rule") and element.get("abstract") == "true")})
    if refused:
        sys.exit(f"{schema}: not supported: {', '.join(refused)}")
    prefixes = {ns.get("prefix"): ns.get("uri") for ns in root.iter(SCH + "ns")}
    patterns = list(root.iter(SCH + "pattern"))
    parts = []
    for number, pattern in enumerate(patterns):
        mode = f"pattern{number}"
        rules = pattern.findall(SCH + "rule")
        for let in pattern.findall(SCH + "let"):
            parts.append(f"<xsl:variable name={quoteattr(let.get('name'))} select={quoteattr(let.get('value'))}/>")
        for place, rule in enumerate(rules):
            parts.append(template(rule, mode, len(rules) - place))
        parts.append(f"<xsl:template match='text()|comment()|processing-instruction()|@*' mode='{mode}' priority='-1'/>")
    calls = "".join(f"<xsl:apply-templates select='/' mode='pattern{number}'/>" for number in range(len(patterns)))
    declared = "".join(f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in sorted(prefixes.items()) if prefix not in ("xsl", "xml"))
    text = (
        f"<xsl:stylesheet version='3.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'{declared}>"
        f"{''.join(parts)}<xsl:template match='/'><findings>{calls}</findings></xsl:template></xsl:stylesheet>"
    )
    checks = sum(1 for element in root.iter() if element.tag in (SCH + "assert", SCH + "report"))
    covered = sum(len(rule.findall(SCH + kind)) for pattern in patterns
                  for rule in pattern.findall(SCH + "rule") for kind in ("assert", "report"))
    if covered != checks or not checks:
        sys.exit(f"{schema}: {checks} checks, of which only {covered} stand in a pattern's rule")
    return text, checks


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    schema, files = sys.argv[1], sys.argv[2:]
    text, checks = stylesheet(schema)
    with PySaxonProcessor(license=False) as processor:
        compiled = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=text)
        for file in files:
            try:
                result = compiled.transform_to_string(source_file=file)
            except Exception as problem:  # saxonche raises its own class, which some versions do not export
                print(f"{file}: -: error: {' '.join(str(problem).split())}")
                continue
            for finding in ET.fromstring(result):
                path = re.sub(r"Q\{[^}]*\}", "", finding.get("path"))
                print(f"{file}: {path}: {finding.get('role')}: {' '.join(''.join(finding.itertext()).split())}")
    print(f"{schema}: {checks} checks over {len(files)} files", file=sys.stderr)


main()
