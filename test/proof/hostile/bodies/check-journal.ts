import type { TestSystem } from "../../../support/system.ts";

const ours: ReadonlySet<string> = new Set([
  "1101999001",
  "100000000000001",
  "11111111-1111-4111-8111-111111111111",
  "1543000",
]);
const accountKeys: ReadonlySet<string> = new Set([
  "idInstance",
  "phone_number_id",
  "channelId",
  "account_id",
]);

/** Which of the bodies that were answered by 200 are in the journal, by the id they were posted with. */
export async function readJournaled({ database }: TestSystem): Promise<ReadonlySet<string>> {
  const found = database
    .collection<{ _id: string; request: { id: string } }>("webhooks")
    .find({}, { projection: { "request.id": 1 } });
  const ids = new Set<string>();
  for await (const { request } of found) if (request !== undefined) ids.add(request.id);
  return ids;
}

/** True where a body names an account that has no channel here: such a part is nobody's. */
export function namesStranger(body: Buffer): boolean {
  try {
    return hasStranger(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return false;
  }
}

function hasStranger(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(([key, value]: [string, unknown]) => {
    if (accountKeys.has(key) && isId(value) && !ours.has(String(value))) return true;
    return hasStranger(value);
  });
}

const isId = (value: unknown): boolean => typeof value === "string" || Number.isInteger(value);
