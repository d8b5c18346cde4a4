import '@fontsource-variable/inter/index.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import { connect } from '$lib/backend';
import { useLocale } from '$lib/shared/locale.svelte';
import { App as AppState } from '$lib/state/app.svelte';
import App from './App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');

// Most windows are in the system's language; another one is read once it is known.
const [backend] = await Promise.all([connect(), useLocale(null)]);
const app = new AppState(backend);
mount(App, { target, props: { app } });
await app.start();
