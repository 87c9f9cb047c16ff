// A PostgreSQL data folder with the DocumentDB extension in it, to be copied for every new server.
import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../free-port.mjs";
import { startGuard } from "../guard.mjs";
import { run } from "./command.mjs";
import { inRoot } from "./in-root.mjs";
import { createPostgres } from "./postgres.mjs";
import { dataMount, postgresBin } from "./recipe.mjs";

const user = "postgres:postgres";
/**
 * Every durable setting (fsync, synchronous_commit, full_page_writes) keeps its default: on.
 * DocumentDB's own jobs (TTL, index builds) run in background workers: they need no connection, and no name server.
 */
const settings = `
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
cron.database_name = 'postgres'
cron.use_background_workers = on
cron.log_run = off
cron.log_statement = off
max_worker_processes = 24
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
max_wal_size = 1GB
checkpoint_timeout = 15min
wal_level = minimal
max_wal_senders = 0
jit = off
log_min_messages = warning
`;

/** Initialises the data, starts it once to create the extension, stops it in good order. */
export async function makeTemplate({ root, template }) {
  const folder = `${template}-in-making`;
  const data = join(folder, "postgres");
  mkdirSync(data, { recursive: true });
  await run("chroot", [root, "id", "postgres"]);
  chmodSync(folder, 0o755);
  await giveToPostgres(root, folder, data);
  await inside(root, folder, ["initdb", "-D", `${dataMount}/postgres`, ...initdbOptions]);
  appendFileSync(join(data, "postgresql.conf"), settings);
  await createExtension(root, folder);
  renameSync(data, template);
  rmSync(folder, { recursive: true, force: true });
}

const initdbOptions = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"];

async function createExtension(root, folder) {
  const port = await freePort();
  const guard = startGuard();
  const postgres = createPostgres({ root, folder, port, guard });
  const where = ["-h", "127.0.0.1", "-p", `${port}`, "-U", "postgres", "-d", "postgres"];
  const statement = "create extension documentdb cascade";
  try {
    await postgres.start();
    await inside(root, folder, ["psql", ...where, "-v", "ON_ERROR_STOP=1", "-c", statement]);
  } finally {
    await postgres.stop();
    guard.end();
  }
}

async function giveToPostgres(root, folder, data) {
  const asRoot = { root, folder, user: "root:root" };
  const [program, ...args] = inRoot({
    ...asRoot,
    program: ["chown", "postgres:postgres", `${dataMount}/${data.slice(folder.length + 1)}`],
  });
  await run(program, args);
}

function inside(root, folder, [name, ...rest]) {
  const program = [`${postgresBin}/${name}`, ...rest];
  const [command, ...args] = inRoot({ root, folder, user, program });
  return run(command, args);
}
