# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# MySQL 9, which Debian has in its unstable branch only: its packages are unpacked beside the
# system, and the server runs with the C library that came along.
more_servers+=("mysql9 mysql")

# apt with state and sources of its own.
unstable_apt() {
    local folder=$1
    shift
    apt-get -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$folder/lists" -o Dir::Cache="$folder/cache" \
        -o Dir::State::status=/dev/null -o Debug::NoLocking=1 -o APT::Sandbox::User=root "$@"
}

fetch_mysql9() {
    local folder=$1 mirror package
    # from where this system has its own packages
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(COMPONENT)' 'Created-By: Packages' |
        awk '$2 == "Debian" && $3 == "main" && $1 !~ /security/ { print $1; exit }') || return 1
    [ -n "$mirror" ] || { echo "apt knows no source of Debian" && return 1; }
    mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" \
        >"$folder/apt/sources.list"
    unstable_apt "$folder/apt" update || return 1
    unstable_apt "$folder/apt" install -y --no-install-recommends --download-only mysql-server-core ||
        return 1
    for package in "$folder/apt/cache/archives"/*.deb; do
        dpkg-deb -x "$package" "$folder" || return 1
    done
    rm -rf "$folder/apt"
    chmod 755 "$folder"
    [ -x "$folder/usr/sbin/mysqld" ]
}

mysql9_up() {
    local folder=$1 package libraries
    local -a server
    package=$(fetched mysql9)
    libraries=$(dirname "$(find "$package/usr/lib" -name libc.so.6 | head -n 1)")
    server=("$(find "$package/usr/lib" -name 'ld-linux*' | head -n 1)" --library-path "$libraries"
        "$package/usr/sbin/mysqld" --no-defaults --basedir="$package/usr")
    make_folder "$(mariadb_user)" "$folder"
    # shellcheck disable=SC2046
    "${server[@]}" --initialize-insecure $(user_option) --datadir="$folder/data" \
        --log-error="$folder/log" </dev/null >/dev/null 2>&1 ||
        fail "mysqld --initialize failed: $(tail -n 1 "$folder/log")"
    mysql_start "$folder" "${server[@]}" --mysqlx=OFF --skip-log-bin --secure-file-priv=
    mysql_run "$folder" "CREATE DATABASE relata CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin"
    echo "export RELATA_TEST_MYSQL='mysql://root@127.0.0.1:$(cat "$folder/port")/relata'"
}
mysql9_down() { mysql_down "$1"; }
