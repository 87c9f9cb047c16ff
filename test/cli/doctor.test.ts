import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createWazzupSimulator } from "#simulators/wazzup24/create-simulator.ts";
import { openWorld, readJson } from "./open-world.ts";

const told = z.looseObject({ id: z.string(), key: z.string() });
const examined = z.array(
  z.object({
    channel: z.string(),
    findings: z.array(z.looseObject({ check: z.string(), state: z.string() })),
  }),
);
const first = "11111111-1111-4111-8111-111111111111";
const second = "22222222-2222-4222-8222-222222222222";

test("one address serves all channels of an account, and nobody else's is ours", async () => {
  const world = await openWorld();
  const channels = [first, second].map((channelId) => ({
    channelId,
    transport: "whatsapp" as const,
    plainId: "79990000000",
  }));
  const simulator = await createWazzupSimulator({ channels });
  onTestFinished(() => simulator.close());
  Object.assign(world.settings, { WAZZUP24_API_URL: `${simulator.url}/v3` });
  const add = async (externalId: string, tenant: string) => {
    const flags = ["--provider=wazzup24", "--name=A", `--tenant=${tenant}`, "--secret=hush"];
    const account = [`--external-id=${externalId}`, "--token=demo-wazzup24-key"];
    return told.parse(
      readJson(await world.run(["channel", "add", "--json", ...flags, ...account])),
    );
  };
  const one = await add(first, "ours");
  const other = await add(second, "ours");
  const stranger = await add("33333333-3333-4333-8333-333333333333", "theirs");
  simulator.pointWebhooksAt(`https://bot.example/api/v1/webhooks/wazzup24/${one.key}?secret=hush`);

  const ran = await world.run(["doctor", "--json"]);

  const webhookOf = (id: string) => {
    const found = examined.parse(readJson(ran)).find(({ channel }) => channel === id);
    return found?.findings.find(({ check }) => check === "webhook")?.state;
  };
  expect([one, other, stranger].map(({ id }) => webhookOf(id))).toEqual(["ok", "ok", "fail"]);
  expect(ran.out).not.toContain("hush");
});
