export function attach() {}
export function attachRoutes() {}
