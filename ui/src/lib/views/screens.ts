// All that is not the first screen: a file of its own, which is read when that is drawn.

export { default as Overlays } from './overlays/Overlays.svelte';
export { default as PeopleView } from './people/PeopleView.svelte';
export { default as PersonView } from './person/PersonView.svelte';
export { default as SettingsView } from './settings/SettingsView.svelte';
export { default as TasksView } from './tasks/TasksView.svelte';
export { default as TemplatesView } from './templates/TemplatesView.svelte';
