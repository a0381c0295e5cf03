const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/** References are followed this deep; deeper ones show their name. */
const DEEPEST = 6;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A value of the schema's shape, for people to read. */
function exampleOf(schema, api, depth = 0) {
  if (schema === undefined || schema === true) return 'any value';
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').pop();
    return depth > DEEPEST ? name : exampleOf(api.components.schemas[name], api, depth + 1);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum.join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return exampleOf(choices[0], api, depth + 1);
  if (schema.type === 'object' || schema.properties !== undefined) return objectExample(schema, api, depth);
  if (schema.type === 'array') return [exampleOf(schema.items, api, depth + 1)];
  return schema.format ?? schema.type ?? 'any value';
}

function objectExample(schema, api, depth) {
  const required = new Set(schema.required ?? []);
  const entries = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    required.has(name) ? name : `${name}?`,
    exampleOf(property, api, depth + 1),
  ]);
  if (entries.length > 0) return Object.fromEntries(entries);
  return schema.additionalProperties ? { '…': exampleOf(schema.additionalProperties, api, depth + 1) } : {};
}

function block(title, schema, api) {
  const text = JSON.stringify(exampleOf(schema, api), null, 2);
  return [element('h3', {}, title), element('pre', { tabindex: '0' }, element('code', {}, text))];
}

function answers(operation, api) {
  const list = element('dl');
  const blocks = [];
  for (const [status, response] of Object.entries(operation.responses)) {
    list.append(element('dt', {}, element('code', {}, status)), element('dd', {}, response.description));
    const schema = response.content?.['application/json']?.schema;
    if (schema !== undefined) blocks.push(...block('Answer', schema, api));
  }
  return [element('h3', {}, 'Statuses'), list, ...blocks];
}

function parameters(operation) {
  if (operation.parameters === undefined) return [];
  const list = element('dl');
  for (const { name, in: place, required, schema } of operation.parameters) {
    const words = [
      place,
      required ? 'required' : 'optional',
      schema?.enum?.join(' | ') ?? schema?.type ?? '',
    ];
    list.append(
      element('dt', {}, element('code', {}, name)),
      element('dd', {}, words.filter(Boolean).join(', ')),
    );
  }
  return [element('h3', {}, 'Parameters'), list];
}

function operationOf(method, path, operation, api) {
  const head = element(
    'summary',
    {},
    element('span', { class: 'method' }, method.toUpperCase()),
    element('code', {}, path),
    element('span', { class: 'summary' }, operation.summary),
  );
  const details = element('details', { id: operation.operationId }, head);
  details.addEventListener('toggle', () => fill(details, operation, api), { once: true });
  return details;
}

function fill(details, operation, api) {
  const body = operation.requestBody?.content['application/json']?.schema;
  const access =
    operation['x-access'] === 'public' ? 'Anybody may call this.' : `Needs: ${operation['x-access']}.`;
  details.append(
    element('p', { class: 'soft' }, access),
    ...parameters(operation),
    ...(body === undefined ? [] : block('Body', body, api)),
    ...answers(operation, api),
  );
}

function groups(api) {
  const byTag = new Map();
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((name) => methods[name] !== undefined)) {
      const operation = methods[method];
      const [tag] = operation.tags;
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationOf(method, path, operation, api)]);
    }
  }
  return [...byTag].sort(([one], [other]) => one.localeCompare(other));
}

function show(api) {
  const operations = document.getElementById('operations');
  const nav = document.querySelector('nav');
  operations.replaceChildren();
  for (const [tag, shown] of groups(api)) {
    nav.append(element('a', { href: `#${tag}` }, tag));
    operations.append(element('section', {}, element('h2', { id: tag }, tag), ...shown));
  }
}

try {
  const response = await fetch('/api/v1/openapi.json');
  show(await response.json());
} catch {
  document.getElementById('operations').textContent = 'The description could not be loaded. Reload the page.';
}
