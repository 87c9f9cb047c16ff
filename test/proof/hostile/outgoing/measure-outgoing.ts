import { createServer } from "node:http";
import { once } from "node:events";
import { mintWebhookSecret } from "../../../../src/shared/crm/webhook/sign.ts";
import type { CrmWork } from "../../../../src/shared/domain/crm.ts";
import { connectionSecretsPurpose, sealSecret } from "../../../../src/shared/models/connections.ts";
import { buildCrmAction, crmPlace } from "../../../../src/shared/models/crm-actions.ts";
import { createCipher } from "../../../../src/shared/runtime/cipher.ts";
import { addChannel, encryptionKey } from "../../../support/channels.ts";
import { greenText } from "../../../support/bodies.ts";
import { eventually } from "../../../support/eventually.ts";
import { claimOf, type Claim } from "../claim.ts";
import { postRaw } from "../send-raw.ts";
import { proofs, withSystem, type Stage } from "../stage.ts";
import { askThere, resolveThere } from "./ask-there.ts";
import { localHosts, startCanary, type Canary } from "./canaries.ts";
import { startDnsServer, type DnsServer } from "./dns-server.ts";
import { names, portVectors, writeVectors } from "./vectors.ts";

/**
 * Every address that a user may aim at this machine: first the client alone with the canary's port
 * open, then the whole way, as the API address of a channel that a worker answers through.
 */
export async function measureOutgoing(stage: Stage): Promise<Claim> {
  const dns = await startDnsServer(names);
  const canary = await startCanary();
  try {
    const control = await proveCanary(dns, canary);
    const client = await askClient(dns, canary);
    const redirects = await askRedirects(dns, canary);
    const whole = await askWorker(stage, dns);
    const faults = [...control.faults, ...client.faults, ...redirects.faults, ...whole.faults];
    return claimOf(
      "hostile-outgoing",
      {
        vectors: client.asked + redirects.asked,
        redirects: redirects.asked,
        names: Object.keys(names).length,
        canariesProven: control.proven,
        throughAWorker: whole.asked,
        canarySaw: client.seen + redirects.seen + whole.seen,
      },
      faults,
    );
  } finally {
    dns.close();
    await canary.close();
  }
}

/** Whoever asks without the guard is seen, at every address and by names, also by one that flips. */
async function proveCanary(dns: DnsServer, canary: Canary) {
  const hosts = [...localHosts(), "loopback.test", "loopback-six.test", "flips-first.test"];
  const faults: string[] = [];
  for (const host of hosts) {
    const before = canary.seen();
    const url = `http://${host}:${canary.port}/`;
    const [outcome] = await askThere(dns.address, [{ url, guarded: false, ports: [] }]);
    if (canary.seen() === before) faults.push(`the canary cannot see ${url}: ${outcome}`);
  }
  return { proven: hosts.length - faults.length, faults };
}

async function askClient(dns: DnsServer, canary: Canary) {
  const before = canary.seen();
  const { port } = canary;
  const asks = [
    ...writeVectors(port).map((url) => ({ url, guarded: true, ports: [port] })),
    ...portVectors(port).map((url) => ({ url, guarded: true, ports: [] })),
  ];
  const outcomes = await askThere(dns.address, asks);
  const seen = canary.seen() - before;
  const faults = asks.flatMap(({ url }, place) =>
    outcomes[place] === "before"
      ? []
      : [`${url} was not stopped before it was sent: ${outcomes[place]}`],
  );
  if (dns.asked("flips.test") === 0) faults.push("no name was ever asked for");
  return { asked: asks.length, seen, faults: [...faults, ...told(seen, "the client")] };
}

const statuses = [300, 301, 302, 303, 305, 307, 308];

