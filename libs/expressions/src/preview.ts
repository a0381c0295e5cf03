/** Evaluates settings on sample data exactly as a run would. For a worker of the browser only, never its main thread. */
export { hardenSharedParts } from './child/guards.js';
export {
  SettingPreview,
  type PreviewedAs,
  type PreviewedSetting,
  type PreviewResult,
} from './preview/setting-preview.js';
