# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
# Certificates for the servers with TLS, made once for each folder of servers:
#   authority.pem         whose word the tests trust
#   stranger.pem          another authority, who signed nothing
#   server.pem, .key      for the host localhost, and not for 127.0.0.1
#   client.pem, .key      for the user relata_certified

make_authority() {
    local name=$1
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=relata $name" \
        -keyout "$name.key" -out "$name.pem"
}

# A certificate of our authority.
make_certificate() {
    local name=$1 common_name=$2 extensions=$3
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$common_name" -keyout "$name.key" -out "$name.csr"
    openssl x509 -req -in "$name.csr" -CA authority.pem -CAkey authority.key -CAcreateserial \
        -days 30 -extfile <(printf '%s\n' "$extensions") -out "$name.pem"
}

# Prints the folder with the certificates beside the folder of a server.
certificates() {
    local folder
    folder=$(dirname "$1")/certificates
    if [ ! -d "$folder" ]; then
        command -v openssl >/dev/null || fail "certificates need openssl"
        mkdir "$folder"
        (
            cd "$folder"
            make_authority authority
            make_authority stranger
            make_certificate server localhost "subjectAltName=DNS:localhost"
            make_certificate client relata_certified "extendedKeyUsage=clientAuth"
        ) >"$folder/log" 2>&1 || fail "openssl made no certificates: $(tail -n 1 "$folder/log")"
        chmod 600 "$folder"/*.key
    fi
    echo "$folder"
}

# Copies certificate and key of the server into its own folder, where its user may read them.
give_certificate() {
    local user=$1 folder=$2 from
    from=$(certificates "$folder")
    cp "$from/server.pem" "$from/server.key" "$from/authority.pem" "$folder"
    if [ "$(id -u)" = 0 ]; then chown "$user:" "$folder"/*.pem "$folder"/*.key; fi
}
