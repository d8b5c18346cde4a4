import { m } from '$lib/messages';
import { languages } from '$lib/shared/locale.svelte';
import type { App } from '../app.svelte';
import type { Action } from './action';

/** How the window looks, and what it tells of itself. */
export function looking(app: App): Action[] {
  const { looks } = app;
  return [
    { id: 'panel', group: 'view', name: m.act_panel(), enabled: app.inbox?.list.open != null, run: () => looks.setPanelHidden(!looks.panelHidden) },
    { id: 'zoom_in', group: 'view', name: m.zoom_in(), keys: ['$mod+Equal', '$mod+Shift+Equal', '$mod+NumpadAdd'], whileTyping: true, run: () => looks.stepZoom(1) },
    { id: 'zoom_out', group: 'view', name: m.zoom_out(), keys: ['$mod+Minus', '$mod+NumpadSubtract'], whileTyping: true, run: () => looks.stepZoom(-1) },
    { id: 'zoom_reset', group: 'view', name: m.zoom_reset(), keys: ['$mod+Digit0'], whileTyping: true, run: () => looks.stepZoom(0) },
    { id: 'theme_light', group: 'view', name: m.act_theme_light(), run: () => looks.setTheme('light') },
    { id: 'theme_dark', group: 'view', name: m.act_theme_dark(), run: () => looks.setTheme('dark') },
    { id: 'theme_system', group: 'view', name: m.act_theme_system(), run: () => looks.setTheme('system') },
    ...languagesOf(app),
    { id: 'density', group: 'view', name: looks.density === 'compact' ? m.act_comfortable() : m.act_compact(), run: () => looks.setDensity(looks.density === 'compact' ? 'comfortable' : 'compact') },
    { id: 'text_larger', group: 'view', name: m.act_text_larger(), run: () => looks.stepText(1) },
    { id: 'text_smaller', group: 'view', name: m.act_text_smaller(), run: () => looks.stepText(-1) },
    { id: 'diagnostics', group: 'view', name: m.copy_diagnostics(), enabled: app.inbox !== null, run: () => void app.copyDiagnostics() },
    { id: 'logs', group: 'view', name: m.open_logs(), run: () => void app.backend.openLogs().catch(app.report) },
  ]; // prettier-ignore
}

/** Each language under its own name, so that whoever can not read this one finds theirs. */
function languagesOf({ looks }: App): Action[] {
  return languages.map(({ id, name }) => ({
    id: `language_${id}`,
    group: 'view',
    name: m.act_language({ language: name }),
    enabled: looks.language !== id,
    run: () => looks.setLanguage(id),
  }));
}
