#!/bin/sh
# Brings both Python environments up to the lock file. Run by ./bxl and make; safe to run again at any time.
#   BXL_UV            path of a uv to use
#   BXL_PYTHON        interpreter for the services (3.11 to 3.13)
#   BXL_PYTHON_RASA   interpreter for the Rasa server (3.10)
set -eu
cd "$(dirname "$0")/.."
state=.bxl
mkdir -p "$state"

say() { printf '%s\n' "bxl: $*" >&2; }
die() {
    say "$1"
    shift
    for line in "$@"; do printf '     %s\n' "$line" >&2; done
    exit 1
}

stamp="$state/environments"
wanted=$(cat pyproject.toml uv.lock ops/bootstrap.sh | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && [ -x .venv/bin/python ] && [ -x .venv-rasa/bin/python ]; then
    exit 0
fi

# One bootstrap at a time, for `make test` beside `make run`.
if command -v flock >/dev/null 2>&1 && [ -z "${BXL_BOOTSTRAP_LOCKED:-}" ]; then
    BXL_BOOTSTRAP_LOCKED=1 exec flock "$state/bootstrap.lock" "$0" "$@"
fi

runs() { # interpreter, lowest minor version, highest minor version
    [ -n "$1" ] && "$1" -c "import sys; low, high = ($2), ($3); sys.exit(not low <= sys.version_info[1] <= high or sys.version_info[0] != 3)" 2>/dev/null
}

find_python() { # minor versions, the best first: prints an interpreter that runs
    for minor in "$@"; do
        for candidate in "python3.$minor" \
            "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3."$minor".*/bin/python3."$minor" \
            /opt/python/3."$minor"*/bin/python3 /usr/local/bin/python3."$minor"; do
            path=$(command -v "$candidate" 2>/dev/null) || continue
            if runs "$path" "$minor" "$minor"; then
                # The real file, because a pyenv shim depends on the folder it is called from.
                "$path" -c 'import os, sys; print(os.path.realpath(sys.executable))'
                return 0
            fi
        done
        path=$("$uv" python find --no-project --offline "3.$minor" 2>/dev/null || true)
        if runs "$path" "$minor" "$minor"; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    return 1
}

find_uv() {
    for candidate in "${BXL_UV:-}" uv "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv" "$state/uv/bin/uv"; do
        [ -n "$candidate" ] || continue
        path=$(command -v "$candidate" 2>/dev/null) || continue
        if "$path" --version >/dev/null 2>&1; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    return 1
}

if ! uv=$(find_uv); then
    say "uv is not here yet: installing it into $state/uv"
    base=$(command -v python3 || command -v python) || die "Python is missing." "Install Python 3.11 or later, for example: apt-get install python3 python3-venv"
    if ! "$base" -m venv "$state/uv" >"$state/bootstrap.log" 2>&1; then
        die "could not make an environment for uv with $base ($state/bootstrap.log says why)." \
            "On Debian and Ubuntu: apt-get install python3-venv" \
            "Or install uv yourself (https://docs.astral.sh/uv/) and run this again."
    fi
    if ! "$state/uv/bin/python" -m pip install --quiet --disable-pip-version-check 'uv>=0.8' >>"$state/bootstrap.log" 2>&1; then
        die "could not install uv ($state/bootstrap.log says why)." "Is the package index within reach? uv can also be installed by hand: https://docs.astral.sh/uv/"
    fi
    uv=$(cd "$state/uv/bin" && pwd)/uv
fi

services_python=${BXL_PYTHON:-$(find_python 12 13 11 || true)}
if [ -z "$services_python" ]; then
    say "no Python 3.11 to 3.13 is installed: letting uv fetch one"
    "$uv" python install 3.12 >&2 || die "Python 3.11, 3.12 or 3.13 is needed and could not be fetched." \
        "Install one (apt-get install python3.11 python3.11-venv, or pyenv install 3.12) or name it: BXL_PYTHON=/path/to/python3.12"
    services_python=$("$uv" python find --no-project 3.12)
fi
rasa_python=${BXL_PYTHON_RASA:-$(find_python 10 || true)}
if [ -z "$rasa_python" ]; then
    say "no Python 3.10 is installed (Rasa 3.6 needs it): letting uv fetch one"
    "$uv" python install 3.10 >&2 || die "Python 3.10 is needed for the Rasa server and could not be fetched." \
        "Install it (pyenv install 3.10, or your distribution's python3.10) or name it: BXL_PYTHON_RASA=/path/to/python3.10"
    rasa_python=$("$uv" python find --no-project 3.10)
fi

sync() { # environment, interpreter, groups…
    environment=$1 interpreter=$2
    shift 2
    runs "$interpreter" 10 13 || die "$interpreter is not a Python that runs."
    UV_PROJECT_ENVIRONMENT="$environment" "$uv" sync --locked --quiet --no-default-groups --python "$interpreter" "$@" >&2 ||
        die "could not install the packages of $environment." \
            "The lines above say which. A second try often mends a broken download: ./ops/bootstrap.sh"
}

say "setting up .venv (services, $services_python)"
sync .venv "$services_python" --group services --group dev
say "setting up .venv-rasa (Rasa server, $rasa_python; about 2.7 GB)"
sync .venv-rasa "$rasa_python" --group rasa
printf '%s\n' "$wanted" >"$stamp"
say "environments are ready"
