import { Inbox, LayoutTemplate, ListTree, Plug, Settings2, Workflow } from '@lucide/vue';

/** The places of the frame, in order; `within` names the routes that belong to each. */
export const PLACES = [
  { name: 'workflows', icon: Workflow, within: ['workflows', 'workflow', 'edit'] },
  { name: 'templates', icon: LayoutTemplate, within: ['templates', 'template'] },
  { name: 'events', icon: Inbox, within: ['events', 'endpoints', 'endpoint'] },
  { name: 'runs', icon: ListTree, within: ['runs', 'run'] },
  { name: 'connections', icon: Plug, within: ['connections'] },
  { name: 'settings', icon: Settings2, within: ['settings', 'storage'] },
] as const;

/** One of them. */
export type Place = (typeof PLACES)[number];
