import type { Body } from "./bodies.ts";
import type { Scheduler } from "./scheduler.ts";

export interface PostsDeps {
  readonly scheduler: Scheduler;
  /** Resolves with 200 and rejects with 503; undefined when nobody listens. */
  readonly accept: (body: Body) => Promise<void> | undefined;
  /** The API refused or did not answer. */
  readonly onRefused: () => void;
}

export interface Post {
  readonly body: Body;
  readonly what: string;
  readonly afterMs: number;
  readonly onAccepted?: () => void;
}

const timeoutMs = 20_000;
const againMs = 3000;

/** The provider's side of the webhooks: each is posted until it was answered with 200. */
export function createPosts({ scheduler, accept, onRefused }: PostsDeps) {
  let open = 0;
  const send = (post: Post): void => {
    let isOver = false;
    const end = (isAccepted: boolean): void => {
      if (isOver) return;
      isOver = true;
      giveUp();
      if (isAccepted) {
        open -= 1;
        post.onAccepted?.();
        return;
      }
      onRefused();
      scheduler.after(againMs, { what: () => `posted again: ${post.what}`, run: () => send(post) });
    };
    const giveUp = scheduler.sharp(timeoutMs, {
      what: () => `not answered: ${post.what}`,
      run: () => end(false),
    });
    accept(post.body)?.then(
      () => end(true),
      () => end(false),
    );
  };
  return {
    post: (post: Post): void => {
      open += 1;
      scheduler.after(post.afterMs, { what: () => `posted: ${post.what}`, run: () => send(post) });
    },
    /** Something was not yet answered with 200. */
    areOpen: (): boolean => open > 0,
  };
}

export type Posts = ReturnType<typeof createPosts>;
