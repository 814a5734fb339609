#!/usr/bin/env python3
"""Compiles oped-convert.odd to oped-convert.rng: tei_all.rng without the elements that the ODD does not include, with
the ODD's Schematron rules.

usage: compile.py TEI_ALL.rng           writes oped-convert.rng beside the ODD
       compile.py --check TEI_ALL.rng   exit 1 where that file is not what would be written

Of the ODD language it reads schemaSpec/@start, moduleRef/@include and constraintSpec[@scheme='schematron'].
"""

import pathlib
import sys
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
RNG, TEI, SCH = "http://relaxng.org/ns/structure/1.0", "http://www.tei-c.org/ns/1.0", "http://purl.oclc.org/dsdl/schematron"
R, T, S = (f"{{{uri}}}" for uri in (RNG, TEI, SCH))
PREFIX = "tei_"
EMPTY = ET.Element(R + "empty")

ORIGIN = """
Made by compile.py of oped-convert.odd and of tei_all.rng, TEI P5 4.10.2 (https://www.tei-c.org/Vault/P5/4.10.2/).
Copyright TEI Consortium; BSD-2-Clause, see README.md.
"""


def odd():
    """Elements of the customization, its start elements, its constraints."""
    schema = ET.parse(HERE / "oped-convert.odd").getroot().find(f".//{T}schemaSpec")
    elements = {name for module in schema.iter(T + "moduleRef") for name in module.get("include", "").split()}
    return elements, schema.get("start").split(), list(schema.iter(T + "constraintSpec"))


class Grammar:
    """The defines of tei_all that the kept elements need, without what can never match."""

    def __init__(self, path, elements):
        self.defines = {define.get("name"): define for define in ET.parse(path).getroot().iter(R + "define")}
        unknown = sorted(name for name in elements if PREFIX + name not in self.defines)
        if unknown:
            sys.exit(f"no elements of {path}: {', '.join(unknown)}")
        has_element = {name for name, define in self.defines.items() if define.find(R + "element") is not None}
        self.impossible = has_element - {PREFIX + name for name in elements}
        while found := {n for n, d in self.defines.items() if n not in self.impossible and self.group(list(d)) is None}:
            self.impossible |= found

    def pattern(self, node):
        """A pattern without impossible parts; None where nothing can match it."""
        tag = node.tag.removeprefix(R)
        if tag == "ref":
            return None if node.get("name") in self.impossible else node
        if tag == "notAllowed":
            return None
        if not node.tag.startswith(R):
            return node if node.tag.startswith(S) else EMPTY
        parts = [child for child in node if not isinstance(child.tag, str) or child.tag.startswith((R, S))]
        if tag == "choice":
            kept = [part for part in map(self.pattern, parts) if part is not None]
            return copy(node, kept) if kept else None
        if tag in ("optional", "zeroOrMore"):
            inner = self.group(parts)
            return copy(node, inner) if inner else EMPTY
        if tag in ("element", "attribute", "list", "mixed", "oneOrMore", "group", "interleave"):
            inner = self.group(parts)
            return None if inner is None else copy(node, inner or [EMPTY])
        return copy(node, parts, node.text)

    def group(self, nodes):
        """Patterns that all have to match, without those that match nothing but nothing."""
        kept = []
        for node in nodes:
            part = self.pattern(node)
            if part is None:
                return None
            if part is not EMPTY:
                kept.append(part)
        return kept

    def reachable(self, start):
        """The defines that the start elements lead to, simplified, by name."""
        found, waiting = {}, [PREFIX + name for name in start]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self.group(list(self.defines[name])) or [EMPTY]
                waiting += [ref.get("name") for part in found[name] for ref in part.iter(R + "ref")]
        return dict(sorted(found.items()))


def copy(node, children, text=None):
    new = ET.Element(node.tag, node.attrib)
    new.text = text
    new.extend(children)
    return new


def compile_schema(path):
    elements, start, constraints = odd()
    grammar = ET.Element(R + "grammar", {"datatypeLibrary": "http://www.w3.org/2001/XMLSchema-datatypes", "ns": TEI})
    grammar.append(ET.Comment(ORIGIN))
    for name, parts in Grammar(path, elements).reachable(start).items():
        ET.SubElement(grammar, R + "define", {"name": name}).extend(parts)
    choice = ET.SubElement(ET.SubElement(grammar, R + "start"), R + "choice")
    for name in start:
        ET.SubElement(choice, R + "ref", {"name": PREFIX + name})
    ET.SubElement(grammar, S + "ns", {"prefix": "tei", "uri": TEI})
    for constraint in constraints:
        pattern = ET.SubElement(grammar, S + "pattern", {"id": f"oped-convert-{constraint.get('ident')}"})
        pattern.extend(constraint.find(T + "constraint"))
    ET.register_namespace("", RNG)
    ET.register_namespace("sch", SCH)
    ET.indent(grammar, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(grammar, encoding="unicode") + "\n"


def main(arguments):
    check = arguments[:1] == ["--check"]
    (path,) = arguments[1:] if check else arguments
    compiled, target = compile_schema(path), HERE / "oped-convert.rng"
    if not check:
        target.write_text(compiled, encoding="utf-8")
    elif target.read_text(encoding="utf-8") != compiled:
        sys.exit(f"{target.name} is not what {path} and the ODD give: run compile.py")


if __name__ == "__main__":
    main(sys.argv[1:])
