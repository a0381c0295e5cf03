import type { SenderSamples } from './sample.js';

/** Monitoring, clouds and content. */
export const operationsSamples: SenderSamples = {
  pagerduty: [
    {
      name: 'incident.triggered',
      headers: {
        'user-agent': 'PagerDuty-Webhook/V3.0',
        'x-webhook-id': '0e8a2b6c-1d3f-4a5b-9c7d-8e9f0a1b2c3d',
      },
      json: {
        event: {
          id: '01DEXAMPLE5ac74',
          event_type: 'incident.triggered',
          resource_type: 'incident',
          occurred_at: '2026-11-18T11:06:40.000Z',
          data: {
            id: 'PGR0VU2',
            type: 'incident',
            number: 42,
            status: 'triggered',
            title: 'Checkout answers slowly',
            urgency: 'high',
            service: { id: 'PF9KMXH', summary: 'Storefront' },
          },
        },
      },
    },
  ],
  grafana: [
    {
      name: 'firing',
      headers: { 'user-agent': 'Grafana' },
      json: {
        receiver: 'hookloom',
        status: 'firing',
        alerts: [
          {
            status: 'firing',
            labels: { alertname: 'High latency', severity: 'critical' },
            annotations: { summary: 'Checkout takes over 2 s' },
            startsAt: '2026-11-18T11:06:40Z',
            fingerprint: 'c6eadffa33fcdf37',
          },
        ],
        groupLabels: { alertname: 'High latency' },
        version: '1',
        title: '[FIRING:1] High latency',
        state: 'alerting',
      },
    },
  ],
  datadog: [
    {
      name: 'Alert',
      json: {
        id: '7741042',
        title: '[Triggered] Checkout answers slowly',
        event_type: 'query_alert_monitor',
        alert_transition: 'Triggered',
        priority: 'normal',
      },
    },
  ],
  'aws-sns': [
    {
      name: 'Notification',
      headers: {
        'content-type': 'text/plain; charset=UTF-8',
        'user-agent': 'Amazon Simple Notification Service Agent',
        'x-amz-sns-message-type': 'Notification',
        'x-amz-sns-message-id': '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      },
      json: {
        Type: 'Notification',
        MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
        TopicArn: 'arn:aws:sns:eu-west-1:123456789012:orders',
        Subject: 'Order',
        Message: '{"order":1042,"total":49}',
        Timestamp: '2026-11-18T11:06:40.000Z',
      },
    },
  ],
  'azure-event-grid': [
    {
      name: 'Microsoft.Storage.BlobCreated',
      headers: { 'aeg-event-type': 'Notification' },
      json: [
        {
          id: '831e1650-001e-001b-66ab-eeb76e069631',
          topic:
            '/subscriptions/example/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/example',
          subject: '/blobServices/default/containers/orders/blobs/1042.json',
          eventType: 'Microsoft.Storage.BlobCreated',
          eventTime: '2026-11-18T11:06:40.000Z',
          dataVersion: '1',
          metadataVersion: '1',
          data: { api: 'PutBlob', contentType: 'application/json', contentLength: 524 },
        },
      ],
    },
  ],
  'google-pubsub': [
    {
      name: 'order.created',
      json: {
        message: {
          attributes: { eventType: 'order.created' },
          data: 'eyJvcmRlciI6MTA0MiwidG90YWwiOjQ5fQ==',
          messageId: '2070443601311540',
          publishTime: '2026-11-18T11:06:40.000Z',
        },
        subscription: 'projects/example/subscriptions/orders',
      },
    },
  ],
  contentful: [
    {
      name: 'ContentManagement.Entry.publish',
      headers: {
        'content-type': 'application/vnd.contentful.management.v1+json',
        'x-contentful-topic': 'ContentManagement.Entry.publish',
        'x-contentful-webhook-name': 'Site rebuild',
        'x-contentful-idempotency-key': '9b4d2f6a1c8e3f5079b1d2c3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d',
      },
      json: {
        sys: {
          type: 'Entry',
          id: '3Kexample1',
          space: { sys: { id: 'exampleSpace' } },
          contentType: { sys: { id: 'article' } },
          revision: 4,
        },
        fields: { title: { 'en-US': 'Desk lamps compared' }, slug: { 'en-US': 'desk-lamps' } },
      },
    },
  ],
  sanity: [
    {
      name: 'create',
      headers: {
        'sanity-operation': 'create',
        'idempotency-key': 'exampleKey0042',
        'sanity-project-id': 'example1',
        'sanity-dataset': 'production',
      },
      json: {
        _id: 'article-desk-lamps',
        _type: 'article',
        title: 'Desk lamps compared',
        slug: { current: 'desk-lamps' },
      },
    },
  ],
  ghost: [
    {
      name: 'Post published',
      headers: { 'user-agent': 'Ghost/5.96 (https://github.com/TryGhost/Ghost)' },
      json: {
        post: {
          current: {
            id: '65f1c0a2b3c4d5e6f7081924',
            title: 'Desk lamps compared',
            slug: 'desk-lamps',
            status: 'published',
            url: 'https://blog.example.com/desk-lamps/',
          },
          previous: { status: 'draft' },
        },
      },
    },
  ],
  storyblok: [
    {
      name: 'published',
      json: {
        text: 'The user ana@example.com published the Story Desk lamps',
        action: 'published',
        space_id: 42,
        story_id: 1042,
        full_slug: 'blog/desk-lamps',
      },
    },
  ],
  webflow: [
    {
      name: 'form_submission',
      json: {
        triggerType: 'form_submission',
        payload: {
          name: 'Contact us',
          siteId: '65427cf400e02b306eaa049c',
          data: { Email: 'ana@example.com' },
          submittedAt: '2026-11-18T11:06:40.000Z',
          id: '6321ca84df3949bfc6752327',
        },
      },
    },
  ],
};
