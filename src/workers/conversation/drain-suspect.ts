import { fork } from "node:child_process";
import { commitPoison } from "#workers/conversation/poison.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import { readInbox } from "#workers/conversation/read-inbox.ts";

/** What the child tells: that it may begin, each webhook before it reads it, each event before its turn. */
export type ChildWord = "ready" | `read ${string}` | `head ${string}`;

/** The child's exit code for what it could tell of: a server that is away says nothing of an event. */
export const failedCode = 75;

type ChildEnd =
  | { readonly kind: "drained" }
  | { readonly kind: "failed" }
  | { readonly kind: "died"; readonly lastWord: string };

const childLimitMs = 60_000;
const mostDeathsReading = 5;
/** Then the job fails and comes back after its backoff. */
const mostChildren = 50;

/**
 * A conversation whose workers died is drained in a process of its own, again and again until it
 * comes through: the next job would know nothing of the deaths. Only a death there counts against
 * the event that it had in hand; five, and the event ends `dead`.
 */
export async function drainSuspect(ports: DrainPorts, conversationId: string): Promise<void> {
  const deathsReading = new Map<string, number>();
  for (let children = 0; children < mostChildren; children += 1) {
    const end = await runChild(conversationId);
    if (end.kind === "drained") return;
    if (end.kind === "failed") break;
    const { lastWord } = end;
    ports.log.warn({ event: "suspect.died", conversationId, lastWord });
    if (lastWord.startsWith("head ")) {
      await countDeath(ports, conversationId, lastWord.slice("head ".length));
      continue;
    }
    const deaths = (deathsReading.get(lastWord) ?? 0) + 1;
    deathsReading.set(lastWord, deaths);
    if (deaths >= mostDeathsReading)
      await parkUnread(ports, conversationId, lastWord.slice("read ".length));
  }
  throw new Error(`a suspect was not drained to the end: ${conversationId}`);
}

function runChild(conversationId: string): Promise<ChildEnd> {
  const child = fork(new URL("drain-alone.ts", import.meta.url), [conversationId], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    timeout: childLimitMs,
    killSignal: "SIGKILL",
  });
  let lastWord: string | undefined;
  child.on("message", (word) => {
    if (typeof word === "string") lastWord = word;
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve({ kind: "failed" }));
    child.once("close", (code) => {
      if (code === 0) resolve({ kind: "drained" });
      else if (lastWord === undefined || code === failedCode) resolve({ kind: "failed" });
      else resolve({ kind: "died", lastWord });
    });
  });
}

async function countDeath(
  ports: DrainPorts,
  conversationId: string,
  headId: string,
): Promise<void> {
  const inbox = await readInbox(ports, conversationId, ports.now());
  const head = inbox?.open.find(({ id }) => id === headId);
  if (inbox === undefined || head === undefined) return;
  const fault = new Error("it killed the process that handled it");
  await commitPoison(ports, inbox.conversation, head, fault);
}

const mostOpen = 50;

/** It was read no further than here, and is not read in this process either. Parked, not lost. */
async function parkUnread(
  ports: DrainPorts,
  conversationId: string,
  webhookId: string,
): Promise<void> {
  const open = await ports.readOpenWebhooks(conversationId, mostOpen);
  const suspect = open.find(({ _id }) => _id === webhookId);
  if (suspect === undefined) return;
  const { tenantId, channelId } = suspect;
  await ports.closePart(
    webhookId,
    conversationId,
    "reading it killed a process: look at it by hand",
  );
  await ports.raiseAlert({
    tenantId,
    channelId,
    kind: "webhook.parked",
    subject: webhookId,
    text: "Reading a webhook killed the process that did; it was parked.",
  });
}
