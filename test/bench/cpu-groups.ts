import { cpuOfTree, findServer, readProcesses } from "./process-table.ts";

/** Process ids by what they are for. */
export type Groups = Readonly<Record<string, readonly number[]>>;

/** CPU milliseconds by group. */
export type CpuMs = Readonly<Record<string, number>>;

/** Redis, and FerretDB with its PostgreSQL or mongod, as far as they run on this machine. */
export function serverGroups(redisUrl: string, mongodbUri: string): Groups {
  const entries = readProcesses();
  const mongoPort = new URL(mongodbUri).port;
  const ferretdb = findServer(entries, /ferretdb$/, `:${mongoPort} `);
  const postgresPort = /--postgresql-url=\S*:(\d+)\//.exec(ferretdb?.command ?? "")?.[1];
  const found = {
    redis: findServer(entries, /redis-server$/, `:${new URL(redisUrl).port}`),
    ferretdb,
    postgres:
      postgresPort === undefined
        ? undefined
        : findServer(entries, /postgres$/, `-p ${postgresPort}`),
    mongod: findServer(entries, /mongod$/, `--port ${mongoPort} `),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, entry]) =>
      entry === undefined ? [] : [[name, [entry.pid]]],
    ),
  );
}

export function readCpu(groups: Groups): CpuMs {
  const entries = readProcesses();
  return Object.fromEntries(
    Object.entries(groups).map(([name, pids]) => [
      name,
      pids.reduce((sum, pid) => sum + cpuOfTree(entries, pid), 0),
    ]),
  );
}

/** What each group took since `before`, divided by `turns`. */
export const cpuPer = (before: CpuMs, after: CpuMs, turns: number): CpuMs =>
  Object.fromEntries(
    Object.entries(after).map(([name, ms]) => [name, (ms - (before[name] ?? 0)) / turns]),
  );
