import { useI18n } from 'vue-i18n';
import { ApiError, ConnectionError } from './errors.js';

/** What a person reads about an error: what happened, and why or what to do. */
export interface ErrorSentences {
  readonly title: string;
  readonly text?: string;
}

/** Both in one line. */
export function joinSentences({ title, text }: ErrorSentences): string {
  return text === undefined ? title : `${title} ${text}`;
}

/** Turns any error into its two sentences. Of an ApiError both are the server's own words. */
export function useErrorSentences() {
  const { t } = useI18n();
  return (error: unknown): ErrorSentences => {
    if (error instanceof ConnectionError) return { title: t('error.lost'), text: t('error.lostText') };
    if (!(error instanceof ApiError)) return { title: t('error.shape'), text: t('error.shapeText') };
    const { title, detail, errors } = error.problem;
    const text = [detail, ...(errors ?? []).map(({ message }) => message)].filter(Boolean).join(' ');
    return text === '' || text === title ? { title } : { title, text };
  };
}
