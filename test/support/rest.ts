import { ulid } from "ulid";
import { z } from "zod";
import type { Role } from "../../src/shared/domain/access.ts";
import { hashPassword } from "../../src/shared/runtime/password.ts";
import { startTestApi } from "./api.ts";
import { createAsk } from "./ask.ts";

export type TestRest = Awaited<ReturnType<typeof startTestRest>>;

const password = "correct horse battery";
/** Hashing is slow by design: one hash serves every person of a test file. */
const passwordHash = hashPassword(password);

/** An API, people of any tenant, and the one way to ask: every answer is held against /openapi.json. */
export async function startTestRest(settings: Readonly<Record<string, string>> = {}) {
  const api = await startTestApi(settings);
  const { document, ask: call } = await createAsk(api.url);
  const login = async (email: string, given = password): Promise<string> => {
    const { body } = await call("POST", "/api/v1/auth/login", { body: { email, password: given } });
    return z.object({ accessToken: z.string() }).parse(body).accessToken;
  };
  return {
    api,
    document,
    password,
    call,
    login,
    /** A person with a password; `tenant` is made when it is not there. */
    addUser: async (role: Role, tenant = "tenant", more: { phone?: string } = {}) => {
      const id = ulid().toLowerCase();
      const email = `${role}-${id}@example.com`;
      const now = new Date();
      await api.models.tenants.upsert({ _id: tenant, schemaVersion: 1, name: tenant });
      await api.models.users.create({
        _id: id,
        schemaVersion: 1,
        tenantId: tenant,
        role,
        name: `The ${role}`,
        email,
        passwordHash: await passwordHash,
        active: true,
        generation: 1,
        createdAt: now,
        updatedAt: now,
        ...more,
      });
      return { id, email, token: await login(email) };
    },
  };
}
