import type { Evaluated, StepError } from '@hookloom/step-kit';
import { answerHttp, runStep, type HttpAnswer } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { httpStep } from './http.step.js';

const URL = 'https://api.example.com/orders';

function page(body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

async function fetchAll(pagination: Record<string, unknown>, answers: HttpAnswer[]) {
  const http = answerHttp(...answers);
  const outcome = await runStep(httpStep, { config: { url: URL, pagination }, http });
  const { output } = outcome as { output: Evaluated };
  return { body: JSON.parse(output.json).body, urls: http.sent.map(({ url }) => url) };
}

describe('pagination', () => {
  it('follows the Link header until there is no next page', async () => {
    const link = { link: `<${URL}?p=1>; rel="prev", <${URL}?p=2>; rel="next"` };
    const { body, urls } = await fetchAll({ next: 'link-header' }, [page([1, 2], link), page([3])]);
    expect(body).toEqual([1, 2, 3]);
    expect(urls).toEqual([URL, `${URL}?p=2`]);
  });

  it('follows an address in the body', async () => {
    const answers = [
      page({ data: [1], paging: { next: '/orders?after=1' } }),
      page({ data: [2], paging: {} }),
    ];
    const { body, urls } = await fetchAll({ next: 'body', path: 'paging.next', items: 'data' }, answers);
    expect(body).toEqual([1, 2]);
    expect(urls).toEqual([URL, `${URL}?after=1`]);
  });

  it('counts a parameter up until a page is empty', async () => {
    const { body, urls } = await fetchAll({ next: 'parameter', parameter: 'p', start: 0 }, [
      page([1]),
      page([]),
    ]);
    expect(body).toEqual([1]);
    expect(urls).toEqual([`${URL}?p=0`, `${URL}?p=1`]);
  });

  it('ends at the limit', async () => {
    const { body, urls } = await fetchAll({ next: 'parameter', maxPages: 3 }, [page([1])]);
    expect(body).toEqual([1, 1, 1]);
    expect(urls).toHaveLength(3);
  });

  it('does not take a login to another address', async () => {
    const call = fetchAll({ next: 'body', path: 'next', items: 'data' }, [
      page({ data: [], next: 'https://evil.example/' }),
    ]);
    await expect(call).rejects.toMatchObject({ code: 'address_not_allowed' });
  });

  it('says where it looked for the items', async () => {
    const error = (await fetchAll({ next: 'body', items: 'data' }, [page({ data: 'x' })]).catch(
      (e: unknown) => e,
    )) as StepError;
    expect(error.message).toContain('no list at “data”');
  });
});
