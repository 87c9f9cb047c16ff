#!/usr/bin/env bash
# A local stand-in for the official Node image: the built Debian root with the pinned Node and this
# machine's npm. It trusts the certificate authorities that this machine trusts.
# usage: make-node.sh NODE_IMAGE
set -euo pipefail

node_image=$1
checkout=$(cd "$(dirname "$0")/../.." && pwd)
context=$(mktemp --directory)
trap 'rm -rf "$context"' EXIT

cp --dereference "$checkout/node_modules/.bin/node" "$context/node"
npm_program=$(readlink --canonicalize "$(command -v npm)") # …/npm/bin/npm-cli.js
cp --recursive --dereference "$(dirname "$(dirname "$npm_program")")" "$context/npm"
cat >"$context/Dockerfile" <<'DOCKERFILE'
FROM switchboard-local/services
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
  && useradd --uid 1000 --create-home node
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]
DOCKERFILE
docker build --quiet --tag "$node_image" "$context" >/dev/null
