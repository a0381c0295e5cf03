import {
  Activity,
  ClipboardList,
  CreditCard,
  GitBranch,
  Hash,
  KeyRound,
  MessageCircle,
  Newspaper,
  RefreshCw,
  ShoppingBag,
  Wallet,
  Webhook,
} from '@lucide/vue';
import type { Icon } from '../../ui/statuses.js';

const ICONS: Readonly<Record<string, Icon>> = {
  github: GitBranch,
  stripe: CreditCard,
  paypal: Wallet,
  grafana: Activity,
  typeform: ClipboardList,
  sanity: Newspaper,
  meta: MessageCircle,
  shopify: ShoppingBag,
  slack: Hash,
  form: ClipboardList,
  poll: RefreshCw,
  hmac: KeyRound,
  'standard-webhooks': KeyRound,
};

/** A neutral icon for what a sender does; no brand marks. */
export function senderIcon(sender: string | undefined): Icon {
  return (sender === undefined ? undefined : ICONS[sender]) ?? Webhook;
}
