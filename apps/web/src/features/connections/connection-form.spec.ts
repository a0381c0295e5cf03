import { describe, expect, it } from 'vitest';
import { fieldsOf, toData } from './connection-form.js';

const smtp = {
  type: 'smtp',
  title: 'E-mail server',
  description: '',
  dataSchema: {
    properties: {
      host: { type: 'string', title: 'Host' },
      port: { type: 'integer', title: 'Port' },
      secure: { type: 'boolean', title: 'TLS', default: false },
      way: { type: 'string', title: 'Way', enum: ['a', 'b'], labels: { a: 'First' }, default: 'a' },
      password: { type: 'string', title: 'Password', secret: true },
    },
    required: ['host', 'port'],
  },
};

describe('the form of a connection', () => {
  const fields = fieldsOf(smtp);

  it('is drawn from the type’s schema', () => {
    expect(fields.map(({ label, kind, isRequired }) => [label, kind, isRequired])).toEqual([
      ['Host', 'text', true],
      ['Port', 'number', true],
      ['TLS', 'switch', false],
      ['Way', 'select', false],
      ['Password', 'secret', false],
    ]);
  });

  it('offers the values of a choice in words where there are some', () => {
    expect(fields.find(({ name }) => name === 'way')?.options).toEqual([
      { value: 'a', label: 'First' },
      { value: 'b', label: 'b' },
    ]);
  });

  it('gives data of the declared kinds, without what was left empty', () => {
    const typed = { host: ' mail.example.com ', port: '587', secure: 'true', password: '' };
    expect(toData(fields, typed)).toEqual({ host: 'mail.example.com', port: 587, secure: true });
  });

  it('leaves it to the server to say that a text is no number', () => {
    expect(toData(fields, { port: 'abc' })).toEqual({ port: 'abc' });
  });
});
