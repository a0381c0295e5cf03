// Markdown from parts; what comes from data cannot break out of its cell.

export const code = (text) => `\`${text}\``;

export function page(title, parts) {
  return [`# ${title}`, ...parts].join('\n\n') + '\n';
}

export const bullets = (lines) => lines.map((line) => `- ${line}`).join('\n');

export function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cellText(cell)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const cellText = (text) =>
  String(text ?? '')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');
