import type { Background } from "#simulators/background.ts";
import type { PostWebhook } from "#simulators/post-webhook.ts";
import type { InstanceSettings } from "./instance-settings.ts";

interface Deps {
  readonly background: Background;
  readonly instance: InstanceSettings;
  readonly post: PostWebhook;
  readonly copies: () => number;
  readonly retryMs: number;
}

export interface Notification {
  readonly receiptId: number;
  readonly body: object;
}

interface Waiting extends Notification {
  /** Told the status of the first attempt. */
  readonly tried: (status: number) => void;
}

export type Notifications = ReturnType<typeof createNotifications>;

/** One queue per instance: the head is posted until 200 and holds up everything behind it. */
export function createNotifications(deps: Deps) {
  const queue: Waiting[] = [];
  const listeners = new Set<() => void>();
  let lastReceipt = 1_234_566;
  let posting = false;

  const postAll = async (): Promise<void> => {
    while (deps.instance.webhookUrl !== "") {
      const head = queue[0];
      if (head === undefined || deps.background.signal.aborted) break;
      const status = await postCopies(deps, head);
      head.tried(status);
      if (status === 200 && queue[0] === head) queue.shift();
      else await deps.background.delay(deps.retryMs);
    }
    posting = false;
    if (deps.background.signal.aborted) for (const { tried } of queue) tried(0);
  };
  const wake = (): void => {
    if (posting || deps.instance.webhookUrl === "") return;
    posting = true;
    deps.background.run(postAll);
  };

  return {
    wake,

    /** Resolves with the first attempt's status; 0 when the notification waits to be polled. */
    push(body: object): Promise<number> {
      lastReceipt += 1;
      const { promise, resolve } = Promise.withResolvers<number>();
      queue.push({ receiptId: lastReceipt, body, tried: resolve });
      for (const listener of listeners) listener();
      if (deps.instance.webhookUrl === "") resolve(0);
      wake();
      return promise;
    },

    /** The head, as soon as there is one within the time; null otherwise. */
    async receive(waitMs: number): Promise<Notification | null> {
      if (queue.length === 0) await nextPush(listeners, waitMs);
      const head = queue[0];
      return head === undefined ? null : { receiptId: head.receiptId, body: head.body };
    },

    remove(receiptId: number): boolean {
      if (queue[0]?.receiptId !== receiptId) return false;
      queue.shift();
      return true;
    },
  };
}

async function postCopies({ copies, post, instance }: Deps, { body }: Waiting): Promise<number> {
  const { webhookUrl: url, webhookUrlToken: token } = instance;
  const headers: Record<string, string> = token === "" ? {} : { authorization: `Bearer ${token}` };
  const text = JSON.stringify(body);
  const posts = Array.from({ length: copies() }, () => post({ url, body: text, headers }));
  const [first = 0] = await Promise.all(posts);
  return first;
}

function nextPush(listeners: Set<() => void>, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      listeners.delete(finish);
      resolve();
    };
    const timer = setTimeout(finish, waitMs);
    listeners.add(finish);
  });
}
