/** npm passes Ctrl-C on to a process that the terminal has already told: two signals at once are one wish. */
const ONE_WISH_MS = 1_000;

const PARENT_CHECK_MS = 250;

export interface StopRequest {
  /** Resolves at the first SIGINT or SIGTERM. */
  readonly asked: Promise<void>;
  /** Aborted by a second, later signal: whoever sends it does not want to wait. */
  readonly hasten: AbortSignal;
}

/** Listens for the signals that stop a server; from now on none of them ends this process by itself. */
export function listenForStop(): StopRequest {
  const hasten = new AbortController();
  const asked = new Promise<void>((resolve) => {
    let firstAt: number | undefined;
    const hear = () => {
      const now = performance.now();
      firstAt ??= now;
      if (now - firstAt > ONE_WISH_MS) hasten.abort();
      resolve();
    };
    process.on('SIGINT', hear);
    process.on('SIGTERM', hear);
    if (process.env['npm_lifecycle_event'] !== undefined) whenParentEnds(resolve);
  });
  return { asked, hasten: hasten.signal };
}

/** npm passes SIGTERM to a shell between us, which ends without passing it on: then its end is the signal. */
function whenParentEnds(then: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    then();
  }, PARENT_CHECK_MS);
  watch.unref();
}
