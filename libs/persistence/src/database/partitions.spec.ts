import { expect, it } from 'vitest';
import { lowestId } from './partitions.js';

it('gives an id at every time that a date can name', () => {
  expect(lowestId(1_795_000_000_000)).toBe('01a1ee56-5e00-0000-0000-000000000000');
  expect(lowestId(-62_167_219_200_000)).toBe('00000000-0000-0000-0000-000000000000');
  expect(lowestId(8_640_000_000_000_000)).toBe('ffffffff-ffff-0000-0000-000000000000');
});
