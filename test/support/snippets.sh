# What a page calls in its shell snippets, so that a test may run them: benchmarks are short, servers
# take any port and are stopped as soon as they answer, and npm scripts need only exist.
set -euo pipefail

soundcheck() {
  case "$1 ${2-}" in
    'bench merge') judged "$@" ;;
    bench*) judged "$@" --duration 0.2 --requests 10 --warmup 0 --no-calibrate ;;
    # How fast a busy machine is, is not the question.
    'check '*) judged "$@" --skip latency ;;
    serve* | gateway*) start_and_stop "$@" --port 0 ;;
    *) judged "$@" ;;
  esac
}

npx() {
  [ "$1" = llm-soundcheck ]
  soundcheck "${@:2}"
}

npm() {
  [ "$*" = ci ] || npm_script "${@: -1}"
}

npm_script() {
  "$NODE" -e 'process.exit(process.argv[1] in require(process.argv[2]).scripts ? 0 : 1)' "$1" "$ROOT/package.json"
}

# So little measures too little: broken budgets (3) and doubt (4) are verdicts, too.
judged() {
  local code=0
  "$NODE" "$BIN" "$@" || code=$?
  case $code in 0 | 3 | 4) ;; *) return $code ;; esac
}

start_and_stop() {
  # An older one would tell of a server that is not there yet, and the signal would be lost.
  : >serve.log
  "$NODE" "$BIN" "$@" >serve.log 2>&1 &
  until grep -q http:// serve.log; do
    kill -0 $! || { cat serve.log >&2 && return 1; }
    sleep 0.05
  done
  kill -INT $!
  wait $! || [ $? = 130 ]
}
