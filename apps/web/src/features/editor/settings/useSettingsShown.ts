import { computed, watch, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** The id of the button that shows and hides them. */
export const SETTINGS_BUTTON = 'workflow-settings-button';

/**
 * Whether the settings of the workflow are open; kept in the page's address. They share their place with the step
 * panel and the versions.
 */
export function useSettingsShown(): WritableComputedRef<boolean> {
  const route = useRoute();
  const router = useRouter();
  const isShown = computed({
    get: () => route.query['settings'] === 'open',
    set(isNow) {
      const { settings: _before, step, version, ...others } = router.currentRoute.value.query;
      const query = isNow
        ? { ...others, settings: 'open' }
        : { ...others, ...(step && { step }), ...(version && { version }) };
      void router.replace({ query });
    },
  });
  watch(
    () => [route.query['step'], route.query['version']],
    (open) => {
      if (open.some(Boolean) && isShown.value) isShown.value = false;
    },
  );
  return isShown;
}
