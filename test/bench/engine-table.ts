import type { EngineFigures } from "./measures/engine.ts";
import { table } from "./table.ts";

/** What the engine's own work comes to. */
export const engineTable = ({ rounds, flows }: EngineFigures): string =>
  table(
    [
      `flow, median of ${rounds} rounds`,
      "nodes",
      "documents written",
      "documents or keys",
      "CPU ms a turn",
      "of it worker",
      "of it engine, µs",
    ],
    flows.map((each) => [
      each.name,
      each.nodes,
      each.writes,
      each.documentOperations,
      each.cpuMs,
      each.workerCpuMs,
      each.engineUs,
    ]),
  );
