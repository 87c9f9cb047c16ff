import { afterAll, describe, expect, test } from "vitest";
import chatrace from "#shared/providers/chatrace/index.ts";
import greenApi from "#shared/providers/green-api/index.ts";
import { createHttp } from "#shared/providers/http.ts";
import type { PollCall, Polled, Provider } from "#shared/providers/provider.ts";
import * as registered from "#shared/providers/registered.ts";
import type { CustomerSays } from "#simulators/customer-message.ts";
import { createChatraceSimulator } from "../../src/simulators/chatrace/create-simulator.ts";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";

const http = createHttp({ timeoutMs: 10_000 });
const instagram = await createChatraceSimulator();
const green = await createGreenApiSimulator({ pollSecondMs: 10 });
afterAll(() => Promise.all([http.close(), instagram.close(), green.close()]));

interface Side {
  readonly provider: Provider;
  readonly simulator: { readonly url: string; readonly customerSays: CustomerSays };
  readonly externalId: string;
  readonly token: string;
}

const sides: Readonly<Record<string, Side>> = {
  chatrace: {
    provider: chatrace,
    simulator: instagram,
    externalId: "1543000",
    token: "demo-chatrace-token",
  },
  "green-api": {
    provider: greenApi,
    simulator: green,
    externalId: "1101999001",
    token: "demo-green-token",
  },
};

const pollOf = ({ provider, simulator, externalId, token }: Side) => {
  const { poll } = provider;
  if (poll === undefined) throw new Error(`${provider.name} cannot be polled`);
  const call = (cursor?: string): PollCall => ({
    http,
    account: { externalId, apiUrl: simulator.url, token, guarded: false },
    signal: new AbortController().signal,
    settings: {},
    cursor,
    waitMs: 1000,
    now: Date.now(),
  });
  return { poll, call };
};

/** What the provider's own reader makes of a fetched body. */
const textsOf = ({ provider }: Side, polled: Polled): readonly unknown[] => {
  if (polled.kind !== "received") throw new Error(`it gave ${polled.kind}`);
  const normalized = provider.normalize(JSON.parse(polled.raw.toString()), {});
  const events = "events" in normalized ? normalized.events : [];
  return events.map((event) => (event.kind === "message" ? event.text : event.kind));
};

test("every provider that can be polled is here", () => {
  const polled = Object.entries(registered).filter(([, { poll }]) => poll !== undefined);

  expect(Object.keys(sides).toSorted()).toEqual(polled.map(([name]) => name).toSorted());
});

describe.each(Object.entries(sides))("%s", (_, side) => {
  test("a message is given until it is acknowledged or passed, and then no more", async () => {
    const { poll, call } = pollOf(side);
    await side.simulator.customerSays({ text: "fetched" });

    const first = await poll.receive(call());
    const again = await poll.receive(call());
    const { receipt, cursor } = first.kind === "received" ? first : {};
    const isPassed = receipt === undefined || (await poll.acknowledge?.(call(), receipt));
    const after = await poll.receive(call(cursor));

    expect(textsOf(side, first)).toEqual(["fetched"]);
    expect(textsOf(side, again)).toEqual(["fetched"]);
    expect(isPassed).toBe(true);
    expect(after.kind).toBe("nothing");
  });

  test("a wrong token is refused with what to do, and not quoted", async () => {
    const { poll, call } = pollOf({ ...side, token: "wr0ng" });

    const polled = await poll.receive(call());

    expect(polled).toMatchObject({ kind: "refused", advice: expect.stringMatching(/token/) });
    expect(JSON.stringify(polled)).not.toContain("wr0ng");
  });
});
