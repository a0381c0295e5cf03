import { randomUUID } from 'node:crypto';
import { statusByRoutes } from '@hookloom/persistence';
import { Injectable } from '@nestjs/common';
import { EventParts } from '../event-parts.js';
import type { Filled } from '../pages/form-fields.js';
import { messagePage } from '../pages/page.js';
import { FormSource, type OpenForm } from './form-source.service.js';
import { formPage, thanksPage } from './form-page.js';
import { readSubmission } from './submission.js';

/** What a browser gets; `goesTo`: where it is led on to. */
export interface FormAnswer {
  readonly status: number;
  readonly html: string;
  readonly goesTo?: string | undefined;
  readonly retryAfterSeconds?: number;
}

/** A form as it was sent. */
export interface SentPage {
  readonly body: Buffer;
  readonly contentType: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const UNKNOWN: FormAnswer = {
  status: 404,
  html: messagePage(
    'No form at this address',
    'Look whether the address was copied whole, or ask whoever sent it to you.',
  ),
};
/** The answer to what is larger than its form takes. */
export const TOO_LARGE: FormAnswer = {
  status: 413,
  html: messagePage('Nothing was sent: it is too large', 'Go back, choose smaller files and send it again.'),
};
const NOT_STORED = messagePage(
  'Nothing was sent: it could not be stored',
  'Go back and press the button again in a moment.',
);
const TOO_MANY = messagePage(
  'Nothing was sent: this form is used too often just now',
  'Go back and press the button again in a moment.',
);

/** Pages that people fill in. */
@Injectable()
export class FormsService {
  constructor(
    private readonly source: FormSource,
    private readonly running: EventParts,
  ) {}

  /** The largest body that the form at an address takes, bytes; `undefined`: there is none. Reads no body. */
  async roomAt(token: string): Promise<number | undefined> {
    return (await this.source.findEndpoint(token))?.settings.maxBodyBytes;
  }

  async show(token: string): Promise<FormAnswer> {
    const open = await this.find(token);
    return open ? page(open) : UNKNOWN;
  }

  async take(token: string, sent: SentPage): Promise<FormAnswer> {
    const startedAt = performance.now();
    const open = await this.find(token);
    if (!open) return UNKNOWN;
    const { form, endpoint } = open;
    if (sent.body.length > endpoint.settings.maxBodyBytes) return TOO_LARGE;
    const { body, contentType, headers } = sent;
    const submission = readSubmission(form.fields, { body, contentType, boundary: randomUUID() });
    if (!submission.ok) return page(open, submission.filled);
    const { written, dedupeKey } = submission;
    const outcome = await this.running.forms.take({
      token,
      endpoint,
      written,
      dedupeKey,
      headers,
      startedAt,
    });
    switch (outcome.kind) {
      case 'stored':
        return {
          status: form.redirect === undefined ? 200 : 303,
          html: thanksPage(form, outcome.status),
          goesTo: form.redirect,
        };
      case 'gone':
        return UNKNOWN;
      case 'unavailable':
        return { status: 503, html: NOT_STORED, retryAfterSeconds: 5 };
      case 'limited':
        return {
          status: 429,
          html: TOO_MANY,
          retryAfterSeconds: outcome.retryAfterSeconds,
        };
    }
  }

  private async find(token: string): Promise<OpenForm | undefined> {
    const endpoint = await this.source.findEndpoint(token);
    return endpoint && this.source.findForm(endpoint);
  }
}

/** The page to fill in, for the first time or again. */
function page({ form, endpoint }: OpenForm, filled?: Filled): FormAnswer {
  const state = statusByRoutes(endpoint.routes);
  const html = formPage(form, { state, submission: randomUUID(), ...(filled ? { filled } : {}) });
  return { status: filled ? 422 : 200, html, goesTo: form.redirect };
}
