/** Runs the real program as a user does, in a process of its own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../src/cli/rasad.mjs');

export interface Ended {
  /** null when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The process is killed without warning once this is true. */
  readonly killWhen?: () => boolean;
}

export function rasad(args: readonly string[], { env = {}, killWhen }: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    const timer = killWhen && setInterval(() => void (killWhen() && child.kill('SIGKILL')), 20);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
} // prettier-ignore

/**
 * Findings without what differs from one visit to the next: when it was looked at, and the bytes that carry the time.
 * Two audits of the same sites must agree in all the rest.
 */
export function timeless(findings: string): string {
  return findings.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}