/** A server that sends its callers on to the canary, in every way that there is. */
async function askRedirects(dns: DnsServer, canary: Canary) {
  const before = canary.seen();
  const places = [
    `http://127.0.0.1:${canary.port}/`,
    `//[::1]:${canary.port}/`,
    `http://loopback.test:${canary.port}/`,
  ];
  const server = createServer((request, response) => {
    const [, status, place] = (request.url ?? "").split("/");
    const location = places[Number(place)] ?? "";
    response.writeHead(Number(status), {
      location,
      refresh: `0; url=${location}`,
      link: `<${location}>`,
    });
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const asks = statuses.flatMap((status) =>
    places.map((_, place) => ({
      url: `http://127.0.0.1:${port}/${status}/${place}`,
      guarded: false,
      ports: [],
    })),
  );
  const outcomes = await askThere(dns.address, asks);
  server.close();
  const seen = canary.seen() - before;
  const faults = outcomes.filter((outcome) => !outcome.startsWith("answered 3"));
  return { asked: asks.length, seen, faults: [...faults, ...told(seen, "a redirect")] };
}

const told = (seen: number, who: string): readonly string[] =>
  seen === 0 ? [] : [`the canary saw ${seen} connections of ${who}`];

/** A guarded address may name ports 80 and 443 only: without the right to bind them nothing is proven. */
async function askWorker(stage: Stage, dns: DnsServer) {
  const canaries = await Promise.all([startCanary(80), startCanary(443)]).catch(() => undefined);
  if (canaries === undefined) {
    stage.say("ports 80 and 443 cannot be bound here: the way through a worker is left out");
    return { asked: 0, seen: 0, faults: [] };
  }
  try {
    return await withSystem(stage, { settings: resolveThere(dns.address) }, async (system) => {
      const vectors = [...writeVectors(80), ...(stage.isTimed ? writeVectors(443) : [])];
      const urls = vectors.filter((url) => url !== "");
      for (const [place, apiUrl] of urls.entries()) {
        const _id = `aimed${place}`;
        const externalId = String(7000 + place);
        await addChannel(system.models.channels, {
          _id,
          externalId,
          apiUrl,
          token: "t",
          secrets: [proofs.webhookToken],
          botId: "bot",
        });
        const body = JSON.stringify(greenText(7000 + place, "79001112233", "hi"));
        const headers = { "x-webhook-token": proofs.webhookToken };
        const { status } = await postRaw(`${system.api.url}/webhook`, headers, body);
        if (status !== 200) throw new Error(`HTTP ${status} for a channel aimed at ${apiUrl}`);
      }
      await eventually(async () => {
        const tried = await system.database
          .collection("outgoing")
          .countDocuments({ attempt: { $gte: 1 } });
        if (tried < urls.length) throw new Error(`${tried} of ${urls.length} sends were tried`);
      }, 60_000);
      const called = await aimActions(system, urls);
      const sent = await system.database.collection("outgoing").countDocuments({ state: "sent" });
      const seen = canaries.reduce((sum, canary) => sum + canary.seen(), 0);
      const faults = sent === 0 ? [] : [`${sent} sends through aimed channels count as sent`];
      const asked = urls.length * 3;
      return { asked, seen, faults: [...faults, ...called, ...told(seen, "a worker")] };
    });
  } finally {
    await Promise.all(canaries.map((canary) => canary.close()));
  }
}

type System = Parameters<Parameters<typeof withSystem>[2]>[0];

/** The same addresses as a connection's and as a flow's request; answers what counts as answered. */
async function aimActions(
  { models, database }: System,
  urls: readonly string[],
): Promise<readonly string[]> {
  const cipher = createCipher(encryptionKey, connectionSecretsPurpose);
  const now = new Date();
  const events = ["message.received"] as const;
  for (const [place, url] of urls.entries()) {
    const _id = `aimed${place}`;
    const own = { _id, tenantId: "tenant", name: _id, connector: "webhook", url, events };
    const sealed = sealSecret(cipher, own, mintWebhookSecret());
    const times = { createdAt: now, updatedAt: now };
    const secrets = [{ sealed }];
    const whole = { ...own, ...times, schemaVersion: 1, secrets, active: true } as const;
    await models.connections.create(whole);
    for (const work of worksAt(_id, url, now)) await models.crmActions.insert(actionOf(_id, work));
  }
  await eventually(async () => {
    const tried = await database.collection("crm_actions").countDocuments({ attempt: { $gte: 1 } });
    if (tried < urls.length * 2) throw new Error(`${tried} of ${urls.length * 2} were tried`);
  }, 60_000);
  const taken = await database.collection("crm_actions").countDocuments({ state: "sent" });
  return taken === 0 ? [] : [`${taken} calls of connections and flows count as answered`];
}

function worksAt(connectionId: string, url: string, now: Date): readonly CrmWork[] {
  const timestamp = now.toISOString();
  const until = new Date(now.getTime() + 60_000).toISOString();
  const rest = { headers: {}, saveAs: {}, repeat: "never", timeoutMs: 60_000 } as const;
  const event = { type: "message.received", timestamp, data: {} } as const;
  return [
    { kind: "event", connectionId, event },
    { kind: "request", request: { method: "POST", url, ...rest }, waitId: "none", until },
  ];
}

const actionOf = (conversationId: string, work: CrmWork) => {
  const whose = { tenantId: "tenant", channelId: "nobody", conversationId, peer: "nobody" };
  const now = new Date();
  return buildCrmAction({ ...whose, work, place: crmPlace(1, 0), createdAt: now, sweepAt: now });
};
