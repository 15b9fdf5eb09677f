// The folder that holds both this project and Next's own packages; by itself Next guesses it.
const root = process.env.MATRIX_ROOT;

export default { turbopack: { root }, outputFileTracingRoot: root };
