/** Runs something once the next frame is drawn: a message posted in a frame arrives after it. */
export function afterPaint(run: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = run;
    port2.postMessage(null);
  });
}

/**
 * As `afterPaint`, unless it is called off by what is returned: for what may come a frame later than
 * what the operator waits for.
 */
export function whenPainted(run: () => void): () => void {
  let wanted = true;
  afterPaint(() => wanted && run());
  return () => (wanted = false);
}
