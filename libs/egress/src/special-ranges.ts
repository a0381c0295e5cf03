/**
 * IPv4 blocks that are not plain public unicast: IANA's special-purpose registry (RFC 6890 and its updates),
 * multicast, and one public address behind which a cloud platform keeps credentials.
 */
export const SPECIAL_IPV4 = [
  ['0.0.0.0/8', 'an address of this machine'],
  ['10.0.0.0/8', 'a private address'],
  ['100.64.0.0/10', 'a shared (carrier) address'],
  ['127.0.0.0/8', 'an address of this machine'],
  ['168.63.129.16/32', 'a platform service of Azure'],
  ['169.254.0.0/16', 'a link-local address'],
  ['172.16.0.0/12', 'a private address'],
  ['192.0.0.0/24', 'a reserved address'],
  ['192.0.2.0/24', 'a documentation address'],
  ['192.31.196.0/24', 'a reserved address'],
  ['192.52.193.0/24', 'a reserved address'],
  ['192.88.99.0/24', 'a reserved address'],
  ['192.168.0.0/16', 'a private address'],
  ['192.175.48.0/24', 'a reserved address'],
  ['198.18.0.0/15', 'a benchmarking address'],
  ['198.51.100.0/24', 'a documentation address'],
  ['203.0.113.0/24', 'a documentation address'],
  ['224.0.0.0/4', 'a multicast address'],
  ['240.0.0.0/4', 'a reserved address'],
] as const;

/** The only IPv6 block from which public unicast addresses are given out (RFC 4291, IANA). */
export const GLOBAL_IPV6 = '2000::/3';

/** What inside and outside that block is not plain public unicast; looked through in order. */
export const SPECIAL_IPV6 = [
  ['::/128', 'an address of this machine'],
  ['::1/128', 'an address of this machine'],
  ['fc00::/7', 'a private address'],
  ['fe80::/10', 'a link-local address'],
  ['fec0::/10', 'a private address'],
  ['ff00::/8', 'a multicast address'],
  ['64:ff9b:1::/48', 'a private address'],
  ['2001::/32', 'a tunnel address (Teredo)'],
  ['2001::/23', 'a reserved address'],
  ['2001:db8::/32', 'a documentation address'],
  ['2002::/16', 'a tunnel address (6to4)'],
  ['2620:4f:8000::/48', 'a reserved address'],
  ['3fff::/20', 'a documentation address'],
] as const;
