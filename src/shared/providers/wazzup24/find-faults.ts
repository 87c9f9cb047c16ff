import { isApiBody } from "./wire.ts";

/**
 * What an object lacks that is neither the API's nor the documented `{event, data}`, by field.
 * Nothing else is a fault: Wazzup's own bodies must never be refused for their content.
 */
export const findFaults = (body: unknown): Readonly<Record<string, string>> | undefined => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return undefined;
  if (isApiBody(body)) return undefined;
  const faults = {
    ...(isMissing(body, "event") && { event: "Event is required" }),
    ...(isMissing(body, "data") && { data: "Data is required" }),
  };
  return Object.keys(faults).length === 0 ? undefined : faults;
};

const isMissing = (body: object, key: string): boolean => {
  const value: unknown = Reflect.get(body, key);
  return !Object.hasOwn(body, key) || value === null || value === "";
};
