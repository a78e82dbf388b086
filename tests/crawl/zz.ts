import { openBrowserFetcher } from '../../src/crawl/fetch-browser.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { startSite, contentPage } from './sites.ts';
const script = (code: string, more = ''): string => contentPage(`${more}<script>${code}</script>`);
const P: Record<string, string> = {
  '/big-dom': script('document.querySelector("main").innerHTML = "<p>" + "x".repeat(3000000)'),
  '/nested': contentPage('<table><tr><td>'.repeat(10_000)),
  '/many': script('for (let n = 0; n < 2000; n++) fetch("/many-" + n)'),
  '/memory': script(
    'const all = []; setInterval(() => { for (let n = 0; n < 50; n++) all.push(new Array(1e6).fill(Math.random())) }, 1)',
  ),
};
const site = await startSite((q, r) => {
  r.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(P[q.url!] ?? contentPage());
});
const b = await openBrowserFetcher({
  executablePath: '/usr/bin/chromium',
  userAgent: 'RasadBot/0.1',
  hostMap: readHostMap([`www.example.ir=127.0.0.1:${site.port}`]),
  limits: { settleTimeout: 1500, totalTimeout: 3000, patience: 1500, maxHtml: 2_000_000, maxRequests: 100 },
});
for (const u of ['/good', '/good2', '/big-dom', '/nested', '/many', '/good', '/memory', '/good', '/big-dom', '/good']) {
  const t = performance.now();
  const a = await b.render('http://www.example.ir' + u);
  console.log(u, JSON.stringify(a.outcome), a.html?.length, Math.round(performance.now() - t));
}
let t = performance.now();
await b.close();
console.log('close', performance.now() - t);
await site.close();
