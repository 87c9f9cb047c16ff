import { createRandom } from "../../../src/simulators/random.ts";

export const channelNames = ["whatsapp", "green"] as const;
export type ChannelName = (typeof channelNames)[number];

/** How long each channel waits for older messages; Green API keeps the order itself. */
export const holdMsOf: Readonly<Record<ChannelName, number>> = { whatsapp: 500, green: 0 };

/** One message that a customer will write. */
export interface Planned {
  readonly n: number;
  readonly channel: ChannelName;
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
const sharesItsSecond = 4;
const beyondTheWindow = 0.1;

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
      const channel = conversation % 2 === 0 ? "whatsapp" : "green";
      yield {
        n,
        channel,
        peer: String((channel === "whatsapp" ? 447_700_000_000 : 79_000_000_000) + conversation),
        place,
        at: plan.startSeconds + place - (place % sharesItsSecond === sharesItsSecond - 1 ? 1 : 0),
        lateMs: drawLateness(plan, channel, random),
        ...drawCopy(plan, random),
      };
    }
  }
}

/** Green API delivers one after another: only Meta reorders, so it has both halves. */
function drawLateness({ reordered }: Plan, channel: ChannelName, random: () => number): number {
  const [isLate, isBeyond, share] = [
    random() < reordered * 2,
    random() < beyondTheWindow,
    random(),
  ];
  if (!isLate || channel === "green") return 0;
  return Math.round(holdMsOf[channel] * (isBeyond ? 2 + 2 * share : 0.1 + 0.5 * share));
}

function drawCopy({ duplicates }: Plan, random: () => number): Pick<Planned, "copy"> {
  const [isDoubled, isAtOnce, afterMs] = [random() < duplicates, random() < 0.5, random() * 3000];
  if (!isDoubled) return {};
  return { copy: { afterMs: isAtOnce ? 0 : Math.round(afterMs) } };
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
