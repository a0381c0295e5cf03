import type { EndpointView } from '@hookloom/contracts';
import { inject, provide, type ComputedRef, type InjectionKey } from 'vue';
import type { Sender } from '../../../api/senders.api.js';
import type { EndpointSettings } from './useEndpointSettings.js';

/** An endpoint whose settings are on the screen: what every part of its panel works with. */
export interface EndpointPanel {
  readonly endpoint: ComputedRef<EndpointView>;
  /** Its sender; `undefined` until the catalogue is there. */
  readonly sender: ComputedRef<Sender | undefined>;
  readonly settings: EndpointSettings;
}

const KEY: InjectionKey<EndpointPanel> = Symbol('endpoint');

export function provideEndpoint(panel: EndpointPanel): void {
  provide(KEY, panel);
}

/** @throws outside the panel of an endpoint */
export function useEndpoint(): EndpointPanel {
  const panel = inject(KEY);
  if (panel === undefined) throw new Error('There is no endpoint around this component.');
  return panel;
}
