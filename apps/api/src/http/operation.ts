import type { Access } from '@hookloom/server-kit';
import { Body, HttpCode, Param, Query, applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { z } from 'zod';
import { IdPipe, NumberPipe, SchemaPipe } from './schema.pipe.js';

/** What a route says about itself. Access, validation and the OpenAPI document all read this and nothing else. */
export interface OperationOptions {
  readonly access: Access;
  readonly summary: string;
  /** Status of success; 200 when left out. */
  readonly status?: number;
  /** Schema of the answer's body; none for 204. */
  readonly answer?: z.ZodType;
  /** The answer is a page `{items, nextCursor}` of `answer`. */
  readonly paged?: boolean;
  /** Statuses of refusals beside 401, 403, 422 and, with an id in the path, 404; with the reason. */
  readonly refusals?: Readonly<Record<number, string>>;
  /** Content type of the answer when it is not JSON. */
  readonly produces?: string;
  /** No part of the API: left out of its document. */
  readonly hidden?: boolean;
  /** Refused with 409 once an owner exists, before the body is read. */
  readonly onlyDuringSetup?: boolean;
}

/** What a route takes in, noted by the parameter decorators that check it. */
export interface OperationInputs {
  body?: z.ZodType;
  query?: z.ZodObject;
}

export interface OperationRecord extends OperationOptions, OperationInputs {}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Without it the route answers 403 to everybody. */
    operation?: OperationRecord;
  }
}

const INPUTS = new WeakMap<object, Map<string | symbol, OperationInputs>>();

function inputsOf(target: object, method: string | symbol): OperationInputs {
  const methods = INPUTS.get(target) ?? new Map<string | symbol, OperationInputs>();
  INPUTS.set(target, methods);
  const inputs = methods.get(method) ?? {};
  methods.set(method, inputs);
  return inputs;
}

/** Declares a route: who may call it, what it answers, and (by its parameters) what it takes. */
export function Operation(options: OperationOptions): MethodDecorator {
  return (target, method, descriptor) => {
    const operation: OperationRecord = { ...options, ...inputsOf(target, method) };
    applyDecorators(RouteConfig({ operation }), HttpCode(options.status ?? 200))(target, method, descriptor);
  };
}

/** The JSON body, checked by `schema`: 422 with a line for each field. */
export function JsonBody(schema: z.ZodType): ParameterDecorator {
  return (target, method, index) => {
    if (method !== undefined) inputsOf(target, method).body = schema;
    Body(new SchemaPipe(schema))(target, method, index);
  };
}

/** The JSON body as it came: its service checks it by `schema` after something that must come first. */
export function UncheckedBody(schema: z.ZodType): ParameterDecorator {
  return (target, method, index) => {
    if (method !== undefined) inputsOf(target, method).body = schema;
    Body()(target, method, index);
  };
}

/** The query string, checked by `schema`: 422 with a line for each field. */
export function QueryParams(schema: z.ZodObject): ParameterDecorator {
  return (target, method, index) => {
    if (method !== undefined) inputsOf(target, method).query = schema;
    Query(new SchemaPipe(schema))(target, method, index);
  };
}

/** The `id` of the path: a text that is no UUID names nothing, so 404. `what`: the word for the thing. */
export function IdParam(what: string, name = 'id'): ParameterDecorator {
  return Param(name, new IdPipe(what));
}

/** A number of the path, from 1; anything else names nothing, so 404. */
export function NumberParam(name: string): ParameterDecorator {
  return Param(name, new NumberPipe(name));
}
