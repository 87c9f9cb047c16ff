import { proveOutage } from "./outage.ts";
import type { Scenario } from "./scenario.ts";

export const mongodbAway: Scenario = {
  claim:
    "MongoDB killed for 30 s under 200/s (or what --messages makes of it): accepted by the second way, nothing lost or doubled, late what came out of order",
  alone: { messages: 0, seconds: 30 },
  together: { messages: 0, seconds: 30 },
  run: async (given) => {
    const proof = await proveOutage(given, {
      conversations: 1000,
      begin: ({ mongoControl }) => mongoControl.kill(),
      end: ({ mongoControl }) => mongoControl.start(),
    });
    return { ...proof, ok: proof.ok && Number(proof.figures["secondWay"] ?? 0) > 0 };
  },
};
