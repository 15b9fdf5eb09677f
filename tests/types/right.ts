// Right uses compile.
import { authoringVersion, LeadfitError, version } from 'leadfit';
import module from 'leadfit/leadfit.wasm';
import * as single from 'leadfit/single';
import * as slim from 'leadfit/slim';
import * as streaming from 'leadfit/streaming';
import * as studio from 'leadfit/studio';

const text: string = await version();
await slim.init(module);
await slim.init(new Uint8Array());
await slim.init(fetch('leadfit.wasm').then((response) => response));
for (const entry of [single, slim, streaming, studio]) {
  const same: string = await entry.version();
  console.log(same === text, await authoringVersion());
}
const message: string = new LeadfitError('').message;
console.log(message);
