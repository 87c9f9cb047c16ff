type Faults = Readonly<Record<string, string>>;

/** What a provider's documents say that it is answered. */
export interface ProviderAnswers {
  /** The answer to a body that was accepted. */
  readonly answer: object;
  /** Where there are words of their own for what went wrong. */
  readonly faults?: FaultAnswers | undefined;
}

export interface FaultAnswers {
  /** 400: what the body lacks, by field. */
  readonly invalid: (faults: Faults) => object;
  /** An unexpected fault of ours, or nowhere to store it. */
  readonly failed: (status: 500 | 503) => object;
}

export const plainAnswers: ProviderAnswers = { answer: { status: "ok" } };

/** What stands in the answer, an External Request of Chatrace's would send to the customer. */
export const chatraceAnswers: ProviderAnswers = { answer: { messages: [], actions: [] } };

const messages = { 500: "Internal server error", 503: "Service unavailable" } as const;

export const wazzup24Answers: ProviderAnswers = {
  answer: { status: "success", message: "Webhook processed successfully" },
  faults: {
    invalid: (faults) => ({
      status: "error",
      message: "Invalid webhook data",
      errors: Object.fromEntries(Object.entries(faults).map(([field, text]) => [field, [text]])),
    }),
    failed: (code) => ({ status: "error", message: messages[code], code }),
  },
};
