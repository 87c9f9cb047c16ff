import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { findFreePort } from "../support/free-port.ts";
import { startSystem } from "../support/system.ts";

test("a worker tells its health, and its turns and sends to whoever has the password", async () => {
  const system = await startSystem({ workers: 0, settings: { OPS_PASSWORD: "ops-password" } });
  onTestFinished(system.stop);
  const port = await findFreePort();
  await system.startWorker({ WORKER_PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  const authorization = `Basic ${Buffer.from("admin:ops-password").toString("base64")}`;

  await system.greenApi.customerSays({ text: "Hello" });
  await system.greenApi.ledger.waitFor(1, 15_000);

  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect(await (await fetch(`${url}/health/ready`)).json()).toMatchObject({ ready: true });
  expect((await fetch(`${url}/metrics`)).status).toBe(401);
  await eventually(async () => {
    const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
    expect(metrics).toMatch(/switchboard_turn_seconds_count\{[^}]*\} 1/);
    expect(metrics).toMatch(/switchboard_sends_total\{[^}]*outcome="sent"[^}]*\} 1/);
  });
});
