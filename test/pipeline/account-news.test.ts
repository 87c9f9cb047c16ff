import { expect, onTestFinished, test } from "vitest";
import { postWhatsapp } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { addChannel } from "../support/channels.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const business = "200000000000002";

const news = (field: string, value: object, time = Math.floor(Date.now() / 1000)) =>
  JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: business, time, changes: [{ field, value }] }],
  });

/** The default channel of another business, and two numbers of this one. */
async function startNumbers(): Promise<TestSystem> {
  const system = await startSystem({ whatsapp: { wabaId: "900000000000009" } });
  onTestFinished(system.stop);
  const provider = "whatsapp-cloud";
  for (const [_id, phone] of [
    ["one", "+12025550101"],
    ["two", "+12025550102"],
  ] as const)
    await addChannel(system.models.channels, { _id, provider, phone, wabaId: business });
  return system;
}

const pausedOf = async (system: TestSystem) =>
  Promise.all(
    ["one", "two", "whatsapp"].map(
      async (id) => (await system.models.channels.find(id))?.paused?.code,
    ),
  );

const ban = (state: string) => ({
  event: "DISABLED_UPDATE",
  ban_info: { waba_ban_state: state },
});

test("a ban pauses all numbers of the business and no other's, and its end resumes them", async () => {
  const system = await startNumbers();
  const now = Math.floor(Date.now() / 1000);

  await postWhatsapp(system, news("account_update", ban("DISABLE"), now - 60));
  await eventually(async () => {
    expect(await pausedOf(system)).toEqual(["account_state", "account_state", undefined]);
  }, 15_000);
  await postWhatsapp(system, news("account_update", ban("REINSTATE"), now - 30));
  await eventually(async () => {
    expect(await pausedOf(system)).toEqual([undefined, undefined, undefined]);
  }, 15_000);
  // Meta repeats what it could not deliver for days: the older word changes nothing.
  await postWhatsapp(system, news("account_update", ban("DISABLE"), now - 60));
  await postWhatsapp(system, news("security", { event: "PIN_CHANGED" }));

  await eventually(async () => {
    const alerts = await system.readAll("alerts");
    expect(alerts.map(({ subject }) => subject)).toContain("one|PIN_CHANGED|");
  }, 15_000);
  expect(await pausedOf(system)).toEqual([undefined, undefined, undefined]);
});

test("a flagged number calls a person for that number, a rejected template for each", async () => {
  const system = await startNumbers();
  const flagged = { display_phone_number: "12025550102", event: "FLAGGED" };
  const rejected = {
    event: "REJECTED",
    message_template_name: "visit",
    message_template_language: "ru",
    reason: "INVALID_FORMAT",
  };

  await postWhatsapp(system, news("phone_number_quality_update", flagged));
  await postWhatsapp(system, news("message_template_status_update", rejected));

  await eventually(async () => {
    const alerts = await system.readAll("alerts");
    expect(alerts.map(({ kind, subject }) => [kind, subject])).toEqual([
      ["account.news", "one|TEMPLATE_REJECTED|visit ru"],
      ["account.news", "two|FLAGGED|"],
      ["account.news", "two|TEMPLATE_REJECTED|visit ru"],
    ]);
  }, 15_000);
});
