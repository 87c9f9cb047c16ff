import { afterAll, expect, test } from "vitest";
import { startPrivateServices } from "../../support/services.ts";
import { runChaos } from "./run-chaos.ts";
import { buildSchedule } from "./schedule.ts";
import { inTestFolder } from "./test-folder.ts";
import { tiers } from "./tiers.ts";

const services = await startPrivateServices();
afterAll(services.stop);

const say = (): void => undefined;
const tier = tiers.small;
const seed = 6;
const schedule = buildSchedule(tier.faults, tier.messages, seed);

test.each(["journal", "queue"] as const)(
  "%s: 5,000 webhooks among kills, a FLUSHALL and a MongoDB restart: 0 lost, 0 doubled, 0 reordered",
  async (accept) => {
    await inTestFolder(`small-${accept}`, async (folder) => {
      const run = { services, folder, accept, tier, schedule, seed, say };

      const { ok, figures, examples } = await runChaos(run);

      expect(examples).toEqual([]);
      expect(figures).toMatchObject({
        acknowledged: 5000,
        lost: 0,
        doubled: 0,
        strange: 0,
        reordered: 0,
        open: { entries: 0, sends: 0, sealed: 0, listed: 0 },
      });
      expect(ok).toBe(true);
    });
  },
  240_000,
);
