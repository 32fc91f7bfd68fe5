# What the scripts of this folder share; read by them, not run.

die() { echo "${0##*/}: $*" >&2; exit 1; }

# answers PORT: succeeds as soon as a server greets there, fails after about 20 seconds.
answers() {
    local greeting
    for _ in {1..200}; do
        if { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null; then
            greeting=
            read -r -t 5 greeting <&3 || true
            exec 3>&-
            [[ -z $greeting ]] || return 0
        fi
        sleep 0.1
    done
    return 1
}

# end PID: asks a process to end and waits up to 10 seconds for it.
end() {
    kill "$1"
    for _ in {1..100}; do
        [[ -e /proc/$1 ]] || break
        sleep 0.1
    done
}
