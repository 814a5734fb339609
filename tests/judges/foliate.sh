#!/usr/bin/env bash
# The EPUB in a reader by others: foliate-js 1.0.1 (npm, pinned by foliate/package-lock.json) in Debian's chromium follows
# contents, page-list and links, turns all pages, and looks at the lines (foliate/reader.js).
# Exit 0 all works, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"

debian chromium:chromium pdfinfo:poppler-utils
npm_packages foliate
[ "${1:-}" != --install ] || exit 0

log=$(mktemp)
trap 'rm -f "$log"' EXIT
export FOLIATE_HOME=$home CHROMIUM=${PUPPETEER_EXECUTABLE_PATH:-$(command -v chromium)}
node "$judges/foliate/read.mjs" "$@" >"$log" </dev/null || could_not_run "read.mjs ended with $?"
cat "$log"
total "foliate-js 1.0.1" $# "$(wc -l <"$log")"
