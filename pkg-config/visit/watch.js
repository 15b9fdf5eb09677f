// What a visitor does on a page, as events: downloads, videos, scrolling, and what the page itself marks
// by `data-leadfit-event`.

/** Hundredths of a page or a video that are worth an event. */
const milestones = [25, 50, 75, 90];

/** Endings of files that one downloads rather than opens. */
const files = /\.(pdf|docx?|xlsx?|pptx?|csv|zip|epub|key|numbers|pages|dmg|exe|msi|pkg)$/i;

/**
 * @param {Document} document
 * @param {(type: string, properties?: Record<string, string | number>) => void} record
 * @returns {() => void} ends it
 */
export function watch(document, record) {
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  const path = () => document.location.pathname;

  // A form answers by its fields where they are called like what is asked of it.
  const { closest, getAttribute, getAttributeNames } = Element.prototype;
  /** @param {Element | null} element */
  const markedAt = (element) => (element ? closest.call(element, '[data-leadfit-event]') : null);

  /** @param {Element} element */
  const mark = (element) => {
    /** @type {Record<string, string>} */
    const properties = {};
    for (const name of getAttributeNames.call(element)) {
      // `data-leadfit-asset="guide"` is the property `asset`.
      const [, property] = /^data-leadfit-(.+)$/.exec(name) ?? [];
      if (property) properties[property.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase())] = getAttribute.call(element, name) ?? '';
    }
    const { event, ...more } = properties;
    record(event, { path: path(), ...more });
  };

  document.addEventListener('click', ({ target }) => {
    const element = target instanceof Element ? target : null;
    // A form is marked for what is sent, not for each click in it.
    const found = markedAt(element);
    if (found && !(found instanceof HTMLFormElement)) mark(found);
    const link = /** @type {HTMLAnchorElement | null} */ (element && closest.call(element, 'a'));
    if (!link?.href || !(link.hasAttribute('download') || files.test(link.pathname))) return;
    const file = link.pathname.split('/').at(-1) ?? '';
    record('download', { asset: link.dataset.leadfitAsset ?? file.replace(files, ''), path: link.pathname });
  }, options);

  document.addEventListener('submit', ({ target }) => target instanceof HTMLFormElement && markedAt(target) === target && mark(target), options);

  /** @type {WeakMap<object, number>} how far each got */
  const reached = new WeakMap();
  /** @param {object} what @param {number} percent @param {(milestone: number) => void} say */
  const progress = (what, percent, say) => {
    const before = reached.get(what) ?? 0;
    const [now] = milestones.filter((milestone) => milestone <= percent).slice(-1);
    if (!(now > before)) return;
    reached.set(what, now);
    say(now);
  };

  document.addEventListener('timeupdate', ({ target }) => {
    if (!(target instanceof HTMLMediaElement) || !(target.duration > 0)) return;
    const asset = target.dataset.leadfitAsset ?? target.title ?? '';
    progress(target, (100 * target.currentTime) / target.duration, (percent) => record('video', { asset, percent, path: path() }));
  }, options);

  let waiting = false;
  document.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      const { scrollTop, clientHeight, scrollHeight } = document.documentElement;
      // A page that fits the window was not scrolled.
      if (scrollHeight > clientHeight) progress(document, (100 * (scrollTop + clientHeight)) / scrollHeight, (percent) => record('scroll', { percent, path: path() }));
    }, 250);
  }, options);

  return () => stop.abort();
}
