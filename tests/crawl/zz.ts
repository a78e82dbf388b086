import { openBrowserFetcher } from '../../src/crawl/fetch-browser.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { startSite, contentPage } from './sites.ts';
const site = await startSite((q, r) => {
  if (q.url === '/silent') return;
  r.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(
    q.url === '/big-dom'
      ? contentPage('<script>document.querySelector("main").innerHTML = "<p>" + "x".repeat(3000000)</script>')
      : contentPage(),
  );
});
const b = await openBrowserFetcher({
  executablePath: '/usr/bin/chromium',
  userAgent: 'RasadBot/0.1',
  hostMap: readHostMap([`www.example.ir=127.0.0.1:${site.port}`]),
  limits: { settleTimeout: 3000, totalTimeout: 5000, maxHtml: 2_000_000 },
});
for (const u of [
  'http://www.example.ir/good',
  'http://www.example.ir/good2',
  'http://www.example.ir/big-dom',
  'http://www.example.ir/silent',
  `http://127.0.0.1:${site.port}/good`,
  'https://10.0.0.1/',
  'http://unknown.example/',
  'http://www.example.ir/good',
]) {
  const t = performance.now();
  const a = await b.render(u);
  console.log(u, JSON.stringify(a.outcome), a.html?.length, Math.round(performance.now() - t));
}
let t = performance.now();
await b.close();
console.log('close', performance.now() - t);
await site.close();
