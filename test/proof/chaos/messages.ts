import { createRandom } from "../../../src/simulators/random.ts";

export const channelNames = ["whatsapp", "green", "wazzup24", "chatrace"] as const;
export type ChannelName = (typeof channelNames)[number];

/** How long each channel waits for older messages; Green API keeps the order itself. */
export const holdMsOf: Readonly<Record<ChannelName, number>> = {
  whatsapp: 500,
  green: 0,
  wazzup24: 500,
  chatrace: 500,
};

/** No two channels share a customer. */
const firstPeerOf: Readonly<Record<ChannelName, number>> = {
  whatsapp: 447_700_000_000,
  green: 79_000_000_000,
  wazzup24: 79_100_000_000,
  chatrace: 2_850_000_000_000_000,
};

interface Way {
  readonly channel: ChannelName;
  /** It stands in the provider's list, and nobody posts it. */
  readonly isListed?: true;
}

/** How the messages of a conversation come, by its number. */
const ways: readonly Way[] = [
  { channel: "whatsapp" },
  { channel: "green" },
  { channel: "wazzup24" },
  { channel: "whatsapp" },
  { channel: "green" },
  { channel: "chatrace" },
  { channel: "whatsapp" },
  { channel: "green" },
  { channel: "wazzup24" },
  { channel: "chatrace", isListed: true },
];

/** Green API delivers a chat's next message only after the last one was taken, and a list grows at its end. */
export const isInOrder = ({ channel, isListed }: Way): boolean =>
  channel === "green" || isListed === true;

/** One message that a customer will write. */
export interface Planned extends Way {
  readonly n: number;
  readonly peer: string;
  /** Its place in the conversation, by the provider's clock. */
  readonly place: number;
  /** The provider's time, Unix seconds. */
  readonly at: number;
  /** The provider delivers it so much later than its place asks for. */
  readonly lateMs: number;
  /** Delivered once more, so much after the first acknowledgement, or at the same time. */
  readonly copy?: { readonly afterMs: number };
}

export interface Plan {
  readonly messages: number;
  readonly conversations: number;
  readonly seed: number;
  readonly startSeconds: number;
  readonly duplicates: number;
  readonly reordered: number;
}

const longestBurst = 3;
const everyFourth = 4;
const beyondTheWindow = 0.1;

/** A list's order says nothing within a second: which end is the younger one is told by its times. */
const sharesItsSecond = ({ isListed }: Way, place: number): boolean =>
  isListed !== true && place % everyFourth === everyFourth - 1;

/** The same for the same seed: bursts of customers, some messages twice, some overtaken by the next. */
export function* planMessages(plan: Plan): Generator<Planned> {
  const random = createRandom(plan.seed);
  const places = new Uint32Array(plan.conversations);
  for (let n = 0; n < plan.messages;) {
    const conversation = Math.floor(random() * plan.conversations);
    const burst = Math.min(1 + Math.floor(random() * longestBurst), plan.messages - n);
    for (let left = burst; left > 0; left -= 1, n += 1) {
      const place = places[conversation] ?? 0;
      places[conversation] = place + 1;
      const way: Way = ways[conversation % ways.length] ?? { channel: "whatsapp" };
      yield {
        ...way,
        n,
        peer: String(firstPeerOf[way.channel] + conversation),
        place,
        at: plan.startSeconds + place - (sharesItsSecond(way, place) ? 1 : 0),
        lateMs: drawLateness(plan, way, random),
        ...drawCopy(plan, random),
      };
    }
  }
}

/** Who keeps the order has no share of what is overtaken: the others have it all. */
const moreForOthers = ways.length / ways.filter((way) => !isInOrder(way)).length;

function drawLateness({ reordered }: Plan, way: Way, random: () => number): number {
  const [isLate, isBeyond, share] = [
    random() < reordered * moreForOthers,
    random() < beyondTheWindow,
    random(),
  ];
  if (!isLate || isInOrder(way)) return 0;
  return Math.round(holdMsOf[way.channel] * (isBeyond ? 2 + 2 * share : 0.1 + 0.5 * share));
}

function drawCopy({ duplicates }: Plan, random: () => number): Pick<Planned, "copy"> {
  const [isDoubled, isAtOnce, afterMs] = [random() < duplicates, random() < 0.5, random() * 3000];
  if (!isDoubled) return {};
  return { copy: { afterMs: isAtOnce ? 0 : Math.round(afterMs) } };
}

/** What comes in one body. */
export type Body = readonly [Planned, ...Planned[]];

const mostGathered = 3;

/** Wazzup24 gathers messages of all its chats; everything else comes alone. */
export function* gatherBodies(messages: Iterable<Planned>): Generator<Body> {
  let gathered: [Planned, ...Planned[]] | undefined;
  for (const planned of messages) {
    if (planned.channel !== "wazzup24") {
      yield [planned];
      continue;
    }
    if (gathered === undefined) gathered = [planned];
    else gathered.push(planned);
    if (gathered.length <= gathered[0].n % mostGathered) continue;
    yield gathered;
    gathered = undefined;
  }
  if (gathered !== undefined) yield gathered;
}

const idMark = "CHAOS";

/** The provider's id of the message. */
export const idOf = ({ n, channel }: Pick<Planned, "n" | "channel">): string =>
  channel === "whatsapp" ? `wamid.${idMark}${n}` : `${idMark}${n}`;

/** The message of a provider's id, or of a document's `_id` that ends with it; -1: none of ours. */
export const numberOfId = (id: string): number => numberAfter(new RegExp(`${idMark}(\\d+)$`), id);

export const textOf = (n: number): string => `m${n}`;

/** The echo bot's answer ends with the message itself. */
export const numberOfReply = (text: string): number => numberAfter(/ m(\d+)$/, text);

const numberAfter = (pattern: RegExp, text: string): number =>
  Number(pattern.exec(text)?.[1] ?? -1);
