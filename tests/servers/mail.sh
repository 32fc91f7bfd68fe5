#!/usr/bin/env bash
# Real mail servers for tests and for trying things out: Dovecot (IMAP, LMTP, SASL) and Postfix (SMTP), on loopback only.
#
#   mail.sh start DIR     starts both under DIR (created if missing) and prints their ports as NAME=PORT
#   mail.sh stop DIR      ends what was started under DIR, and nothing else
#   mail.sh status DIR    succeeds while both run
#   mail.sh hold DIR      from now on Postfix keeps what it accepts: for measuring the acceptance without the delivery behind it
#   mail.sh missing       prints what this machine lacks; prints nothing and succeeds when all is there
#
# Ports: MAIL_SMTP_PORT (1025), MAIL_IMAP_PORT (1143), MAIL_IMAPS_PORT (1993). Copies with other DIRs and ports run side by side.
# Needs root (Postfix and Dovecot change users); no systemd, no syslog, nothing of /etc/postfix or /etc/dovecot.
# Keep DIR short: sockets live in it, and their paths end at 107 characters.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
umask 022 # the daemons read what we write, as other users

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
password=secret
users=(support@desk.example info@desk.example ivan@desk.example olga@desk.example maria@desk.example
    anna@client.example boris@client.example vera@other.example)
domains="desk.example client.example other.example"

. "$here/common.sh"

missing() {
    local lacks=()
    [[ $(id -u) == 0 ]] || lacks+=("root")
    for program in dovecot doveadm postfix postconf openssl; do
        command -v "$program" >/dev/null || lacks+=("$program")
    done
    if command -v dovecot >/dev/null; then
        [[ $(dovecot --version) == 2.3.* ]] || lacks+=("Dovecot 2.3 (its configuration language changed in 2.4)")
        for part in imap lmtp; do
            [[ -x $(doveconf -d -h libexec_dir 2>/dev/null || echo /usr/lib/dovecot)/$part ]] || lacks+=("dovecot's $part")
        done
    fi
    [[ ${#lacks[@]} == 0 ]] || { (IFS=,; echo "${lacks[*]}" | sed 's/,/, /g'); return 1; }
}

# fill TEMPLATE: the template with its @NAMES@ replaced.
fill() {
    sed -e "s|@DIR@|$dir|g" -e "s|@DOMAINS@|$domains|g" \
        -e "s|@SMTP_PORT@|$smtp_port|g" -e "s|@IMAP_PORT@|$imap_port|g" -e "s|@IMAPS_PORT@|$imaps_port|g" \
        -e "s|@POSTFIX_DAEMONS@|$(postconf -d -h daemon_directory)|g" -e "s|@POSTFIX_COMMANDS@|$(postconf -d -h command_directory)|g" "$here/$1"
}

configure() {
    mkdir -p "$dir"/{log,run,state,mail,queue,postfix,postfix-data}
    chmod 755 "$dir" "$dir"/{run,queue,postfix}
    chown mail:mail "$dir/mail"
    chown postfix "$dir/postfix-data"
    [[ -e $dir/cert.pem ]] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null

    fill dovecot.conf >"$dir/dovecot.conf"
    fill postfix-main.cf >"$dir/postfix/main.cf"
    fill postfix-master.cf >"$dir/postfix/master.cf"
    : >"$dir/users" >"$dir/postfix/mailboxes" >"$dir/postfix/stamps" >"$dir/postfix/senders"
    for user in "${users[@]}"; do
        echo "$user:{PLAIN}$password" >>"$dir/users"
        echo "$user mailbox" >>"$dir/postfix/mailboxes"
        # What the server knows of who has logged in; RFC 8601 §2.7.4 and, for programs that look at nothing else, dmarc.
        echo "$user PREPEND Authentication-Results: mx.desk.example; auth=pass smtp.auth=$user; dmarc=pass header.from=${user#*@}" \
            >>"$dir/postfix/stamps"
        case $user in
            support@* | info@*) echo "$user support@desk.example,info@desk.example" ;;
            *) echo "$user $user" ;;
        esac >>"$dir/postfix/senders"
    done
    # Accepted by Postfix and then unknown to Dovecot, for delivery reports.
    echo "gone@other.example mailbox" >>"$dir/postfix/mailboxes"
    # For SMTPUTF8, which Postfix knows and Dovecot does not.
    echo "анна@client.example mailbox" >>"$dir/postfix/mailboxes"
}

start() {
    local lacks
    lacks=$(missing) || die "cannot run here, missing: $lacks"
    mkdir -p "$1"
    dir=$(cd "$1" && pwd)
    [[ ${#dir} -le 80 ]] || die "the path is too long for sockets: $dir"
    smtp_port=${MAIL_SMTP_PORT:-1025} imap_port=${MAIL_IMAP_PORT:-1143} imaps_port=${MAIL_IMAPS_PORT:-1993}
    ! any_left "$dir" || die "already running under $dir"
    for port in "$smtp_port" "$imap_port" "$imaps_port"; do
        ! { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || die "port $port is in use"
    done
    configure

    # The daemons keep what they are given: they get files, so that nobody who reads our output waits for their end.
    # Dovecot lives in another time zone than UTC, as servers do.
    if ! TZ=Asia/Kolkata dovecot -c "$dir/dovecot.conf" </dev/null >>"$dir/log/start.log" 2>&1 ||
        ! postfix -c "$dir/postfix" start </dev/null >>"$dir/log/start.log" 2>&1 ||
        ! answers "$imap_port" || ! answers "$smtp_port" || ! status "$dir"; then
        stop "$dir"
        tail -n 20 "$dir"/log/*.log >&2
        die "did not start"
    fi
    printf 'smtp=%s\nimap=%s\nimaps=%s\n' "$smtp_port" "$imap_port" "$imaps_port"
}

running() { postfix -c "$1/postfix" status </dev/null >/dev/null 2>&1; }

# dovecot_pid DIR: of the master that runs with this DIR's configuration.
dovecot_pid() {
    local pid
    pid=$(cat "$1/run/dovecot/master.pid" 2>/dev/null) || return 1
    tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "$1/dovecot.conf" && echo "$pid"
}

status() { running "$1" && dovecot_pid "$1" >/dev/null; }
any_left() { running "$1" || dovecot_pid "$1" >/dev/null; }

hold() {
    postconf -c "$1/postfix" -e 'smtpd_end_of_data_restrictions = check_client_access static:HOLD'
    postfix -c "$1/postfix" reload </dev/null >>"$1/log/start.log" 2>&1
}

stop() {
    local dir pid
    [[ -d $1 ]] || return 0
    dir=$(cd "$1" && pwd)
    if running "$dir"; then postfix -c "$dir/postfix" stop </dev/null >>"$dir/log/start.log" 2>&1 || true; fi
    if pid=$(dovecot_pid "$dir"); then
        end "$pid"
    fi
    ! any_left "$dir" || die "still running under $dir"
}

case "${1:-} ${2:+DIR}" in
    "start DIR") start "$2" ;;
    "stop DIR") stop "$2" ;;
    "status DIR") status "$(cd "$2" 2>/dev/null && pwd)" ;;
    "hold DIR") hold "$(cd "$2" 2>/dev/null && pwd)" ;;
    "missing ") missing ;;
    *) sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
