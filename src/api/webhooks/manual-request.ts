import { z } from "zod";
import { parseBody } from "#shared/providers/parse-body.ts";

const longestText = 4096;

const manualRequest = z.object({
  client_phone: z
    .string()
    .transform((phone) => phone.replaceAll(/[\s()+-]/g, ""))
    .pipe(z.string().regex(/^\d{5,15}$/, "Should be a phone number of 5 to 15 digits")),
  message: z.string().trim().min(1, "Should not be empty").max(longestText),
});

export interface ManualRequest {
  /** Digits only. */
  readonly phone: string;
  readonly text: string;
}

/** A fault of the body, in the words of the documented API. */
export interface Fault {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** The body of a manual entry, or every fault that it has, each with its field. */
export function readManualRequest(raw: Buffer): ManualRequest | readonly Fault[] {
  const body = parseBody(raw);
  if ("parked" in body) return [{ loc: ["body"], msg: body.parked, type: "json_invalid" }];
  const parsed = manualRequest.safeParse(body.body);
  if (parsed.success) return { phone: parsed.data.client_phone, text: parsed.data.message };
  return parsed.error.issues.map((issue) => describe(issue, body.body));
}

function describe({ path, code, message }: z.core.$ZodIssue, body: unknown): Fault {
  const names = path.map((part) => (typeof part === "number" ? part : String(part)));
  const loc = ["body", ...names];
  const isMissing = names.length > 0 && !Object.hasOwn(Object(body), String(names[0]));
  return isMissing
    ? { loc, msg: "Field required", type: "missing" }
    : { loc, msg: message, type: code };
}
