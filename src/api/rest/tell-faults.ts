import type { z } from "zod";
import type { FieldFault } from "#api/rest/problem.ts";

/** Every fault with the field as the caller wrote it, without `body`, `query` or `params` before it. */
export const tellFaults = ({ issues }: z.ZodError): readonly FieldFault[] =>
  issues.flatMap(tellIssue);

function tellIssue(issue: z.core.$ZodIssue): readonly FieldFault[] {
  const path = issue.path.slice(1).map(String);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      field: [...path, key].join("."),
      message: "is unknown here: see GET /openapi.json for the fields",
    }));
  return [{ field: path.join(".") || String(issue.path[0] ?? ""), message: wordsOf(issue) }];
}

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.code === "invalid_type" && issue.message.endsWith("received undefined");

const wordsOf = (issue: z.core.$ZodIssue): string =>
  isMissing(issue) ? "is required" : issue.message;
