# shellcheck shell=bash
# The areas that scripts/check, scripts/test and scripts/soak are made of. Sourced after areas.sh.
# shellcheck disable=SC2154 # limits and folders come from there

cargo_flags=(--workspace --locked --features "$dev_features")

nextest() { # nextest NAME SECONDS FILTER [FLAGS…]
  local name=$1 limit=$2 filter=$3
  shift 3
  area "$name" nextest "$limit" \
    cargo nextest run "${cargo_flags[@]}" --no-fail-fast "$@" -E "$filter"
}

# Formats, lints and types, on both sides. The window's pages come first: the program embeds them.
check_sources() {
  area scripts none "$test_limit" shellcheck \
    scripts/lib.sh scripts/areas.sh scripts/steps.sh scripts/{setup,run,check,test,soak,bench,desktop,user-systemd,package,try-package} .ci/run
  area scripts-run node "$test_limit" node --test --test-reporter tap tests/scripts/*.test.mjs
  area ui-check none "$test_limit" npm --prefix ui run check
  area ui-build none "$test_limit" bash -c 'source scripts/lib.sh && build_ui'
  area format none "$test_limit" cargo fmt --all --check
  area clippy none "$build_limit" \
    cargo clippy "${cargo_flags[@]}" --all-targets -- -D warnings
}

# Compiles everything that the tests run, so that their time is theirs alone.
build_tests() {
  area build none "$build_limit" cargo build "${cargo_flags[@]}" --bins --examples
  area build-tests none "$build_limit" cargo nextest run "${cargo_flags[@]}" --no-run
}

# Tests inside the crates, among them the comparison of the TypeScript types.
# shellcheck disable=SC2120 # the flags are optional
unit_tests() { nextest unit "$test_limit" "kind(lib) + kind(bin)" "$@"; }

# Prints "package file" for every file of tests outside the crates' own code.
journey_files() {
  cargo metadata --no-deps --locked --format-version 1 | node -e '
    const { packages } = JSON.parse(require("node:fs").readFileSync(0));
    for (const { name, targets } of packages)
      for (const target of targets)
        if (target.kind.includes("test")) console.log(name, target.name);'
}

# Tests through a whole crate or several, an area for each file of them.
journeys() { # journeys SECONDS [FLAGS…]
  local package file files limit=$1
  shift
  mapfile -t files < <(journey_files)
  for file in "${files[@]}"; do
    read -r package file <<<"$file"
    nextest "${package#switchboard-}-$file" "$limit" \
      "kind(test) & package(=$package) & binary(=$file)" "$@"
  done
}

doc_tests() { area doc cargo "$test_limit" cargo test "${cargo_flags[@]}" --doc; }

# The window's parts in Chromium, some of the files at a time, since an area has its time limit: every
# screen in narrow windows and longer words; its parts, driven as by hand; and axe, which
# looks at every screen in both themes and each language.
ui_tests() {
  area ui-node vitest "$test_limit" npm --prefix ui test -- --project node
  area ui-fits-faults vitest "$test_limit" npm --prefix ui test -- tests/fits/faults.test.ts
  ui_fits longer 7 "$test_limit"
  ui_parts browser 8 ! -name 'axe*'
  ui_parts axe 13 -name 'axe*'
  areas_beside_end
}

# Every screen in narrow and zoomed windows and under axe, in longer words or in a language.
ui_fits() { # ui_fits WORDS PARTS SECONDS
  local limit=$3 part parts=$2 words=$1
  area "ui-fits-$words-build" none "$limit" npm --prefix ui run build -- --mode fits
  for ((part = 1; part <= parts; part++)); do
    area "ui-fits-$words-$part" vitest "$limit" env FITS_BUILT=1 FITS_PART="$part/$parts" \
      npm --prefix ui test -- tests/fits -t "in $words words"
  done
}

# Pictures of every screen in both themes, in artifacts/ui-shots. It fails where the browser complains.
ui_pictures() { # ui_pictures SECONDS
  area ui-pictures none "$1" npm --prefix ui run shots -- --both
}

# Half of what a browser's tests take is waiting, so two of them run beside each other.
ui_parts() { # ui_parts NAME PARTS FIND-TEST…
  local files name=$1 part parts=$2
  shift 2
  for ((part = 0; part < parts; part++)); do
    mapfile -t files < <(
      cd ui && find tests/browser -name '*.test.ts' "$@" | sort |
        awk -v parts="$parts" -v part="$part" 'NR % parts == part'
    )
    area_beside "ui-$name-$((part + 1))" vitest "$test_limit" \
      npm --prefix ui test -- --project browser "${files[@]}"
  done
}

# The real window under a private X server; before it, the harness that drives it.
window_tests() {
  area window-harness node "$test_limit" scripts/desktop \
    node --test --test-reporter tap tests/window/harness.test.mjs tests/window/driver.test.mjs
  local suite
  for suite in desk trouble many away; do
    area "window-$suite" plain "$test_limit" scripts/desktop \
      node tests/window/main.mjs --program "$target_dir/debug/switchboard" --suite "$suite"
  done
  # A container may forbid what a systemd of the user's own needs.
  local why
  if ! why=$(scripts/user-systemd --check); then
    leave_out window-service "no systemd of the user's own can run here: $why"
    return
  fi
  area window-service plain "$test_limit" scripts/desktop scripts/user-systemd \
    node tests/window/main.mjs --program "$target_dir/debug/switchboard" --suite service
}

# Licences, sources and banned crates. Advisories need a database that is fetched: scripts/soak.
deny() { area deny none "$test_limit" cargo deny --workspace --all-features check bans licenses sources; }

# Known defects of what is built in. Needs the network, for the database of them.
advisories() { area advisories none "$test_limit" cargo deny --workspace --all-features check advisories; }
