import type { Text } from '../core/model.ts';
import type { Lang } from '../report/voice.ts';

/** A remark on stderr beside what a command prints, in the language of who asked for it. */
export const notice = (lang: Lang, said: Text): void => void process.stderr.write(`rasad: ${said[lang]}\n`);
