import type { Background } from "#simulators/background.ts";
import type { InstanceSettings } from "./instance-settings.ts";
import type { ReadSend } from "./read-send.ts";
import type { GreenApiSwitches } from "./switches.ts";

/** An accepted send that waits for its turn. */
export interface Queued {
  readonly idMessage: string;
  readonly method: string;
  readonly body: unknown;
  readonly send: ReadSend;
}

interface Deps {
  readonly background: Background;
  readonly instance: InstanceSettings;
  readonly switches: GreenApiSwitches;
  readonly deliver: (queued: Queued) => void;
}

export type SendQueue = ReturnType<typeof createSendQueue>;

/** One queue per instance: a message leaves every `delaySendMessagesMilliseconds`, while authorized. */
export function createSendQueue({ background, instance, switches, deliver }: Deps) {
  const queue: Queued[] = [];
  let sending = false;

  const mayLeave = (): boolean =>
    !switches.now.holdQueue && switches.now.stateInstance === "authorized";
  const sendAll = async (): Promise<void> => {
    while (queue.length > 0 && mayLeave()) {
      if (!(await background.delay(instance.delaySendMessagesMilliseconds))) break;
      const head = mayLeave() ? queue.shift() : undefined;
      if (head !== undefined) deliver(head);
    }
    sending = false;
  };
  const wake = (): void => {
    if (sending) return;
    sending = true;
    background.run(sendAll);
  };
  switches.onChange(wake);

  return {
    push(queued: Queued): void {
      queue.push(queued);
      wake();
    },

    /** https://green-api.com/en/docs/api/queues/ShowMessagesQueue shows the first 500. */
    show: () =>
      queue.slice(0, 500).map(({ idMessage, method, body }) => ({
        messageID: idMessage,
        type: method,
        body,
      })),

    clear: (): void => void queue.splice(0),
  };
}
