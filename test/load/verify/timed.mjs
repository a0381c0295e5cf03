/** `node --import` this to have a process time its checks; TIMED_CHECKS names the file for the figures. */
import { register } from 'node:module';

register('./timed-hooks.mjs', import.meta.url);
