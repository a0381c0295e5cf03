import { WorkflowInput } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { firstWorkflowCurl } from './first-workflow.js';

describe('firstWorkflowCurl', () => {
  it('sends a document that the API takes', () => {
    const [, body = ''] = /-d '([^']*)'$/.exec(firstWorkflowCurl('http://localhost:3210')) ?? [];
    expect(WorkflowInput.parse(JSON.parse(body)).definition.steps).toHaveLength(2);
  });
});
