import { ulid } from "ulid";
import { z } from "zod";
import type { Role } from "../../src/shared/domain/access.ts";
import { hashPassword } from "../../src/shared/runtime/password.ts";
import type { TestSystem } from "./system.ts";

const password = "correct horse battery";

/** A person of the system's tenant, and how they ask its real API process. */
export async function signIn({ api, models }: TestSystem, role: Role = "operator") {
  const now = new Date();
  const id = ulid().toLowerCase();
  const email = `${id}@example.com`;
  await models.users.create({
    _id: id,
    schemaVersion: 1,
    tenantId: "tenant",
    role,
    name: "Оператор",
    email,
    passwordHash: await hashPassword(password),
    active: true,
    generation: 1,
    createdAt: now,
    updatedAt: now,
  });
  const ask = async (method: string, path: string, given: object | undefined, headers: object) => {
    const response = await fetch(api.url + path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(given === undefined ? {} : { body: JSON.stringify(given) }),
    });
    return { status: response.status, body: z.looseObject({}).parse(await response.json()) };
  };
  const { body } = await ask("POST", "/auth/login", { email, password }, {});
  const authorization = `Bearer ${String(body["accessToken"])}`;
  const send = (method: string, path: string, given: object, key?: string) =>
    ask(method, path, given, {
      authorization,
      ...(key === undefined ? {} : { "idempotency-key": key }),
    });
  return {
    id,
    send,
    get: (path: string) => ask("GET", path, undefined, { authorization }),
    post: (path: string, given: object = {}, key?: string) => send("POST", path, given, key),
  };
}
