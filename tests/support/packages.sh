# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# Sourced by the scripts that install what they need. On Debian and its relatives only.

# Prints those of the given packages that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
            echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "needs root or sudo to run: $*" >&2
        return 1
    fi
}

# Installs what is missing of the given packages; asks apt for nothing if all are there. No service
# is started by the installation: the tests bring their own servers.
install_packages() {
    local -a missing
    if ! command -v dpkg-query >/dev/null; then
        echo "This system has no dpkg: please make sure that you have the like of: $*" >&2
        return 0
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    echo "Installing: ${missing[*]}"
    local log policy=/usr/sbin/policy-rc.d made_policy=no code=0
    local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    log=$(mktemp)
    if [ ! -e "$policy" ]; then
        made_policy=yes
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    {
        as_root "${apt[@]}" update &&
            as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
    } </dev/null >"$log" 2>&1 || code=$?
    if [ "$made_policy" = yes ]; then as_root rm -f "$policy"; fi
    if [ "$code" != 0 ]; then
        tail -n 15 "$log" >&2
        echo "Could not install: ${missing[*]}" >&2
    fi
    rm -f "$log"
    return "$code"
}
