import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";

test.for(["whatsapp", "greenApi"] as const)(
  "a 429 puts the send back until its time, and the order stays (%s)",
  async (name) => {
    const system = await startSystem();
    onTestFinished(system.stop);
    const { switches, ledger, customerSays } = system[name];
    switches.set({ answer429: { next: 1, retryAfterSeconds: 3 } });

    await customerSays({ from, text: "1" });
    const notBefore = await eventually(async () => {
      const [first] = await system.readOutgoing();
      expect(first).toMatchObject({ state: "queued", attempt: 1, notBefore: expect.any(Date) });
      return first?.notBefore?.getTime() ?? 0;
    }, 15_000);
    await customerSays({ from, text: "2" });

    const replies = await ledger.waitFor(2, 15_000);
    expect(replies.map(({ text }) => text)).toEqual(["Вы написали: 1", "Вы написали: 2"]);
    expect(Date.parse(replies[0]?.at ?? "")).toBeGreaterThanOrEqual(notBefore);
  },
);
