import type { Icon } from '../../ui/statuses.js';

export const COMMAND_GROUPS = ['here', 'go', 'workflows', 'app'] as const;
/** Where a command belongs: to the page that is open, to the places, to one workflow, to Hookloom as a whole. */
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Something that can be done from anywhere by its words. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: CommandGroup;
  readonly icon?: Icon;
  /** Keys that do the same, written as in the table of shortcuts. */
  readonly keys?: readonly string[];
  run(): void;
}

export interface FoundGroup {
  readonly group: CommandGroup;
  readonly commands: readonly Command[];
}

/** Of one group no more are shown: who wants the others types. */
const MOST_OF_A_GROUP = 12;

/** The commands whose labels have all the words, the best group and the best command first. */
export function foundCommands(commands: readonly Command[], words: string): FoundGroup[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const scored = commands
    .map((command) => ({ command, score: scoreOf(fold(command.label), wanted) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score);
  const order = wanted.length === 0 ? COMMAND_GROUPS : new Set(scored.map(({ command }) => command.group));
  return [...order]
    .map((group) => ({
      group,
      commands: scored
        .map(({ command }) => command)
        .filter((command) => command.group === group)
        .slice(0, MOST_OF_A_GROUP),
    }))
    .filter((found) => found.commands.length > 0);
}

/** 0: a word is missing. Beginnings of the label count most, then beginnings of its words. */
function scoreOf(label: string, wanted: readonly string[]): number {
  const scores = wanted.map((word) => {
    const at = label.indexOf(word);
    if (at <= 0) return at === 0 ? 3 : 0;
    return /[\p{L}\p{N}]/u.test(label[at - 1] ?? '') ? 1 : 2;
  });
  if (scores.includes(0)) return 0;
  return 1 + scores.reduce<number>((sum, score) => sum + score, 0);
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();
}
