import { buildConnector } from "undici";
import { lookupPublic } from "#shared/providers/guard.ts";
import { HttpFailure, explain } from "#shared/providers/http-failure.ts";

interface ConnectSettings {
  readonly timeoutMs: number;
  readonly isGuarded: boolean;
}

const longestConnectMs = 5_000;

/** Connects; what fails here failed before the request, and says so. */
export const createConnector = ({ timeoutMs, isGuarded }: ConnectSettings) => {
  const connect = buildConnector({
    allowH2: false,
    timeout: Math.min(longestConnectMs, timeoutMs / 2),
    ...(isGuarded && { lookup: lookupPublic }),
  });

  const connector: buildConnector.connector = (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error === null) return callback(null, socket);
      return callback(toConnectFailure(error, target.host ?? target.hostname), null);
    });
  };
  return connector;
};

const toConnectFailure = (error: unknown, host: string): HttpFailure => {
  if (error instanceof HttpFailure) return error;
  return new HttpFailure("before", `could not connect to ${host}: ${explain(error)}`, {
    cause: error,
  });
};
