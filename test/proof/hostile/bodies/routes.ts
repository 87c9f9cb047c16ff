/** An address that takes webhooks, and whose body is at home there. */
export interface Route {
  readonly path: string;
  readonly provider: "whatsapp-cloud" | "green-api";
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
  { path: "/api/v1/webhooks/green-api/nobody", provider: "green-api", isNobodys: true },
  {
    path: "/api/v1/webhooks/whatsapp-cloud/%00nobody",
    provider: "whatsapp-cloud",
    isNobodys: true,
  },
];
