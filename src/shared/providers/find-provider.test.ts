import { expect, test } from "vitest";
import { findProvider, type ProviderName } from "./find-provider.ts";

const names: readonly ProviderName[] = ["whatsapp-cloud", "green-api", "wazzup24"];

test.each(names)("%s is found by its name", (name) => {
  expect(findProvider(name)?.name).toBe(name);
});

test.each(["toString", "__proto__", "constructor", "default", "", "Green-API"])(
  "%j is no provider",
  (name) => {
    expect(findProvider(name)).toBeUndefined();
  },
);
