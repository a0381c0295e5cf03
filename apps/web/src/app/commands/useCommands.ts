import { Keyboard, PanelLeft, Plus, SunMoon, Workflow } from '@lucide/vue';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { useWorkflowList } from '../../api/lookups.js';
import { useActiveCommands } from '../../features/editor/actions/active-commands.js';
import { commandLabel, SHORTCUTS } from '../../features/editor/actions/shortcuts.js';
import { useNewWorkflow } from '../../features/editor/start/useNewWorkflow.js';
import { PLACES } from '../navigation.js';
import { THEMES, useTheme } from '../theme.js';
import { useRail } from '../useRail.js';
import type { Command } from './command-search.js';
import { useFrameDialogs } from './useFrameDialogs.js';

/** All that can be done now: on the open page, and from anywhere. */
export function useCommands() {
  const { t } = useI18n();
  const router = useRouter();
  const active = useActiveCommands();
  const { workflows } = useWorkflowList();

  const here = computed(() =>
    SHORTCUTS.flatMap(({ id, keys }): Command[] => {
      const run = active.value.get(id);
      return run ? [{ id, label: t(commandLabel(id)), group: 'here', keys, run }] : [];
    }),
  );
  const places = computed(() =>
    PLACES.map(({ name, icon }): Command => {
      const run = () => void router.push({ name });
      return { id: `go-${name}`, label: t(`nav.${name}`), group: 'go', icon, run };
    }),
  );
  const opened = computed(() =>
    workflows.value.map(({ id, name }): Command => {
      const run = () => void router.push({ name: 'edit', params: { id } });
      return { id: `open-${id}`, label: name, group: 'workflows', icon: Workflow, run };
    }),
  );
  const frame = useFrameCommands();
  return computed(() => [...here.value, ...places.value, ...opened.value, ...frame.value]);
}

/** What belongs to Hookloom as a whole. */
function useFrameCommands() {
  const { t } = useI18n();
  const { startWithWebhook } = useNewWorkflow();
  const dialogs = useFrameDialogs();
  const theme = useTheme();
  const rail = useRail();
  return computed((): Command[] => [
    {
      id: 'new-workflow',
      label: t('commands.newWorkflow'),
      group: 'app',
      icon: Plus,
      run: () => void startWithWebhook(),
    },
    {
      id: 'shortcuts',
      label: t('shortcuts.title'),
      group: 'app',
      icon: Keyboard,
      keys: ['?'],
      run: () => (dialogs.opened.value = 'shortcuts'),
    },
    ...THEMES.map((name): Command => ({
      id: `theme-${name}`,
      label: t('commands.theme', { name: t(`theme.${name}`) }),
      group: 'app',
      icon: SunMoon,
      run: () => (theme.value = name),
    })),
    {
      id: 'rail',
      label: t(rail.isNarrow.value ? 'nav.expand' : 'nav.collapse'),
      group: 'app',
      icon: PanelLeft,
      run: () => rail.toggle(),
    },
  ]);
}
