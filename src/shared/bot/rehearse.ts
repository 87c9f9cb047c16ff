import { advance } from "#shared/bot/advance.ts";
import { decideFlow, inputOf } from "#shared/bot/decide-flow.ts";
import { endSession } from "#shared/bot/end-session.ts";
import type { Flow } from "#shared/bot/flow.ts";
import type {
  BotInput,
  BotTurn,
  ContactFacts,
  Heard,
  Said,
  Session,
} from "#shared/domain/session.ts";

interface Stage {
  readonly flow: Flow;
  readonly contact: ContactFacts;
  /** When the conversation begins, in ms; from there on only `wait` moves its clock. */
  readonly startsAt: number;
}

/** A conversation with a scenario without any server: what is saved is known to the next turn, timers ring. */
export const rehearse = ({ flow, contact: first, startsAt }: Stage) => {
  let contact = first;
  let session: Session | undefined;
  let clock = startsAt;
  let turns = 0;
  let rung: string | undefined;

  const take = (input: BotInput): BotTurn | undefined => {
    const place = String(++turns);
    const setting = { flow, contact, now: clock, botVersionId: "rehearsal" };
    const call = { ...setting, session, input, newWaitId: place, seed: place };
    const turn = advance(call);
    session = turn?.session ?? session;
    if (turn !== undefined) contact = learn(contact, turn);
    return turn;
  };

  /** The wait's own timer, where it is due by then and has not rung. */
  const findDue = (end: number): { waitId: string; at: number } | undefined => {
    const { waitId, until } = session ?? {};
    if (waitId === undefined || until === undefined || waitId === rung) return undefined;
    const at = Date.parse(until);
    return at <= end ? { waitId, at } : undefined;
  };

  const leave = (): BotTurn | undefined => {
    session = session && endSession(session);
    return session && { session, effects: [] };
  };

  const here = { flow };
  return {
    /** Undefined also where no trigger takes it. */
    say: (said: Said): BotTurn | undefined => {
      const isRunning = session?.nodeId !== undefined;
      const flows = { starters: [here], ...(isRunning && { running: here }) };
      const decision = decideFlow(flows, { ...hear(said), ...(turns === 0 && { isFirst: true }) });
      if (decision === undefined) return undefined;
      const input = inputOf(decision, said);
      return input === undefined ? leave() : take(input);
    },
    /** The request that the scenario waits for is answered. */
    answer: (isOk: boolean, values: Readonly<Record<string, string>>): BotTurn | undefined =>
      take({ kind: "answered", waitId: session?.waitId ?? "", isOk, values }),
    wait: (ms: number): readonly BotTurn[] => {
      const end = clock + ms;
      const taken: BotTurn[] = [];
      for (let due = findDue(end); due !== undefined; due = findDue(end)) {
        rung = due.waitId;
        clock = Math.max(clock, due.at);
        const turn = take({ kind: "timeout", waitId: due.waitId });
        if (turn !== undefined) taken.push(turn);
      }
      clock = end;
      return taken;
    },
  };
};

const hear = ({ text, messageType = "text", payload }: Said): Heard => ({
  texts: text === "" ? [] : [text],
  messageType,
  ...(payload !== undefined && { payload }),
});

const learn = (contact: ContactFacts, { effects }: BotTurn): ContactFacts => {
  const saves = effects.filter((effect) => effect.kind === "save");
  const tags = effects.filter((effect) => effect.kind === "tag");
  const gone = new Set(tags.filter(({ remove }) => remove).map(({ tag }) => tag));
  const given = tags.filter(({ remove }) => remove !== true).map(({ tag }) => tag);
  return {
    ...contact,
    fields: {
      ...contact.fields,
      ...Object.fromEntries(saves.map(({ field, value }) => [field, value])),
    },
    tags: [...new Set([...(contact.tags ?? []), ...given])].filter((tag) => !gone.has(tag)),
  };
};
