export { createBell, createLiveChannel } from './create.js';
export { parentProcess } from './ipc.js';
export type { Bell, DispatchOptions, LiveChannel, ProcessChannel } from './ports.js';
