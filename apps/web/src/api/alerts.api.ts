import { AlertMessageView, AlertSettings, AlertView, WorkflowAlerts, type AlertTarget } from './contracts.js';
import { get, postOnly, put } from './http.js';
import { pageOf } from './page.js';

const Alerts = pageOf(AlertView);
const Messages = pageOf(AlertMessageView);
/** As many as one looks at. */
const LATEST = 20;

export const alertsApi = {
  open: (signal?: AbortSignal) => get(Alerts, '/alerts', { query: { open: 'true', limit: 200 }, signal }),
  messages: (signal?: AbortSignal) => get(Messages, '/alerts/messages', { query: { limit: LATEST }, signal }),
  settings: (signal?: AbortSignal) => get(AlertSettings, '/alerts/settings', { signal }),
  save: (settings: AlertSettings) => put(AlertSettings, '/alerts/settings', settings),
  /** Goes the way of every alert; what came of it stands among the messages. */
  test: (target: AlertTarget) => postOnly('/alerts/test', target),
  ofWorkflow: (id: string, signal?: AbortSignal) =>
    get(WorkflowAlerts, `/workflows/${id}/alerts`, { signal }),
  saveOfWorkflow: (id: string, alerts: WorkflowAlerts) =>
    put(WorkflowAlerts, `/workflows/${id}/alerts`, alerts),
};
