import { randomBytes } from "node:crypto";
import { Refusal } from "#simulators/refusal.ts";

// https://wazzup24.com/help/api-en/common-errors/
export const refuseKey = () =>
  new Refusal(401, { error: "INVALID_API_KEY", description: "Api key is invalid" });
export const refuseRate = () => new Refusal(429);
export const refuseServer = (status: number) => new Refusal(status);
export const refuseRoute = () =>
  new Refusal(404, { error: "NOT_FOUND", description: "Route is not found" });

/** https://wazzup24.com/help/api-en/sending-messages/ */
export function refuse(error: string, description: string, data?: object): Refusal {
  const requestId = randomBytes(16).toString("hex");
  return new Refusal(400, {
    status: 400,
    requestId,
    error,
    description,
    ...(data === undefined ? {} : { data }),
  });
}

export const refuseData = (...fields: readonly string[]): Refusal =>
  refuse("INVALID_MESSAGE_DATA", "Message data is invalid", { fields });
