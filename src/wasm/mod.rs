//! The only place, beside `dom`, where the crate touches JavaScript.
//!
//! Thin: no branch here depends on a lead or a scorecard. Exported objects are immutable. A call
//! answers with a value or throws the code of a problem as a string; `pkg-config/crossing.js`, the
//! other side of this boundary, turns that into an error with help.

mod page;
#[cfg(feature = "authoring")]
mod session;
#[cfg(feature = "authoring")]
mod studio;

/// Small; pages need no more.
#[cfg(not(feature = "authoring"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Never reached: nothing in the page build can panic.
#[cfg(not(feature = "authoring"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
