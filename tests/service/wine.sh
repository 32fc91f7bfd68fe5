#!/usr/bin/env bash
# Proves the Windows service without Windows: publishes the daemon for win-x64, installs it under Wine with deploy/maildesk-service.cmd, starts it with
# sc.exe, writes a mail to its sandbox from outside, reads the answer, stops and removes it.
#
#   tests/service/wine.sh              needs: wine (64 bit), python3, the .NET SDK; a minute or two
#
# Slow, and therefore no part of check.sh, only of .ci/run: run it when Service/ or deploy/maildesk-service.cmd has changed.
# What Wine lacks and Windows has is made up for here, and said at its place; accounts and access rights are not proven (Wine has none).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

wine=$(command -v wine64 || { [[ -x /usr/lib/wine/wine64 ]] && echo /usr/lib/wine/wine64; } || command -v wine || true)
if [[ -z $wine ]]; then
    echo "SKIPPED: wine is not installed (apt-get install --no-install-recommends wine wine64)"
    exit 0
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/maildesk-wine.XXXXXX")
export WINEPREFIX=$work/prefix WINEARCH=win64 WINEDEBUG=-all DISPLAY=
program=$work/MailDesk
imap_port=31143 smtp_port=31025
console=

cleanup() {
    [[ -z $console ]] || kill "$console" 2>/dev/null || true
    wineserver -k 2>/dev/null || true
    [[ -n ${KEEP:-} ]] || rm -rf "$work"
}
trap cleanup EXIT

