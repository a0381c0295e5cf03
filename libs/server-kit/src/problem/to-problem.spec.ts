import { HttpException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { conflict, invalid, tooMany } from './problem-error.js';
import { toProblem } from './to-problem.js';

const withCode = (code: string, more: object = {}) =>
  Object.assign(new Error('inner words'), { code, ...more });

describe('toProblem', () => {
  it.each([
    [
      'our own refusal',
      conflict('taken', 'Taken.'),
      { title: 'Conflict', status: 409, detail: 'Taken.', code: 'taken' },
    ],
    [
      'bad fields',
      invalid([{ path: 'a', message: 'b' }]),
      { status: 422, errors: [{ path: 'a', message: 'b' }] },
    ],
    ['what Nest refuses', new HttpException('Cannot GET /x', 404), { status: 404, title: 'Not Found' }],
    ['what Fastify refuses', withCode('FST_ERR_CTP_BODY_TOO_LARGE', { statusCode: 413 }), { status: 413 }],
    ['another of Fastify', withCode('FST_ERR_SOMETHING', { statusCode: 431 }), { status: 431 }],
    ['a database that is away', withCode('ECONNREFUSED'), { status: 503 }],
    [
      'a database that is away, through TypeORM',
      Object.assign(new Error(), { driverError: withCode('57P01') }),
      { status: 503 },
    ],
    ['a deadlock', withCode('40P01'), { status: 503 }],
    ['U+0000', withCode('22021'), { status: 422 }],
    ['a row that was deleted meanwhile', withCode('23503'), { status: 409 }],
    ['a fault of ours', new Error('inner words'), { status: 500 }],
    ['what is no error', 'inner words', { status: 500 }],
  ])('answers %s', (_name, error, problem) => {
    const answer = toProblem(error);
    expect(answer.problem).toMatchObject(problem);
    expect(JSON.stringify(answer.problem)).not.toContain('inner words');
  });

  it('says how long to wait', () => {
    expect(toProblem(tooMany('Wait.', 0.2)).headers).toEqual({ 'retry-after': '1' });
    expect(toProblem(withCode('ECONNRESET')).headers).toEqual({ 'retry-after': '2' });
  });

  it('calls only what nobody foresaw unexpected', () => {
    expect(toProblem(new Error()).unexpected).toBe(true);
    expect(toProblem(conflict('a', 'b')).unexpected).toBe(false);
  });
});
