// A clock for what changes by itself on the screen.

const EVERY_MS = 10_000;

/** Calls `tick` every ten seconds while the element is on the page and `tick` says that there is more to come. */
export function ticking(element: HTMLElement, tick: () => boolean): void {
  const timer = setInterval(() => {
    if (!element.isConnected || !tick()) clearInterval(timer);
  }, EVERY_MS);
}
