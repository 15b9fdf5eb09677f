// Forms of others, by the events and callbacks that they document. Their scripts are loaded by the
// page, or not at all: nothing here asks a foreign host for anything.

import { attach } from './attach.js';

/** @typedef {import('./attach.js').AttachOptions} AttachOptions */
/** @typedef {import('./attach.js').Attached} Attached */

/**
 * HubSpot's embeds. Those of version 2 (`hbspt.forms.create`) tell the page by messages, those of the
 * newer editor by events of the window. A form inside a frame of another origin cannot be read: then
 * only its events arrive, and the lead is what `facts` knows.
 *
 * @param {AttachOptions & { formId?: string }} options `formId`: only that form
 * @returns {{ detach: () => void }}
 */
export function attachHubSpot({ formId, ...options }) {
  const life = new AbortController();
  const { signal } = life;
  /** @type {Map<string, Attached>} */
  const forms = new Map();
  const mine = (/** @type {unknown} */ id) => typeof id === 'string' && (formId === undefined || formId === id);

  /** @param {string} id @param {Element | null} form @param {Partial<AttachOptions>} [more] */
  const add = (id, form, more) => {
    if (form instanceof HTMLFormElement) forms.set(id, /** @type {Attached} */ (attach(form, { ...options, ...more, signal })));
  };

  // Version 2. Messages come from the page itself, or from a frame of HubSpot's.
  addEventListener(
    'message',
    ({ data, source }) => {
      if (data?.type !== 'hsFormCallback' || !mine(data.id)) return;
      if (data.eventName === 'onFormReady' && source === window) add(data.id, document.querySelector(`form[data-form-id="${CSS.escape(data.id)}"], #hsForm_${CSS.escape(data.id)}, form[id^="hsForm_${CSS.escape(data.id)}"]`));
      if (data.eventName === 'onFormSubmitted') forms.get(data.id)?.routed();
    },
    { signal },
  );

  // The newer editor.
  const formOf = (/** @type {Event} */ event) => /** @type {any} */ (globalThis).HubSpotFormsV4?.getFormFromEvent?.(event);
  addEventListener(
    'hs-form-event:on-ready',
    (event) => {
      const { formId: id, instanceId } = /** @type {CustomEvent} */ (event).detail ?? {};
      if (!mine(id)) return;
      const form = document.querySelector(`[id="${CSS.escape(String(instanceId))}"] form, form[data-form-id="${CSS.escape(id)}"], [data-form-id="${CSS.escape(id)}"] form`);
      const hubspot = formOf(event);
      /** @type {Map<string, string>} */
      const filled = new Map();
      // Its fields are its own: they are filled by its function, under their full names.
      add(id, form, { hidden: {} });
      if (options.hidden && form) {
        form.addEventListener('leadfit:verdict', () => {
          for (const [name, told] of Object.entries(options.hidden ?? {})) {
            const value = forms.get(id)?.said(told) ?? '';
            // What it is told comes back as an input of the form.
            if (filled.get(name) !== value) hubspot?.setFieldValue(name, value);
            filled.set(name, value);
          }
        }, { signal });
      }
    },
    { signal },
  );
  addEventListener('hs-form-event:on-submission:success', (event) => void forms.get(/** @type {CustomEvent} */ (event).detail?.formId)?.routed(), { signal });
  return { detach: () => life.abort() };
}

/**
 * Marketo Forms 2.0: fields by `addHiddenFields`, what comes next in place of its follow-up page.
 *
 * @param {AttachOptions & { MktoForms2?: any }} options `MktoForms2`: where it is no global
 * @returns {{ detach: () => void }}
 */
export function attachMarketo({ MktoForms2 = /** @type {any} */ (globalThis).MktoForms2, ...options }) {
  const life = new AbortController();
  const known = new WeakSet();
  MktoForms2?.whenReady((/** @type {any} */ marketo) => {
    // Called for each form, and for those that are there already; never twice for the same.
    if (life.signal.aborted || known.has(marketo)) return;
    known.add(marketo);
    const form = marketo.getFormElem()[0];
    const routing = /** @type {Attached} */ (attach(form, { ...options, hidden: {}, signal: life.signal }));
    marketo.onSubmit(() => {
      if (life.signal.aborted) return;
      marketo.addHiddenFields(Object.fromEntries(Object.entries(options.hidden ?? {}).map(([name, told]) => [name, routing.said(told)])));
    });
    // False: it does not go to its own follow-up page.
    marketo.onSuccess(() => (!life.signal.aborted && routing.routed() ? false : undefined));
  });
  return { detach: () => life.abort() };
}

/** How other makers tell that a form was sent. jQuery's events reach only jQuery's listeners. */
const successes = { native: ['wpcf7mailsent'], jquery: ['wpformsAjaxSubmitSuccess', 'gform_confirmation_loaded', 'submit_success'] };

/**
 * Forms that stay on the page after they were sent by their maker's script: Webflow, and on WordPress
 * Contact Form 7, WPForms, Gravity Forms and Elementor.
 *
 * @param {HTMLFormElement | string} target
 * @param {AttachOptions} options
 * @returns {{ detach: () => void }}
 */
export function attachSite(target, options) {
  const life = new AbortController();
  const { signal } = life;
  attach(target, { ...options, signal });
  const formAt = (/** @type {any} */ from) => (typeof target === 'string' ? from.closest?.(target) ?? from.querySelector?.(target) : from.contains?.(target) && target);
  /** @param {any} form */
  const routed = (form) => form instanceof HTMLFormElement && /** @type {Attached} */ (attach(form, options)).routed();
  for (const name of successes.native) document.addEventListener(name, ({ target }) => void routed(formAt(target)), { signal });
  /** The form that was sent last: Gravity Forms takes it away before it tells the document its number. @type {any} */
  let last;
  const heard = (/** @type {any} */ { target }, /** @type {unknown} */ number) => void routed(target !== document ? formAt(target) : last?.id === `gform_${number}` && last);
  /** @type {any} */
  let jQuery;
  const listen = () => {
    if (jQuery || !(jQuery = /** @type {any} */ (globalThis).jQuery?.(document))) return;
    for (const name of successes.jquery) jQuery.on(name, heard);
  };
  listen();
  document.addEventListener('submit', ({ target }) => {
    last = formAt(target);
    // It may be loaded late.
    listen();
  }, { signal, capture: true });
  signal.addEventListener('abort', () => successes.jquery.forEach((name) => jQuery?.off(name, heard)));
  // Webflow tells nobody: it shows the block beside the form.
  const observer = new MutationObserver((changes) => {
    for (const { target: block } of changes) {
      const shown = block instanceof HTMLElement && block.matches('.w-form-done') && block.style.display === 'block';
      if (shown) routed(formAt(block.parentElement));
    }
  });
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['style'] });
  signal.addEventListener('abort', () => observer.disconnect());
  return { detach: () => life.abort() };
}
