import {
  Box,
  Braces,
  Calendar,
  CirclePlay,
  CircleStop,
  ClipboardList,
  Clock,
  Code,
  Database,
  Filter,
  Globe,
  Hand,
  Hash,
  Hourglass,
  Mail,
  OctagonX,
  RefreshCw,
  Repeat,
  Reply,
  Split,
  Timer,
  TriangleAlert,
  Webhook,
  Workflow,
  Zap,
} from '@lucide/vue';
import type { Icon } from './statuses.js';

/** The lucide icons that step types name, bundled one by one; an unknown name falls back to its kind's icon. */
const BY_NAME: Readonly<Record<string, Icon>> = {
  box: Box,
  braces: Braces,
  calendar: Calendar,
  'circle-play': CirclePlay,
  play: CirclePlay,
  'circle-stop': CircleStop,
  'octagon-x': OctagonX,
  'clipboard-list': ClipboardList,
  clock: Clock,
  code: Code,
  database: Database,
  filter: Filter,
  funnel: Filter,
  globe: Globe,
  hand: Hand,
  hash: Hash,
  slack: Hash,
  hourglass: Hourglass,
  mail: Mail,
  'refresh-cw': RefreshCw,
  repeat: Repeat,
  reply: Reply,
  split: Split,
  'git-branch': Split,
  timer: Timer,
  'triangle-alert': TriangleAlert,
  webhook: Webhook,
  workflow: Workflow,
  zap: Zap,
};

export type Kind = 'trigger' | 'logic' | 'data' | 'send' | 'wait' | 'code';

const BY_KIND: Readonly<Record<Kind, Icon>> = {
  trigger: Zap,
  logic: Split,
  data: Braces,
  send: Globe,
  wait: Hourglass,
  code: Code,
};

export function stepIcon(name: string | undefined, kind: Kind): Icon {
  return (name === undefined ? undefined : BY_NAME[name]) ?? BY_KIND[kind];
}
