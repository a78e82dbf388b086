/** How a command can end; docs/method.md lists the same. */
export const DONE = 0;
export const SOME_NOT_AUDITED = 1;
export const USER_MISTAKE = 2;
export const OUR_BUG = 70;
export const STOPPED = 130;
