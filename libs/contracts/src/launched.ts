/**
 * Set by the launcher for the roles it starts: it passes their messages on to one another and says for them
 * that all is up. Another parent with a channel (a process manager, a test runner) does neither.
 */
export const LAUNCHED_BY_US = 'HOOKLOOM_LAUNCHED';
