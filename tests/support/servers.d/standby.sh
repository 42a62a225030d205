# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# A PostgreSQL primary and its hot standby. A test may kill the primary and promote the standby.
more_servers+=("standby postgresql [standby]")

standby_up() {
    local folder=$1 programs primary=$1/primary second=$1/second
    programs=$(postgresql_programs)
    make_folder postgres "$folder"
    postgresql_init "$primary" "$programs"
    postgresql_start "$primary" "-c wal_level=replica"
    postgresql_make_database "$primary"
    make_folder postgres "$second"
    make_folder postgres "$second/sock"
    echo "$programs" >"$second/programs"
    as_user postgres "$programs/pg_basebackup" -h 127.0.0.1 -p "$(cat "$primary/port")" -U postgres \
        -D "$second/data" -R -c fast -N >"$second/copy.log" 2>&1 ||
        fail "pg_basebackup failed: $(tail -n 1 "$second/copy.log")"
    postgresql_start "$second" "-c hot_standby=on"
    echo "export RELATA_TEST_POSTGRESQL_STANDBY='postgresql://postgres@127.0.0.1:$(cat "$primary/port"),127.0.0.1:$(cat "$second/port")/relata'"
}

standby_down() {
    postgresql_down "$1/second"
    postgresql_down "$1/primary"
}
