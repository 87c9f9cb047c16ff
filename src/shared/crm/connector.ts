import type { CrmEvent } from "#shared/domain/crm.ts";
import type { Http } from "#shared/providers/http.ts";

/** One attempt to tell an outside system of one event. */
export interface DeliverCall {
  readonly http: Http;
  readonly url: string;
  /** True unless the operator trusts the address: it then goes through the guarded client. */
  readonly guarded: boolean;
  /** Those that are valid now, the newest first. */
  readonly secrets: readonly string[];
  /** The same for every attempt: the receiver tells repeats apart by it. */
  readonly id: string;
  readonly event: CrmEvent;
  /** In ms. */
  readonly now: number;
  readonly signal: AbortSignal;
}

export type Delivered =
  | { readonly kind: "taken"; readonly status: number }
  /** It may or may not have arrived; it goes again. */
  | {
      readonly kind: "failed";
      readonly reason: string;
      readonly status?: number;
      readonly retryAfterMs?: number;
    }
  /** The receiver wants nothing more. */
  | { readonly kind: "gone"; readonly reason: string; readonly status: number };

/**
 * An outside system: a pure translator and HTTP. It knows no database, queue or clock. An event is
 * delivered at least once: an attempt whose outcome is unknown counts as failed and goes again.
 */
export interface Connector {
  readonly name: string;
  deliver(call: DeliverCall): Promise<Delivered>;
}

/** Keeps a connector's literal type while checking it against the contract. */
export const defineConnector = (connector: Connector): Connector => connector;
