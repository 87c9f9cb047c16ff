import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/receiver.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const receiver = await startReceiver();
const system = await startSystem({ workers: 0, settings: { TRUSTED_URLS: receiver.url } });
afterAll(async () => {
  await system.stop();
  receiver.close();
});
const admin = await signIn(system, "admin");
const events = ["message.received", "message.sent"];
await admin.post("/api/v1/connections", { name: "CRM", url: receiver.url, events });

interface Row extends Blow {
  readonly place: string;
  /** How often the receiver may see one event whose call the blow could break off. */
  readonly most: number;
}

const rows: readonly Row[] = [
  {
    place: "after the action is written, before its lane runs",
    at: "drain.insertAction",
    when: "after",
    most: 1,
  },
  { place: "after the claim, before the call", at: "crm.http.ask", when: "before", most: 1 },
  { place: "after the receiver took it", at: "crm.http.ask", when: "after", most: 2 },
  { place: "after the state", at: "crm.actions.settle", when: "after", most: 1 },
  {
    place: "after a reply was taken, before it is told",
    at: "lane.tellSent",
    when: "before",
    // The call that tells of the incoming message may be under way on its own lane.
    most: 2,
  },
];

test.each(rows.map((row, index) => ({ ...row, from: `44770090070${index}` })))(
  "a worker killed $place: each event arrives, in order, under one id",
  async (row) => {
    const { from } = row;
    const doomed = await startCrashingWorker(system, row);
    await system.greenApi.customerSays({ from, text: "Hello" });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    await eventually(() => expect(new Set(idsTold(from)).size).toBe(2), 20_000);
    await system.greenApi.customerSays({ from, text: "later" });
    await eventually(() => expect(new Set(idsTold(from)).size).toBe(4), 20_000);

    expect([...new Set(typesTold(from))]).toEqual(events);
    expect(idsTold(from).length).toBeLessThanOrEqual(3 + row.most);
    const replies = system.greenApi.ledger.entries({ to: from }).map(({ text }) => text);
    expect(replies).toEqual(["Вы написали: Hello", "Вы написали: later"]);
  },
);

const told = (from: string) =>
  receiver.received.filter(({ body }) => body.includes(`green|${from}@c.us`));
const idsTold = (from: string) => told(from).map(({ headers }) => headers["webhook-id"]);
const typesTold = (from: string) =>
  told(from).map(({ body }) => events.find((type) => body.includes(`"${type}"`)));
