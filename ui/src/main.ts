import '@fontsource-variable/inter/index.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import { connect } from '$lib/backend';
import { App as AppState } from '$lib/state/app.svelte';
import App from './App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');

const app = new AppState(await connect());
mount(App, { target, props: { app } });
await app.start();
