import { Refusal } from "#simulators/refusal.ts";

export const refuseToken = () => new Refusal(401, { message: "Unauthorized" });
export const refusePath = () => new Refusal(404, { message: "Not Found" });
export const refuseContact = () => new Refusal(404, { message: "User not found" });
export const refuseServer = (status: number) => new Refusal(status, "");

export const refuseInside = (code: number, message: string) =>
  new Refusal(200, { error: { code, message } });

export const refuseInvalid = (field: string, message: string) =>
  new Refusal(422, {
    message: "The given data was invalid.",
    errors: { [field]: [message] },
  });

export const refuseRate = (retryAfterSeconds: number | null) =>
  new Refusal(
    429,
    { message: "Too many requests" },
    retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) },
  );
