const conversations = 500;

/**
 * A fixture as if it were posted now: message ids of its own, one of so many customers. What a
 * repetition would be dropped for is then worked off.
 */
export const freshen = (body: unknown, tag: number, now: number): unknown => {
  const customer = String(447_700_000_000 + (tag % conversations));
  const walk = (node: unknown, key: string): unknown => {
    if (Array.isArray(node)) return node.map((item: unknown) => walk(item, key));
    if (typeof node === "object" && node !== null)
      return Object.fromEntries(
        Object.entries(node).map(([name, value]) => [name, walk(value, name)]),
      );
    if (key === "timestamp") return typeof node === "string" ? String(now) : now;
    if (typeof node !== "string") return node;
    if (key === "dateTime") return new Date(now * 1000).toISOString();
    if (idKeys.has(key) || (key === "id" && node.startsWith("wamid."))) return `${node}${tag}`;
    return customerKeys.has(key) ? node.replace(/^\d{9,19}(?=$|@c\.us$)/, customer) : node;
  };
  return walk(body, "");
};

const idKeys: ReadonlySet<string> = new Set(["idMessage", "messageId", "message_id", "mid"]);
const customerKeys: ReadonlySet<string> = new Set([
  "from",
  "wa_id",
  "chatId",
  "sender",
  "contact_id",
  "senderId",
  "userId",
]);
