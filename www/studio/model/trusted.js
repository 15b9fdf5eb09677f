// The only script addresses that the page makes at run time are those of its own workers.

const policy = globalThis.trustedTypes?.createPolicy('leadfit-studio', {
  createScriptURL(address) {
    if (new URL(address, location.href).origin !== location.origin) throw new TypeError('a script of another origin');
    return address;
  },
});

/** @param {string | URL} address @returns {any} */
export const scriptAddress = (address) => (policy ? policy.createScriptURL(String(address)) : String(address));
