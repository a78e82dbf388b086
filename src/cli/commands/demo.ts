import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { loadRegistry } from '../../audit/registry.ts';
import { ROOT, registryFolder } from '../places.ts';

/** `rasad demo`: serves the sites of the demo country, to look at them in a browser. */
export function command(done: (code: number) => void): CommandModule {
  return {
    command: 'demo',
    describe: 'Serve the sites of the demo country on loopback, to look at them (Ctrl-C ends it)',
    handler: async () => {
      const registry = loadRegistry(registryFolder('demo'));
      const { startSites } = await import('../../../seeds/demo-server.ts');
      const sites = await startSites(registry.serve!, { cacheDirectory: join(ROOT, '.cache', 'demo-certificates') });
      process.stdout.write(
        'Ask these addresses with the Host header of the site, or start a browser with the mapping below.\n',
      );
      for (const [host, address] of Object.entries(sites.hosts))
        process.stdout.write(`  ${host.padEnd(36)} ${address}\n`);
      const [http, https] = Object.values(sites.hosts)[0]!.split(':')[1]!.split('/');
      process.stdout.write(
        `chromium --ignore-certificate-errors --host-resolver-rules="MAP *:80 127.0.0.1:${http}, MAP *:443 127.0.0.1:${https ?? http}"\n`,
      );
      await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
      await sites.close();
      done(0);
    },
  };
}
