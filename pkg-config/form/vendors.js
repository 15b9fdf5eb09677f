export function attachHubSpot() {}
export function attachMarketo() {}
