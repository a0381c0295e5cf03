import type { Problem } from './contracts.js';

/** The server answered with problem details: its sentence is what a person reads. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
  }
  get status(): number {
    return this.problem.status;
  }
}

/** No answer came: the server is away, or this device is offline. */
export class ConnectionError extends Error {
  constructor(cause: unknown) {
    super('No answer from Hookloom.', { cause });
    this.name = 'ConnectionError';
  }
}

/** An answer came, but not in the shape of the contract: this page is older or newer than the server. */
export class ContractError extends Error {
  constructor(path: string, cause: unknown) {
    super(`The answer to ${path} does not have the expected shape.`, { cause });
    this.name = 'ContractError';
  }
}
