import type { TestSystem } from "../../../support/system.ts";

const surprises: ReadonlySet<unknown> = new Set(["surprise", "request.failed", "webhook.failed"]);

/** Both processes live and were surprised by nothing; no message had to be given up. */
export async function checkEnd({ api, workers, database }: TestSystem) {
  const processes = [api, ...workers];
  const said = processes
    .flatMap(({ lines }) => lines)
    .filter(({ event }) => surprises.has(event))
    .map((line) => JSON.stringify(line));
  const gone = processes.filter(
    ({ child }) => child.exitCode !== null || child.signalCode !== null,
  );
  const alerts = await database.collection("alerts").find().toArray();
  const given = alerts.filter(({ kind }) => kind === "message.dead" || kind === "effects.parked");
  return {
    turns: await database.collection("messages").countDocuments(),
    sends: await database.collection("outgoing").countDocuments(),
    surprises: said.length,
    processesGone: gone.length,
    faults: [
      ...said.map((line) => line.slice(0, 400)),
      ...gone.map(() => "a process ended"),
      ...given.map(({ kind, subject, text }) => `${kind} ${subject}: ${text}`.slice(0, 400)),
    ],
  };
}
