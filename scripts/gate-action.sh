#!/usr/bin/env bash
# The step of action.yml: builds the command line where it is not built yet, runs the gate in the current folder, writes
# the SARIF file and the summary of the job. Its exit code is the gate's.
set -euo pipefail

home=${GITHUB_ACTION_PATH:?is set by GitHub}
cli=$home/dist/cli/fairwatt.cjs
if [ ! -f "$cli" ]; then
  (cd "$home" && npm ci --no-audit --no-fund && npm run build -- --production) >&2
fi

code=0
node "$cli" gate --format sarif --out "${FAIRWATT_SARIF:-fairwatt.sarif}" \
  ${GITHUB_STEP_SUMMARY:+--summary "$GITHUB_STEP_SUMMARY"} || code=$?
exit "$code"