fail() {
    echo "FAILED: $*"
    cat "$program"/logs/*.log 2>/dev/null || true
    exit 1
}

windows_path() { echo "Z:${1//\//\\}"; }

# query: what sc.exe says of the service, on one line.
query() { "$wine" sc query maildesk | tr -s '\r\n ' ' '; }

# await STATE: until the service is in it. STOPPED too early ends the wait.
await() {
    local said
    for _ in {1..120}; do
        said=$(query)
        [[ $said == *" $1 "* ]] && echo "ok: $said" && return
        [[ $said == *" STOPPED "* ]] && fail "$1 expected, but $said"
        sleep 0.5
    done
    fail "$1 expected, but $said"
}

# converse TEXT: writes to the desk as a client does, and prints the answer's subject; fails without an answer that names the request.
# The texts must differ: the desk knows a mail that it has had before.
converse() {
    python3 - "$1" "$smtp_port" "$imap_port" <<'PYTHON'
import email, email.policy, imaplib, smtplib, sys, time

subject, smtp_port, imap_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
client, desk = "anna@client.example", "support@desk.example"
for attempt in range(60):
    try:
        smtp = smtplib.SMTP("127.0.0.1", smtp_port, timeout=30)
        break
    except OSError:
        time.sleep(0.5)
smtp.login(client, "secret")
smtp.sendmail(client, desk, f"From: {client}\nTo: {desk}\nSubject: {subject}\n\nThe server does not answer.\n")
for attempt in range(60):
    imap = imaplib.IMAP4("127.0.0.1", imap_port)
    imap.login(client, "secret")
    imap.select()
    found = imap.search(None, "ALL")[1][0].split()
    if found:
        break
    time.sleep(0.5)
else:
    sys.exit("no answer came")
letter = email.message_from_bytes(imap.fetch(found[-1], "(RFC822)")[1][0][1], policy=email.policy.default)
text = letter.get_body(("plain",)).get_content()
if "[MD-10" not in letter["Subject"] or "Здравствуйте" not in text:
    sys.exit(f"an unexpected answer: {letter['Subject']}\n{text}")
print(f"ok: answered by: {letter['Subject']}")
PYTHON
}

echo "== publish"
dotnet publish src/MailDesk.Worker -c Release -r win-x64 --self-contained -v quiet -o "$program" --artifacts-path "$work/artifacts"

echo "== a Windows to run it in"
"$wine" wineboot -i >/dev/null 2>&1
# Wine brings no ICU, and without ICU .NET knows zones by Windows' names only: the registry gives them IANA's names as well.
zones='HKLM\Software\Microsoft\Windows NT\CurrentVersion\Time Zones'
"$wine" reg copy "$zones\\Belarus Standard Time" "$zones\\Europe/Minsk" /s /f >/dev/null
"$wine" reg copy "$zones\\Central European Standard Time" "$zones\\Europe/Warsaw" /s /f >/dev/null
# Wine does not map the same memory twice as .NET's W^X needs it ("Internal CLR error" while finalizers run).
"$wine" reg add 'HKLM\System\CurrentControlSet\Control\Session Manager\Environment' /v DOTNET_EnableWriteXorExecute /d 0 /f >/dev/null
# Wine takes its own quartz.dll (DirectShow's) for the scheduler's, whatever the path says.
"$wine" reg add 'HKCU\Software\Wine\DllOverrides' /v quartz /d native /f >/dev/null
wineserver -k || true
wineserver -w
# Wine's services end with the last program that is none: this one stays.
mkfifo "$work/stdin"
"$wine" cmd /c pause <>"$work/stdin" >/dev/null 2>&1 &
console=$!

# The sandbox of the Development environment, on ports of its own.
cat >"$program/maildesk.json" <<JSON
{
  "MailDesk": {
    "Desk": { "Domain": "desk.example", "DirectoryFile": "maildesk.directory.json" },
    "Mailboxes": [{ "Address": "support@desk.example" }, { "Address": "info@desk.example", "Purpose": "Complaints" }],
    "Security": { "AuthservId": "desk.example" },
    "Sandbox": { "Enabled": true, "ImapPort": $imap_port, "SmtpPort": $smtp_port }
  }
}
JSON

echo "== install, start"
script=$(windows_path "$PWD/deploy/maildesk-service.cmd")
"$wine" cmd /c "$script" install "$(windows_path "$program/maildesk.exe")" "$(windows_path "$program/maildesk.json")" || fail "install"
"$wine" sc start maildesk >/dev/null || fail "sc start"
await RUNNING
converse "No network" || fail "no conversation with the service"
[[ -f $program/data/maildesk.db && -n $(ls "$program/logs") ]] || fail "the database and the log are not beside the program"

echo "== stop"
"$wine" sc stop maildesk >/dev/null || fail "sc stop"
await STOPPED
[[ $(query) == *"WIN32_EXIT_CODE : 0 "* ]] || fail "not stopped well: $(query)"

echo "== a start that fails is told"
mv "$program/data/maildesk.db" "$work/" && rm -f "$program"/data/maildesk.db-* && mkdir "$program/data/maildesk.db"
"$wine" sc start maildesk >/dev/null || true
await STOPPED
[[ $(query) == *"WIN32_EXIT_CODE : 1066 "*"SERVICE_EXIT_CODE : 1 "* ]] || fail "a failed start looks like a good end: $(query)"
rmdir "$program/data/maildesk.db" && mv "$work/maildesk.db" "$program/data/"

mv "$program/maildesk.directory.json" "$work/"
"$wine" sc start maildesk >/dev/null || true
await STOPPED
[[ $(query) == *"WIN32_EXIT_CODE : 1066 "*"SERVICE_EXIT_CODE : 78 "* ]] || fail "a wrong directory is not told: $(query)"
mv "$work/maildesk.directory.json" "$program/"

echo "== from a console it is an ordinary program"
(cd "$program" && DOTNET_EnableWriteXorExecute=0 exec "$wine" maildesk.exe run --config maildesk.json >"$work/console.log" 2>&1) &
running=$!
converse "No disk" || fail "no conversation with the program: $(cat "$work/console.log")"
kill "$running"

echo "== uninstall"
"$wine" cmd /c "$script" uninstall || fail "uninstall"
if "$wine" sc query maildesk >/dev/null 2>&1; then fail "the service is still there"; fi
echo "PASSED"
