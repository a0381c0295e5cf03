export { AddressGuard } from './address-guard.js';
export { parseAllowedHosts, type AllowedHosts } from './allowed-hosts.js';
export { createEgress, type Egress, type EgressOptions } from './egress.js';
export { requestToken } from './oauth/token-request.js';
