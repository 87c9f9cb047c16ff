#!/usr/bin/env bash
# Posts every form of body that Chatrace may send to a webhook's address and prints what is answered.
#   scripts/test-chatrace-webhook.sh http://localhost:3000/instagram/webhook
# SECRET=… is sent as X-Webhook-Secret, where the channel has one.
set -euo pipefail

url=${1:?"give the webhook's address: $0 http://localhost:3000/instagram/webhook"}
cd "$(dirname "$0")/.."
secret=()
if [ -n "${SECRET:-}" ]; then secret=(-H "X-Webhook-Secret: $SECRET"); fi
failed=0

# row NAME CURL-ARGUMENT…
row() {
  local name=$1 answer status
  shift
  answer=$(curl -sS -m 20 -w '\n%{http_code}' ${secret[@]+"${secret[@]}"} "$@" "$url" 2>&1) || true
  status=${answer##*$'\n'}
  [ "$status" = 200 ] || failed=$((failed + 1))
  printf '%-40s %-6s %s\n' "$name" "$status" "$(head -c 60 <<<"${answer%$'\n'*}" | tr '\n' ' ')"
}

json=(-H 'Content-Type: application/json')
contact=2850000000000000001

printf '%-40s %-6s %s\n' VARIANT STATUS ANSWER
row 'GET (is anybody there)'
for file in test/fixtures/chatrace/*.json; do
  row "$(basename "$file" .json)" "${json[@]}" --data-binary "@$file"
done
row 'empty body, X-USER-ID alone' -X POST "${json[@]}" -H "X-USER-ID: $contact"
row 'form' --data-urlencode "contact_id=$contact" --data-urlencode 'text=He said "hi"'
row 'text that breaks the JSON (parked)' "${json[@]}" -d '{"contact_id":"1","text":"He said "hi""}'

if [ "$failed" -gt 0 ]; then
  echo "$failed were not answered 200" >&2
  exit 1
fi
