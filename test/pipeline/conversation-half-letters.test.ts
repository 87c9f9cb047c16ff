import { afterAll, beforeAll, expect, test } from "vitest";
import { postGreen, writeGreen } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

/** Half of a letter that takes two units: JSON can say it, UTF-8 and so MongoDB cannot. */
const half = "\u{d800}";
const answersTo = (from: string) =>
  system.greenApi.ledger.entries().filter(({ to }) => to.startsWith(from));

test("a message whose id holds half a letter is answered once, however often it comes", async () => {
  const said = writeGreen(
    system,
    { from: "447700910001", text: "hello" },
    { idMessage: `A${half}` },
  );
  await postGreen(system, said);
  await eventually(() => expect(answersTo("447700910001")).toHaveLength(1));

  await postGreen(system, said);
  await postGreen(system, writeGreen(system, { from: "447700910001", text: "the next one" }));

  await eventually(() => {
    const texts = answersTo("447700910001").map(({ text }) => text);
    expect(texts.filter((text) => text.includes("the next one"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("hello"))).toHaveLength(1);
  });
});
