# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.
# shellcheck disable=SC2034 # read by the scripts that source this file

set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$repo"

# Where cargo builds, as an absolute path.
target_dir=${CARGO_TARGET_DIR:-target}
[[ $target_dir == /* ]] || target_dir=$repo/$target_dir

# One set of features for every debug build, so that nothing is compiled twice:
# the window is served from the binary, and the TypeScript types can be compared.
dev_features=switchboard/custom-protocol,switchboard-api/ts

# Debian's packages that a build needs, and those that the tests need on top.
build_packages=(
  build-essential curl file libayatana-appindicator3-dev librsvg2-dev libssl-dev
  libwebkit2gtk-4.1-dev libxdo-dev pkg-config
)
test_packages=(
  chromium dbus dunst fonts-noto-cjk fonts-noto-color-emoji fonts-noto-core gnome-keyring
  imagemagick libglib2.0-bin libnotify-bin libsecret-tools python3-gi shellcheck systemd
  webkit2gtk-driver
  xauth xdotool xvfb
)

say() { printf '%s\n' "$*"; }

# Ends the script with a sentence; 2 says "something is missing on this machine".
missing() {
  printf '%s\n' "$*" >&2
  exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

# at_least WANTED FOUND: whether version FOUND is WANTED or newer.
at_least() { [[ $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# Prints those of the named Debian packages that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
      say "$package"
  done
}

# Runs a command as root: as it is, or through sudo where that works.
as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  elif has sudo && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
    sudo "$@"
  else
    missing "Some system packages are missing. Run this as root, then start again:  $*"
  fi
}

# Installs those of the named Debian packages that are missing, in one go.
install_packages() {
  [[ $(uname -s) == Linux ]] || return 0
  if ! has apt-get || ! has dpkg-query; then
    has pkg-config && pkg-config --exists webkit2gtk-4.1 && return 0
    missing "This system has no apt. Install its packages for WebKitGTK 4.1, librsvg, OpenSSL," \
      "libxdo and Ayatana AppIndicator (with headers), a C compiler and pkg-config by hand."
  fi
  local absent
  mapfile -t absent < <(missing_packages "$@")
  [[ ${#absent[@]} -gt 0 ]] || return 0
  say "Installing ${#absent[@]} system packages: ${absent[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${absent[@]}"
}

# Checks that Rust is there, in the version that rust-toolchain.toml names.
need_rust() {
  local wanted found
  wanted=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)
  has cargo || missing "Rust is missing. Install it with rustup (https://rustup.rs), then start again."
  found=$(rustc --version | cut -d ' ' -f 2) ||
    missing "Rust $wanted could not be started. Run:  rustup toolchain install $wanted"
  at_least "$wanted" "$found" ||
    missing "Rust $wanted or newer is needed; this one is $found. Run:  rustup toolchain install $wanted"
}

# Checks that Node and npm are there, in the version that ui/package.json asks for.
need_node() {
  local wanted found
  wanted=$(sed -n 's/^ *"node": ">=\(.*\)".*$/\1/p' ui/package.json)
  has node || missing "Node is missing. Install Node $wanted or newer (https://nodejs.org), then start again."
  found=$(node --version)
  at_least "$wanted" "${found#v}" ||
    missing "Node $wanted or newer is needed; this one is ${found#v}. Install a newer one (https://nodejs.org)."
  has npm || missing "npm is missing. It comes with Node (https://nodejs.org); Debian keeps it apart: apt-get install npm"
}

# Installs the window's packages when the lock file changed since the last time.
install_ui_packages() {
  local stamp=ui/node_modules/.installed-from wanted
  wanted=$(sha256sum ui/package.json ui/package-lock.json && node --version)
  [[ -f $stamp && $(<"$stamp") == "$wanted" ]] && return 0
  say "Installing the window's packages"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix ui ci --loglevel=error
  printf '%s' "$wanted" >"$stamp"
}

# newer_than STAMP PATH…: whether anything below the paths is newer than the stamp, or it is absent.
# Folders count too, since removing a file changes nothing else. Made files do not.
newer_than() {
  local stamp=$1
  shift
  [[ -f $stamp ]] || return 0
  [[ -n $(find "$@" \( -name node_modules -o -path ui/dist -o -path ui/src/lib/paraglide \) -prune \
    -o -newer "$stamp" -print -quit) ]]
}

# What the built window depends on.
ui_sources() { find ui -mindepth 1 -maxdepth 1 ! -name node_modules ! -name dist ! -name tests; }

# Builds the window's pages when a source of theirs changed.
build_ui() {
  local stamp=$target_dir/.ui-built sources
  mapfile -t sources < <(ui_sources)
  if [[ -f ui/dist/index.html ]] && ! newer_than "$stamp" "${sources[@]}"; then
    return 0
  fi
  mkdir -p "$target_dir"
  # The moment before the build counts: what changes during it is built next time.
  touch "$stamp.next"
  npm --prefix ui run build
  mv "$stamp.next" "$stamp"
}
