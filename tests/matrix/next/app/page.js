'use client';

import { Scorecard } from 'leadfit';
import { useEffect, useState } from 'react';

import { cases } from '../cases.js';
import { golden } from '../probe.js';

export default function Page() {
  const [verdicts, show] = useState('');
  useEffect(() => void golden(Scorecard, cases).then(show, (error) => show(String(error))), []);
  return <output>{verdicts}</output>;
}
