// Starts the studio.

import { render } from 'preact';

import { startEngine } from './model/engine.js';
import { begin } from './model/session.js';
import { scriptAddress } from './model/trusted.js';
import { App } from './view/app.jsx';

startEngine();
await begin();
const root = document.getElementById('app');
root.replaceChildren();
render(<App />, root);

// Works without a network from the second visit on.
if (import.meta.env.PROD && 'serviceWorker' in navigator) navigator.serviceWorker.register(scriptAddress('offline.js')).catch(() => {});
