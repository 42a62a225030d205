# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# MariaDB: the installed one, and the same with TLS.

# The user of a full installation, or else one without rights: the server alone brings no user.
mariadb_user() {
    if id mysql >/dev/null 2>&1; then echo mysql; else echo nobody; fi
}

mariadb_program() {
    if [ -x /usr/sbin/mariadbd ]; then
        echo /usr/sbin/mariadbd
    else
        command -v mariadbd || fail "no MariaDB server found (Debian: mariadb-server-core)"
    fi
}

# The words of a command line that make a server of root drop its rights.
user_option() { if [ "$(id -u)" = 0 ]; then echo "--user=$(mariadb_user)"; fi; }

# A statement as root, over the socket of the server in a folder.
mysql_run() {
    local folder=$1 sql=$2
    mariadb --no-defaults --socket="$folder/s.sock" -uroot -Nse "$sql"
}

mariadb_init() {
    local folder=$1
    make_folder "$(mariadb_user)" "$folder"
    # shellcheck disable=SC2046
    mariadb-install-db --no-defaults $(user_option) --datadir="$folder/data" --skip-test-db \
        --auth-root-authentication-method=normal --skip-name-resolve >"$folder/install.log" 2>&1 ||
        fail "mariadb-install-db failed: $(tail -n 1 "$folder/install.log")"
}

# Starts a server program on a free port, which is then in the file "port" of the folder, and waits
# until it answers.
mysql_start() {
    local folder=$1 port pid
    shift
    for _ in 1 2 3; do # another program may take the port before the server does
        port=$(free_port)
        # shellcheck disable=SC2046
        setsid "$@" $(user_option) --datadir="$folder/data" --port="$port" --bind-address=127.0.0.1 \
            --socket="$folder/s.sock" --pid-file="$folder/pid" --log-error="$folder/log" \
            --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=256M \
            --max-allowed-packet=1G --local-infile=1 --character-set-server=utf8mb4 \
            </dev/null >/dev/null 2>&1 &
        pid=$!
        echo "$port" >"$folder/port"
        if mysql_answers "$folder" "$pid"; then return 0; fi
    done
    fail "the server did not start: $(tail -n 1 "$folder/log")"
}

mysql_answers() {
    local folder=$1 pid=$2
    for _ in $(seq 600); do
        if mysql_run "$folder" "SELECT 1" >/dev/null 2>&1; then return 0; fi
        kill -0 "$pid" 2>/dev/null || return 1
        sleep 0.05
    done
    kill "$pid" 2>/dev/null || true
    return 1
}

mariadb_start() {
    local folder=$1
    shift
    mysql_start "$folder" "$(mariadb_program)" --no-defaults --skip-name-resolve \
        --innodb-log-file-size=256M --collation-server=utf8mb4_nopad_bin "$@"
    mysql_run "$folder" "CREATE DATABASE relata CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
}

mysql_up() {
    local folder=$1
    mariadb_init "$folder"
    mariadb_start "$folder"
    echo "export RELATA_TEST_MYSQL='mysql://root@127.0.0.1:$(cat "$folder/port")/relata'"
    echo "export RELATA_TEST_MYSQL_CONNECTOR='mysql+connector://root@127.0.0.1:$(cat "$folder/port")/relata'"
}

mysql_down() {
    local folder=$1 pid
    pid=$(cat "$folder/pid" 2>/dev/null) || return 0
    mysql_run "$folder" SHUTDOWN >/dev/null 2>&1 || kill "$pid" 2>/dev/null || true
    wait_for_end "$pid"
}

# With TLS; the user relata_encrypted is let in only with it, and relata_certified only with a
# certificate.
mysql_tls_up() {
    local folder=$1
    mariadb_init "$folder"
    give_certificate "$(mariadb_user)" "$folder"
    mariadb_start "$folder" --ssl-cert="$folder/server.pem" --ssl-key="$folder/server.key" \
        --ssl-ca="$folder/authority.pem"
    mysql_run "$folder" "CREATE USER relata_encrypted@'%' REQUIRE SSL;
        CREATE USER relata_certified@'%' REQUIRE SUBJECT '/CN=relata_certified';
        GRANT ALL ON relata.* TO relata_encrypted@'%', relata_certified@'%'"
    echo "export RELATA_TEST_MYSQL_TLS='mysql://root@localhost:$(cat "$folder/port")/relata'"
    echo "export RELATA_TEST_CERTIFICATES='$(certificates "$folder")'"
}
mysql_tls_down() { mysql_down "$1"; }
