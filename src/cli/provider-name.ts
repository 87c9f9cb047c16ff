import { z } from "zod";
import { findProvider } from "#shared/providers/find-provider.ts";
import * as registered from "#shared/providers/registered.ts";

/** A registered provider by its name. */
export const providerName = z.string().transform((name, context) => {
  const provider = findProvider(name);
  if (provider !== undefined) return provider;
  const known = Object.keys(registered).join(", ");
  context.addIssue({ code: "custom", message: `"${name}" is unknown, use one of ${known}` });
  return z.NEVER;
});
