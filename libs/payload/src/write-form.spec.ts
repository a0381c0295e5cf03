import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.js';
import { writeForm } from './write-form.js';

const values = { name: 'Ana "A" Öz', amount: 12.5, agree: true, topics: ['a', 'b'], none: null };
const read = (written: ReturnType<typeof writeForm>) => {
  const reading = readBody({ bytes: written.body, contentType: written.contentType, ref: 'event' });
  return reading.ok ? reading.value : reading.message;
};

describe('a form that is written', () => {
  it('is JSON without files', () => {
    const written = writeForm(values, [], 'b');
    expect(written.contentType).toBe('application/json');
    expect(read(written)).toEqual(values);
  });

  it('reads the same with files, which are kept by reference', () => {
    const content = Buffer.from([0, 1, 13, 10, 255]);
    const file = { name: 'cv', filename: 'Lebenslauf "ä".pdf', contentType: 'application/pdf', content };
    const empty = { name: 'photo', filename: 'x', contentType: undefined, content: Buffer.alloc(0) };
    expect(read(writeForm(values, [file, empty], 'b-1'))).toEqual({
      ...values,
      cv: { filename: 'Lebenslauf "ä".pdf', contentType: 'application/pdf', size: 5, ref: 'event#1' },
      photo: { filename: 'x', contentType: 'application/octet-stream', size: 0, ref: 'event#2' },
    });
  });
});
