import { onTestFinished } from "vitest";
import type { Blow } from "./crashing-blow.ts";
import { startProcess, type TestProcess } from "./processes.ts";
import type { TestSystem } from "./system.ts";

/** A worker that strikes itself at the named place. */
export const startCrashingWorker = (system: TestSystem, blow: Blow): Promise<TestProcess> =>
  startCrashing("test/support/crashing-worker.ts", "started", { system, blow });

/** The same for an API: it takes the place of the system's own for both simulators. */
export async function startCrashingApi(system: TestSystem, blow: Blow) {
  const api = await startCrashing("test/support/crashing-api.ts", "listening", { system, blow });
  const { address } = await api.line("listening");
  const port = portOf(address);
  pointAt(system, `http://127.0.0.1:${port}`);
  return { ...api, port };
}

/** Both simulators post their webhooks there. */
export function pointAt({ whatsapp, greenApi }: TestSystem, url: string): void {
  whatsapp.pointWebhooksAt(`${url}/api/v1/webhooks/whatsapp`);
  greenApi.pointWebhooksAt(`${url}/webhook`);
}

async function startCrashing(
  main: string,
  event: string,
  { system, blow }: { readonly system: TestSystem; readonly blow: Blow },
): Promise<TestProcess> {
  const started = startProcess(main, { ...system.settings, TEST_BLOW: JSON.stringify(blow) });
  onTestFinished(started.kill);
  await started.line(event);
  return started;
}

function portOf(address: unknown): number {
  const isAddress = typeof address === "object" && address !== null && "port" in address;
  if (!isAddress || typeof address.port !== "number") throw new Error("the API told no port");
  return address.port;
}
