import { Problem } from '@hookloom/contracts';
import { z } from 'zod';
import type { OperationRecord } from '../http/operation.js';
import type { RegisteredRoute } from '../http/route-table.js';
import { SchemaComponents, type JsonSchema } from './schema-components.js';

/** A route that the document describes. */
interface DescribedRoute {
  readonly method: string;
  readonly url: string;
  readonly operation: OperationRecord;
}

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** The OpenAPI 3.1 document, made from the routes as they are registered and the schemas that check them. */
export function buildOpenApi(routes: readonly RegisteredRoute[], serverUrl: string): JsonSchema {
  const described = describedRoutes(routes);
  const components = new SchemaComponents();
  for (const { operation } of described) {
    if (operation.body) components.note(operation.body, 'input');
    if (operation.answer) components.note(answerOf(operation), 'output');
  }
  const paths: Record<string, JsonSchema> = {};
  for (const route of described) {
    const path = route.url.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route, components) };
  }
  components.toSchema(Problem, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hookloom',
      version: '1',
      description: 'Errors are RFC 9457 problem details. Lists are newest first. Times are ISO 8601 UTC.',
    },
    servers: [{ url: serverUrl }],
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: hl_…' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'hookloom_session',
          description: 'A signed-in browser.',
        },
      },
    },
  };
}

/** HEAD comes with every GET by itself. */
function describedRoutes(routes: readonly RegisteredRoute[]): DescribedRoute[] {
  return routes.flatMap(({ method, url, operation }) =>
    operation && operation.hidden !== true && method !== 'HEAD' ? [{ method, url, operation }] : [],
  );
}

function answerOf(operation: OperationRecord): z.ZodType {
  const answer = operation.answer ?? z.unknown();
  return operation.paged ? z.object({ items: z.array(answer), nextCursor: z.string().nullable() }) : answer;
}

function describe(route: DescribedRoute, components: SchemaComponents): JsonSchema {
  const { operation } = route;
  const parameters = [...pathParameters(route.url), ...queryParameters(operation, components)];
  return {
    operationId: operationIdOf(route),
    tags: [tagOf(route.url)],
    summary: operation.summary,
    'x-access': operation.access,
    ...(operation.access === 'public' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body ? { requestBody: requestBody(operation.body, components) } : {}),
    responses: responsesOf(route, components),
  };
}

function requestBody(body: z.ZodType, components: SchemaComponents): JsonSchema {
  const required = !body.safeParse(undefined).success;
  return { required, content: { 'application/json': { schema: components.toSchema(body, 'input') } } };
}

function pathParameters(url: string): JsonSchema[] {
  return [...url.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema:
      name === 'id'
        ? { type: 'string', format: 'uuid' }
        : { type: name === 'version' ? 'integer' : 'string' },
  }));
}

function queryParameters(operation: OperationRecord, components: SchemaComponents): JsonSchema[] {
  return Object.entries(operation.query?.shape ?? {})
    .map(([name, field]) => ({
      name,
      in: 'query',
      required: !z.safeParse(field, undefined).success,
      schema: components.toSchema(z.object({ field }), 'input')['properties'],
    }))
    .map(({ schema, ...parameter }) => ({ ...parameter, schema: fieldOf(schema) }));
}

function fieldOf(properties: unknown): unknown {
  return typeof properties === 'object' && properties !== null && 'field' in properties
    ? properties.field
    : {};
}

function responsesOf(route: DescribedRoute, components: SchemaComponents): JsonSchema {
  const { operation } = route;
  const refusals: Record<number, string> = {
    ...(operation.body ? { 400: 'The body cannot be read.' } : {}),
    ...(operation.access === 'public'
      ? {}
      : { 401: 'Nobody is signed in.', 403: 'No right to do this, or a foreign Origin.' }),
    ...(/:\w/.test(route.url) ? { 404: 'Not there, or in another project.' } : {}),
    ...(operation.body || operation.query ? { 422: 'The input is invalid; `errors` says where.' } : {}),
    ...operation.refusals,
  };
  const problems = Object.entries(refusals).map(
    ([status, description]) => [status, { description, content: PROBLEM }] as const,
  );
  return {
    [String(operation.status ?? 200)]: successOf(operation, components),
    ...Object.fromEntries(problems),
    default: { description: 'Any other refusal.', content: PROBLEM },
  };
}

function successOf(operation: OperationRecord, components: SchemaComponents): JsonSchema {
  if (operation.produces !== undefined) {
    return { description: 'Done.', content: { [operation.produces]: { schema: { type: 'string' } } } };
  }
  if (!operation.answer) return { description: 'Done; nothing to say.' };
  const schema = components.toSchema(answerOf(operation), 'output');
  return { description: 'Done.', content: { 'application/json': { schema } } };
}

/** `post /api/v1/workflows/:id/publish` is `postWorkflowsByIdPublish`. */
function operationIdOf({ method, url }: DescribedRoute): string {
  const words = url.replace('/api/v1', '').split(/[/.-]/).filter(Boolean);
  const name = words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word)));
  return `${method.toLowerCase()}${name.join('')}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function tagOf(url: string): string {
  return url.replace('/api/v1/', '/').split('/')[1] ?? '';
}
