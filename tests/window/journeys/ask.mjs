// Asks the program directly, past the window's own backend module.

/** Invokes a command; answers with `{answer}` or, where it said no, `{refused}`. */
export function invoke(page, command, args = {}) {
  return page.session.runAsync(
    `const [command, args, done] = arguments;
     window.__TAURI_INTERNALS__.invoke(command, args).then(
       (answer) => done({ answer }),
       (error) => done({ refused: String(error?.message ?? error?.code ?? error) }));`,
    command,
    args,
  );
}

/** Does a use case of the open workspace. */
export async function ask(page, name, args) {
  const { answer, refused } = await invoke(page, 'call', { call: { call: name, args } });
  if (refused !== undefined) throw new Error(`${name} was refused: ${refused}`);
  return answer;
}

/** Waits until all accounts have everything that the first sync brings. */
export function isSynced(page, timeoutMs) {
  const synced = async () =>
    (await ask(page, 'sync_status', {})).every(({ stage }) => stage === 'complete');
  return page.until('the first sync is complete', synced, timeoutMs);
}
