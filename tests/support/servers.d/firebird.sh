# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# Firebird 3, as it is installed, with a configuration and a security database of its own.

firebird_user() { if [ "$(id -u)" = 0 ]; then echo firebird; else id -un; fi; }

# Runs a program of Firebird with the configuration of a folder.
firebird_run() {
    local folder=$1
    shift
    as_user "$(firebird_user)" env FIREBIRD="$folder" FIREBIRD_LOCK="$folder/lock" \
        LC_ALL=C.UTF-8 "$@"
}

firebird_configure() {
    local folder=$1 port=$2 installed
    installed=$(find /usr/lib -maxdepth 4 -path '*/firebird/3.0' -type d 2>/dev/null | head -n 1)
    if [ -z "$installed" ] || [ ! -x /usr/sbin/firebird ]; then
        fail "no Firebird server found (Debian: firebird3.0-server)"
    fi
    ln -sfn "$installed/plugins" "$folder/plugins"
    ln -sfn "$installed/intl" "$folder/intl"
    cp /etc/firebird/3.0/{plugins,databases,fbintl}.conf "$folder/" 2>/dev/null || true
    if [ -e /usr/share/firebird/3.0/firebird.msg ]; then
        ln -sfn /usr/share/firebird/3.0/firebird.msg "$folder/firebird.msg"
    fi
    printf '%s\n' "RemoteServicePort = $port" "RemoteBindAddress = 127.0.0.1" \
        "SecurityDatabase = $folder/security3.fdb" "ServerMode = Super" "WireCrypt = Enabled" \
        "AuthServer = Srp" "UserManager = Srp" "DeadlockTimeout = 1" >"$folder/firebird.conf"
    cp /var/lib/firebird/3.0/system/security3.fdb "$folder/security3.fdb"
}

firebird_up() {
    local folder=$1 port pid
    make_folder "$(firebird_user)" "$folder"
    mkdir -p "$folder/lock"
    port=$(free_port)
    firebird_configure "$folder" "$port"
    if [ "$(id -u)" = 0 ]; then chown -R firebird: "$folder"; fi
    # the security database is made by the one who may open it without a server
    printf '%s\n' "create or alter user SYSDBA password 'masterkey';" "commit;" |
        firebird_run "$folder" isql-fb -q -user SYSDBA "$folder/security3.fdb" \
            >"$folder/isql.log" 2>&1 || true
    firebird_run "$folder" setsid /usr/sbin/firebird -p "$port" </dev/null >"$folder/log" 2>&1 &
    pid=
    for _ in $(seq 200); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            pid=$(firebird_pid "$folder")
            break
        fi
        sleep 0.05
    done
    [ -n "$pid" ] || fail "Firebird did not start: $(tail -n 1 "$folder/log")"
    echo "$pid" >"$folder/pid"
    printf '%s\n' "create database '127.0.0.1/$port:$folder/relata.fdb' user 'SYSDBA' password" \
        "'masterkey' page_size 16384 default character set UTF8;" "commit;" |
        firebird_run "$folder" isql-fb -q >>"$folder/isql.log" 2>&1 ||
        fail "no database could be made: $(tail -n 1 "$folder/isql.log")"
    # no waiting for the disk
    firebird_run "$folder" gfix -write async -user SYSDBA -password masterkey \
        "127.0.0.1/$port:$folder/relata.fdb" >>"$folder/isql.log" 2>&1 || true
    echo "export RELATA_TEST_SOCI_FIREBIRD='soci+firebird://SYSDBA:masterkey@127.0.0.1:$port/$folder/relata.fdb'"
}

# The server whose environment names this folder.
firebird_pid() {
    local folder=$1 process
    for process in /proc/[0-9]*; do
        if [ "$(readlink "$process/exe" 2>/dev/null)" = /usr/sbin/firebird ] &&
            tr '\0' '\n' <"$process/environ" 2>/dev/null | grep -qx "FIREBIRD=$folder"; then
            echo "${process#/proc/}"
            return 0
        fi
    done
    return 0
}

firebird_down() {
    local folder=$1 pid
    pid=$(cat "$folder/pid" 2>/dev/null || true)
    [ -n "$pid" ] || return 0
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 100); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.05
    done
}
