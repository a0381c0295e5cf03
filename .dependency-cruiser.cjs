/**
 * Which room may import which: the arrows of the architecture, one line a room. Packages from npm come from each
 * room's own package.json. test/boundaries proves that these rules find what they forbid.
 */
const ROOMS = {
  'libs/contracts': [],
  'libs/payload': ['libs/contracts'],
  'libs/engine': ['libs/contracts'],
  'libs/expressions': ['libs/contracts', 'libs/payload'],
  'libs/senders': ['libs/contracts', 'libs/payload'],
  'libs/step-kit': ['libs/contracts'],
  'libs/steps': ['libs/step-kit', 'libs/contracts'],
  'libs/egress': ['libs/contracts', 'libs/step-kit'],
  'libs/runner': ['libs/engine', 'libs/expressions', 'libs/payload', 'libs/step-kit', 'libs/contracts'],
  'libs/persistence': ['libs/runner', 'libs/step-kit', 'libs/contracts'],
  'libs/dispatch': ['libs/runner', 'libs/persistence', 'libs/contracts'],
  'libs/server-kit': ['libs/persistence', 'libs/contracts'],
  'libs/embedded-postgres': [],
  'libs/templates': ['libs/contracts'],
  'libs/testing': ['libs/(?!testing)'],
  'apps/api': ['libs/(?!embedded-postgres|testing)'],
  'apps/worker': ['libs/(?!embedded-postgres|testing)'],
  'apps/launcher': ['libs/contracts', 'libs/embedded-postgres', 'libs/senders', 'libs/server-kit'],
  'apps/web': ['libs/contracts', 'libs/engine', 'libs/expressions'],
};

/** Rooms where the same input gives the same answer, and all that they may have of Node: bytes, hashes, inflating. */
const PURE_ROOMS = {
  contracts: '^$',
  engine: '^$',
  payload: '^(node:)?(buffer|zlib)$',
  senders: '^(node:)?(buffer|crypto)$',
};
const TESTS = '(\\.(int-)?spec\\.ts$|/test/)';

const arrows = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `room-${room.replace('/', '-')}`,
  comment: `${room} may import ${allowed.length === 0 ? 'no other room' : allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^${room}/src/`, pathNot: TESTS },
  to: { path: '^(apps|libs)/', pathNot: [`^${room}/`, ...allowed.map((path) => `^${path}`)] },
}));

const purity = Object.entries(PURE_ROOMS).map(([room, allowed]) => ({
  name: `pure-${room}`,
  comment: `libs/${room} is pure: no file, no network, no process`,
  severity: 'error',
  from: { path: `^libs/${room}/src/`, pathNot: TESTS },
  to: { dependencyTypes: ['core'], pathNot: allowed },
}));

module.exports = {
  forbidden: [
    ...arrows,
    ...purity,
    {
      name: 'no-cycle',
      comment: 'files that import one another cannot be understood, or tested, apart',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'ingress-imports-no-feature',
      comment: 'the hot path stands alone: nothing of another feature may slow or break it',
      severity: 'error',
      from: { path: '^apps/api/src/ingress/', pathNot: TESTS },
      to: { path: '^apps/api/src/[^/]+/', pathNot: '^apps/api/src/ingress/' },
    },
    {
      name: 'tests-stay-out-of-the-product',
      comment: 'what ships never imports a test or the rooms that exist for tests',
      severity: 'error',
      from: { path: '^(apps|libs/(?!testing))', pathNot: TESTS },
      to: { path: ['^libs/testing/', '\\.(int-)?spec\\.ts$'] },
    },
    {
      name: 'only-declared-packages',
      comment: "a package must stand in the importing room's own package.json",
      severity: 'error',
      from: { path: '^(apps|libs)/[^/]+/src/', pathNot: [TESTS, '/env\\.d\\.ts$'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'imports-are-found',
      comment: 'an import that leads nowhere is checked by no rule',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { couldNotResolve: true, pathNot: '\\.(css|svg)$|^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|\\.nx)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['hookloom-source', 'import', 'types', 'default'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.json'],
    },
  },
};
