import { z } from "zod";
import { posted, type Posted } from "./posted.ts";
import type { Helper } from "./helper.ts";
import type { Messages } from "./messages.ts";

const inFlight = 50;

interface Posting {
  readonly driver: Helper;
  readonly origin: string;
  readonly token: string;
}

/** Bodies first, so that building them is not measured. */
export async function buildMessages(driver: Helper, messages: Messages): Promise<void> {
  await driver.ask("build", messages, z.undefined());
}

/** Posts what was built, as fast as it is answered or at a rate; throws on any answer but 200. */
export async function postMessages(
  { driver, origin, token }: Posting,
  perSecond?: number,
): Promise<Posted> {
  const path = "/webhook";
  const pace = perSecond === undefined ? {} : { perSecond };
  const result = await driver.ask("post", { origin, token, path, inFlight, ...pace }, posted);
  if (result.refused > 0) throw new Error(`${result.refused} webhooks were not answered by 200`);
  return result;
}
