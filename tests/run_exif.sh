#!/bin/sh
# Imports real camera files and reads back, with an independent reader, whatever another person could
# download: no position, serial number or owner name may be left in a rendition.
set -u
photos=${TEST_DATA:-none}/exif
if [ ! -d "$photos" ]; then
    echo "ok import of camera files # SKIP TEST_DATA has no folder exif"
    exit 0
fi
if ! command -v exiftool >/dev/null; then
    echo "ok import of camera files # SKIP exiftool is not installed"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

tell() { # tell NAME STATUS
    if [ "$2" -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; failed=1; fi
}

echo "a long enough secret" | "$CONTRAFLOW" user add camera@example.org --data "$folder/data" 2>"$folder/log"
tell "an operator is added" $?
"$CONTRAFLOW" import photos "$photos" --as camera@example.org --data "$folder/data" >"$folder/out" 2>>"$folder/log"
code=$?
[ "$code" -le 1 ]
tell "the import ends with 0 or 1, not $code" $?

files=$(find "$photos" -type f ! -name '.*' | wc -l)
taken=$(sed -n 's/^\([0-9]*\) taken, .*/\1/p' "$folder/out")
left_out=$(sed -n 's/.* \([0-9]*\) refused$/\1/p' "$folder/out")
[ "$((${taken:-0} + ${left_out:-0}))" -eq "$files" ]
tell "each of $files files is taken (${taken:-0}) or refused (${left_out:-0})" $?
[ "$(grep -c '^refused .*: [a-z]*\.[a-z_]*: ' "$folder/out")" -eq "${left_out:-0}" ]
tell "each refusal names its file and its reason" $?
[ "${taken:-0}" -ge 20 ]
tell "those that are large enough are taken" $?

# Renditions end in -EDGE.EXT or -EDGEm.EXT; originals are private and never sent as they are.
find "$folder/data/media" -type f -name '*-*' >"$folder/list"
[ -s "$folder/list" ]
tell "there are renditions" $?
exiftool -q -m -a -G1 -GPS:all -SerialNumber -InternalSerialNumber -LensSerialNumber -OwnerName \
    -CameraOwnerName -Artist -MakerNotes:all -@ "$folder/list" >"$folder/left" 2>/dev/null
[ ! -s "$folder/left" ]
tell "no rendition carries anything private" $?
[ -s "$folder/left" ] && sed 's/^/# /' "$folder/left" | head -20
[ "$failed" -eq 0 ] || sed 's/^/# /' "$folder/out" "$folder/log" | tail -20
exit "$failed"
