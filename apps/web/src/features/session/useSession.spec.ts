import { describe, expect, it } from 'vitest';
import { safeReturnPath } from './useSession.js';

describe('safeReturnPath', () => {
  it('leads back to a page of ours', () => {
    expect(safeReturnPath('/runs?status=failed')).toBe('/runs?status=failed');
  });
  it('never leads to another site', () => {
    const elsewhere = [
      '//evil.test',
      '/\\\\evil.test',
      'https://evil.test',
      'javascript:alert(1)',
      undefined,
      ['/runs'],
    ];
    expect(elsewhere.map(safeReturnPath)).toEqual(elsewhere.map(() => '/workflows'));
  });
});
