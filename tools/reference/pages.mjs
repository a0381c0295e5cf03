// All generated pages of docs/, by their path from there.
import { bullets, page } from './markdown.mjs';
import { senderPage } from './sender-page.mjs';
import { stepPage } from './step-page.mjs';

/** @param {{senders: readonly object[], steps: readonly object[]}} known as the API shows them */
export function referencePages({ senders, steps }) {
  const byName = senders.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return new Map([
    [
      'senders/README.md',
      listPage(
        'Senders',
        byName.map(({ id, name }) => [name, id]),
      ),
    ],
    ...senders.map((sender) => [`senders/${sender.id}.md`, senderPage(sender)]),
    [
      'steps/README.md',
      listPage(
        'Steps',
        steps.map(({ type, title }) => [title, type]),
      ),
    ],
    ...steps.map((step) => [`steps/${step.type}.md`, stepPage(step)]),
  ]);
}

function listPage(title, links) {
  const note = 'Made from the definitions by `npm run docs`.';
  return page(title, [note, bullets(links.map(([name, file]) => `[${name}](${file}.md)`))]);
}
