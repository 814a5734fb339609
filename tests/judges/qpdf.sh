#!/usr/bin/env bash
# The PDF's syntax, cross-reference table and streams with Debian's qpdf --check; warnings count.
# Exit 0 clean, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"

debian qpdf:qpdf
[ "${1:-}" != --install ] || exit 0

findings=0
for file in "$@"; do
  # 0 clean, 3 warnings, 2 errors.
  status=0
  said=$(qpdf --check "$file" 2>&1) || status=$?
  case $status in
    0) ;;
    2 | 3) findings=$((findings + 1)); echo "$file: $(tr '\n' ' ' <<<"$said" | cut -c1-400)" ;;
    *) could_not_run "qpdf ended with $status on $file: $said" ;;
  esac
done
total "qpdf $(qpdf --version | sed -n '1s/.* //p')" $# "$findings"
