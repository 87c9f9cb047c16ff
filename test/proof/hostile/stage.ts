import { startSystem, type SystemOptions, type TestSystem } from "../../support/system.ts";
import type { Proofs } from "./bodies/post-case.ts";

/** What every part of the proof gets. */
export interface Stage {
  readonly redisUrl: string;
  readonly mongodbUri: string;
  readonly seed: number;
  readonly messages: number;
  /** Times are claims of the command alone: a test shares its cores. */
  readonly isTimed: boolean;
  readonly say: (line: string) => void;
}

export const proofs: Proofs = {
  appSecret: "app-secret-of-the-tests",
  webhookToken: "webhook-token-of-the-tests",
  crmKey: "crm-key-of-the-tests",
  opsPassword: "ops-password-of-the-proof",
};

export const operator = `Basic ${Buffer.from(`admin:${proofs.opsPassword}`).toString("base64")}`;

/** One API and one worker as real processes, the simulators, and nothing that slows a send down. */
export async function withSystem<Result>(
  { redisUrl, mongodbUri }: Stage,
  options: SystemOptions,
  use: (system: TestSystem) => Promise<Result>,
): Promise<Result> {
  const fast = { perSecond: 100_000, pairIntervalMs: 1, pairBurst: 1000 };
  const system = await startSystem({
    redisUrl,
    mongodbUri,
    ...options,
    whatsapp: { ...fast, holdMs: 20, ...options.whatsapp },
    greenApi: { ...fast, ...options.greenApi },
    wazzup24: { ...fast, holdMs: 20, ...options.wazzup24 },
    // WEBHOOK_SECRET speaks for it: it has none of its own.
    chatrace: { ...fast, holdMs: 20, secrets: [], ...options.chatrace },
    settings: { OPS_PASSWORD: proofs.opsPassword, ...options.settings },
  });
  system.chatrace.switches.set({ openContacts: true });
  try {
    return await use(system);
  } finally {
    await system.stop();
  }
}
