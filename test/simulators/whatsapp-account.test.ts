import { expect, test } from "vitest";
import { z } from "zod";
import { get, post, refusal, startWhatsapp } from "./whatsapp-setup.ts";

test("a read receipt is no message: it is kept apart from the ledger", async () => {
  const { simulator } = await startWhatsapp();
  const receipt = { status: "read", message_id: "wamid.1", typing_indicator: { type: "text" } };

  const response = await post(simulator, { body: receipt });

  expect(await response.json()).toEqual({ success: true });
  expect(simulator.reads).toEqual([{ messageId: "wamid.1", typing: true }]);
  expect(simulator.ledger.size).toBe(0);
});

test("the number answers its id and the fields that were asked for", async () => {
  const { simulator } = await startWhatsapp();

  const response = await get(
    simulator,
    "/v23.0/100000000000001?fields=display_phone_number,status",
  );

  expect(await response.json()).toEqual({
    id: "100000000000001",
    display_phone_number: "+12025550101",
    status: "CONNECTED",
  });
  expect(await refusal(await get(simulator, "/v23.0/42"))).toEqual([400, 100]);
});

test("uploaded media can be looked up, downloaded and sent", async () => {
  const { simulator } = await startWhatsapp();
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", "image/png");
  form.set("file", new Blob(["picture"], { type: "image/png" }), "a.png");

  const upload = await fetch(`${simulator.url}/v23.0/100000000000001/media`, {
    method: "POST",
    headers: { authorization: "Bearer demo-whatsapp-token" },
    body: form,
  });
  const { id } = z.object({ id: z.string() }).parse(await upload.json());
  const found = z
    .object({ url: z.string(), mime_type: z.string() })
    .parse(await (await get(simulator, `/v23.0/${id}`)).json());
  const bytes = await get(simulator, found.url.slice(simulator.url.length));

  expect(found.mime_type).toBe("image/png");
  expect(await bytes.text()).toBe("picture");
  expect((await post(simulator, { body: { type: "image", image: { id } } })).status).toBe(200);
});

test("the account can be subscribed to and lists its apps", async () => {
  const { simulator } = await startWhatsapp();
  const path = "/v23.0/200000000000002/subscribed_apps";
  const subscribe = (method: string) =>
    fetch(`${simulator.url}${path}`, {
      method,
      headers: { authorization: "Bearer demo-whatsapp-token" },
    });

  await subscribe("DELETE");
  expect(await (await get(simulator, path)).json()).toEqual({ data: [] });
  expect(await (await subscribe("POST")).json()).toEqual({ success: true });
  expect(await (await get(simulator, path)).json()).toMatchObject({
    data: [{ whatsapp_business_api_data: { name: "Demo App" } }],
  });
});
