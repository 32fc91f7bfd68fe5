#!/usr/bin/env bash
# Cyrus IMAP for tests, on loopback only, beside whatever is installed: Debian's package conflicts with Dovecot's, so it is unpacked
# into a cache folder and never installed.
#
#   cyrus.sh fetch        unpacks Cyrus and the libraries that this machine lacks; needs apt
#   cyrus.sh start DIR    starts it under DIR (created if missing) and prints its ports as NAME=PORT
#   cyrus.sh stop DIR     ends what was started under DIR, and nothing else
#   cyrus.sh status DIR   succeeds while it runs
#   cyrus.sh missing      prints what this machine lacks; prints nothing and succeeds when all is there
#
# Ports: CYRUS_IMAP_PORT (2143), CYRUS_IMAPS_PORT (2993). Needs root (Cyrus changes user); nothing of /etc.
# Users: u1 to u60, password "secret". An INBOX appears with the first login.
# Keep DIR short: sockets live in it, and their paths end at 107 characters.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022 # the daemons read what we write, as another user

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/maildesk/cyrus
programs=$root/usr/lib/cyrus/bin
export LD_LIBRARY_PATH="$root/libraries"
user=mail
password=secret
users=60

. "$here/common.sh"

fetch() {
    ! fetched || return 0
    command -v apt-get >/dev/null || die "needs apt-get"
    local packages
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    # What an installation would bring: Cyrus, and the libraries that are not here yet. saslpasswd2 makes the users.
    mapfile -t packages < <(apt-get --simulate --no-install-recommends install cyrus-imapd sasl2-bin </dev/null |
        awk '$1 == "Inst" && $2 ~ /^(cyrus-(common|imapd)|sasl2-bin|lib.*)$/ { print $2 }')
    [[ ${#packages[@]} -gt 0 ]] || die "apt-get knows no cyrus-imapd"
    (cd "$work" && apt-get -q -o APT::Sandbox::User=root download "${packages[@]}" </dev/null >&2)
    mkdir -p "$work/root/libraries"
    for package in "$work"/*.deb; do dpkg-deb --extract "$package" "$work/root"; done
    find "$work/root"/{,usr/}lib/*-linux-gnu* -maxdepth 1 -name '*.so.*' -exec cp -P -t "$work/root/libraries" {} + 2>/dev/null || true
    rm -rf "$work"/root/usr/share "$work"/root/libraries/libclamav* "$root" # a virus scanner is not among what runs here
    mkdir -p "$(dirname "$root")"
    mv "$work/root" "$root"
    fetched || die "unpacked, but it does not run: $(missing)"
}

# fetched: succeeds when the programs are there and find their libraries.
fetched() {
    [[ -x $programs/master && -x $programs/imapd && -x $root/usr/sbin/saslpasswd2 ]] || return 1
    ! ldd "$programs/imapd" "$root/usr/sbin/saslpasswd2" 2>&1 | grep -q 'not found'
}

missing() {
    local lacks=()
    [[ $(id -u) == 0 ]] || lacks+=("root")
    command -v openssl >/dev/null || lacks+=("openssl")
    fetched || lacks+=("Cyrus IMAP (tests/servers/cyrus.sh fetch)")
    [[ -e $(sasl_plugins)/libsasldb.so ]] || lacks+=("libsasl2-modules-db")
    [[ -e $(sasl_plugins)/libplain.so ]] || lacks+=("libsasl2-modules")
    [[ ${#lacks[@]} == 0 ]] || { (IFS=,; echo "${lacks[*]}" | sed 's/,/, /g'); return 1; }
}

# sasl_plugins: the folder with SASL's mechanisms, the machine's own or the unpacked.
sasl_plugins() {
    local folder
    for folder in /usr/lib/*-linux-gnu*/sasl2 "$root"/usr/lib/*-linux-gnu*/sasl2; do
        [[ ! -e $folder/libplain.so || ! -e $folder/libsasldb.so ]] || { echo "$folder"; return; }
    done
    echo /nowhere
}

configure() {
    mkdir -p "$dir"/{config/socket,config/proc,config/log,spool,log}
    [[ -e $dir/cert.pem ]] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null
    cat >"$dir/imapd.conf" <<END
configdirectory: $dir/config
partition-default: $dir/spool
defaultpartition: default
servername: localhost
cyrus_user: $user
cyrus_group: $user
admins: admin
altnamespace: no
unixhierarchysep: no
virtdomains: off
autocreate_quota: 0
autocreate_post: yes
allowplaintext: yes
imapidlepoll: 1
duplicatesuppression: no
sasl_mech_list: PLAIN
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: $dir/sasldb2
sasl_plugin_path: $(sasl_plugins)
tls_server_cert: $dir/cert.pem
tls_server_key: $dir/key.pem
tls_session_timeout: 0
idlesocket: $dir/config/socket/idle
lmtpsocket: $dir/config/socket/lmtp
master_pid_file: $dir/master.pid
syslog_prefix: maildesk
END
    cat >"$dir/cyrus.conf" <<END
START {
  recover cmd="$dir/cyrus/ctl_cyrusdb -C $dir/imapd.conf -r"
}
SERVICES {
  imap cmd="$dir/cyrus/imapd -C $dir/imapd.conf -U 30" listen="127.0.0.1:$imap_port" prefork=1
  imaps cmd="$dir/cyrus/imapd -s -C $dir/imapd.conf -U 30" listen="127.0.0.1:$imaps_port" prefork=0
}
EVENTS {
}
END
    # The cache may lie where only root comes: the workers run as another user.
    rm -rf "$dir/cyrus"
    mkdir "$dir/cyrus"
    cp -a "$root/libraries" "$dir/cyrus/"
    cp "$programs"/{imapd,ctl_cyrusdb} "$dir/cyrus/"
    local number
    if [[ ! -e $dir/sasldb2 ]]; then
        for ((number = 1; number <= users; number++)); do
            "$root/usr/sbin/saslpasswd2" -f "$dir/sasldb2" -u localhost -p -c "u$number" <<<"$password"
        done
    fi
    chown -R "$user:$user" "$dir"
}

start() {
    local lacks
    lacks=$(missing) || die "cannot run here, missing: $lacks"
    mkdir -p "$1"
    dir=$(cd "$1" && pwd)
    [[ ${#dir} -le 80 ]] || die "the path is too long for sockets: $dir"
    imap_port=${CYRUS_IMAP_PORT:-2143} imaps_port=${CYRUS_IMAPS_PORT:-2993}
    ! status "$dir" || die "already running under $dir"
    for port in "$imap_port" "$imaps_port"; do
        ! { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || die "port $port is in use"
    done
    configure

    # Another time zone than UTC, as servers have. A session of its own, so that stop can end the workers with it.
    TZ=Asia/Kolkata LD_LIBRARY_PATH=$dir/cyrus/libraries setsid "$programs/master" -C "$dir/imapd.conf" -M "$dir/cyrus.conf" -p "$dir/master.pid" -D \
        </dev/null >>"$dir/log/master.log" 2>&1 &
    if ! answers "$imap_port" || ! status "$dir"; then
        stop "$dir"
        tail -n 20 "$dir"/log/*.log >&2
        die "did not start"
    fi
    printf 'imap=%s\nimaps=%s\n' "$imap_port" "$imaps_port"
}

# master_pid DIR: of the master that runs with this DIR's configuration.
master_pid() {
    local pid
    pid=$(cat "$1/master.pid" 2>/dev/null) || return 1
    [[ -r /proc/$pid/cmdline ]] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "$1/imapd.conf" && echo "$pid"
}

status() { master_pid "$1" >/dev/null; }

stop() {
    local dir pid
    [[ -d $1 ]] || return 0
    dir=$(cd "$1" && pwd)
    if pid=$(master_pid "$dir"); then
        end "$pid"
    fi
    ! status "$dir" || die "still running under $dir"
}

case "${1:-} ${2:+DIR}" in
    "fetch ") fetch ;;
    "start DIR") start "$2" ;;
    "stop DIR") stop "$2" ;;
    "status DIR") status "$(cd "$2" 2>/dev/null && pwd)" ;;
    "missing ") missing ;;
    *) sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
