/** Runs something once the next frame is drawn: a message posted in a frame arrives after it. */
export function afterPaint(run: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = run;
    port2.postMessage(null);
  });
}

/**
 * Runs something in the frame after the next, unless it is called off by what is returned: for what may
 * come a frame later than what the operator waits for. What they do meanwhile goes before it.
 */
export function whenPainted(run: () => void): () => void {
  let asked = requestAnimationFrame(() => (asked = requestAnimationFrame(run)));
  return () => cancelAnimationFrame(asked);
}
