/** A document to begin with: one trigger URL, whose events are reshaped by one step. */
const FIRST = `{
    "name": "My first workflow",
    "definition": {
      "format": 1,
      "steps": [
        {"id": "hook", "type": "trigger.webhook", "name": "Anything arrives"},
        {"id": "shape", "type": "transform", "name": "Shape",
         "config": {"expression": "{ \\"received\\": trigger.body }"}}
      ],
      "edges": [{"source": "hook", "target": "shape"}]
    }
  }`;

/** The call that makes a first workflow, for a terminal; the key comes from the environment. */
export function firstWorkflowCurl(origin: string): string {
  return [
    `curl ${origin}/api/v1/workflows \\`,
    '  -H "Authorization: Bearer $HOOKLOOM_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${FIRST}'`,
  ].join('\n');
}
