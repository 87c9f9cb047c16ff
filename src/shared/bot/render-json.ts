import type { z } from "zod";

type Json = z.core.util.JSONType;

/** The same JSON with every text filled in: what is inserted stays within its text. */
export const renderJson = (value: Json, render: (template: string) => string): Json => {
  if (typeof value === "string") return render(value);
  if (Array.isArray(value)) return value.map((each) => renderJson(each, render));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, renderJson(each, render)]),
  );
};
