// Wrong uses do not.
import * as leadfit from 'leadfit';
import * as slim from 'leadfit/slim';

// @ts-expect-error a version is text, and comes later
const number: number = leadfit.version();
// @ts-expect-error the default entry brings its own wasm
leadfit.init();
// @ts-expect-error slim has to be given one
slim.init();
// @ts-expect-error only what is exported can be imported
import('leadfit/starting.js');

console.log(number);
