/** The call that stores a Slack incoming webhook, for a terminal; the key comes from the environment. */
export function firstConnectionCurl(origin: string): string {
  const body = {
    name: 'Team Slack',
    type: 'slack.webhook',
    data: { url: 'https://hooks.slack.com/services/…' },
  };
  return [
    `curl ${origin}/api/v1/connections \\`,
    '  -H "Authorization: Bearer $HOOKLOOM_API_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify(body, undefined, 2)}'`,
  ].join('\n');
}
