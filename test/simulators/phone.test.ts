import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { createPhone } from "../../src/simulators/phone/create-phone.ts";
import { createWhatsappSimulator } from "../../src/simulators/whatsapp/create-simulator.ts";
import { eventually } from "../support/eventually.ts";

const customer = "447700900123";

/** The page for two simulators, whose webhooks nobody takes. */
async function startPhone() {
  const whatsapp = await createWhatsappSimulator({ statusGapMs: 1 });
  const greenApi = await createGreenApiSimulator();
  const phone = await createPhone({ host: "127.0.0.1", port: 0 }, [
    { title: "WhatsApp", ...whatsapp },
    { title: "Green <API>", ...greenApi },
  ]);
  onTestFinished(async () => {
    await Promise.all([phone, whatsapp, greenApi].map((each) => each.close()));
  });
  return { phone, whatsapp };
}

const shown = z.object({
  entries: z.array(z.object({ id: z.string(), text: z.string(), link: z.string().optional() })),
  statuses: z.record(z.string(), z.string()),
});

test("one page offers every simulator, and loads nothing from elsewhere", async () => {
  const { phone } = await startPhone();

  const response = await fetch(phone.url);
  const page = await response.text();

  expect(page).toContain('<option value="channels/0/">WhatsApp</option>');
  expect(page).toContain("Green &#60;API&#62;");
  expect(page).not.toMatch(/<(?:script|link)[^>]*(?:src|href)=/);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("the page sees replies, their pictures and receipts, and switches faults", async () => {
  const { phone, whatsapp } = await startPhone();
  const base = `${phone.url}/channels/0`;
  const change = { method: "PATCH", headers: { "content-type": "application/json" } };
  const body = JSON.stringify({ openWindow: true, readStatuses: true });
  const switched = await fetch(`${base}/switches`, { ...change, body });

  await fetch(`${whatsapp.url}/v24.0/100000000000001/messages`, {
    method: "POST",
    headers: {
      authorization: "Bearer demo-whatsapp-token",
      "content-type": "application/json",
    },
    body: JSON.stringify({
      messaging_product: "whatsapp",
      to: customer,
      type: "image",
      image: { link: "https://pictures.example/cut.png", caption: "A cut" },
    }),
  });

  expect(switched.status).toBe(200);
  await eventually(async () => {
    const { entries, statuses } = shown.parse(
      await (await fetch(`${base}/ledger?to=${customer}`)).json(),
    );
    expect(entries).toMatchObject([{ text: "A cut", link: "https://pictures.example/cut.png" }]);
    expect(Object.values(statuses)).toEqual(["read"]);
  });
});
