import { describe, expect, it } from 'vitest';
import { checkSettings } from './settings-check.js';

const paths = (settings: Parameters<typeof checkSettings>[0], unreadable = new Map<string, string>()) =>
  checkSettings(settings, unreadable).map(({ code, path }) => `${code} ${path}`);

describe('checkSettings', () => {
  it('finds nothing wrong with settings that are whole', () => {
    expect(paths({})).toEqual([]);
    expect(paths({ lane: { key: 'trigger.body.id', mode: 'debounce', seconds: 5 } })).toEqual([]);
    expect(
      paths({
        rateLimits: [
          { host: 'api.example.com', limit: 5 },
          { host: '10.0.0.1:8080', limit: 1 },
        ],
      }),
    ).toEqual([]);
  });

  it('says what is missing in a lane, and why its key cannot be read', () => {
    expect(paths({ lane: { key: ' ', mode: 'debounce' } })).toEqual([
      'missing_field settings.lane.key',
      'missing_field settings.lane.seconds',
    ]);
    expect(paths({ lane: { key: 'a(' } }, new Map([['expression a(', 'It ends too early.']]))).toEqual([
      'unreadable_expression settings.lane.key',
    ]);
  });

  it('says where a limit has no host yet', () => {
    expect(paths({ rateLimits: [{ host: '', limit: 1 }] })).toEqual([
      'missing_field settings.rateLimits.0.host',
    ]);
  });

  it('refuses what is no host, and a second limit for the same one', () => {
    const rateLimits = [
      { host: 'https://api.example.com', limit: 5 },
      { host: 'api.example.com', limit: 5 },
      { host: 'API.example.com', limit: 9 },
    ];
    expect(paths({ rateLimits })).toEqual([
      'invalid_field settings.rateLimits.0.host',
      'invalid_field settings.rateLimits.2.host',
    ]);
  });
});
