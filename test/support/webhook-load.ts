import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { eventually } from "./eventually.ts";
import type { TestSystem } from "./system.ts";

/** One attempt to deliver one message. `fault` where no answer came. */
export interface Attempt {
  readonly text: string;
  readonly status: number;
  readonly ms: number;
  readonly retryAfter?: string | undefined;
  readonly fault?: string;
  readonly asksToLeave?: boolean;
}

export interface LoadOptions {
  readonly perSecond: number;
  /**
   * Addresses of the webhook route; the next one is taken where one refuses connections, and one
   * that asks its callers to leave is called only where no other is.
   */
  readonly urls: () => readonly string[];
  /** Who writes the n-th message; a new customer each time when absent. */
  readonly from?: (n: number) => string;
}

const retryMs = 300;

/** WhatsApp webhooks at a steady rate over kept connections, each repeated until 200 as Meta does. */
export function startLoad({ whatsapp }: TestSystem, options: LoadOptions) {
  const { perSecond, urls, from = (n) => String(447_701_000_000 + n) } = options;
  const name = randomBytes(3).toString("hex");
  const textOf = (n: number): string => `${name} message ${n}.`;
  const agent = new Agent({ keepAlive: true });
  const leaving = new Set<string>();
  const attempts: Attempt[] = [];
  const stopping = new AbortController();
  const deliveries: Promise<void>[] = [];
  const lastOf = new Map<string, Promise<void>>();
  let said = 0;

  const attempt = async (text: string, body: string): Promise<Attempt> => {
    const staying = urls().filter((url) => !leaving.has(url));
    for (const url of [...staying, ...leaving]) {
      const tried = await post(agent, url, { text, body, signature: whatsapp.sign(body) });
      if (tried.fault === "ECONNREFUSED") continue;
      if (tried.asksToLeave) leaving.add(url);
      attempts.push(tried);
      return tried;
    }
    return { text, status: 0, ms: 0, fault: "nobody there" };
  };
  /** A customer's messages are acknowledged one after another: otherwise they have no order to keep. */
  const deliver = (n: number): Promise<void> => {
    const customer = from(n);
    const delivered = (lastOf.get(customer) ?? Promise.resolve()).then(() => insist(customer, n));
    lastOf.set(customer, delivered);
    return delivered;
  };
  const insist = async (customer: string, n: number): Promise<void> => {
    const text = textOf(n);
    whatsapp.noteInbound(customer);
    const body = whatsapp.webhookBody({ from: customer, text });
    while ((await attempt(text, body)).status !== 200) await wait(retryMs);
  };
  const startedAt = performance.now();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      deliveries.push(deliver(said));
      said += 1;
      await wait(Math.max(0, startedAt + (said * 1000) / perSecond - performance.now()));
    }
  };
  const running = run();
  return {
    attempts,
    /** So many messages were said. */
    reached: (count: number) =>
      eventually(() => expect(said).toBeGreaterThanOrEqual(count), 30_000),
    /** Ends it; every message was then acknowledged. */
    stop: async (): Promise<readonly string[]> => {
      stopping.abort();
      await running;
      await Promise.all(deliveries);
      agent.destroy();
      return Array.from({ length: said }, (_, n) => textOf(n));
    },
  };
}

interface Post {
  readonly text: string;
  readonly body: string;
  readonly signature: string;
}

function post(agent: Agent, url: string, { text, body, signature }: Post): Promise<Attempt> {
  const startedAt = performance.now();
  const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
  return new Promise((resolve) => {
    const end = (facts: Omit<Attempt, "text" | "ms">): void =>
      resolve({ text, ms: performance.now() - startedAt, ...facts });
    const fail = (error: Error): void =>
      end({ status: 0, fault: "code" in error ? String(error.code) : error.message });
    request(url, { agent, method: "POST", headers }, (response) => {
      const { statusCode = 0 } = response;
      const retryAfter = response.headers["retry-after"];
      const asksToLeave = response.headers.connection === "close";
      response
        .on("error", fail)
        .on("end", () => end({ status: statusCode, retryAfter, asksToLeave }));
      response.resume();
    })
      .on("error", fail)
      .end(body);
  });
}

/** The attempts' times: `share` of them were at most that long. */
export function quantileMs(attempts: readonly Attempt[], share: number): number {
  const sorted = attempts.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}

/** Each of these texts was answered by the echo bot, and none twice. */
export async function expectEachAnsweredOnce(
  { whatsapp }: TestSystem,
  texts: readonly string[],
  patienceMs: number,
): Promise<void> {
  const answers = (): readonly string[] => whatsapp.ledger.entries().map(({ text }) => text);
  await eventually(() => {
    const answered = new Set(answers());
    expect(texts.filter((text) => !answered.has(answerTo(text)))).toEqual([]);
  }, patienceMs);
  const counts = Map.groupBy(answers(), (text) => text);
  expect(texts.filter((text) => counts.get(answerTo(text))?.length !== 1)).toEqual([]);
}

const answerTo = (text: string): string => `Вы написали: ${text}`;
