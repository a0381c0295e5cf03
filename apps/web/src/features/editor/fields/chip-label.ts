import type { Kind } from '../../../ui/step-icons.js';
import type { StepLabel } from './field-context.js';
import type { PathPart } from './paths.js';

/** What a chip says instead of a path: whose value it is, and where in it. */
export interface ChipLabel {
  readonly owner: string;
  readonly where: string;
  readonly kind: Kind | undefined;
  readonly icon: string | undefined;
  /** The step that it names is not in the workflow. */
  readonly isGone: boolean;
}

/** What the owners are called, and what is known of the steps. */
export interface ChipWords {
  readonly steps: ReadonlyMap<string, StepLabel>;
  readonly trigger: StepLabel | undefined;
  /** The word for a name at the root, such as `vars`. */
  readonly rootWord: (root: string) => string;
}

/** @param path a path whose first part is a name that expressions see */
export function chipLabel(path: readonly PathPart[], words: ChipWords): ChipLabel {
  const [root, ...rest] = path;
  const plain = { kind: undefined, icon: undefined, isGone: false };
  if (root === 'trigger' && words.trigger) {
    const inside = rest[0] === 'body' && rest.length > 1 ? rest.slice(1) : rest;
    const { name, kind, icon } = words.trigger;
    return { owner: name, where: toWhere(inside), kind, icon, isGone: false };
  }
  if (root === 'steps' && rest[0] !== undefined) {
    const [id, ...inside] = rest;
    const step = words.steps.get(String(id));
    if (step === undefined) return { ...plain, owner: String(id), where: toWhere(inside), isGone: true };
    return { owner: step.name, where: toWhere(inside), kind: step.kind, icon: step.icon, isGone: false };
  }
  return { ...plain, owner: words.rootWord(String(root)), where: toWhere(rest) };
}

/** Indexes count from 1, as people do. */
function toWhere(parts: readonly PathPart[]): string {
  return parts.map((part) => (typeof part === 'number' ? `#${part + 1}` : part)).join(' › ');
}
