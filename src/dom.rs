//! Reading forms and pages with web-sys: names and values, nothing else. What they mean is decided
//! in the core.

use alloc::string::String;
use alloc::vec::Vec;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{
    CustomEvent, CustomEventInit, EventTarget, FormData, HtmlFormElement, HtmlInputElement, Window,
};

use crate::signals::channel::ClickId;
use crate::signals::url;

/// Names and values of a form's fields, as a submission would send them: a list of pairs. Files and
/// passwords are left out.
#[wasm_bindgen(js_name = formPairs)]
pub fn form_pairs(form: &HtmlFormElement) -> Result<Array, JsValue> {
    let data = FormData::new_with_form(form)?;
    let passwords = form.query_selector_all("input[type=password]")?;
    for index in 0..passwords.length() {
        if let Some(field) = passwords.item(index) {
            data.delete(&field.unchecked_into::<HtmlInputElement>().name());
        }
    }
    Ok(Array::from(&data))
}

/// What the page tells of the visit: `language`, and `attribution` with referrer, landing page,
/// UTM tags and click id of this page. Stores nothing.
#[wasm_bindgen(js_name = pageFacts)]
pub fn page_facts(window: &Window) -> Result<Object, JsValue> {
    let (facts, attribution) = (Object::new(), Object::new());
    let set = |object: &Object, key: &str, value: &str| {
        if value.is_empty() {
            Ok(true)
        } else {
            Reflect::set(object, &key.into(), &value.into())
        }
    };
    set(
        &facts,
        "language",
        &window.navigator().language().unwrap_or_default(),
    )?;
    if let Some(document) = window.document() {
        set(&attribution, "referrer", &document.referrer())?;
    }
    let landing_page = window.location().href()?;
    set(&attribution, "landingPage", &landing_page)?;
    for tag in ["source", "medium", "campaign", "term", "content"] {
        set(
            &attribution,
            tag,
            &url::parameter(&landing_page, &["utm_", tag].concat()),
        )?;
    }
    for click in ClickId::ALL.iter().map(|click| click.id()) {
        let value = url::parameter(&landing_page, click);
        if !value.is_empty() {
            set(&attribution, "clickId", &[click, "=", &*value].concat())?;
            break;
        }
    }
    Reflect::set(&facts, &"attribution".into(), &attribution)?;
    Ok(facts)
}

/// Dispatches an event made of `init` on `target`. False where a listener of a cancelable event
/// prevented it.
#[wasm_bindgen]
pub fn dispatch(target: &EventTarget, name: &str, init: &CustomEventInit) -> Result<bool, JsValue> {
    target.dispatch_event(&CustomEvent::new_with_event_init_dict(name, init)?.into())
}
