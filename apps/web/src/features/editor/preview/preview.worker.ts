/** Entry of the worker that evaluates settings on sample data. Started by `startPreviewWorker`, never imported. */
import { hardenSharedParts, SettingPreview } from '@hookloom/expressions/preview';
import type { PreviewAnswer, PreviewReply, PreviewRequest } from './preview-messages.js';
import { lookOf } from './value-look.js';

let preview = new SettingPreview('{}');
const isHardened = hardenSharedParts();

self.addEventListener('message', (event: MessageEvent<PreviewRequest>) => {
  const { data } = event;
  if (data.kind === 'scope') preview = new SettingPreview(data.json);
  else void answer(data);
});

async function answer({ id, setting, timeoutMs }: Extract<PreviewRequest, { kind: 'ask' }>): Promise<void> {
  await isHardened;
  const reply: PreviewReply = { id, answer: toAnswer(await preview.evaluate(setting, timeoutMs)) };
  self.postMessage(reply);
}

function toAnswer(result: Awaited<ReturnType<SettingPreview['evaluate']>>): PreviewAnswer {
  if (result.ok) return { ok: true, look: lookOf(JSON.parse(result.json)) };
  const { message, position } = result;
  return { ok: false, message, ...(position === undefined ? {} : { position }) };
}
