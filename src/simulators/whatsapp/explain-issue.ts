import type { z } from "zod";
import { refuse, type GraphError } from "./graph-error.ts";

/** Fields whose faults Meta answers with 100 instead of 131009. */
const generalFields: ReadonlySet<unknown> = new Set([
  undefined,
  "messaging_product",
  "recipient_type",
  "to",
  "recipient",
  "type",
  "text",
  "context",
  "biz_opaque_callback_data",
  "status",
  "message_id",
]);

/** The Graph API's words for the first fault that was found in a body. */
export function explainIssue(error: z.ZodError, body: unknown): GraphError {
  const issue = error.issues[0];
  const path = issue?.path ?? [];
  const param = nameParam(path);
  if (issue === undefined || path.length === 0)
    return refuse(100, "The body must be a JSON object.");
  if (valueAt(body, path) === undefined) {
    if (param === "messaging_product") return refuse(100, `The parameter ${param} is required.`);
    return refuse(131008, `Param ${param} is required.`);
  }
  const details = issue.message.startsWith("Invalid")
    ? `Param ${param} is not valid.`
    : issue.message;
  return refuse(generalFields.has(path[0]) ? 100 : 131009, details);
}

/** ["text", "body"] → text['body'] */
function nameParam([first, ...rest]: readonly PropertyKey[]): string {
  return `${String(first)}${rest.map((key) => `['${String(key)}']`).join("")}`;
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    body,
  );
}
