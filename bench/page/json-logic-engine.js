// A page with json-logic-engine and the rules of the model, compiled as it starts.
import { LogicEngine } from 'json-logic-engine';

import { lead, logic } from './data.js';

const points = new LogicEngine().build(logic)(lead);
document.querySelector('output').value = JSON.stringify({ score: points.reduce((sum, one) => sum + one, 0), at: performance.now() });
