#!/usr/bin/env bash
# PostgreSQL and, once it is ready, FerretDB in front of it; the container ends when either does.
set -euo pipefail

data=/data/db/postgres
programs=/usr/lib/postgresql/18/bin

if [ ! -d "$data" ]; then
  rm -rf "$data.copying"
  cp --archive /usr/local/share/postgres-template "$data.copying"
  mv "$data.copying" "$data"
fi
mkdir -p /data/db/ferretdb
# Written by a PostgreSQL that was killed with the container before this one; its number is taken again.
rm -f "$data/postmaster.pid"

setpriv --reuid=postgres --regid=postgres --clear-groups "$programs/postgres" -D "$data" &
postgres=$!
until "$programs/pg_isready" --quiet --host 127.0.0.1 --username postgres; do
  kill -0 "$postgres"
  sleep 0.05
done

ferretdb --postgresql-url=postgres://postgres@127.0.0.1:5432/postgres --listen-addr=:27017 \
  --state-dir=/data/db/ferretdb --no-auth --telemetry=disable --log-level=warn --debug-addr=- &
ferretdb=$!

stop() {
  trap '' TERM INT
  kill -TERM "$ferretdb" || true
  wait "$ferretdb" || true
  kill -INT "$postgres" || true
  wait "$postgres" || true
  exit 0
}
trap stop TERM INT
wait -n || true
exit 1
