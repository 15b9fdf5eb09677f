// A page that notes how its visitor came. `visit` is opened by the test.
import { openVisit } from '/leadfit/visit/index.js';

window.openVisit = openVisit;
// What is clicked must not leave the page.
for (const kind of ['click', 'submit']) addEventListener(kind, (event) => event.preventDefault());
document.documentElement.dataset.ready = '';
