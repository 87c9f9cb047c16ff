import { findConnector } from "#shared/crm/find-connector.ts";
import type { Config } from "#shared/config/env.ts";
import { createConnectionDirectory } from "#shared/models/connection-directory.ts";
import { encryptionKeysOf } from "#shared/config/env.ts";
import type { Models } from "#shared/models/open-models.ts";
import { createHttp } from "#shared/providers/http.ts";
import type { CrmPorts } from "#workers/lanes/crm/ports.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";

export interface CrmDeps extends Pick<
  LanePorts,
  | "now"
  | "newId"
  | "sleep"
  | "random"
  | "raiseAlert"
  | "journalOwn"
  | "findChannel"
  | "count"
  | "log"
> {
  readonly config: Config;
  readonly models: Models;
}

/** A scenario reads little of an answer, and a receiver's is not read at all. */
const mostAnswerBytes = 256 * 1024;

/** Ties the lane to outside systems to the database and to the network. */
export async function openCrm({ config, models, journalOwn, findChannel, ...common }: CrmDeps) {
  const directory = createConnectionDirectory({
    connections: models.connections,
    encryptionKey: encryptionKeysOf(config),
    log: common.log,
  });
  await directory.start();
  const trusted = new Set(config.TRUSTED_URLS);
  const http = createHttp({ timeoutMs: config.SEND_TIMEOUT_MS, maxBytes: mostAnswerBytes });
  const ports: CrmPorts = {
    ...common,
    actions: models.crmActions,
    findConnection: directory.byId,
    findConnector,
    failConnection: models.connections.fail,
    recoverConnection: models.connections.recover,
    disableConnection: models.connections.disable,
    http,
    isTrusted: (url) => trusted.has(URL.parse(url)?.origin ?? ""),
    journalAnswer: async ({ channelId, _id }, answer) => {
      const channel = await findChannel(channelId);
      if (channel === undefined) return;
      await journalOwn(channel, `${_id}|answer`, answer);
    },
    settings: {
      claimMs: config.CLAIM_MS,
      marginMs: config.CLAIM_MARGIN_MS,
      sendTimeoutMs: config.SEND_TIMEOUT_MS,
      reconcileEveryMs: config.RECONCILE_EVERY_MS,
      retryMs: config.CRM_RETRY_S.map((seconds) => seconds * 1000),
      disableAfterMs: config.CRM_DISABLE_AFTER_MS,
    },
  };
  return {
    ports,
    subscriptionsOf: directory.subscriptionsOf,
    close: async () => {
      directory.stop();
      await http.close();
    },
  };
}
