#!/bin/sh
# Makes the archive that build.rs unpacks. Run in this folder, on Debian 12 with the packages
# mecab-ipadic (2.7.0-20070801+main-3), tar and zstd. Same package, same bytes.
set -eu
SOURCE=${1:-/usr/share/mecab/dic}
OUT=mecab-ipadic-2.7.0-20070801+main-3.tar.zst
LC_ALL=C tar --create --directory "$SOURCE" --format=ustar --sort=name --mtime='2007-08-01 00:00:00 UTC' \
  --owner=0 --group=0 --numeric-owner --mode=u=rw,go=r,a+X ipadic \
  | zstd -19 --single-thread --no-progress --force -o "$OUT"
sha256sum "$OUT"
