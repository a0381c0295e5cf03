import '@fontsource-variable/geist/wght.css';
import '@fontsource-variable/geist-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/table.css';
import './styles/menu.css';
import './styles/step-card.css';
import './styles/touch.css';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import App from './app/App.vue';
import { i18n } from './app/i18n.js';
import { createQueryClient } from './app/query-client.js';
import { createAppRouter } from './app/router.js';
import { sessionQuery } from './features/session/session-query.js';

const client = createQueryClient(() => {
  const { name, fullPath } = router.currentRoute.value;
  if (name === 'sign-in' || name === 'setup') return;
  client.removeQueries({ queryKey: sessionQuery.queryKey });
  void router.replace({ name: 'sign-in', query: { next: fullPath } });
});
const router = createAppRouter(client);

createApp(App).use(VueQueryPlugin, { queryClient: client }).use(i18n).use(router).mount('#app');
