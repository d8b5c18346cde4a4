/** How hard a passphrase is to guess, roughly: 0 weak, 1 fair, 2 good, 3 strong. */
export function strengthOf(text: string): 0 | 1 | 2 | 3 {
  const bits = new Set(text).size < 5 ? 0 : text.length * bitsPerCharacter(text);
  if (bits < 45) return 0;
  if (bits < 65) return 1;
  return bits < 90 ? 2 : 3;
}

/**
 * Words carry about two bits a letter, far less than their alphabet; a mixture of classes suggests
 * random characters and earns more.
 */
function bitsPerCharacter(text: string): number {
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}\s]/u];
  const found = classes.filter((kind) => kind.test(text)).length;
  return 2 + Math.max(0, found - 1) * 0.9 + (/\s/.test(text) ? 0.8 : 0);
}
