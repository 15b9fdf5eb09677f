// Open: a template, a file, a link.

import { useState } from 'preact/hooks';

import { hasDisk, openFromDisk } from '../model/disk.js';
import { card } from '../model/document.js';
import { date } from '../model/format.js';
import { complain, openTemplate, openText, recents, templates, view } from '../model/session.js';
import { Drop, Field, Title } from './parts.jsx';

const told = (work) => work.catch((error) => complain(`That could not be opened: ${error.message}.`));

export function Start() {
  const [address, setAddress] = useState('');
  return (
    <>
      <Title lead="Marketing and sales sit together here, look at what really happened to past leads, and agree on points, thresholds and routes. Everything stays on this device.">Open a scorecard</Title>
      {card.value && (
        <p class="notice">
          A draft is open.{' '}
          <button type="button" onClick={() => (view.value = 'tune')}>
            Go on tuning
          </button>
        </p>
      )}
      <div class="cards four">
        {templates.map((template) => (
          <section class="card">
            <h2>{template.title}</h2>
            <p>{template.about}</p>
            <button type="button" class="primary" onClick={() => told(openTemplate(template))}>
              Start from this<span class="unseen">: {template.title}</span>
            </button>
          </section>
        ))}
      </div>
      {recents.value.length > 0 && (
        <section class="panel" aria-labelledby="recent">
          <h2 id="recent">Open before, on this device</h2>
          <ul class="recent">
            {recents.value.map(({ name, title, text, baseline, at }) => (
              <li>
                <button type="button" class="link" onClick={() => told(openText(text, name, baseline))}>
                  {title}
                </button>{' '}
                <span class="soft">
                  {name}, {date(at)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div class="cards two">
        <section class="card">
          <h2>Your own file</h2>
          <Drop label="Choose a scorecard file" accept=".json,application/json" onChoose={hasDisk() ? () => told(openFromDisk()) : undefined} onFile={(file) => told(file.text().then((text) => openText(text, file.name)))}>
            <p>Drop a scorecard (JSON) here, or</p>
          </Drop>
        </section>
        <section class="card">
          <h2>A link on this site</h2>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const to = URL.canParse(address, location.href) ? new URL(address, location.href) : null;
              if (!to) return complain('That could not be opened: it is no address.');
              if (to.origin !== location.origin) return complain('That could not be opened: the studio asks no other site. Download the file and drop it here.');
              void told(
                fetch(to).then(async (answer) => {
                  if (!answer.ok) throw new Error(`${to.pathname} answers ${answer.status}`);
                  await openText(await answer.text(), to.pathname.split('/').pop() || 'scorecard.json');
                }),
              );
            }}
          >
            <Field label="Address" help="For example ../sample/b2b-software.json. The studio asks no other site.">
              {(id) => <input id={id} type="text" value={address} onInput={(event) => setAddress(event.currentTarget.value)} />}
            </Field>
            <button type="submit">Open the link</button>
          </form>
        </section>
      </div>
    </>
  );
}
