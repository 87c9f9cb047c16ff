ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS packages
ARG NPM_CONFIG_REGISTRY
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install scripts: the base brings Node, and no package of ours needs one.
RUN npm ci --omit=dev --ignore-scripts --no-fund --no-audit \
  && rm -rf node_modules/node node_modules/.bin

FROM ${NODE_IMAGE}
ENV NODE_ENV=production NODE_OPTIONS=--max-semi-space-size=8
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY scripts/images/healthcheck.mjs ./scripts/images/
COPY examples ./examples
COPY src ./src
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["node", "scripts/images/healthcheck.mjs"]
CMD ["node", "src/api/main.ts"]
