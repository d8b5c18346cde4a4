# shellcheck shell=bash
# Runs one area of the tests after another, keeps their logs, and adds up what their runners
# counted. Sourced after lib.sh.
# shellcheck disable=SC2034,SC2154 # shared with the scripts that source this file

# Test areas end after four minutes; builds may take as long as a slow machine needs.
test_limit=${SWITCHBOARD_AREA_SECONDS:-240}
build_limit=2400

logs=$repo/artifacts/logs
rm -rf "$logs"
mkdir -p "$logs"

passed=0 failed=0 flaky=0
report=()
left_out=()

# The runners' colours would only stand in the way of reading their counts.
export NO_COLOR=1 CARGO_TERM_COLOR=never

# Adds up the numbers that stand before a word in a log: sum 'passed' < LOG
sum() { { grep -oE "[0-9]+ ($1)" || true; } | awk '{ n += $1 } END { print n + 0 }'; }

# Each prints "passed failed" as the runner itself counted, read from its log; nextest's and vitest's
# also how many of those that passed needed a second try.
count_none() { say "0 0"; }
count_nextest() {
  local lines
  lines=$(grep -E '^ *Summary \[' "$1" || true)
  say "$(sum passed <<<"$lines") $(sum 'failed|timed out|exec failed' <<<"$lines")" \
    "$(sum flaky <<<"$lines")"
}
count_cargo() {
  local lines
  lines=$(grep -E '^test result: ' "$1" || true)
  say "$(sum passed <<<"$lines") $(sum failed <<<"$lines")"
}
count_vitest() {
  local lines again
  lines=$(grep -E '^ *Tests  ' "$1" || true)
  again=$(grep -oE '^1 flaky: ' "$1" || true)
  say "$(sum passed <<<"$lines") $(sum failed <<<"$lines") $(sum flaky <<<"$again")"
}
count_node() {
  say "$(awk '/^# pass /{ n += $3 } END { print n + 0 }' "$1")" \
    "$(awk '/^# (fail|cancelled) /{ n += $3 } END { print n + 0 }' "$1")"
}
count_plain() {
  local line
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1 || true)
  say "$(sum passed <<<"$line") $(sum failed <<<"$line")"
}

# area NAME RUNNER SECONDS COMMAND…
# Runs the command within its time, shows its output and notes its result. Output goes to a file
# first: a daemon that outlives the command would otherwise hold the pipe open.
area() {
  local name=$1 status=0
  printf '\n== %s\n' "$name"
  begin "$@"
  # In the background too: a signal would wait for a command in the foreground.
  tail --pid="${begun_job[$name]}" --sleep-interval=0.2 -n +1 -f "$logs/$name.log" &
  wait "${begun_job[$name]}" || status=$?
  wait "$!"
  ended "$name" "$status"
}

# area_beside NAME RUNNER SECONDS COMMAND…
# As area, and goes on at once where fewer than two such areas are at work; waits for one of them
# otherwise. Its output is shown when it has ended. For commands that leave half the machine idle.
# AREA_PLACE tells the command whether it is the first or the second (1 or 2): two of them may share
# neither a cache nor a port.
area_beside() {
  local place=1
  [[ ${#begun_job[@]} -lt 2 ]] || end_beside
  [[ " ${begun_in[*]} " != *" 1 "* ]] || place=2
  begun_in[$1]=$place
  AREA_PLACE=$place begin "$@"
}

# Waits for the first of the areas that run beside each other to end.
end_beside() {
  local job name status=0
  wait -n -p job "${begun_job[@]}" || status=$?
  for name in "${!begun_job[@]}"; do
    [[ ${begun_job[$name]} != "$job" ]] || break
  done
  printf '\n== %s\n' "$name"
  cat "$logs/$name.log"
  ended "$name" "$status"
}

# Waits for every area that was begun beside others.
areas_beside_end() { while [[ ${#begun_job[@]} -gt 0 ]]; do end_beside; done; }

declare -A begun_job=() begun_at=() begun_as=() begun_in=()

# Begins an area's command within its time.
begin() { # begin NAME RUNNER SECONDS COMMAND…
  local name=$1 runner=$2 limit=$3
  shift 3
  : >"$logs/$name.log"
  begun_at[$name]=$SECONDS begun_as[$name]=$runner
  timeout --kill-after=10 "$limit" "$@" >"$logs/$name.log" 2>&1 </dev/null &
  begun_job[$name]=$!
  # `timeout` leads a process group of its own, which Ctrl-C does not reach.
  trap 'kill "${begun_job[@]}" 2>/dev/null; exit 130' INT TERM
}

# Notes an area that has ended.
ended() { # ended NAME STATUS
  local name=$1 took=$((SECONDS - begun_at[$1]))
  unset "begun_job[$name]" "begun_in[$name]"
  [[ ${#begun_job[@]} -gt 0 ]] || trap - INT TERM
  note "$name" "${begun_as[$name]}" "$2" "$took" "$logs/$name.log"
}

# Adds an area's counts to the totals. A command that failed without a failed test counts as one.
note() {
  local name=$1 runner=$2 status=$3 seconds=$4 log=$5 ok bad again remark=''
  read -r ok bad again < <("count_$runner" "$log")
  if [[ $status -eq 124 || $status -eq 137 ]]; then
    remark="not finished within its time"
  elif [[ $status -ne 0 ]]; then
    remark="failed, see artifacts/logs/$name.log"
  fi
  [[ $status -ne 0 && $bad -eq 0 ]] && bad=1
  [[ $status -eq 0 && $bad -gt 0 ]] && remark="ended well, yet counted failures"
  [[ ${again:-0} -gt 0 ]] && remark="$again flaky${remark:+; $remark}"
  passed=$((passed + ok)) failed=$((failed + bad)) flaky=$((flaky + ${again:-0}))
  report+=("$(printf '%-28s %5d s  %5d passed  %4d failed  %s' \
    "$name" "$seconds" "$ok" "$bad" "$remark")")
}

# leave_out NAME WHY
# Notes an area that cannot run on this machine, for the end of the summary: what scrolled by long ago
# would pass for tested.
leave_out() {
  printf '\n== %s\nleft out: %s\n' "$1" "$2"
  left_out+=("$(printf '%-28s %s' "$1" "$2")")
}

# Prints what every area took and found, what was left out, the totals last, and ends the script.
finish() {
  printf '\n== areas\n'
  [[ ${#report[@]} -eq 0 ]] || printf '%s\n' "${report[@]}"
  printf '\n%d flaky: passed at the second try\n' "$flaky"
  if [[ ${#left_out[@]} -gt 0 ]]; then
    printf '\nLeft out on this machine, so not tested:\n'
    printf '%s\n' "${left_out[@]}"
  fi
  printf '%d passed, %d failed' "$passed" "$failed"
  [[ ${#left_out[@]} -eq 0 ]] || printf ', %d left out' "${#left_out[@]}"
  printf '\n'
  [[ $failed -eq 0 ]] || exit 1
  exit 0
}
