import type { OwnEvent } from "#shared/domain/own-event.ts";
import type { Connector } from "#shared/crm/connector.ts";
import type { Alert } from "#shared/models/alerts.ts";
import type { OpenConnection } from "#shared/models/connection-directory.ts";
import type { CrmAction } from "#shared/models/crm-actions.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { Http } from "#shared/providers/http.ts";
import type { Log } from "#shared/runtime/log.ts";

/** Everything that the lane to outside systems touches. */
export interface CrmPorts {
  readonly now: () => number;
  readonly newId: () => string;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  readonly actions: Pick<
    Models["crmActions"],
    "readOpen" | "claim" | "requeue" | "markUnknown" | "settle" | "retry" | "restLane"
  >;
  readonly findConnection: (id: string) => Promise<OpenConnection | undefined>;
  readonly findConnector: (name: string) => Connector | undefined;
  readonly failConnection: Models["connections"]["fail"];
  readonly recoverConnection: Models["connections"]["recover"];
  readonly disableConnection: Models["connections"]["disable"];
  readonly http: Http;
  /** The operator trusts this address, public or not. */
  readonly isTrusted: (url: string) => boolean;
  readonly raiseAlert: (alert: Alert) => Promise<unknown>;
  /** Puts the answer to a scenario's request into the journal and wakes its conversation. */
  readonly journalAnswer: (
    action: CrmAction,
    answer: Extract<OwnEvent, { kind: "crm_answer" }>,
  ) => Promise<unknown>;
  readonly count: (connector: string, outcome: string) => void;
  readonly log: Log;
  readonly settings: CrmSettings;
}

export interface CrmSettings {
  readonly claimMs: number;
  readonly marginMs: number;
  readonly sendTimeoutMs: number;
  readonly reconcileEveryMs: number;
  /** The pauses after each failed delivery; with none left it is given up. */
  readonly retryMs: readonly number[];
  /** A connection that failed for so long is switched off. */
  readonly disableAfterMs: number;
}
