# Shared by the scripts of this folder: where things are, saying what happens, and apt.
# Sourced by bash; not a command.

set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
MODELS=${VECINO_MODELS:-${XDG_DATA_HOME:-$HOME/.local/share}/vecino/models}

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Runs a command as root: directly, or through sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "'$*' needs root and there is no sudo: run it as root, then this script again."
    fi
}

# Prints those of the named Debian packages that are missing.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
    done
}

# Whether packages can be installed: as root, or through sudo.
can_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null; }
}

# Installs those of the named Debian packages that are missing, and nothing if none is: then no root is needed.
need_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] && return
    can_install \
        || die "these Debian packages are missing; ask who looks after this machine to run
    apt-get install --no-install-recommends ${missing[*]}
and run this script again."
    say "Installing Debian packages: ${missing[*]}"
    as_root apt-get update -qq \
        || die "apt-get update failed: check the network and /etc/apt/sources.list."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" >/dev/null \
        || die "apt-get could not install ${missing[*]}: see its message above."
}

# The same for packages without which the rest works: they are named where they cannot be installed.
want_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] && return
    if can_install; then
        need_packages "$@"
    else
        say "Without ${missing[*]} some formats are not read; 'vecino status' names them."
    fi
}

# Says, or dies with "strictly", when a build has other packages than the committed list.
check_pins() {
    local folder=$1
    "$ROOT/scripts/sbom" --check --scratch "$folder" && return
    [ "${2:-}" != strictly ] || die "the build's packages are not those of scripts/pinned-packages.txt: see above."
    say "The build has other packages than those that were tested: see above."
}

need_swift() {
    command -v swift >/dev/null \
        || die "Swift 6.2 or newer is needed and 'swift' is not on the PATH: see swift.org/install."
}

# What the program is built and linked with.
BUILD_PACKAGES=(
    build-essential pkg-config libopenblas-dev libsqlite3-dev libxml2-dev
    libcmark-gfm-dev libcmark-gfm-extensions-dev libssl-dev libstemmer-dev zlib1g-dev libzip-dev
    libedit-dev
)

# Programs that it starts while it runs: PDF files are read by poppler's, old Word files by antiword and catdoc,
# archives by bsdtar.
RUN_PACKAGES=(poppler-utils poppler-data antiword catdoc libarchive-tools)

# Prints the Python that has what scripts/NAME.txt lists, made once; the mark is what it was made from.
#
#     python_with NAME [pip's options]
python_with() {
    local name=$1
    shift
    local list=$ROOT/scripts/$name.txt cache=${XDG_CACHE_HOME:-$HOME/.cache}/vecino/$name
    if ! cmp -s "$list" "$cache/installed"; then
        say "Installing what $name.txt lists into $cache (once)"
        rm -rf "$cache"
        mkdir -p "$cache"
        python3 -m venv "$cache/python" >&2 || die "python3 -m venv failed: see its message above."
        "$cache/python/bin/python" -m pip install --quiet --no-deps "$@" -r "$list" >&2 \
            || die "pip could not install what $name.txt lists: check the network, then run this again."
        cp "$list" "$cache/installed"
    fi
    echo "$cache/python/bin/python"
}
