import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const from = "447700900123";
const channelIds = { whatsapp: "whatsapp", greenApi: "green" } as const;

const expectPaused = (system: TestSystem, channelId: string, code: string) =>
  eventually(async () => {
    const channel = await system.models.channels.find(channelId);
    expect(channel?.paused).toMatchObject({ code });
    const alerts = await system.readAll("alerts");
    expect(alerts).toMatchObject([{ kind: "channel.paused", subject: channelId }]);
  }, 15_000);

test.for([
  ["whatsapp", "190"],
  ["greenApi", "401"],
] as const)(
  "a token that is no longer taken pauses the channel with an alert (%s)",
  { timeout: 60_000 },
  async ([name, code]) => {
    const system = await startSystem({ workers: 2 });
    onTestFinished(system.stop);
    const { switches, ledger, customerSays } = system[name];
    switches.set({ expiredToken: true });
    await customerSays({ from, text: "1" });
    await expectPaused(system, channelIds[name], code);

    await customerSays({ from, text: "2" });
    await eventually(async () => expect(await system.readOutgoing()).toHaveLength(2), 15_000);
    switches.set({ expiredToken: false });
    await system.models.channels.update(channelIds[name], {}, ["paused"]);

    const replies = await ledger.waitFor(2, 30_000);
    expect(replies.map(({ text }) => text)).toEqual(["Вы написали: 1", "Вы написали: 2"]);
  },
);
