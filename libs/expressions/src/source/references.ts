import jsonata from 'jsonata';

/** What an expression may read: `all` when it cannot be known, for example with `$$` or a wildcard at the root. */
export type References = 'all' | NamedReferences;

export interface NamedReferences {
  /** Names at the root: `trigger`, `steps`, `input`, `vars`, `run`, `item`, `index`, or anything else. */
  readonly roots: readonly string[];
  /** Step ids that `steps.<id>` names. */
  readonly steps: readonly string[] | 'all';
  /** Whether `trigger.body` may be read; other parts of `trigger` need no body. */
  readonly body: boolean;
}

/**
 * Says what an expression may read, without evaluating it: never too little, sometimes too much. Parsing alone
 * can take long, so servers learn this from the child (see `checkExpression`).
 *
 * @returns `all` for a source that cannot be parsed
 */
export function referencesOf(source: string): References {
  try {
    return referencesOfTree(jsonata(source).ast());
  } catch {
    return 'all';
  }
}

/** The same for a parsed expression (`jsonata(source).ast()`). */
export function referencesOfTree(tree: unknown): References {
  const collector = new ReferenceCollector();
  try {
    collector.visit(tree, true);
  } catch (error) {
    if (error instanceof UnknowableError) return 'all';
    throw error;
  }
  return collector.found();
}

/** Thrown inside the walk only: the expression may read anything. */
class UnknowableError extends Error {}

type Tree = Readonly<Record<string, unknown>>;

/**
 * Built-in functions that read the context when called with fewer arguments, and how many they need so that
 * they do not. Those that take a text there are left out: the root is an object, so they fail all the same.
 */
const READS_CONTEXT_BELOW: ReadonlyMap<unknown, number> = new Map([
  ['boolean', 1],
  ['clone', 1],
  ['each', 2],
  ['keys', 1],
  ['lookup', 2],
  ['not', 1],
  ['sift', 2],
  ['spread', 1],
  ['string', 1],
]);

class ReferenceCollector {
  private readonly roots = new Set<string>();
  private readonly steps = new Set<string>();
  private allSteps = false;
  private body = false;

  found(): NamedReferences {
    return { roots: [...this.roots], steps: this.allSteps ? 'all' : [...this.steps], body: this.body };
  }

  /** @param atRoot whether the context is the whole input document here */
  visit(value: unknown, atRoot: boolean): void {
    if (Array.isArray(value)) for (const item of value) this.visit(item, atRoot);
    else if (isTree(value)) this.visitTree(value, atRoot);
  }

  private visitTree(tree: Tree, atRoot: boolean): void {
    // The predicates and groupings of a value are evaluated with that value as context.
    this.visitAll([tree['predicate'], tree['stages']].flat(), false);
    this.visitGroup(tree['group']);
    switch (tree['type']) {
      case 'path':
        return this.visitPath(treesOf(tree['steps']), atRoot);
      case 'name':
        return this.visitPath([tree], atRoot);
      case 'string':
      case 'number':
      case 'value':
      case 'regex':
      case 'operator':
      case 'index':
        return undefined;
      case 'variable':
        return this.visitVariable(tree, atRoot);
      case 'wildcard':
      case 'descendant':
        return atRoot ? unknowable() : undefined;
      case 'function':
      case 'partial':
        return this.visitCall(tree, atRoot, 0);
      case 'apply':
        return this.visitApply(tree, atRoot);
      case 'transform':
        return this.visitAll([tree['pattern'], tree['update'], tree['delete']], false);
      case 'bind':
      case 'binary':
      case 'unary':
      case 'condition':
      case 'block':
      case 'lambda':
      case 'filter':
        return this.visitChildren(tree, atRoot);
      default:
        // `parent` climbs to what it cannot name; what JSONata adds later is unknown.
        return unknowable();
    }
  }

  private visitChildren(tree: Tree, atRoot: boolean): void {
    // A signature with `-` lets a function read the context of its caller.
    if (isTree(tree['signature']) && String(tree['signature']['definition']).includes('-')) unknowable();
    for (const part of [
      'lhs',
      'rhs',
      'expression',
      'expressions',
      'condition',
      'then',
      'else',
      'expr',
      'body',
    ]) {
      this.visit(tree[part], atRoot);
    }
  }

