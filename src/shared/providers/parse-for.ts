import { parseBody, type ParsedBody } from "#shared/providers/parse-body.ts";
import type { Headers, Provider } from "#shared/providers/provider.ts";

/** A body in the provider's own way of writing. */
export const parseFor = (provider: Provider, raw: Buffer, headers: Headers): ParsedBody =>
  provider.parse === undefined ? parseBody(raw) : provider.parse(raw, headers);
