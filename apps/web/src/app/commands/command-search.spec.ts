import { describe, expect, it } from 'vitest';
import { foundCommands, type Command, type CommandGroup } from './command-search.js';

const aCommand = (label: string, group: CommandGroup = 'go'): Command => ({
  id: label,
  label,
  group,
  run: () => undefined,
});
const labels = (commands: readonly Command[], words: string) =>
  foundCommands(commands, words).flatMap((found) => found.commands.map(({ label }) => label));

describe('foundCommands', () => {
  it('shows every group in its order while nothing is typed', () => {
    const commands = [aCommand('Dark theme', 'app'), aCommand('Runs', 'go'), aCommand('Publish', 'here')];
    expect(labels(commands, ' ')).toEqual(['Publish', 'Runs', 'Dark theme']);
  });

  it('wants all the words, in any order and with or without accents', () => {
    const commands = [aCommand('Commandes à Genève'), aCommand('Commandes'), aCommand('Genève')];
    expect(labels(commands, 'geneve comm')).toEqual(['Commandes à Genève']);
  });

  it('puts what begins so before what has it inside', () => {
    const commands = [aCommand('Pruned'), aCommand('Test run'), aCommand('Runs')];
    expect(labels(commands, 'run')).toEqual(['Runs', 'Test run', 'Pruned']);
  });

  it('puts the group of the best hit first', () => {
    const commands = [aCommand('Redo orders', 'here'), aCommand('Orders', 'workflows')];
    expect(labels(commands, 'ord')).toEqual(['Orders', 'Redo orders']);
  });

  it('shows a dozen of a group at most', () => {
    const many = Array.from({ length: 40 }, (_, n) => aCommand(`Orders ${n}`, 'workflows'));
    expect(labels(many, 'orders')).toHaveLength(12);
  });
});
