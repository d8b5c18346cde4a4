// What an operator does all day, key by key. Each series leaves the window as it found it.

const TIMES = 30;
const each = async (times, run) => {
  for (let at = 0; at < times; at++) await run(at);
};
const toList = (hand) => hand.ask('(fast.app.landmarks.focus("list"), 1)');
const toTop = async (hand) => {
  await hand.ask('(fast.app.inbox.close(), fast.app.inbox.list.moveToEnd("first"), 1)');
  await toList(hand);
  await hand.rest();
};
const show = async (hand, view) => {
  const said = `fast.app.inbox.list.show(${view}, null)`;
  await hand.ask(`(void ${said}, 1)`);
  await hand.rest();
};

export const series = [
  {
    name: 'move',
    run: async (hand, time) => {
      await toTop(hand);
      await each(40, () => time('moved', 'KeyJ'));
      await each(20, () => time('moved', 'KeyK'));
    },
  },
  {
    name: 'open',
    run: async (hand, time) => {
      await toTop(hand);
      await each(TIMES, async () => {
        await hand.press('KeyJ');
        await hand.rest();
        await time('opened', 'Enter');
        await hand.rest();
        await hand.press('Escape');
        await hand.rest();
      });
    },
  },
  {
    name: 'switch chat',
    run: async (hand, time) => {
      await toTop(hand);
      await each(TIMES, async () => {
        await time('opened', 'Alt+ArrowDown');
        await hand.rest();
      });
      await toTop(hand);
    },
  },
  {
    name: 'move beside a chat',
    run: async (hand, time) => {
      await toTop(hand);
      await hand.press('Enter');
      await hand.rest();
      await toList(hand);
      await each(TIMES, () => time('moved', 'KeyJ'));
      await toTop(hand);
    },
  },
  {
    name: 'tag picker',
    run: async (hand, time) => {
      await toTop(hand);
      await each(TIMES, async () => {
        await hand.press('KeyJ');
        await hand.rest();
        await time('[data-testid="tag-picker-input"]', 'KeyT');
        await hand.rest();
        await hand.press('Escape');
        await hand.rest();
      });
    },
  },
  {
    name: 'tag',
    run: async (hand, time) => {
      await toTop(hand);
      await each(TIMES / 2, async () => {
        await hand.press('KeyJ');
        await hand.press('KeyT');
        await hand.rest();
        await time('marked', 'Enter');
        await hand.rest();
        await time('marked', 'Enter');
        await hand.rest();
        await hand.press('Escape');
        await hand.rest();
      });
    },
  },
  {
    name: 'filter',
    run: async (hand, time) => {
      await show(hand, '"all"');
      await each(TIMES, async () => {
        await toList(hand);
        await hand.press('KeyF');
        await hand.rest();
        await each(3, () => hand.press('ArrowDown'));
        await time('listed', 'Enter');
        await hand.rest();
        await hand.ask('(void fast.app.inbox.list.reset(), 1)');
        await hand.rest();
      });
    },
  },
  {
    name: 'saved view',
    run: async (hand, time) => {
      await show(hand, 'fast.app.inbox.catalogue.views[0]');
      await each(TIMES / 2, async () => {
        await time('listed', 'BracketRight');
        await hand.rest();
        await time('listed', 'BracketLeft');
        await hand.rest();
      });
      await show(hand, '"all"');
    },
  },
  {
    name: 'view',
    run: async (hand, time) => {
      await show(hand, '"all"');
      await each(TIMES / 6, async () => {
        await each(3, async () => {
          await time('listed', 'BracketRight');
          await hand.rest();
        });
        await each(3, async () => {
          await time('listed', 'BracketLeft');
          await hand.rest();
        });
      });
    },
  },
];
