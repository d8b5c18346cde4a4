// Words of the generated world: people, groups and what they say. Written for it.

/** A language's share of the world. */
export interface Phrases {
  first: readonly string[];
  last: readonly string[];
  groups: readonly string[];
  lines: readonly string[];
  long: readonly string[];
}

export const english: Phrases = {
  first: [
    'Olivia',
    'Marcus',
    'Priya',
    'Daniel',
    'Hannah',
    'Tomas',
    'Grace',
    'Leon',
    'Amelia',
    'Noah',
  ],
  last: ['Bennett', 'Okafor', 'Lindqvist', 'Marsh', 'Castellan', 'Whitlock', 'Navarro', 'Byrne'],
  groups: ['Warehouse north', 'Spring catalogue', 'Suppliers EU', 'Returns desk', 'Studio rent'],
  lines: [
    'Could you send the price list again?',
    'The parcel arrived this morning, thank you.',
    'Let us move the call to Thursday at 11.',
    'Invoice 2041 is paid.',
    'Do you have the blue ones in size M?',
    'I will check with the warehouse and come back to you.',
    'Great, see you there',
    'ok',
    'The samples look good. We take 40 pieces.',
    'Is delivery to Gdansk possible before the 12th?',
    'Here is the page: https://example.com/catalogue/spring',
    'Please confirm the address.',
  ],
  long: [
    'Thanks for waiting. I went through the whole order with the workshop today: the frames are ready, the glass comes on Monday, and if the varnish dries in time we can ship all 24 on Wednesday. Should I book the courier already, or do you prefer to collect them yourselves?',
    'Short summary of the meeting:\n1. New price list from the 1st.\n2. Returns within 30 days instead of 14.\n3. Marcus looks after the Baltic customers while I am away.\n\nTell me if I forgot something.',
  ],
};

export const russian: Phrases = {
  first: ['Алексей', 'Марина', 'Тимур', 'Светлана', 'Игорь', 'Дарья', 'Вера', 'Роман', 'Полина'],
  last: ['Орлова', 'Кузнецов', 'Белых', 'Савина', 'Гаврилов', 'Лунина', 'Черных'],
  groups: ['Оптовый отдел', 'Закупки 2026', 'Монтажники', 'Цветы и декор', 'Склад Юг'],
  lines: [
    'Добрый день! Подскажите, есть ли в наличии?',
    'Оплату провели, чек во вложении.',
    'Когда ждать курьера?',
    'Спасибо, всё пришло целым.',
    'Давайте созвонимся завтра после обеда',
    'Счёт на 18 400 ₽ отправила на почту.',
    'Хорошо',
    'Нужно ещё три коробки, успеете к пятнице?',
    'Адрес тот же, подъезд второй.',
    'Сделаем скидку 7 % на весь заказ.',
  ],
  long: [
    'Коллеги, коротко по итогам недели: отгрузили 112 заказов, два вернулись из-за адреса. На следующей неделе переезжаем на новый склад, поэтому во вторник выдачи не будет. Если у кого срочные заказы — напишите сегодня до шести.',
  ],
};

export const ukrainian: Phrases = {
  first: ['Оксана', 'Богдан', 'Леся', 'Тарас', 'Ярина', 'Остап', 'Соломія', 'Назар'],
  last: ['Мельник', 'Гончар', 'Вербицька', 'Левчук', 'Дзюба', 'Савчин'],
  groups: ['Майстерня', 'Доставка Львів', 'Кава і зерно', 'Ремонт офісу', 'Ярмарок'],
  lines: [
    'Доброго дня! Чи можна замовити на суботу?',
    'Дякую, посилку отримали.',
    'Надішліть, будь ласка, реквізити.',
    'Рахунок сплачено.',
    'Передзвоню за годину',
    'Підкажіть, який термін виготовлення?',
    'Так, підходить',
    'Потрібно 15 кілограмів, якщо є обсмажена вчора.',
    'Зустріч переносимо на середу о 14:00.',
  ],
  long: [
    'Вітаю! Переглянули ваш макет усією командою. Подобається третій варіант, але літери варто зробити трохи більшими, а фон — світлішим. Коли встигнете показати виправлене? Нам треба здати все до друку в четвер зранку.',
  ],
};

export const languages = [english, russian, ukrainian] as const;

/** What strangers may send to break a window. */
export const hostile = {
  markup:
    '<img src=x onerror="document.title=\'owned\'"><script>alert(1)</script> &amp; <b>bold?</b>',
  override: 'Invoice \u202Egnp.exe\u202C and \u2066isolated\u2069 and \u200Bzero\u200Bwidth',
  controls: 'bell\u0007 escape\u001b[31m null\u0000 end',
  name: '\u202E\u2066Bank of <b>Trust</b>\u0000\u200B\u2029support',
};
