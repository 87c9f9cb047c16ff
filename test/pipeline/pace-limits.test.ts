import { expect, onTestFinished, test } from "vitest";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
/** Redis counts whole milliseconds. */
const roundingMs = 2;

/** How much earlier than a bucket of `burst` allows the hastiest send was. */
const hasteOf = (
  entries: readonly { readonly at: string }[],
  { startedAt, burst, intervalMs }: Record<"startedAt" | "burst" | "intervalMs", number>,
): number =>
  Math.max(
    ...entries.map(({ at }, index) => {
      const allowedAt = startedAt + Math.max(0, index + 1 - burst) * intervalMs;
      return allowedAt - Date.parse(at);
    }),
  );

test("one customer gets a burst, then one message per interval", async () => {
  const pace = { burst: 3, intervalMs: 700 };
  const system = await startSystem({
    workers: 2,
    whatsapp: { pairIntervalMs: pace.intervalMs, pairBurst: pace.burst },
  });
  onTestFinished(system.stop);

  const startedAt = Date.now();
  for (const text of ["1", "2", "3", "4", "5", "6"])
    await system.whatsapp.customerSays({ from, text });

  const replies = await system.whatsapp.ledger.waitFor(6, 20_000);
  expect(hasteOf(replies, { ...pace, startedAt })).toBeLessThanOrEqual(roundingMs);
  expect(replies.map(({ text }) => text.at(-1))).toEqual(["1", "2", "3", "4", "5", "6"]);
});

test("a channel sends no faster than it may, whoever is written to", async () => {
  const system = await startSystem({ workers: 2, whatsapp: { perSecond: 5 } });
  onTestFinished(system.stop);

  const startedAt = Date.now();
  await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      system.whatsapp.customerSays({ from: `4477009001${index + 10}`, text: "hi" }),
    ),
  );

  const replies = await system.whatsapp.ledger.waitFor(16, 20_000);
  const haste = hasteOf(replies, { startedAt, burst: 1, intervalMs: 200 });
  expect(haste).toBeLessThanOrEqual(roundingMs);
});
