// Redis and MongoDB for the tests: one shared set a run, and private ones for tests that kill or freeze servers.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bringServices } from "../../scripts/services/index.mjs";
import type { Control, Request, Services } from "../../scripts/services/index.mjs";

declare module "vitest" {
  interface ProvidedContext {
    redisUrl: string;
    mongodbUri: string;
  }
}

/** A set of its own: both servers can be killed, frozen and brought back. */
export interface PrivateServices extends Services {
  readonly redis: Control;
  readonly mongo: Control;
}

const givenVariable = "SWITCHBOARD_TEST_SERVICES";
const waysVariable = "SWITCHBOARD_TEST_WAYS";

/** Vitest calls it once a project before all test files; what it gives back is called after all of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env[givenVariable];
  if (given) {
    provide(project, JSON.parse(given));
    return async () => {};
  }
  const services = await bringInTemporaryFolder({ log: say });
  const { redisUrl, mongodbUri } = services;
  // The next project of this run finds them there.
  process.env[givenVariable] = JSON.stringify({ redisUrl, mongodbUri });
  process.env[waysVariable] = JSON.stringify(services.way);
  provide(project, services);
  return () => services.stop();
}

/** For use inside a test file; the caller stops it. */
export async function startPrivateServices(): Promise<PrivateServices> {
  const services = await bringInTemporaryFolder({
    check: false,
    own: true,
    only: likeTheSharedSet(),
  });
  const { redis, mongo } = services;
  if (redis && mongo) return { ...services, redis, mongo };
  await services.stop();
  throw new Error("a private set needs servers that can be killed");
}

async function bringInTemporaryFolder(
  request: Omit<Request, "purpose" | "dataDir">,
): Promise<Services> {
  const dataDir = mkdtempSync(join(tmpdir(), "switchboard-test-"));
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  const verbose = process.env["SWITCHBOARD_VERBOSE"] === "1";
  try {
    const services = await bringServices({ purpose: "test", dataDir, verbose, ...request });
    return { ...services, stop: () => services.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The ways that worked for the shared set work again; a server that a URL names is nobody's to kill. */
function likeTheSharedSet(): NonNullable<Request["only"]> {
  const ways: Partial<Services["way"]> = JSON.parse(process.env[waysVariable] ?? "{}");
  const ours = Object.entries(ways).filter(([, way]) => way !== "environment");
  return Object.fromEntries(ours);
}

function provide(project: TestProject, urls: Pick<Services, "redisUrl" | "mongodbUri">): void {
  project.provide("redisUrl", urls.redisUrl);
  project.provide("mongodbUri", urls.mongodbUri);
}

function say(line: string): void {
  process.stdout.write(`[services] ${line}\n`);
}
