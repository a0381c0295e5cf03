import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../../apps/launcher/src/commands.js';

/** No engine runs here: these tests read the files as one would, and compare them with what the product has. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Instruction {
  name: string;
  rest: string;
}

/** Lines of a Dockerfile, continued ones joined, comments left out. */
function parseDockerfile(text: string): Instruction[] {
  const joined = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n/g, ' ');
  return joined
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      return { name, rest: rest.trim() };
    });
}

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  command?: string[];
  environment?: Record<string, string>;
  deploy?: { replicas: number };
  volumes?: string[];
  depends_on?: Record<string, unknown>;
  stop_grace_period?: string;
}

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

const composeFiles = ['docker/compose.yaml', 'docker/compose.scale.yaml'];
const compose = (path: string): Compose => parse(read(path), { merge: true });
const commandNames = COMMANDS.map(({ name }) => name);
/** A tag that names one release: digits with dots, not `latest` and not a major version alone. */
const pinned = /^[a-z0-9./-]+:\d+\.\d+\.?\d*(-[a-z0-9]+)*$/;

describe('the Dockerfile', () => {
  const instructions = parseDockerfile(read('docker/Dockerfile'));
  const all = (name: string) =>
    instructions.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
  const last = (name: string) => all(name).at(-1);

  it('holds only instructions that exist', () => {
    const known = [
      'FROM',
      'WORKDIR',
      'COPY',
      'RUN',
      'ENV',
      'USER',
      'VOLUME',
      'EXPOSE',
      'STOPSIGNAL',
      'HEALTHCHECK',
      'ENTRYPOINT',
      'CMD',
    ];
    expect(known).toEqual(expect.arrayContaining([...new Set(instructions.map(({ name }) => name))]));
  });

  it('starts from one pinned Debian image, and its stages from one another', () => {
    const stages: string[] = [];
    for (const from of all('FROM')) {
      const [, image = '', , stage] = /^(\S+)( AS (\S+))?$/.exec(from) ?? [];
      if (!stages.includes(image)) expect(image).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim$/);
      if (stage) stages.push(stage);
    }
    for (const copy of all('COPY')) {
      const stage = /--from=(\S+)/.exec(copy)?.[1];
      if (stage) expect(stages).toContain(stage);
    }
  });

  it('copies files that are there', () => {
    for (const copy of all('COPY').filter((rest) => !rest.includes('--from'))) {
      for (const source of copy.split(/\s+/).slice(0, -1))
        expect(existsSync(join(root, source)), source).toBe(true);
    }
  });

  it('installs the packages of apps that are there', () => {
    const workspaces = [
      ...all('RUN')
        .join(' ')
        .matchAll(/--workspace=(\S+)/g),
    ].map((match) => match[1] ?? '');
    expect(workspaces).toHaveLength(3);
    for (const workspace of workspaces) expect(existsSync(join(root, workspace, 'package.json'))).toBe(true);
  });

  it('runs a command of the product as an ordinary user, open to other containers', () => {
    expect(last('USER')).toBe('node');
    expect(JSON.parse(last('ENTRYPOINT') ?? '')).toEqual(['hookloom']);
    expect(commandNames).toContain(JSON.parse(last('CMD') ?? '')[0]);
    expect(all('ENV').join(' ')).toContain('HOOKLOOM_HOST=0.0.0.0');
    expect(last('HEALTHCHECK')).toContain('docker/healthcheck.mjs');
  });
});

describe.each(composeFiles)('%s', (path) => {
  const { services, volumes } = compose(path);
  const own = Object.values(services).filter(({ build }) => build);

  it('runs commands that the product has', () => {
    expect(own.length).toBeGreaterThan(0);
    for (const { command = [] } of own) expect(commandNames).toContain(command[0]);
  });

  it('builds from the Dockerfile beside it', () => {
    for (const { build } of own) {
      expect(existsSync(join(root, 'docker', build?.context ?? '', build?.dockerfile ?? ''))).toBe(true);
    }
  });

  it('pins every image', () => {
    for (const { image } of Object.values(services)) expect(image).toMatch(pinned);
  });

  it('sets only variables that the product reads', () => {
    const contract = read('README.md');
    for (const { environment = {} } of own) {
      for (const name of Object.keys(environment)) expect(contract).toContain(`\`${name}\``);
    }
  });

  it('names only services and volumes that it has', () => {
    for (const { depends_on = {}, volumes: mounts = [] } of Object.values(services)) {
      expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(depends_on)));
      for (const mount of mounts) {
        const source = mount.split(':')[0] ?? '';
        if (source.startsWith('.')) expect(existsSync(join(root, 'docker', source)), source).toBe(true);
        else expect(Object.keys(volumes)).toContain(source);
      }
    }
  });

  it('gives a stop the time that draining takes', () => {
    for (const { stop_grace_period } of own)
      expect(Number.parseInt(stop_grace_period ?? '0', 10)).toBeGreaterThan(30);
  });
});

describe('the topology for many processes', () => {
  const { services } = compose('docker/compose.scale.yaml');

  it('has two api and three worker processes, a database, a bell and a proxy', () => {
    expect(services['api']?.deploy?.replicas).toBe(2);
    expect(services['worker']?.deploy?.replicas).toBe(3);
    expect(Object.keys(services).sort()).toEqual(['api', 'postgres', 'proxy', 'redis', 'worker']);
  });

  it('asks for every value that its example file names', () => {
    const named = [...read('docker/scale.env.example').matchAll(/^([A-Z_]+)=/gm)].map(
      (match) => match[1] ?? '',
    );
    for (const name of named) expect(read('docker/compose.scale.yaml')).toContain(`\${${name}`);
  });

  it('sends the proxy to the port where the api listens', () => {
    expect(read('docker/Caddyfile')).toMatch(/dynamic a api 3210\b/);
    expect(read('docker/Caddyfile').split('{').length).toBe(read('docker/Caddyfile').split('}').length);
  });
});
