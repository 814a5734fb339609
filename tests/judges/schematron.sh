#!/usr/bin/env bash
# The Schematron rules inside the editions of tei_all.rng and inside our own schema, which jing does not run (schematron.py, over PyPI's saxonche 13.1.1 for XPath 2 and 3).
# Warnings count. Exit 0 clean, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"
. "$judges/tei_schemas.sh"

debian python3:python3
pypi saxonche 13.1.1
install_tei_schemas
[ "${1:-}" != --install ] || exit 0

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for schema in "${tei_schemas[@]}"; do
  PYTHONPATH=$tools/saxonche-13.1.1 python3 "$judges/schematron.py" "$schema" "$@" >>"$log" \
    || could_not_run "schematron.py failed on $schema"
done
cat "$log"
total "Schematron of tei_all ($tei_editions)" $# "$(wc -l <"$log")"
