import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Logger } from '../logging/logger.js';
import { toProblem } from './to-problem.js';

/** The part of a Fastify reply that the filter needs. */
interface ProblemReply {
  code(status: number): ProblemReply;
  headers(values: Readonly<Record<string, string>>): ProblemReply;
  send(body: string): unknown;
}

/** Every error that leaves the app as problem+json: no stack, no SQL, no second format. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { problem, headers, unexpected } = toProblem(error);
    if (unexpected) this.logger.error({ err: error }, 'a request failed unexpectedly');
    host
      .switchToHttp()
      .getResponse<ProblemReply>()
      .code(problem.status)
      .headers({ ...headers, 'content-type': 'application/problem+json; charset=utf-8' })
      .send(JSON.stringify(problem));
  }
}
