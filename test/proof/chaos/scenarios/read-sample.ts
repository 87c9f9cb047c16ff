import { readFileSync } from "node:fs";
import type { Cluster } from "../cluster.ts";

/** Measures by name; those of a process carry its name. */
export type Sample = Readonly<Record<string, number>>;

export const opsPassword = "password-of-the-soak";
const authorization = `Basic ${Buffer.from(`admin:${opsPassword}`).toString("base64")}`;

/** Every process by its own metrics, and both servers. */
export async function readSample(cluster: Cluster, mongodbUri: string): Promise<Sample> {
  const processes = await Promise.all([...cluster.processes.values()].map(readProcess));
  const info = await cluster.redis.info("memory");
  return {
    ...Object.assign({}, ...processes),
    redisKeys: await cluster.redis.dbsize(),
    redisMb: Number(/^used_memory:(\d+)/m.exec(info)?.[1]) / 1_000_000,
    mongodbConnections: countConnections(Number(new URL(mongodbUri).port)),
  };
}

type Watched = NonNullable<ReturnType<Cluster["processes"]["get"]>>;

async function readProcess({ name, port }: Watched): Promise<Sample> {
  const url = `http://127.0.0.1:${port}/metrics`;
  const text = await (await fetch(url, { headers: { authorization } })).text();
  const read = (metric: string): number => {
    const found = new RegExp(`^${metric}(?:{[^}]*})? (\\S+)$`, "m").exec(text)?.[1];
    if (found === undefined) throw new Error(`${name} does not tell ${metric}`);
    return Number(found);
  };
  return {
    [`rssMb ${name}`]: read("process_resident_memory_bytes") / 1_000_000,
    [`heapMb ${name}`]: read("nodejs_heap_size_used_bytes") / 1_000_000,
    [`fileDescriptors ${name}`]: read("process_open_fds"),
  };
}

const established = "01";

/** Of all clients on this machine, by the kernel's own table. */
function countConnections(port: number): number {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , remote, state]) => remote?.endsWith(wanted) && state === established).length;
}
