// Settings of the window as a file carries them to another one.

import * as v from 'valibot';
import type { Looks, PortableLook, WindowChange, WindowSettings } from '$lib/backend';

/** What of the looks travels. Anything else in a file, or of another form, is passed over. */
const forms = {
  theme: v.picklist(['system', 'light', 'dark']),
  language: v.nullable(v.picklist(['en', 'ru', 'uk'])),
  zoom: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(200)),
  closing: v.picklist(['ask', 'tray', 'quit']),
  density: v.picklist(['comfortable', 'compact']),
  text_size: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(125)),
  first_weekday: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7)),
  shortcuts: v.array(v.object({ action: v.string(), keys: v.array(v.string()) })),
} satisfies Record<PortableLook, v.GenericSchema>;

const names = Object.keys(forms) as PortableLook[];

/** What of the looks goes into a file. */
export function portable(looks: Looks): WindowSettings {
  return Object.fromEntries(names.map((name) => [name, looks[name]]));
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What a file's settings would make different. */
export function differences(looks: Looks, settings: WindowSettings): Partial<Looks> {
  const found = names.flatMap((name) => {
    const { success, output } = v.safeParse(forms[name], settings[name]);
    return success && !same(output, looks[name]) ? [[name, output] as const] : [];
  });
  return Object.fromEntries(found);
}

/** What becomes different where such a change is taken back. What was set anew since stays. */
export function givenBack(looks: Looks, { before, after }: WindowChange): Partial<Looks> {
  const untouched = names.filter((name) => same(looks[name], after[name]));
  return differences(looks, Object.fromEntries(untouched.map((name) => [name, before[name]])));
}
