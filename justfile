# What one does often. `just` alone lists it. Without `just` (`pip install rust-just` or `cargo install just`) the lines
# can be copied to the shell.

_list:
    @just --list --unsorted

# All that CI runs: format, lints, tests, README's commands, accuracy, licences.
ready:
    .ci/run

# The quick part while working: format, lints, and the tests that neither print, scan nor kill.
fast:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo test --workspace --exclude seisho
    cargo test -p seisho -- cli docs evidence files findings golden house licences schema

# Is every output byte of every document at hand what it was?
net:
    cargo test -p seisho net

# Writes the digests of the output anew; the commit says what changed and why.
update-net:
    SEISHO_UPDATE=1 cargo test -p seisho net

# Writes gold, schemas anew from what the program says now; read the difference before it is committed.
update-gold:
    SEISHO_UPDATE=1 cargo test -p seisho golden
    SEISHO_UPDATE=1 cargo test -p seisho schema

# Licences, twins and sources of dependencies. Advisories need a network: `cargo deny check advisories`.
deny:
    cargo deny check licenses bans sources

# Draws the pictures of README and docs anew.
pictures:
    docs/images/make

# A program as fast as the release, built in a fraction of its time: target/fast/seisho.
build:
    cargo build --profile fast -p seisho

# What a constant is worth: set to its neutral value, the kept dumps and all documents read again (tests/constants.tsv).
ablate *NAMES:
    tests/ablate {{NAMES}}

# How long a program takes: how that grows, beside other programs on PDFs, in instructions (tests/bench).
bench SEISHO="target/fast/seisho" *PDFS:
    tests/bench growth {{SEISHO}}
    {{ if PDFS == "" { "true" } else { "tests/bench peers " + SEISHO + " " + PDFS } }}
    tests/bench guard {{SEISHO}}
