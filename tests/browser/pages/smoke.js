// Loads one entry of the package as a page would, and shows what it says.

const entry = new URLSearchParams(location.search).get('entry');
const leadfit = await import(`/leadfit/${entry}.js`);
await leadfit.init?.(new URL('/leadfit/leadfit_page.wasm', location.href));
document.querySelector('output').value = await leadfit.version();
