export * from './connection-source.js';
export * from './definition-source.js';
export * from './event-body-source.js';
export * from './variable-source.js';
export { Remembered } from './remembered.js';
