import { measureBodies } from "./bodies/measure-bodies.ts";
import { measureGiants } from "./bodies/measure-giants.ts";
import type { Claim } from "./claim.ts";
import { measureOperators } from "./operators/measure-operators.ts";
import { measureOutgoing } from "./outgoing/measure-outgoing.ts";
import { measurePatterns } from "./patterns.ts";
import { measureSecrets } from "./secrets/measure-secrets.ts";
import { measureSignatures } from "./signatures.ts";
import type { Stage } from "./stage.ts";
import { measureTemplates } from "./templates.ts";

/** Every part of the proof, the longest last. */
export const parts: Readonly<Record<string, (stage: Stage) => Promise<Claim> | Claim>> = {
  templates: measureTemplates,
  patterns: measurePatterns,
  signatures: measureSignatures,
  outgoing: measureOutgoing,
  secrets: measureSecrets,
  operators: measureOperators,
  giants: measureGiants,
  bodies: measureBodies,
};
