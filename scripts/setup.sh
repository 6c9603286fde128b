#!/bin/sh
# Makes this checkout ready: `setup.sh quiz` for building quizzes, `setup.sh test` for working on quizgen as well.
#
# What is done is noted in .setup/, so that the next call neither waits nor touches the network. System packages are
# installed where that needs nobody's password; elsewhere the one command that installs them is printed.
# QUIZGEN_NO_SYSTEM=1 keeps the script from installing any.
set -eu
cd "$(dirname "$0")/.."

what=${1:-quiz}
venv_python=.venv/bin/python
log=.setup/log
key="$(cksum <pyproject.toml) $(pwd -P)"

say() { printf '%s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

# Notes: what was done for this pyproject.toml in this folder.
noted() { [ -f ".setup/$1" ] && [ "$(cat ".setup/$1")" = "$key" ]; }
note() { printf '%s\n' "$key" >".setup/$1"; }

# --- System packages --------------------------------------------------------------------------------------------

manager=none
for name in apt-get dnf apk pacman brew; do
    if command -v "$name" >/dev/null 2>&1; then
        manager=$name
        break
    fi
done

sudo=
if [ "$(id -u)" -ne 0 ] && [ "$manager" != brew ]; then sudo=sudo; fi

pango_packages() {
    case $manager in
    apt-get) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
    apk) echo so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0 so:libfontconfig.so.1 ;;
    *) echo pango ;;
    esac
}

# Chromium, what Playwright's driver wants, and what watches which files a build opens.
chromium_packages() {
    case $manager in
    apt-get) echo chromium libatomic1 strace ;;
    dnf) echo chromium libatomic strace ;;
    *) echo chromium ;;
    esac
}

firefox_packages() {
    case $manager in
    apt-get) echo firefox-esr libatomic1 ;;
    apk) echo firefox-esr ;;
    *) echo firefox ;;
    esac
}

# The command that a person would type to install the packages.
by_hand() {
    case $manager in
    apt-get) echo "${sudo:+sudo }apt install $*" ;;
    apk) echo "${sudo:+sudo }apk add $*" ;;
    pacman) echo "${sudo:+sudo }pacman -S $*" ;;
    none) echo "install $* with your system's package manager" ;;
    *) echo "${sudo:+sudo }$manager install $*" ;;
    esac
}

# Installs packages if that is allowed without asking; false if it is not or does not work.
get() {
    [ -z "${QUIZGEN_NO_SYSTEM:-}" ] || return 1
    [ -z "$sudo" ] || sudo -n true 2>/dev/null || return 1
    case $manager in
    apt-get) set -- apt-get install -y --no-install-recommends "$@" ;;
    dnf) set -- dnf install -y "$@" ;;
    apk) set -- apk add "$@" ;;
    brew) set -- brew install "$@" ;;
    *) return 1 ;;
    esac
    say "installing system packages, once: $*"
    as_root "$@" && return 0
    # The lists of packages may be missing or old.
    [ "$manager" = apt-get ] && as_root apt-get update && as_root "$@"
}

as_root() { ${sudo:+sudo -n} env DEBIAN_FRONTEND=noninteractive "$@" </dev/null >>"$log" 2>&1; }

# --- Python -----------------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
            echo "$name"
            return
        fi
    done
}

can_make_venvs() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# Where there is a pip but no ensurepip, that pip can install another one into .venv.
lend_pip() {
    "$python" -m pip --version >/dev/null 2>&1 || return 1
    "$python" -m venv --clear --without-pip .venv >"$log" 2>&1 &&
        "$python" -m pip --python "$venv_python" install --quiet --no-input pip >>"$log" 2>&1
}

# A virtual environment that was moved is made anew, since it holds absolute paths; somebody's own is used as it is.
venv_is_sound() {
    [ ! -f .setup/venv ] || [ "$(cat .setup/venv)" = "$(pwd -P)" ] || return 1
    new_enough "$venv_python" && "$venv_python" -m pip --version >/dev/null 2>&1
}

