import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defaultClientConditions, defaultServerConditions, defineConfig, type Plugin } from 'vite';

const SOURCE = 'hookloom-source';
const TEXT = /\.(js|css|svg|html)$/;

/** Writes a .gz and a .br beside every text file, so that the server compresses nothing while it serves. */
function precompress(): Plugin {
  let out = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: ({ root, build }) => void (out = resolve(root, build.outDir)),
    async closeBundle() {
      const entries = await readdir(out, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name));
      await Promise.all(files.map((file) => compress(join(file.parentPath, file.name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes));
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
}

export default defineConfig({
  plugins: [vue(), precompress()],
  resolve: { conditions: [SOURCE, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [SOURCE, ...defaultServerConditions] } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    target: 'es2022',
    // The content security policy allows no data: addresses for scripts and styles.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3210', '/hooks': 'http://127.0.0.1:3210' } },
});
