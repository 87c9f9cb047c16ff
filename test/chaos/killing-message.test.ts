import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startProcess } from "../support/processes.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const killer = "447700900600";
const neighbours = Array.from({ length: 50 }, (_, index) => `4477009007${10 + index}`);
const killingTurn = "a turn that kills";
const killingBody = "a body that kills";
const preload = new URL("../support/crashing-on-text.ts", import.meta.url).href;

test("a message that kills every process that takes it ends dead after five deaths alone, and its neighbours are answered meanwhile", async () => {
  const system = await startSystem({ workers: 0 });
  onTestFinished(system.stop);
  const supervisor = supervise(system);
  onTestFinished(supervisor.end);

  await say(system, killingTurn);

  await eventually(() => expectAnswered(system, neighbours), 60_000);
  await eventually(() => expectAnswered(system, [killer]), 60_000);
  expect(textsTo(system, killer)).toEqual(["Вы написали: a harmless text"]);
  const dead = (await system.readAll("messages")).filter(({ state }) => state === "dead");
  expect(dead).toEqual([
    expect.objectContaining({ text: killingTurn, reason: expect.stringContaining("killed") }),
  ]);
  expect(await system.readAll("alerts")).toEqual([
    expect.objectContaining({ kind: "message.dead", subject: dead[0]?._id, count: 1 }),
  ]);
  expect(supervisor.deathsAlone()).toBeGreaterThanOrEqual(5);
}, 150_000);

test("a webhook that kills every process that reads it is parked with an alert, and its neighbours are answered meanwhile", async () => {
  const system = await startSystem({ workers: 0 });
  onTestFinished(system.stop);
  const supervisor = supervise(system);
  onTestFinished(supervisor.end);

  await say(system, killingBody);

  await eventually(() => expectAnswered(system, neighbours), 60_000);
  await eventually(() => expectAnswered(system, [killer]), 60_000);
  expect(textsTo(system, killer)).toEqual(["Вы написали: a harmless text"]);
  const parked = (await system.readAll("webhooks")).filter((each) => "parked" in each);
  expect(parked).toHaveLength(1);
  expect(String(parked[0]?.["raw"])).toContain(killingBody);
  expect(await system.readAll("alerts")).toEqual([
    expect.objectContaining({ kind: "webhook.parked", subject: parked[0]?._id, count: 1 }),
  ]);
}, 150_000);

async function say({ greenApi }: TestSystem, text: string): Promise<void> {
  await greenApi.customerSays({ from: killer, text });
  for (const from of neighbours) await greenApi.customerSays({ from, text: "Hello" });
  await greenApi.customerSays({ from: killer, text: "a harmless text" });
}

/** Keeps one worker alive, as whatever runs processes in production does. */
function supervise(system: TestSystem) {
  const texts: (readonly string[])[] = [];
  const over = new AbortController();
  const keepOne = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const worker = startProcess("src/workers/main.ts", {
        ...system.settings,
        NODE_OPTIONS: `--import=${preload}`,
        TEST_KILLING_BODY: killingBody,
        TEST_KILLING_TURN: killingTurn,
      });
      const kill = (): void => worker.signal("SIGKILL");
      over.signal.addEventListener("abort", kill);
      texts.push(worker.text);
      await worker.exited;
      over.signal.removeEventListener("abort", kill);
    }
  };
  const kept = keepOne();
  return {
    deathsAlone: () => texts.flat().filter((line) => line.includes('"suspect.died"')).length,
    end: async () => {
      over.abort();
      await kept;
      if (process.env["TEST_LOG"] === "1") process.stdout.write(texts.flat().join("\n"));
    },
  };
}

const textsTo = ({ greenApi }: TestSystem, to: string): readonly string[] =>
  greenApi.ledger.entries({ to }).map(({ text }) => text);

function expectAnswered({ greenApi }: TestSystem, customers: readonly string[]): void {
  const answered = new Set(greenApi.ledger.entries().map(({ to }) => to));
  expect(customers.filter((from) => !answered.has(`${from}@c.us`))).toEqual([]);
}
