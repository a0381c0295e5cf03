export { createBell, createLiveChannel } from './create.js';
export { LiveFeed } from './live-feed.js';
export { parentProcess } from './ipc.js';
export type { Bell, DispatchOptions, LiveChannel, ProcessChannel } from './ports.js';
