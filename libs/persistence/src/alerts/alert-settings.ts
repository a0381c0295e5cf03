import { AlertSettings, WorkflowAlerts, type AlertTarget } from '@hookloom/contracts';

/** Name of the project's alert settings among its settings. */
export const ALERTS_SETTING = 'alerts';

export const ALERTS_OFF: AlertSettings = AlertSettings.parse({});

/** @param json what is stored; nothing means that nobody is told */
export function readAlertSettings(json: string | undefined): AlertSettings {
  return json === undefined ? ALERTS_OFF : AlertSettings.parse(JSON.parse(json));
}

/** @param json what is stored for a workflow; nothing follows the project */
export function readWorkflowAlerts(json: string | null): WorkflowAlerts {
  return json === null ? { mode: 'project' } : WorkflowAlerts.parse(JSON.parse(json));
}

/** What holds for a workflow. */
export function settingsFor(project: AlertSettings, own: WorkflowAlerts): AlertSettings {
  if (own.mode === 'off') return ALERTS_OFF;
  return own.mode === 'own' && own.settings ? own.settings : project;
}

/** One target always as the same text, so that messages to it can be counted. */
export function targetText({ connection, to, channel }: AlertTarget): string {
  return JSON.stringify({ connection, to, channel });
}
