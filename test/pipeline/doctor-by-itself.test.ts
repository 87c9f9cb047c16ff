import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const unwell = async (system: TestSystem) =>
  (await system.readAll("alerts")).filter(({ kind }) => kind === "channel.unwell");

test("a check that fails is one alert, which ends when the check is good again", async () => {
  const system = await startSystem({ workers: 2, settings: { DOCTOR_EVERY_MS: "400" } });
  onTestFinished(system.stop);
  const { switches } = system.greenApi;

  switches.set({ stateInstance: "blocked" });
  await eventually(async () => {
    const about = (await unwell(system)).filter(({ subject }) => subject === "green|state");
    expect(about).toMatchObject([{ tenantId: "tenant", channelId: "green" }]);
    expect(Number(about[0]?.["count"])).toBeGreaterThan(1);
  }, 20_000);
  switches.set({ stateInstance: "authorized" });

  await eventually(async () => {
    const alerts = await unwell(system);
    expect(alerts).toContainEqual(expect.objectContaining({ subject: "green|state" }));
    expect(alerts.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
  }, 20_000);
}, 60_000);

test("of all who ask one looks at a channel, once in a while", async () => {
  const system = await startSystem({ apis: 1, workers: 0 });
  onTestFinished(system.stop);
  const { channelMarks } = system.models;
  const now = new Date();
  const claim = (at: Date) => channelMarks.claimExamination("green", at, 60_000);

  const claimed = await Promise.all(Array.from({ length: 20 }, () => claim(now)));

  expect(claimed.filter(Boolean)).toHaveLength(1);
  expect(await claim(new Date(now.getTime() + 59_000))).toBe(false);
  expect(await claim(new Date(now.getTime() + 61_000))).toBe(true);
}, 60_000);
