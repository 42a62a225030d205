# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# Three MariaDB nodes that replicate to each other with Galera. The whole suite runs on the first,
# so keys made by the server go up by one as elsewhere.
more_servers+=("galera mysql")

galera_library() {
    local library
    library=$(find /usr/lib /usr/lib64 -name libgalera_smm.so 2>/dev/null | head -n 1)
    [ -n "$library" ] || fail "no Galera found (Debian: galera-4)"
    command -v rsync >/dev/null || fail "Galera copies new nodes with rsync, which is not installed"
    echo "$library"
}

# Starts a node that joins the nodes at the addresses given, none for the first.
galera_node_up() {
    local folder=$1 library=$2 joins=$3 group transfer state
    group=$(free_port)
    transfer=$(free_port)
    state=$(free_port)
    mariadb_init "$folder"
    echo "127.0.0.1:$group" >"$folder/group"
    local -a first=()
    if [ -z "$joins" ]; then first=(--wsrep-new-cluster); fi
    mysql_start "$folder" "$(mariadb_program)" --no-defaults --skip-name-resolve \
        --collation-server=utf8mb4_nopad_bin --binlog-format=ROW --innodb-autoinc-lock-mode=2 \
        --wsrep-auto-increment-control=OFF \
        --wsrep-on=ON --wsrep-provider="$library" --wsrep-cluster-name=relata \
        --wsrep-node-address="127.0.0.1:$group" --wsrep-cluster-address="gcomm://$joins" \
        --wsrep-sst-method=rsync --wsrep-sst-receive-address="127.0.0.1:$state" \
        --wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:$group;ist.recv_addr=127.0.0.1:$transfer;gcache.size=32M" \
        "${first[@]}"
    for _ in $(seq 600); do
        if mysql_run "$folder" "SHOW STATUS LIKE 'wsrep_local_state_comment'" | grep -q Synced; then
            return
        fi
        sleep 0.1
    done
    fail "a node of Galera did not join: $(tail -n 1 "$folder/log")"
}

galera_up() {
    local folder=$1 library number joins='' urls=''
    library=$(galera_library)
    make_folder "$(mariadb_user)" "$folder"
    for number in 1 2 3; do
        galera_node_up "$folder/node$number" "$library" "$joins"
        joins+=${joins:+,}$(cat "$folder/node$number/group")
        urls+="${urls:+ }mysql://root@127.0.0.1:$(cat "$folder/node$number/port")/relata"
    done
    mysql_run "$folder/node1" \
        "CREATE DATABASE relata CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
    echo "export RELATA_TEST_MYSQL='${urls%% *}'"
    echo "export RELATA_TEST_GALERA='$urls'"
}

galera_down() {
    local folder=$1 number
    for number in 3 2 1; do mysql_down "$folder/node$number"; done
}
