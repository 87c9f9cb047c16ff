import { registerHooks } from "node:module";

interface Mutation {
  /** The end of a module's path. */
  readonly module: string;
  readonly replace: string;
  readonly by: string;
}

/** Changes one step of a process that is started with `--import`; a step that is gone is an error. */
export function mutate({ module, replace, by }: Mutation): void {
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(module)) return loaded;
      const given = loaded.source ?? "";
      const source = typeof given === "string" ? given : new TextDecoder().decode(given);
      if (!source.includes(replace)) throw new Error(`nothing to mutate in ${module}: ${replace}`);
      return { ...loaded, source: source.replace(replace, by) };
    },
  });
}
