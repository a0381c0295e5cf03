/** A workflow of `count` steps: rows of plain steps with a branch every tenth step whose two ways meet again. */
export function longWorkflow(count) {
  const steps = [{ id: 'hook', type: 'trigger.webhook', name: 'Order paid', config: {} }];
  const edges = [];
  let ends = [{ source: 'hook' }];
  const follow = (step) => {
    steps.push(step);
    for (const end of ends) edges.push({ ...end, target: step.id });
    ends = [{ source: step.id }];
  };
  while (steps.length < count) {
    const at = steps.length;
    if (at % 10 !== 0 || at + 3 > count) {
      follow(plainStep(at));
      continue;
    }
    follow({
      id: `s${at}`,
      type: 'if',
      name: `Over ${at}?`,
      config: { condition: `trigger.body.total > ${at}` },
    });
    const ways = ['true', 'false'].map((handle, side) => {
      const step = plainStep(at + 1 + side);
      steps.push(step);
      edges.push({ source: `s${at}`, sourceHandle: handle, target: step.id });
      return { source: step.id };
    });
    ends = ways;
  }
  return { format: 1, steps, edges, settings: {} };
}

function plainStep(at) {
  const id = `s${at}`;
  if (at % 3 === 0) {
    return {
      id,
      type: 'http',
      name: `Call ${at}`,
      config: { method: 'POST', url: `https://example.com/orders/${at}` },
    };
  }
  return { id, type: 'transform', name: `Shape ${at}`, config: { expression: '{ "id": trigger.body.id }' } };
}
