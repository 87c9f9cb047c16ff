/** What is known after one attempt to send. Only `unknown` leaves open whether it arrived. */
export type SendOutcome =
  /** The provider took it; `providerMessageId` is absent for commands that make no message. */
  | { readonly kind: "sent"; readonly providerMessageId?: string }
  /** This message will never be taken: the provider's code and what a person can do. */
  | {
      readonly kind: "refused";
      readonly code: number | string;
      readonly reason: string;
      readonly advice: string;
    }
  /** Not taken now. `pair` asks to wait for this recipient only. */
  | {
      readonly kind: "rate";
      readonly code: number | string;
      readonly scope: "channel" | "pair";
      readonly retryAfterMs?: number;
    }
  /** The account itself is refused: the channel pauses and a person is called. */
  | {
      readonly kind: "account";
      readonly code: number | string;
      readonly reason: string;
      readonly advice: string;
    }
  /** Surely not taken: no byte of the request reached the provider. */
  | { readonly kind: "unreached"; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** What asking the provider about one attempt told. */
export type Reconciled =
  /** Without an id where the provider says no more than that it has it. */
  | { readonly kind: "arrived"; readonly providerMessageId?: string }
  | { readonly kind: "absent" }
  | { readonly kind: "silent"; readonly reason: string };

/** How far a message got. A rank never falls; `failed` stands apart. */
export type Rank = "queued" | "sent" | "delivered" | "read";
export const rankNumber: Readonly<Record<Rank, number>> = {
  queued: 0,
  sent: 1,
  delivered: 2,
  read: 3,
};

/** What a job's handler decided; it throws only when surprised. */
export type JobOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "delay"; readonly ms: number };