  private visitAll(trees: readonly unknown[], atRoot: boolean): void {
    for (const tree of trees) this.visit(tree, atRoot);
  }

  private visitGroup(group: unknown): void {
    if (isTree(group)) this.visit(group['lhs'], false);
  }

  private visitVariable(tree: Tree, atRoot: boolean): void {
    const name = tree['value'];
    // Under another name, or chosen at run time, such a function may be called without arguments.
    if (atRoot && READS_CONTEXT_BELOW.has(name)) unknowable();
    if (name === '$' || (name === '' && atRoot) || name === 'eval') unknowable();
  }

  /** `$f(…)`: the context counts as read when the call leaves out what it would stand for. */
  private visitCall(tree: Tree, atRoot: boolean, appliedArguments: number): void {
    const given = treesOf(tree['arguments']);
    const { procedure } = tree;
    const isNamed = isTree(procedure) && procedure['type'] === 'variable';
    const needed = isNamed ? (READS_CONTEXT_BELOW.get(procedure['value']) ?? 0) : 1;
    if (atRoot && given.length + appliedArguments < needed && !isLambda(procedure)) unknowable();
    this.visitOperand(procedure, atRoot);
    for (const argument of given) this.visitOperand(argument, atRoot);
  }

  private visitApply(tree: Tree, atRoot: boolean): void {
    this.visitOperand(tree['lhs'], atRoot);
    const { rhs } = tree;
    if (isTree(rhs) && rhs['type'] === 'function') this.visitCall(rhs, atRoot, 1);
    else this.visitOperand(rhs, atRoot);
  }

  /** A built-in function that is called here, or handed on to be called with arguments. */
  private visitOperand(value: unknown, atRoot: boolean): void {
    const isReader = isTree(value) && value['type'] === 'variable' && READS_CONTEXT_BELOW.has(value['value']);
    if (!isReader) this.visit(value, atRoot);
  }

  private visitPath(steps: readonly Tree[], atRoot: boolean): void {
    const [first, second] = steps;
    let isRoot = atRoot;
    if (first && isRootVariable(first, atRoot) && second?.['type'] === 'name' && isPlain(first)) {
      return this.visitPath(steps.slice(1), true);
    }
    for (const [at, step] of steps.entries()) {
      if (isRoot && step['type'] === 'name') this.addRoot(step, steps[at + 1]);
      this.visitStep(step, isRoot);
      // A step that binds a variable with `@` leaves the context as it was.
      if (step['focus'] === undefined) isRoot = false;
    }
    return undefined;
  }

  private visitStep(step: Tree, atRoot: boolean): void {
    if (step['type'] === 'sort') this.visitSort(step);
    else if (step['type'] !== 'name') this.visitTree(step, atRoot);
    else {
      this.visitAll([step['predicate'], step['stages']].flat(), false);
      this.visitGroup(step['group']);
    }
  }

  private visitSort(step: Tree): void {
    this.visitAll([step['stages']].flat(), false);
    for (const term of treesOf(step['terms'])) this.visit(term['expression'], false);
  }

  private addRoot(step: Tree, next: Tree | undefined): void {
    const name = String(step['value']);
    this.roots.add(name);
    const named = isPlain(step) && next?.['type'] === 'name' ? String(next['value']) : undefined;
    if (name === 'trigger' && (named === undefined || named === 'body')) this.body = true;
    if (name !== 'steps') return;
    if (named === undefined) this.allSteps = true;
    else this.steps.add(named);
  }
}

/** Whether what follows reads exactly this step's value. */
function isPlain(step: Tree): boolean {
  return ['predicate', 'stages', 'group', 'focus', 'index', 'ancestor'].every(
    (part) => step[part] === undefined,
  );
}

function isRootVariable(step: Tree, atRoot: boolean): boolean {
  return step['type'] === 'variable' && (step['value'] === '$' || (step['value'] === '' && atRoot));
}

function isLambda(procedure: unknown): boolean {
  return isTree(procedure) && procedure['type'] === 'lambda';
}

function unknowable(): never {
  throw new UnknowableError();
}

function treesOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : [];
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
