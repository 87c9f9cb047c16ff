import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const read = 3;

test.for(["whatsapp", "greenApi"] as const)(
  "a rank never falls, in whatever order receipts come (%s)",
  async (name) => {
    const system = await startSystem();
    onTestFinished(system.stop);
    const { switches, ledger, customerSays } = system[name];
    switches.set({ readStatuses: true, reorderWebhooks: "reverse", duplicateWebhooks: 2 });

    await customerSays({ text: "1" });
    await ledger.waitFor(1, 15_000);

    await eventually(async () => {
      const receipts = (await system.readAll("webhooks")).filter(({ keys }) =>
        String(keys).includes("#statuses"),
      );
      expect(receipts.length).toBeGreaterThan(2);
      expect(receipts.filter(({ pending }) => pending.length > 0)).toEqual([]);
      expect(await system.readOutgoing()).toMatchObject([{ state: "sent", rank: read }]);
    }, 15_000);
  },
);
