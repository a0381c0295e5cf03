import { expect, it } from 'vitest';
import { fieldOf, fitting } from './alert-targets.js';

it.each([
  ['smtp', 'to'],
  ['slack.bot', 'channel'],
  ['slack.webhook', undefined],
  [undefined, undefined],
])('asks for what a connection of the type %s needs', (type, field) => {
  expect(fieldOf(type)).toBe(field);
});

it('sends only what fits the connection', () => {
  const target = { connection: 'ops', to: 'ana@example.com', channel: '#ops' };
  expect(fitting(target, 'smtp')).toEqual({ connection: 'ops', to: 'ana@example.com' });
  expect(fitting(target, 'slack.bot')).toEqual({ connection: 'ops', channel: '#ops' });
  expect(fitting({ ...target, to: '' }, 'smtp')).toEqual({ connection: 'ops' });
});
