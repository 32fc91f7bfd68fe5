#!/usr/bin/env bash
# Everything that must hold before a change goes in: restore, build without warnings, format, all tests.
# The last line is the sum over all test projects: "N passed, N failed, N skipped". Fails when anything failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failures=()

fail() {
    failures+=("$*")
    return 1
}

step() {
    echo "== $*"
    "$@" || fail "$*"
}

# check_tests PROJECT: runs one test project. One that leaves no results, whatever it says, has failed; a test that never ends is named and ended.
check_tests() {
    local name
    name=$(basename "$1" .csproj)
    step dotnet test "$1" --no-build --blame-hang --blame-hang-timeout 8m --blame-hang-dump-type none --logger "console;verbosity=minimal" \
        --logger "trx;LogFileName=$name.trx" --results-directory "$results" || return
    grep -q '<Counters total="[1-9]' "$results/$name.trx" || fail "no test ran in $1"
}

# count ATTRIBUTE: adds it up over the <Counters> of all results.
count() {
    { grep -rhoE '<Counters [^>]*>' "$results" || true; } | { grep -oE " $1=\"[0-9]+" || true; } | awk -F '"' '{ n += $2 } END { print n + 0 }'
}

if step dotnet restore MailDesk.sln && step dotnet build MailDesk.sln --no-restore -warnaserror -v minimal; then
    step dotnet format MailDesk.sln --no-restore --verify-no-changes || true
    for project in tests/*/*.csproj; do check_tests "$project" || true; done
fi

passed=$(count passed) failed=$(count failed) total=$(count total)
for failure in "${failures[@]}"; do echo "FAILED: $failure"; done
echo "$passed passed, $failed failed, $((total - passed - failed)) skipped"
[[ ${#failures[@]} == 0 && $failed == 0 ]]
