// The types of this package stand in types.d.ts; at run time there is nothing.
export {};
