import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import { largePicture, uploadFile } from "../support/files.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";
import { proxyUrl } from "../support/tcp-proxy.ts";

const system = await startSystem({ workers: 0 });
afterAll(system.stop);
const { token, post } = await signIn(system);

interface Row extends Blow {
  readonly place: string;
}

const rows: readonly Row[] = [
  { place: "before the upload", at: "lane.prepareFile", when: "before" },
  { place: "after the upload, before the claim", at: "lane.prepareFile", when: "after" },
  { place: "after the claim", at: "lane.outgoing.claim", when: "after" },
  { place: "after the provider took the message", at: "lane.http.ask", when: "after" },
];

test.each(rows.map((row, index) => ({ ...row, to: `44770090070${index}` })))(
  "a worker killed $place of a file leaves one message at the provider",
  async ({ to, ...row }) => {
    const doomed = await startCrashingWorker(system, row);
    await send(to);
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    await eventually(() => expectSent(to), 20_000);

    expect(system.greenApi.ledger.entries({ to })).toMatchObject([{ text: "Look" }]);
  },
);

test("a worker killed while the file is on its way: it is uploaded again, and the message leaves once", async () => {
  const { greenApi } = system;
  const to = "447700900710";
  const { proxy, url } = await proxyUrl(greenApi.url);
  onTestFinished(() => proxy.close());
  proxy.loseAnswers();
  const doomed = await system.startWorker({ GREEN_API_URL: url.replace(/\/$/, "") });
  const before = greenApi.media.size;

  await send(to);
  await eventually(() => expect(greenApi.media.size).toBe(before + 1), 15_000);
  await doomed.kill();
  const successor = await system.startWorker();
  onTestFinished(successor.kill);
  await eventually(() => expectSent(to), 20_000);

  expect(greenApi.media.size).toBe(before + 2);
  expect(greenApi.ledger.entries({ to })).toMatchObject([{ text: "Look" }]);
});

async function send(to: string): Promise<void> {
  const { made } = await uploadFile(system.api.url, token, largePicture(300_000));
  const body = { to, message_type: "image", media_id: made.id, content: "Look" };
  expect((await post("/api/v1/channels/green/messages", body)).status).toBe(202);
}

async function expectSent(to: string): Promise<void> {
  const own = (await system.readOutgoing()).filter(({ peer }) => peer === `${to}@c.us`);
  expect(own.map(({ state }) => state)).toEqual(["sent"]);
}
