import type { SenderSamples } from './sample.js';

const repository = {
  id: 186853002,
  name: 'storefront',
  full_name: 'example-org/storefront',
  html_url: 'https://github.example.com/example-org/storefront',
  default_branch: 'main',
  private: false,
};
const sender = { login: 'ana-example', id: 21031067, type: 'User' };
const githubHeaders = (event: string, delivery: string) => ({
  'user-agent': 'GitHub-Hookshot/044aadd',
  'x-github-event': event,
  'x-github-delivery': delivery,
  'x-github-hook-id': '292430182',
  'x-github-hook-installation-target-type': 'repository',
});

/** Code, builds, deployments and errors. */
export const developmentSamples: SenderSamples = {
  github: [
    {
      name: 'push',
      headers: githubHeaders('push', '72d3162e-cc78-11e3-81ab-4c9367dc0958'),
      json: {
        ref: 'refs/heads/main',
        before: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
        after: '7f2a1c9be03d4f5a6b7c8d9e0f1a2b3c4d5e6f70',
        created: false,
        deleted: false,
        forced: false,
        compare: 'https://github.example.com/example-org/storefront/compare/6113728f27ae...7f2a1c9be03d',
        commits: [
          {
            id: '7f2a1c9be03d4f5a6b7c8d9e0f1a2b3c4d5e6f70',
            message: 'Show the delivery date',
            timestamp: '2026-11-18T12:06:40+01:00',
            author: { name: 'Ana Example', email: 'ana@example.com', username: 'ana-example' },
            added: [],
            removed: [],
            modified: ['src/delivery.ts'],
          },
        ],
        repository,
        pusher: { name: 'ana-example', email: 'ana@example.com' },
        sender,
      },
    },
    {
      name: 'pull_request',
      headers: githubHeaders('pull_request', '8e1d5a40-cc78-11e3-8b2f-1f0c3a2d9b77'),
      json: {
        action: 'opened',
        number: 42,
        pull_request: {
          id: 191568743,
          number: 42,
          state: 'open',
          title: 'Show the delivery date',
          html_url: 'https://github.example.com/example-org/storefront/pull/42',
          user: sender,
          head: { ref: 'delivery-date', sha: '7f2a1c9be03d4f5a6b7c8d9e0f1a2b3c4d5e6f70' },
          base: { ref: 'main' },
          draft: false,
          merged: false,
        },
        repository,
        sender,
      },
    },
    {
      name: 'release',
      headers: githubHeaders('release', '9a2c7b10-cc78-11e3-9d40-6b7e8f9a0b1c'),
      json: {
        action: 'published',
        release: {
          id: 17372790,
          tag_name: 'v1.4.0',
          name: '1.4.0',
          body: 'Delivery dates on every order page.',
          html_url: 'https://github.example.com/example-org/storefront/releases/tag/v1.4.0',
          draft: false,
          prerelease: false,
          author: sender,
        },
        repository,
        sender,
      },
    },
  ],
  gitlab: [
    {
      name: 'Push Hook',
      headers: {
        'x-gitlab-event': 'Push Hook',
        'x-gitlab-instance': 'https://gitlab.example.com',
        'user-agent': 'GitLab/18.5.0',
        'idempotency-key': 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f',
      },
      json: {
        object_kind: 'push',
        event_name: 'push',
        ref: 'refs/heads/main',
        checkout_sha: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
        user_username: 'ana-example',
        project: { id: 15, name: 'Storefront', path_with_namespace: 'example/storefront' },
        commits: [{ id: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7', message: 'Show the delivery date' }],
        total_commits_count: 1,
      },
    },
  ],
  bitbucket: [
    {
      name: 'repo:push',
      headers: {
        'user-agent': 'Bitbucket-Webhooks/2.0',
        'x-event-key': 'repo:push',
        'x-hook-uuid': '3b1f9a52-6a0f-4c8d-9d3e-5f7a1b2c3d4e',
        'x-request-uuid': 'c1f52a5e-3a2b-4d6f-8e9a-0b1c2d3e4f5a',
      },
      json: {
        actor: { type: 'user', nickname: 'ana-example', display_name: 'Ana Example' },
        repository: { type: 'repository', name: 'storefront', full_name: 'example/storefront' },
        push: {
          changes: [{ new: { type: 'branch', name: 'main' }, created: false, closed: false, forced: false }],
        },
      },
    },
  ],
  vercel: [
    {
      name: 'deployment.succeeded',
      json: {
        id: 'uev_CexampleJ8FMq2',
        type: 'deployment.succeeded',
        createdAt: 1795000000000,
        region: 'fra1',
        payload: {
          team: { id: 'team_exampleQ1' },
          project: { id: 'prj_exampleZ7' },
          target: 'production',
          deployment: {
            id: 'dpl_exampleR4',
            name: 'storefront',
            url: 'storefront-example.vercel.app',
            meta: {},
          },
        },
      },
    },
  ],
  netlify: [
    {
      name: 'deploy_created',
      headers: { 'x-netlify-event': 'deploy_created' },
      json: {
        id: '5d2f1e0c9b8a7f6e5d4c3b2a',
        site_id: '3f1c5a7e-1111-4222-8333-444455556666',
        state: 'ready',
        name: 'example-storefront',
        url: 'https://storefront.example.com',
        branch: 'main',
        deploy_time: 42,
      },
    },
  ],
  sentry: [
    {
      name: 'issue',
      headers: { 'sentry-hook-resource': 'issue', 'request-id': '6f1b2c3d4e5f60718293a4b5c6d7e8f9' },
      json: {
        action: 'created',
        installation: { uuid: 'a8e5d37a-696c-4c54-adb5-b3f28d64c7de' },
        data: {
          issue: {
            id: '1170820242',
            shortId: 'STOREFRONT-7',
            title: 'TypeError: total is undefined',
            culprit: 'checkout/total.ts',
            level: 'error',
            status: 'unresolved',
            project: { id: '1', name: 'storefront', slug: 'storefront' },
          },
        },
        actor: { type: 'application', id: 'sentry', name: 'Sentry' },
      },
    },
  ],
  circleci: [
    {
      name: 'workflow-completed',
      headers: { 'circleci-event-type': 'workflow-completed', 'user-agent': 'CircleCI-Webhook/1.0' },
      json: {
        id: '3888f21b-eaa7-38e3-8f3d-75a63bba8895',
        type: 'workflow-completed',
        happened_at: '2026-11-18T11:06:40.000Z',
        webhook: { id: 'cf8c4fdd-0587-4da1-b4ca-4846e9640af9', name: 'Builds' },
        workflow: { id: 'fda08377-fe7e-46b1-8992-3a7aaecac9c3', name: 'build-and-test', status: 'success' },
        project: { name: 'storefront', slug: 'github/example-org/storefront' },
      },
    },
  ],
  heroku: [
    {
      name: 'api:release',
      json: {
        id: '8d2e1f3a-1c2b-4a5d-9e8f-7a6b5c4d3e2f',
        action: 'create',
        resource: 'release',
        created_at: '2026-11-18T11:06:40Z',
        data: { app: { name: 'example-storefront' }, status: 'succeeded', version: 42 },
        webhook_metadata: {
          attempt: { id: '9e3f2a4b-2d3c-4b6e-8f9a-8b7c6d5e4f3a' },
          delivery: { id: '0f4a3b5c-3e4d-4c7f-9a0b-9c8d7e6f5a4b' },
          event: { id: '8d2e1f3a-1c2b-4a5d-9e8f-7a6b5c4d3e2f', include: 'api:release' },
        },
      },
    },
  ],
  linear: [
    {
      name: 'Issue',
      headers: {
        'user-agent': 'Linear-Webhook',
        'linear-event': 'Issue',
        'linear-delivery': '234d1a4e-b617-4388-90fe-adc3633d6b72',
      },
      json: {
        action: 'create',
        type: 'Issue',
        createdAt: '2026-11-18T11:06:40.000Z',
        data: {
          id: '2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9',
          identifier: 'SHOP-42',
          title: 'Total is wrong',
          priority: 2,
        },
        url: 'https://linear.example.com/example/issue/SHOP-42',
        webhookId: '000042e3-d123-4980-b49f-8e140eef9329',
      },
    },
  ],
  'atlassian-hmac': [
    {
      name: 'jira:issue_created',
      headers: { 'x-atlassian-webhook-identifier': '1f2e3d4c-5b6a-4798-8897-a6b5c4d3e2f1' },
      json: {
        timestamp: 1795000000000,
        webhookEvent: 'jira:issue_created',
        issue_event_type_name: 'issue_created',
        user: { accountId: 'example:1', displayName: 'Ana Example' },
        issue: {
          id: '10042',
          key: 'SHOP-42',
          fields: { summary: 'Total is wrong', issuetype: { name: 'Bug' }, priority: { name: 'High' } },
        },
      },
    },
  ],
  buildkite: [
    {
      name: 'build.finished',
      headers: { 'x-buildkite-event': 'build.finished', 'x-buildkite-request': 'rr_exampleK2x9' },
      json: {
        event: 'build.finished',
        build: { id: 'f62a1b4d-10f9-4790-bc1c-e2c3a0c80983', number: 42, state: 'passed', branch: 'main' },
        pipeline: { slug: 'storefront' },
      },
    },
  ],
  launchdarkly: [
    {
      name: 'flag',
      json: {
        _id: '57c0af609969090743529967',
        kind: 'flag',
        date: 1795000000000,
        name: 'Delivery date',
        description: 'Turned on in Production',
        member: { email: 'ana@example.com' },
      },
    },
  ],
};
