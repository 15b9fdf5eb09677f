//! Reading forms and pages with web-sys: what stands there, nothing else. What it means is decided
//! in the core and, for names of fields and tags of links, in `pkg-config/form.js`.

use alloc::string::String;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, EventTarget, FormData, Window};

/// Names and values of a form's data, a list of pairs.
#[wasm_bindgen(js_name = formEntries)]
pub fn form_entries(data: &FormData) -> Array {
    Array::from(data)
}

/// Address of the page.
#[wasm_bindgen(js_name = landingPage)]
pub fn landing_page(window: &Window) -> Result<String, JsValue> {
    window.location().href()
}

/// Address of the page before; empty where the browser does not tell.
#[wasm_bindgen]
pub fn referrer(window: &Window) -> String {
    window
        .document()
        .map_or(String::new(), |document| document.referrer())
}

/// Language that the visitor prefers.
#[wasm_bindgen]
pub fn language(window: &Window) -> Option<String> {
    window.navigator().language()
}

/// Dispatches an event made of `init` on `target`. False where a listener of a cancelable event
/// prevented it.
#[wasm_bindgen]
pub fn dispatch(target: &EventTarget, name: &str, init: &CustomEventInit) -> Result<bool, JsValue> {
    target.dispatch_event(&CustomEvent::new_with_event_init_dict(name, init)?.into())
}
