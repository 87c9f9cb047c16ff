export const providers = ["whatsapp-cloud", "green-api", "wazzup24", "chatrace"] as const;
export type ProviderName = (typeof providers)[number];

/** An address that takes webhooks, and whose body is at home there. */
export interface Route {
  readonly path: string;
  readonly provider: ProviderName;
  /** No channel has this key: whatever comes is nobody's. */
  readonly isNobodys?: true;
  /** People type here; a body that lacks something is told so. */
  readonly isManual?: true;
}

/** The channels' own addresses end with the keys that the test system gives them. */
export const routes: readonly Route[] = [
  { path: "/api/v1/webhooks/whatsapp", provider: "whatsapp-cloud" },
  { path: "/api/v1/webhooks/whatsapp/", provider: "whatsapp-cloud" },
  { path: "/api/v1/webhooks/whatsapp-cloud/whatsapp", provider: "whatsapp-cloud" },
  { path: "/api/v1/webhooks/whatsapp/whatsapp", provider: "whatsapp-cloud" },
  { path: "/webhook", provider: "green-api" },
  { path: "/webhook/", provider: "green-api" },
  { path: "/api/webhooks/greenapi/incoming", provider: "green-api" },
  { path: "/api/v1/webhooks/green-api/green", provider: "green-api" },
  { path: "/api/v1/webhooks/greenapi/green", provider: "green-api" },
  { path: "/processConversation", provider: "green-api", isManual: true },
  { path: "/api/webhooks/wazzup24", provider: "wazzup24" },
  { path: "/api/webhooks/wazzup24/", provider: "wazzup24" },
  { path: "/api/v1/webhooks/wazzup24/wazzup", provider: "wazzup24" },
  { path: "/instagram/webhook", provider: "chatrace" },
  { path: "/instagram/webhook/", provider: "chatrace" },
  { path: "/api/v1/webhooks/chatrace/chatrace", provider: "chatrace" },
  { path: "/api/v1/webhooks/wazzup24/nobody", provider: "wazzup24", isNobodys: true },
  { path: "/api/v1/webhooks/chatrace/nobody", provider: "chatrace", isNobodys: true },
  { path: "/api/v1/webhooks/green-api/nobody", provider: "green-api", isNobodys: true },
  {
    path: "/api/v1/webhooks/whatsapp-cloud/%00nobody",
    provider: "whatsapp-cloud",
    isNobodys: true,
  },
];
