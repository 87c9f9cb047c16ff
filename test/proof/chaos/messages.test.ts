import { expect, test } from "vitest";
import { idOf, numberOfId, numberOfReply, planMessages, textOf, type Planned } from "./messages.ts";

const plan = {
  messages: 5000,
  conversations: 200,
  seed: 3,
  startSeconds: 1_000_000,
  duplicates: 0.05,
  reordered: 0.05,
};

test("a seed gives the same messages again: both providers, about 5 % twice and 5 % overtaken", () => {
  const planned = [...planMessages(plan)];
  const share = (is: (message: Planned) => boolean): number =>
    planned.filter(is).length / planned.length;

  expect([...planMessages(plan)]).toEqual(planned);
  expect(planned.map(({ n }) => n)).toEqual(Array.from({ length: 5000 }, (_, n) => n));
  expect(share(({ channel }) => channel === "green")).toBeCloseTo(0.5, 1);
  expect(share(({ copy }) => copy !== undefined)).toBeCloseTo(0.05, 1);
  expect(share(({ lateMs }) => lateMs > 0)).toBeCloseTo(0.05, 1);
});

test("the provider's time never goes back within a conversation", () => {
  const byPeer = Map.groupBy(planMessages(plan), ({ peer }) => peer);

  for (const messages of byPeer.values()) {
    const times = messages.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
});

test("a message is known again by its id, and by the reply that names it", () => {
  for (const channel of ["whatsapp", "green"] as const)
    expect(numberOfId(`${channel}|message|${idOf({ n: 17, channel })}`)).toBe(17);
  expect(numberOfReply(`You wrote: ${textOf(17)}`)).toBe(17);
  expect(numberOfReply("Hello")).toBe(-1);
});
