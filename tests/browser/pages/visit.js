// A page that notes how its visitor came. `visit` is opened by the test.
import { openVisit } from '/leadfit/visit/index.js';

window.openVisit = openVisit;
// What is clicked must not leave the page.
addEventListener('submit', (event) => event.preventDefault());
addEventListener('click', (event) => event.target.closest('a') && event.preventDefault());
document.documentElement.dataset.ready = '';
