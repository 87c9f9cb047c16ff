import { expect, test } from "vitest";
import { parseEnv } from "#shared/config/env.ts";
import { wantedSettingsOf } from "#shared/models/wanted-settings.ts";
import greenApi from "#shared/providers/green-api/index.ts";

const channel = { provider: "green-api", key: "our-key", secrets: ["hush"] };
const wantedAt = (base: string) =>
  wantedSettingsOf(
    parseEnv({
      REDIS_URL: "redis://127.0.0.1:1",
      MONGODB_URI: "mongodb://127.0.0.1:1",
      ENCRYPTION_KEY: "a key of the tests, 32 characters",
      PUBLIC_URL: base,
    }),
    greenApi,
    channel,
  );

test.for([
  "/api/v1/webhooks/green-api/our-key",
  "/api/v1/webhooks/greenapi/our-key",
  "/api/webhooks/greenapi/incoming",
  "/webhook/",
])("an address that leads here is ours, whichever it is: %s", (path) => {
  expect(wantedAt("https://bot.example").isOurs(`https://bot.example${path}`)).toBe(true);
  expect(wantedAt("").isOurs(`https://anywhere.example${path}`)).toBe(true);
});

test.for([
  "https://bot.example/api/v1/webhooks/green-api/another-key",
  "https://other.example/webhook",
  "https://bot.example.evil/webhook",
  "",
])("an address that leads elsewhere is not: %s", (url) => {
  expect(wantedAt("https://bot.example").isOurs(url)).toBe(false);
});
