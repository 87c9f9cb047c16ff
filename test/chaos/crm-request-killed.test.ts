import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { startReceiver } from "../support/receiver.ts";
import { publishRequestFlow } from "../support/request-flow.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const receiver = await startReceiver(({ path }) => ({
  json: { order: { state: path.replace("/orders/", "") } },
}));
const settings = { TRUSTED_URLS: receiver.url };
const systems = {
  GET: await startSystem({ workers: 0, settings }),
  POST: await startSystem({ workers: 0, settings }),
};
afterAll(async () => {
  await Promise.all(Object.values(systems).map((each) => each.stop()));
  receiver.close();
});
for (const method of ["GET", "POST"] as const)
  await publishRequestFlow(systems[method], receiver.url, { method, timeoutSeconds: 30 });

interface Row extends Blow {
  readonly place: string;
  readonly method: "GET" | "POST";
  /** Whether the scenario hears of what was found. */
  readonly isFound: boolean;
  readonly calls: number;
}

const rows: readonly Row[] = [
  {
    method: "GET",
    place: "before the call",
    at: "crm.http.ask",
    when: "before",
    calls: 1,
    isFound: true,
  },
  {
    method: "GET",
    place: "after the call",
    at: "crm.http.ask",
    when: "after",
    calls: 2,
    isFound: true,
  },
  {
    method: "POST",
    place: "before the call",
    at: "crm.http.ask",
    when: "before",
    calls: 0,
    isFound: false,
  },
  {
    method: "POST",
    place: "after the call",
    at: "crm.http.ask",
    when: "after",
    calls: 1,
    isFound: false,
  },
  {
    method: "POST",
    place: "after the answer was journaled",
    at: "crm.journalAnswer",
    when: "after",
    calls: 1,
    isFound: true,
  },
  {
    method: "POST",
    place: "after the action is written",
    at: "drain.insertAction",
    when: "after",
    calls: 1,
    isFound: true,
  },
];

test.each(rows.map((row, index) => ({ ...row, from: `44770090090${index}` })))(
  "$method: a worker killed $place: the scenario goes on once",
  async (row) => {
    const { from, method, isFound, calls } = row;
    const reply = isFound ? `Order: ${from}` : "No answer";
    const system = systems[method];
    const doomed = await startCrashingWorker(system, row);
    await system.greenApi.customerSays({ from, text: from });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    await said(system, from, reply);
    await system.greenApi.customerSays({ from, text: "later" });
    await said(system, from, "Order: later");

    expect(callsOf(from)).toHaveLength(calls);
    const replies = system.greenApi.ledger.entries({ to: from }).map(({ text }) => text);
    expect(replies).toEqual([reply, "Order: later"]);
  },
);

const callsOf = (from: string) =>
  receiver.received.filter(({ path }) => path === `/orders/${from}`);

const said = (system: TestSystem, from: string, reply: string) =>
  system.greenApi.ledger.waitFor(({ to, text }) => to === `${from}@c.us` && text === reply, 25_000);
