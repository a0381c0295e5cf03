// Stands in for the launcher: starts the database in the folder it is given, says where, and stops it at SIGTERM.
import { startEmbeddedPostgres } from '../dist/index.js';

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
try {
  const database = await startEmbeddedPostgres({
    dataDir: process.argv[2],
    log: (text) => say({ log: text }),
  });
  process.once('SIGUSR2', () => database.announceStop());
  process.once('SIGTERM', () => database.stop().then(() => process.exit(0)));
  say({ url: database.url, dataDir: database.dataDir });
} catch (error) {
  say({ code: error.code, message: error.message });
  process.exitCode = 1;
}
