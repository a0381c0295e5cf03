import { CreditCard, GitBranch, Hash, KeyRound, ShoppingBag, Webhook } from '@lucide/vue';
import type { Icon } from '../../ui/statuses.js';

const ICONS: Readonly<Record<string, Icon>> = {
  github: GitBranch,
  stripe: CreditCard,
  shopify: ShoppingBag,
  slack: Hash,
  hmac: KeyRound,
  'standard-webhooks': KeyRound,
};

/** A neutral icon for what a sender does; no brand marks. */
export function senderIcon(sender: string | undefined): Icon {
  return (sender === undefined ? undefined : ICONS[sender]) ?? Webhook;
}
