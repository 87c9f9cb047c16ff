import { LRUCache } from "lru-cache";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Provider } from "#shared/providers/provider.ts";
import { accountOf } from "#workers/lanes/account.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";

/** Everything that asking for contacts touches. */
export interface LookUpPorts extends Pick<
  LanePorts,
  "apiUrlOf" | "findChannel" | "findProvider" | "http" | "journalOwn" | "log" | "pace"
> {
  /** True for one of all who ask, and for good unless it is freed. */
  readonly claim: (tenantId: string, contactId: string) => Promise<boolean>;
  readonly free: (tenantId: string, contactId: string) => Promise<unknown>;
  readonly timeoutMs: number;
}

/** Somebody who wrote, and whose messages name nobody. */
interface Nameless {
  readonly tenantId: string;
  readonly channelId: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly peer: string;
}

export type NamelessContacts = ReturnType<typeof createNamelessContacts>;

/** What is forgotten here comes again with the customer's next message. */
const mostRemembered = 1000;

/** The contacts without a name that this process has met, until they are looked up. */
export function createNamelessContacts() {
  const met = new LRUCache<string, Nameless>({ max: mostRemembered });
  return {
    note: ({ _id, tenantId, channelId, peer, contact, last }: Conversation): void => {
      if (contact === undefined || contact.name !== undefined || last?.direction !== "in") return;
      met.set(_id, { tenantId, channelId, conversationId: _id, contactId: contact.id, peer });
    },
    list: (): readonly Nameless[] => [...met.values()],
    forget: ({ conversationId }: Nameless): void => void met.delete(conversationId),
  };
}

/** Asks the providers for whoever is nameless, as far as their pace lets; what they tell goes through the journal. */
export async function lookUpContacts(
  ports: LookUpPorts,
  contacts: NamelessContacts,
  stopping: AbortSignal,
): Promise<void> {
  const full = new Set<string>();
  for (const contact of contacts.list()) {
    if (stopping.aborted) return;
    if (full.has(contact.channelId)) continue;
    const looked = await lookUp(ports, contact);
    if (looked === "no room") full.add(contact.channelId);
    else contacts.forget(contact);
  }
}

async function lookUp(ports: LookUpPorts, nameless: Nameless): Promise<"no room" | "over"> {
  const { tenantId, channelId, contactId } = nameless;
  const channel = await ports.findChannel(channelId);
  const provider = channel && ports.findProvider(channel.provider);
  if (channel === undefined || provider?.findContact === undefined) return "over";
  if (!(await ports.claim(tenantId, contactId))) return "over";
  if ((await ports.pace.take(ownBucket(channel), provider, undefined)) > 0) {
    await ports.free(tenantId, contactId);
    return "no room";
  }
  await ask(ports, nameless, { channel, provider });
  return "over";
}

/** Ten a minute, beside the channel's own pace: replies do not wait for names. */
const perSecond = 10 / 60;

const ownBucket = (channel: OpenChannel): OpenChannel => ({
  ...channel,
  _id: `${channel._id}#contacts`,
  perSecond,
});

async function ask(
  ports: LookUpPorts,
  { tenantId, contactId, conversationId, peer }: Nameless,
  { channel, provider }: { readonly channel: OpenChannel; readonly provider: Provider },
): Promise<void> {
  const answer = await provider.findContact?.({
    http: ports.http,
    account: accountOf(ports, channel),
    to: peer,
    signal: AbortSignal.timeout(ports.timeoutMs),
  });
  if (answer?.state === "ok") {
    const { name } = answer.done;
    if (name === undefined) return;
    const event = { kind: "contact_answer", chatId: peer, name } as const;
    await ports.journalOwn(channel, `${conversationId}|contact`, event);
    return;
  }
  const { state, reason } = answer ?? {};
  ports.log.info({ event: "contact.unknown", channelId: channel._id, state, reason });
  // The customer's next message asks again.
  if (state === "unreached") await ports.free(tenantId, contactId);
}
