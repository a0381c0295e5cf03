import { z } from 'zod';
import { ROLES } from './words.js';

/** As browsers check it, so that `owner@localhost` and the names of a house's own network may sign in, too. */
export const LoginEmail = z
  .email({ pattern: z.regexes.html5Email, error: 'Write an e-mail address such as owner@example.com.' })
  .max(320);

export const SessionUser = z
  .object({ id: z.uuid(), email: z.string(), name: z.string(), role: z.enum(ROLES) })
  .meta({ id: 'SessionUser' });
export type SessionUser = z.infer<typeof SessionUser>;
export const SessionView = z
  .object({ user: SessionUser.nullable(), setupOpen: z.boolean() })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

/** Where this server is, for those who work on it. */
export const ServerView = z
  .object({ publicUrl: z.url().meta({ description: 'What trigger URLs begin with.' }) })
  .meta({ id: 'Server' });
export type ServerView = z.infer<typeof ServerView>;

/** At least 10 characters; not a very common or repetitive one (checked by the service). */
export const NewPassword = z.string().min(10, 'Use at least 10 characters.').max(256);
export const SetupInput = z
  .object({
    email: LoginEmail,
    password: NewPassword,
    name: z.string().trim().max(200).optional(),
    token: z.string().max(256),
  })
  .meta({ id: 'SetupInput' });
export const LoginInput = z
  .object({ email: z.string().max(320), password: z.string().max(1024) })
  .meta({ id: 'LoginInput' });

export const API_KEY_SCOPES = ['read', 'run', 'edit', 'admin'] as const;
export const ApiKeyInput = z
  .object({
    name: z.string().trim().min(1).max(200),
    scopes: z.array(z.enum(API_KEY_SCOPES)).min(1).optional(),
  })
  .meta({ id: 'ApiKeyInput' });
export const ApiKeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(API_KEY_SCOPES)),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.infer<typeof ApiKeyView>;

/** What a route asks for. Each role and each scope grants a set of these. */
export const PERMISSIONS = ['read', 'execute', 'edit', 'connections', 'admin'] as const;
export type Permission = (typeof PERMISSIONS)[number];
