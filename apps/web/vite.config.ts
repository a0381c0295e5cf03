import vue from '@vitejs/plugin-vue';
import { defaultClientConditions, defaultServerConditions, defineConfig } from 'vite';

const SOURCE = 'hookloom-source';

export default defineConfig({
  plugins: [vue()],
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
    // The content security policy allows no data: addresses for fonts and styles.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3210', '/hooks': 'http://127.0.0.1:3210' } },
});
