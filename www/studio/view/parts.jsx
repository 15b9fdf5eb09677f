// Small things that every view is made of.

import { Component } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A field with its label. */
export function Field({ label, help, children }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
      {help && <p class="help">{help}</p>}
    </div>
  );
}

/**
 * A number that is dragged or typed: both show the same, arrow keys move it by one. All that is done
 * until the pointer or the focus leaves it is one step back.
 *
 * @param {{ label: string, value: number, min?: number, max?: number, onTake?: () => void, onInput: (value: number) => void, onDone?: () => void, wide?: boolean }} props
 */
export function Slider({ label, value, min = -30, max = 60, onTake, onInput, onDone }) {
  const low = Math.min(min, value);
  const high = Math.max(max, value);
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const taken = useRef(false);
  const take = () => {
    if (!taken.current) onTake?.();
    taken.current = true;
  };
  const done = () => {
    taken.current = false;
    onDone?.();
  };
  const give = (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && Math.abs(number) <= 10_000) onInput(number);
  };
  return (
    <span class="slider">
      <input
        type="range"
        aria-label={label}
        min={low}
        max={high}
        step="1"
        value={value}
        onPointerEnter={take}
        onPointerDown={take}
        onFocus={take}
        onInput={(event) => onInput(Number(event.currentTarget.value))}
        onPointerUp={done}
        onBlur={done}
      />
      <input
        type="text"
        inputMode="numeric"
        class="points"
        aria-label={`${label}, as a number`}
        value={typed ?? String(value)}
        onFocus={take}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          give(event.currentTarget.value);
        }}
        onBlur={() => {
          setTyped(null);
          done();
        }}
      />
    </span>
  );
}

/** Draws a part again only when what it tells of is another. */
export class Still extends Component {
  shouldComponentUpdate({ of }) {
    return of !== this.props.of;
  }

  render() {
    return this.props.children;
  }
}

/** What is unfolded; it is so again when its view is opened again. @type {Set<string>} */
const unfolded = new Set();

/**
 * A part that unfolds. Most are never looked into, so what is in them is drawn only then.
 *
 * @param {{ place: string, summary: any, onOpen?: () => void, children: any, [data: `data-${string}`]: string }} props `place`: its own among all, such as a JSON pointer
 */
export function Fold({ place, summary, onOpen, children, ...data }) {
  const [open, setOpen] = useState(unfolded.has(place));
  return (
    <details
      class="criterion"
      open={open}
      data-place={place}
      {...data}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        if (!event.currentTarget.open) return void unfolded.delete(place);
        unfolded.add(place);
        onOpen?.();
      }}
    >
      <summary>{summary}</summary>
      {open && <div class="criterion-body">{children}</div>}
    </details>
  );
}

/** Parts that wait to be drawn, the first one next. @type {Set<() => void>} */
const waiting = new Set();

/** Whether the next of them has its turn already. */
let isNext = false;

/** Draws one part once the frame that comes is drawn, lets the page answer and show it, and goes on. */
function drawNext() {
  if (isNext || waiting.size === 0) return;
  isNext = true;
  requestAnimationFrame(() =>
    setTimeout(() => {
      isNext = false;
      const [draw] = waiting;
      waiting.delete(draw);
      draw?.();
      drawNext();
    }),
  );
}

/**
 * A part that is drawn by itself, after what stands before it: one in each frame, so that a large view never
 * keeps the page from answering.
 */
export function Later({ children }) {
  const [isTime, setIsTime] = useState(false);
  useLayoutEffect(() => {
    const draw = () => setIsTime(true);
    waiting.add(draw);
    drawNext();
    return () => void waiting.delete(draw);
  }, []);
  return isTime ? children : null;
}

/** Asks for a file by button or by drop; `onChoose` is another way to ask for it. */
export function Drop({ label, accept, onFile, onChoose, children }) {
  const [over, setOver] = useState(false);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const id = useId();
  return (
    <div
      class={`drop ${over ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) onFile(file);
      }}
    >
      {children}
      <button type="button" class="primary" onClick={onChoose ?? (() => input.current?.click())}>
        {label}
      </button>
      <label class="unseen" for={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        class="unseen"
        type="file"
        tabIndex={-1}
        accept={accept}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onFile(file);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** Whether a view has been open: on a page that has just begun the focus stays at its start. */
let isLater = false;

/** A heading that takes the focus when its view opens. */
export function Title({ children, lead }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  // At once: a moment later the person may have gone on.
  useLayoutEffect(() => {
    if (isLater) heading.current?.focus({ preventScroll: true });
    isLater = true;
  }, []);
  return (
    <div class="title">
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
      {lead && <p class="lead">{lead}</p>}
    </div>
  );
}
