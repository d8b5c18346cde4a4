// The message catalogues, under one name: `m.reply()` is "Reply", "Ответить" or "Відповісти".

export { m } from '$lib/paraglide/messages.js';
