import type { WorkflowActivity, WorkflowSummary } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { chooseRows, nextSort, toRow } from './workflow-rows.js';

const at = '2026-11-22T10:00:00.000Z';
const ALL = { words: '', status: '', sender: '' };

function aWorkflow(name: string, more: Partial<WorkflowSummary> = {}): WorkflowSummary {
  const id = '0190b3f0-0000-7000-8000-000000000001';
  const key = name.toLowerCase().replaceAll(' ', '-');
  const status = 'live' as const;
  return {
    id,
    key,
    name,
    revision: 1,
    liveVersion: 1,
    status,
    senders: [],
    startsByHand: false,
    createdBy: null,
    updatedBy: null,
    createdAt: at,
    updatedAt: at,
    ...more,
  };
}

function anActivity(last: 'succeeded' | 'failed', hours: [number, number][]): WorkflowActivity {
  const workflowId = '0190b3f0-0000-7000-8000-000000000001';
  return {
    workflowId,
    lastRun: { id: workflowId, status: last, createdAt: at },
    hours: hours.map(([succeeded, failed]) => ({ succeeded, failed })),
  };
}

const names = (rows: ReturnType<typeof chooseRows>) => rows.map(({ workflow }) => workflow.name);

describe('a row of the list of workflows', () => {
  it('sums its hours, and is a problem while the last run failed', () => {
    const row = toRow(
      aWorkflow('A'),
      anActivity('failed', [
        [3, 0],
        [0, 1],
      ]),
    );
    expect(row).toMatchObject({ status: 'problem', runs: 4, success: 0.75 });
  });
  it('is no problem where nothing is live or nothing ran', () => {
    expect(toRow(aWorkflow('A', { status: 'paused' }), anActivity('failed', [])).status).toBe('paused');
    expect(toRow(aWorkflow('A'), undefined)).toMatchObject({ status: 'live', success: undefined });
  });
});

describe('the rows that are shown', () => {
  const rows = [
    toRow(aWorkflow('Order 10', { senders: ['shopify'] }), anActivity('succeeded', [[1, 1]])),
    toRow(aWorkflow('Order 9', { status: 'draft' }), undefined),
    toRow(aWorkflow('Refunds', { senders: ['stripe'] }), anActivity('failed', [[9, 0]])),
  ];
  it('fit words, status and sender together', () => {
    expect(names(chooseRows(rows, { ...ALL, words: 'ORDER' }, ''))).toEqual(['Order 10', 'Order 9']);
    expect(names(chooseRows(rows, { ...ALL, status: 'problem' }, ''))).toEqual(['Refunds']);
    expect(names(chooseRows(rows, { ...ALL, words: 'order', sender: 'shopify' }, ''))).toEqual(['Order 10']);
  });
  it('are sorted as people count, either way', () => {
    expect(names(chooseRows(rows, ALL, 'name'))).toEqual(['Order 9', 'Order 10', 'Refunds']);
    expect(names(chooseRows(rows, ALL, '-success'))).toEqual(['Refunds', 'Order 10', 'Order 9']);
    expect(names(chooseRows(rows, ALL, 'nonsense'))).toEqual(['Order 10', 'Order 9', 'Refunds']);
  });
  it('are found among 1,000', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => toRow(aWorkflow(`Workflow ${n}`), undefined));
    expect(chooseRows(many, { ...ALL, words: '99' }, 'name')).toHaveLength(19);
  });
});

it('a column is sorted up, then down, then not', () => {
  expect(['', 'name', '-name', 'runs'].map((now) => nextSort(now, 'name'))).toEqual([
    'name',
    '-name',
    '',
    'name',
  ]);
});
