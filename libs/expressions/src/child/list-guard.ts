/** Kinds of JSONata nodes by which a short expression can make long lists of short ones. */
const MULTIPLYING = new Set(['lambda', 'apply', 'partial', 'transform', 'descendant', 'parent', 'bind']);
const MULTIPLYING_FUNCTIONS = new Set([
  'append',
  'eval',
  'filter',
  'map',
  'reduce',
  'spread',
  'split',
  'zip',
]);

/**
 * Whether a parsed expression might make more items than it reads. Only these run with JSONata's guard on the
 * length of lists: it gives every list a method of its own, which doubles the cost of an ordinary expression.
 * What slips through still meets the child's heap and the limit on results.
 */
export function canMultiplyLists(tree: unknown): boolean {
  if (Array.isArray(tree)) return tree.some(canMultiplyLists);
  if (typeof tree !== 'object' || tree === null) return false;
  const type = 'type' in tree ? tree.type : undefined;
  const value = 'value' in tree ? tree.value : undefined;
  if (typeof type === 'string' && MULTIPLYING.has(type)) return true;
  if (type === 'binary' && value === '..') return true;
  if (type === 'variable' && (value === '$' || MULTIPLYING_FUNCTIONS.has(String(value)))) return true;
  return 'focus' in tree || Object.values(tree).some(canMultiplyLists);
}
