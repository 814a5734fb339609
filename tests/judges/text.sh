#!/usr/bin/env bash
# The same text in every rendition: each block of NAME.txt stands, whole and in order, in NAME.tei.xml, NAME.epub and NAME.pdf
# (compare_text.py; the PDF read in structure order by poppler's pdfinfo -struct-text, so without artifacts).
# usage: text.sh [--only tei|epub|pdf] NAME.txt...     Exit 0 clean, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"

debian pdfinfo:poppler-utils python3:python3
[ "${1:-}" != --install ] || exit 0

log=$(mktemp)
trap 'rm -f "$log"' EXIT
python3 "$judges/compare_text.py" "$@" >"$log" || could_not_run "compare_text.py ended with $?"
cat "$log"
[ "${1:-}" != --only ] || shift 2
total "text, pdfinfo $(pdfinfo -v 2>&1 | sed -n '1s/.* //p')" $# "$(wc -l <"$log")"
