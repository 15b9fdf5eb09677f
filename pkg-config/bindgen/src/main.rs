//! The wasm-bindgen step of the build: `leadfit-bindgen <in.wasm> <out folder>` writes
//! `glue_bg.wasm`, `glue_bg.js` and `glue.d.ts`.
//!
//! The library rather than the command-line tool, because Cargo then builds it from the same lock
//! file as the engine: nothing to install, and never another version than the crate's own.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, folder] = arguments.as_slice() else {
        eprintln!("usage: leadfit-bindgen <in.wasm> <out folder>");
        return ExitCode::from(2);
    };
    match bindgen(input, folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("leadfit-bindgen: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bindgen(input: &str, folder: &str) -> Result<(), anyhow::Error> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .out_name("glue")
        // Glue alone, which starts nothing: `starting.js` does, for all runtimes and bundlers, and each
        // entry says where the bytes come from.
        .bundler(true)?
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