make_venv() {
    if venv_is_sound; then return; fi
    python=$(find_python)
    [ -n "$python" ] || fail "quizgen needs Python 3.11 or newer, which is not here: $(by_hand python3)"
    if can_make_venvs "$python"; then
        "$python" -m venv --clear .venv >"$log" 2>&1 || show_log "no virtual environment can be made in .venv"
    elif ! lend_pip; then # Debian has ensurepip in a package of its own
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        { [ "$manager" = apt-get ] && get "$package" && "$python" -m venv --clear .venv >>"$log" 2>&1; } ||
            fail "Python's venv is not here. Install it, then run make again: $(by_hand "$package" $(pango_packages))"
    fi
    rm -f .setup/quiz .setup/test
    pwd -P >.setup/venv
}

show_log() {
    tail -n 20 "$log" >&2
    fail "$1; what was said is above, all of it in $log"
}

install() {
    make_venv
    say "setting up .venv, once: this takes a minute or two"
    wanted=.
    [ "$what" = quiz ] || wanted=".[dev]"
    "$venv_python" -m pip install --quiet --disable-pip-version-check --no-input -e "$wanted" >"$log" 2>&1 ||
        show_log "pip could not install what quizgen needs"
    note "$what"
    if [ "$what" = test ]; then note quiz; fi
}

# --- What is not Python -----------------------------------------------------------------------------------------

pango_is_here() { "$venv_python" -c 'import weasyprint' >/dev/null 2>&1; }

# Without HarfBuzz's subsetter PDFs can be made, but they are not the same bytes as elsewhere.
pango_is_complete() {
    "$venv_python" -c 'from weasyprint.text.ffi import harfbuzz_subset; assert harfbuzz_subset' >/dev/null 2>&1
}

pango() {
    if noted pango; then return; fi
    rm -f .setup/pango
    if ! pango_is_complete && ! noted pango-failed; then
        get $(pango_packages) || note pango-failed
    fi
    if pango_is_here; then
        note pango
    else
        say "Only HTML can be made here, no PDF, since Pango is missing. To get it: $(by_hand $(pango_packages))"
    fi
}

# As in tests/browsers.py.
programs_of() {
    case $1 in
    chromium) echo chromium chromium-browser google-chrome chrome ;;
    firefox) echo firefox-esr firefox ;;
    esac
}

browser_is_here() {
    for name in $(programs_of "$1"); do
        if command -v "$name" >/dev/null 2>&1; then
            "$venv_python" -m playwright --version >/dev/null 2>&1
            return
        fi
    done
    return 1
}

# One of the two browsers that the tests drive: `browser chromium`, `browser firefox`.
browser() {
    if noted "$1"; then return; fi
    rm -f ".setup/$1"
    if ! browser_is_here "$1" && [ "$manager" != brew ] && ! noted "$1-failed"; then
        get $("$1_packages") || note "$1-failed"
    fi
    if browser_is_here "$1"; then
        note "$1"
    else
        say "The tests in $1 are skipped, since it is not here. To run them: $(by_hand $("$1_packages"))"
    fi
}

# html-validate judges the markup of pages. It is a program for Node, and Node is not installed for it alone.
has_node() {
    command -v npm >/dev/null 2>&1 &&
        node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
}

html_validate() {
    lock=$(cksum <tests/package-lock.json)
    if [ -f .setup/node/done ] && [ "$(cat .setup/node/done)" = "$lock" ]; then return; fi
    if ! has_node; then
        say "The tests by html-validate are skipped: they need npm and Node 20.19 or newer"
    elif [ -f .setup/node/failed ] && [ "$(cat .setup/node/failed)" = "$lock" ]; then
        say "The tests by html-validate are skipped: npm could not install it. To try again: rm -r .setup/node"
    else
        rm -rf .setup/node
        mkdir .setup/node
        cp tests/package.json tests/package-lock.json .setup/node/
        if (cd .setup/node && npm ci --ignore-scripts --no-audit --no-fund) </dev/null >>"$log" 2>&1; then
            echo "$lock" >.setup/node/done
        else
            echo "$lock" >.setup/node/failed
            say "The tests by html-validate are skipped: npm could not install it; what it said is in $log"
        fi
    fi
}

# ----------------------------------------------------------------------------------------------------------------

mkdir -p .setup
if ! noted "$what" || ! "$venv_python" -I -c 'import quizgen' 2>/dev/null; then install; fi
pango
if [ "$what" = test ]; then
    browser chromium
    browser firefox
    html_validate
fi
