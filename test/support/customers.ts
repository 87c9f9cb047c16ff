// What customers and providers post besides the simulators' own words: the same body again, several bodies, odd ones.
import { readFile } from "node:fs/promises";
import type { TestSystem } from "./system.ts";

type Whatsapp = TestSystem["whatsapp"];
type Said = Parameters<Whatsapp["customerSays"]>[0];
type Green = Parameters<TestSystem["greenApi"]["customerSays"]>[0];

/** The exact bytes of one webhook with these messages; their senders' windows are open from now on. */
export function writeWhatsapp({ whatsapp }: Pick<TestSystem, "whatsapp">, ...said: Said[]): string {
  for (const { from } of said) if (from !== undefined) whatsapp.noteInbound(from);
  return whatsapp.webhookBody(...said);
}

/** Posts bytes as Meta would; answers the status. */
export async function postWhatsapp({ api, whatsapp }: TestSystem, body: string): Promise<number> {
  const headers = { ...json, "x-hub-signature-256": whatsapp.sign(body) };
  const url = `${api.url}/api/v1/webhooks/whatsapp`;
  return (await fetch(url, { method: "POST", body, headers })).status;
}

/** Posts a body as Green API would; answers the status. */
export async function postGreen({ api, greenApi }: TestSystem, body: object): Promise<number> {
  const headers = { ...json, ...greenApi.authorize() };
  const text = JSON.stringify(body);
  return (await fetch(`${api.url}/webhook`, { method: "POST", body: text, headers })).status;
}

/** A Green API notification of this customer's with another content, time or id. */
export const writeGreen = (system: TestSystem, said: Green, more: object = {}): object => ({
  ...readObject(system.greenApi.webhookBody(said)),
  ...more,
});

/** A provider's example of the fixtures, with some of its texts replaced. */
export async function readFixture(
  path: string,
  replaced: Readonly<Record<string, string>>,
): Promise<object> {
  const text = await readFile(`test/fixtures/${path}.json`, "utf8");
  const parts = Object.entries(replaced);
  return readObject(parts.reduce((body, [old, next]) => body.replaceAll(old, next), text));
}

const json = { "content-type": "application/json" };

function readObject(text: string): object {
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === "object" && parsed !== null ? parsed : {};
}
