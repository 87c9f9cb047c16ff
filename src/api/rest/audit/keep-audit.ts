import { ulid } from "ulid";
import type { ApiDeps } from "#api/deps.ts";
import type { Identity } from "#api/rest/identity.ts";
import { Problem } from "#api/rest/problem.ts";
import type { Caller, Route } from "#api/rest/route.ts";

interface Act {
  readonly route: Route;
  readonly identity: Identity;
  readonly caller: Caller;
  readonly input: { readonly params: unknown; readonly body: unknown };
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Does the act between two writes: first who wants what, then how it ended. An act of which nothing
 * can be written is not done. Routes for nobody in particular keep their own entries.
 */
export async function keepAudit(
  { models: { audit }, log }: Pick<ApiDeps, "models" | "log">,
  { route, identity, caller, input }: Act,
  run: () => Promise<Answered>,
): Promise<Answered> {
  if (route.method === "get" || route.access === "anyone") return run();
  const { tenantId } = identity;
  const _id = ulid().toLowerCase();
  const target = idIn(input.params);
  await audit.insert({
    _id,
    tenantId,
    at: new Date(),
    actor: { kind: identity.kind, id: identity.id, name: identity.name },
    action: route.id,
    ...(target === undefined ? {} : { target }),
    fields: Object.keys(Object(input.body)),
    address: caller.address,
    requestId: caller.requestId,
  });
  // Done is done, whether or not its end could be written.
  const close = (status: number, made?: string) =>
    audit
      .close(tenantId, _id, { status, ...(made === undefined ? {} : { target: made }) })
      .catch((error: unknown) => log.warn({ event: "audit.open", auditId: _id, err: error }));
  try {
    const answered = await run();
    await close(answered.status, target ?? idIn(answered.body));
    return answered;
  } catch (error) {
    await close(error instanceof Problem ? error.status : 500);
    throw error;
  }
}

function idIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("id" in value)) return undefined;
  return typeof value.id === "string" ? value.id : undefined;
}
