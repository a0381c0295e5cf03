import type { AlertTarget, Problem } from '@hookloom/contracts';

type FieldErrors = NonNullable<Problem['errors']>;

/** One plain address, as mail steps take it. */
const ADDRESS = /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+$/;

/**
 * What keeps alerts from reaching a target.
 *
 * @param types of the project's connections, by key
 */
export function findTargetErrors(
  { connection, to, channel }: AlertTarget,
  types: ReadonlyMap<string, string>,
  path: string,
): FieldErrors {
  switch (types.get(connection)) {
    case 'smtp': {
      const addresses = (to ?? '').split(',').map((address) => address.trim());
      const wrong = addresses.find((address) => !ADDRESS.test(address));
      if (wrong === undefined) return [];
      const message = wrong === '' ? 'Say to whom the mail goes.' : `“${wrong}” is no plain e-mail address.`;
      return [{ path: `${path}.to`, message }];
    }
    case 'slack.bot':
      return channel === undefined
        ? [{ path: `${path}.channel`, message: 'A bot needs a channel to post to.' }]
        : [];
    case 'slack.webhook':
      return [];
    case undefined:
      return [{ path: `${path}.connection`, message: `There is no connection “${connection}”.` }];
    default:
      return [
        { path: `${path}.connection`, message: 'Alerts go by e-mail or Slack. Choose such a connection.' },
      ];
  }
}
