/** Where a server came from. */
export type WayName = "environment" | "docker" | "path" | "download" | "debian";

/** What can be done to a server that we started; every promise waits for the effect. */
export interface Control {
  /** SIGKILL; on FerretDB its PostgreSQL too. Acknowledged writes stay. */
  readonly kill: () => Promise<void>;
  /** The same server again: same port, same data, answering. */
  readonly start: () => Promise<void>;
  /** Frozen: connections stay open and nothing answers. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
}

export interface RedisControl extends Control {
  /**
   * Of a killed Redis: what it wrote after this second is gone. Needs `aof-timestamp-enabled yes`; absent
   * in a container.
   */
  readonly cutBack?: (unixSeconds: number) => Promise<void>;
}

export interface Services {
  readonly way: { readonly redis: WayName; readonly mongo: WayName };
  readonly redisUrl: string;
  readonly mongodbUri: string;
  /** Absent where the server is not ours to kill (a URL, or the compose file). */
  readonly redis: RedisControl | undefined;
  readonly mongo: Control | undefined;
  /** Stops what was started: MongoDB, then Redis. Data is kept; what a URL names is left alone. */
  readonly stop: () => Promise<void>;
}

export interface Request {
  /** Decides the URL variables that are heeded and the kind of Docker way. */
  readonly purpose: "start" | "test";
  /** Kept for `start`; removed at the end for `test`, also when this process is killed. */
  readonly dataDir: string;
  /** Also tell why a way was not taken. */
  readonly verbose?: boolean;
  readonly log?: (line: string) => void;
  /** Check that a server which is no mongod keeps the promises we build on; default true. */
  readonly check?: boolean;
  /** Heed no URL: the servers must be ours to kill. */
  readonly own?: boolean;
  /** Only this way, for another set like one that is already there. */
  readonly only?: { readonly redis?: WayName; readonly mongo?: WayName };
}

export function bringServices(request: Request): Promise<Services>;
