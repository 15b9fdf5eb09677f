import { Scorecard } from 'leadfit';

import { cases } from '../../../cases.js';
import { golden } from '../../../probe.js';

export const dynamic = 'force-dynamic';

export const GET = async () => new Response(await golden(Scorecard, cases));
