import { named, spotOfNode } from '../../src/core/look.ts';
import { CHAT_LOADERS, CHAT_SCRIPTS } from '../hosts/networks.ts';
import { defineSignal } from './define.ts';

export default defineSignal('chat', 'گفت‌وگوی برخط', 'Online chat', (page) => {
  const control = named(page, 'chat');
  if (control) return control;
  const script =
    page.scripts.find((src) => CHAT_SCRIPTS.test(src)) ??
    CHAT_LOADERS.exec(page.scriptText)?.[0] ??
    page.frames.find(({ src }) => CHAT_SCRIPTS.test(src))?.src;
  if (script) return spotOfNode(page.body, script);
  const widget = page.marked.find(({ tokens }) =>
    /(?:^|[\s_-])(?:live-?chat|chat-?(?:widget|bot|box|button|launcher)|chatbot)(?:[\s_-]|$)/.test(tokens),
  );
  return widget ? spotOfNode(widget.node, widget.label || widget.tokens.trim()) : null;
});
