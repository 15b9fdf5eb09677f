//! The wasm-bindgen step of the build: `leadfit-bindgen <in.wasm> <out folder> <name>`.
//!
//! The library rather than the command-line tool, because Cargo then builds it from the same lock
//! file as the engine: nothing to install, and never another version than the crate's own.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder, name] = arguments.as_slice() else {
        eprintln!("usage: leadfit-bindgen <in.wasm> <out folder> <name>");
        return ExitCode::from(2);
    };
    match bindgen(input, folder, name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("leadfit-bindgen: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bindgen(input: &str, folder: &str, name: &str) -> Result<(), anyhow::Error> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .out_name(name)
        // The one target whose output every runtime and bundler takes; each entry says for itself
        // where the bytes come from, so the glue must not carry a default place.
        .web(true)?
        .omit_default_module_path(true)
        // A page that patches `TextEncoder.prototype.encodeInto` could otherwise cut text short or
        // read neighbouring memory. `encode` hands over bytes whose length is what it is.
        .encode_into(EncodeInto::Never)
        .typescript(true)
        .debug(false)
        .keep_debug(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
}
