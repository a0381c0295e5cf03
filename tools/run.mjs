// npm start, npm run start:api, start:worker and hookloom: runs the built program, after a build if it is out of date.
import { build, isStale } from './build.mjs';

if (isStale()) {
  process.stderr.write('The sources are newer than the last build; building first.\n');
  const code = await build();
  if (code !== 0) {
    process.stderr.write(
      'The build failed; its last lines say why. After a git pull, run npm install first.\n',
    );
    process.exit(code);
  }
}
await import('../apps/launcher/dist/cli.js');
