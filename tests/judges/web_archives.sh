#!/usr/bin/env bash
# Records of web archives, each of which has to have its row, counted by warcio (web_archives.py): no judge of outputs.
#   web_archives.sh --install          installs what is missing
#   web_archives.sh BINARY [FILE...]   judges the report of BINARY on archives that warcio writes, and on FILE...
# Exit 0 clean, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"

pypi warcio 1.8.1
pypi six 1.17.0
[ "${1:-}" != --install ] || exit 0
PYTHONPATH=$tools/warcio-1.8.1:$tools/six-1.17.0 python3 "$judges/web_archives.py" "$@"
