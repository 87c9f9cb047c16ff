import { expect, test } from "vitest";
import {
  channelNames,
  gatherBodies,
  idOf,
  numberOfId,
  numberOfReply,
  planMessages,
  textOf,
  type Planned,
} from "./messages.ts";

const plan = {
  messages: 5000,
  conversations: 200,
  seed: 3,
  startSeconds: 1_000_000,
  duplicates: 0.05,
  reordered: 0.05,
};

test("a seed gives the same messages again: four providers, about 5 % twice and 5 % overtaken", () => {
  const planned = [...planMessages(plan)];
  const share = (is: (message: Planned) => boolean): number =>
    planned.filter(is).length / planned.length;

  expect([...planMessages(plan)]).toEqual(planned);
  expect(planned.map(({ n }) => n)).toEqual(Array.from({ length: 5000 }, (_, n) => n));
  const shares = channelNames.map((name) => share(({ channel }) => channel === name));
  expect(shares.map((each) => Math.round(each * 10))).toEqual([3, 3, 2, 2]);
  expect(share(({ isListed }) => isListed === true)).toBeCloseTo(0.1, 1);
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

test("only Wazzup24's come several in a body, and none is left out", () => {
  const bodies = [...gatherBodies(planMessages(plan))];

  const several = bodies.filter(({ length }) => length > 1);
  expect(several.length).toBeGreaterThan(100);
  expect(several.flat().every(({ channel }) => channel === "wazzup24")).toBe(true);
  expect(
    bodies
      .flat()
      .map(({ n }) => n)
      .toSorted((a, b) => a - b),
  ).toEqual(Array.from({ length: 5000 }, (_, n) => n));
});

test("a message is known again by its id, and by the reply that names it", () => {
  for (const channel of channelNames)
    expect(numberOfId(`${channel}|message|${idOf({ n: 17, channel })}`)).toBe(17);
  expect(numberOfReply(`You wrote: ${textOf(17)}`)).toBe(17);
  expect(numberOfReply("Hello")).toBe(-1);
});
