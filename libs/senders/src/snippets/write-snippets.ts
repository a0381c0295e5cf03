import { toCurl } from './curl.js';
import { toNode } from './node.js';
import { toPython } from './python.js';
import { toRecipe, type SnippetInput } from './recipe.js';
import { SECRET_VARIABLE } from './secret-variable.js';

/** One request as programs that send it. */
export interface Snippets {
  readonly curl: string;
  readonly node: string;
  readonly python: string;
  /** Where they read the secret; absent where they need none. */
  readonly secretVariable?: string;
  /** Why they send it unsigned although the sender signs. */
  readonly unsigned?: string;
}

/**
 * Writes programs that send one request, signed as its sender signs. The secret is never in them: they read it from
 * the environment. Signed times, and event ids in headers, are made when they run.
 */
export function writeSnippets(input: SnippetInput): Snippets {
  const recipe = toRecipe(input);
  return {
    curl: toCurl(recipe),
    node: toNode(recipe),
    python: toPython(recipe),
    ...(recipe.needsSecret && { secretVariable: SECRET_VARIABLE }),
    ...(recipe.unsigned !== undefined && { unsigned: recipe.unsigned }),
  };
}
