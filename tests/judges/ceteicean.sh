#!/usr/bin/env bash
# The TEI in a reader by others: CETEIcean 1.9.5 (npm, pinned by ceteicean/package-lock.json) in Debian's chromium shows title,
# byline, text and notes of ten documents (ceteicean/show.py).
# Exit 0 all shown, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"

debian chromium:chromium python3:python3
npm_packages ceteicean
[ "${1:-}" != --install ] || exit 0

shown=("${@:1:10}")
log=$(mktemp)
trap 'rm -f "$log"' EXIT
python3 "$judges/ceteicean/show.py" "$home/node_modules/CETEIcean/dist/CETEI.js" "$(command -v chromium)" "${shown[@]}" >"$log" \
  || could_not_run "show.py ended with $?"
cat "$log"
total "CETEIcean 1.9.5" ${#shown[@]} "$(wc -l <"$log")"
