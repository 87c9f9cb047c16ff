import { expect, test } from "vitest";
import { openWorld, readJson } from "./open-world.ts";

test("alerts are listed, the youngest first, until somebody has seen to them", async () => {
  const world = await openWorld();
  const raise = (kind: string, second: number) =>
    world.models.alerts.raise(
      { tenantId: "salon", channelId: "c1", kind, subject: "c1", text: `${kind}: look` },
      new Date(Date.UTC(2026, 0, 1, 0, 0, second)),
    );
  await raise("poll.failing", 1);
  await raise("channel.paused", 2);
  const list = async (...flags: string[]) => {
    const told = await world.run(["alerts", "list", "--tenant", "salon", "--json", ...flags]);
    return readJson(told);
  };

  const both = await list();
  const ended = await world.run(["alerts", "end", "channel.paused|c1"]);
  const twice = await world.run(["alerts", "end", "channel.paused|c1"]);
  const told = await world.run(["alerts", "list"]);

  expect(both).toMatchObject([{ kind: "channel.paused" }, { kind: "poll.failing" }]);
  expect(ended.exitCode).toBe(0);
  expect(twice).toMatchObject({ exitCode: 1, err: expect.stringContaining("no open alert") });
  expect(told.out).toContain("poll.failing|c1");
  expect(told.out).not.toContain("channel.paused");
  expect(await list("--state", "ended")).toMatchObject([{ kind: "channel.paused" }]);
  expect((await world.run(["alerts", "list", "--tenant", "other"])).out).toContain("No alerts.");
});
