#!/usr/bin/env bash
# Local images of Redis and FerretDB out of the built Debian root, for machines that can pull none.
# usage: make-services.sh BUILT_FOLDER REDIS_IMAGE MONGO_IMAGE
set -euo pipefail

built=$1 redis_image=$2 mongo_image=$3
here=$(cd "$(dirname "$0")" && pwd)
base=switchboard-local/services

tar --create --directory "$built/root" . \
  --directory "$built" --transform 's,^ferretdb$,usr/local/bin/ferretdb,' ferretdb \
  --transform 's,^postgres-template,usr/local/share/postgres-template,' postgres-template \
  --directory "$here" --transform 's,^start-ferretdb.sh$,usr/local/bin/start-ferretdb,' start-ferretdb.sh |
  docker import - "$base" >/dev/null

docker build --quiet --tag "$redis_image" - >/dev/null <<DOCKERFILE
FROM $base
WORKDIR /data
VOLUME /data
EXPOSE 6379
CMD ["redis-server", "--protected-mode", "no"]
DOCKERFILE

docker build --quiet --tag "$mongo_image" - >/dev/null <<DOCKERFILE
FROM $base
VOLUME /data/db
EXPOSE 27017
CMD ["start-ferretdb"]
DOCKERFILE
