#!/usr/bin/env -S node --max-old-space-size=1024 --initial-old-space-size=96 --heap-growing-percent=30 --single-threaded-gc --max-inlined-bytecode-size-cumulative=300
/**
 * The command `rasad`: makes the clone ready if it is not, then runs the built program. The heap is bounded so that it
 * is collected before it grows to several times what is in use: when it is a third larger than that, though not before
 * it holds what one audit needs; on the one thread that works, because helping threads cost more processor time than
 * they save. The compiler puts less of one function into another: there are many functions, and most run too rarely to
 * repay it.
 */
import { setUp } from './setup.mjs';

const args = process.argv.slice(2);
// `npm start` alone shows the demo country; `npm start -- COMMAND …` is the same as `rasad COMMAND …`
if (args[0] === 'start') args.splice(0, 1, ...(args.length === 1 ? ['audit', '--registry', 'demo'] : []));
setUp();
// `rasad … | head` is no mistake: what reads the results may stop when it has enough
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 70));
const { main } = await import('../../dist/src/cli/main.js');
process.exitCode = await main(args);
